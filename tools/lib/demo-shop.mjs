// What the demo's shop has posted, by the same routes as the pages use.
import { Admin } from './shop-admin.mjs';

/** @typedef {import('../../sandbox/index.js').Sandbox} Sandbox */

const DAY_MS = 24 * 60 * 60 * 1000;

/** Lets people see and like what was posted. @param {Sandbox} sandbox @param {number} share of what they will */
function applaud(sandbox, share) {
  sandbox.ledger.tweets().forEach(({ metrics }, index) => {
    const impressions = Math.round((4200 / (index + 1)) * share);
    const rates = { like: 0.04, retweet: 0.012, reply: 0.006, quote: 0.003, bookmark: 0.008 };
    metrics.impression_count = impressions;
    for (const [name, rate] of Object.entries(rates)) metrics[`${name}_count`] = Math.round(impressions * rate);
  });
}

/** @param {string} mediaUrl @param {any[]} products @param {string} account_id */
function publishedPosts(mediaUrl, [oak, steel], account_id) {
  const views = ['front', 'back', 'left', 'right'];
  const pictures = views.map((side, index) => ({
    url: `${mediaUrl}/jpeg?width=1200&height=900&seed=${index + 1}`,
    alt_text: `The oak lamp from the ${side}`,
  }));
  return [
    { account_id, caption: 'The autumn collection is here 🍂 https://www.example.com/autumn #lamps' },
    { account_id, caption: 'The oak lamp, from every side', media_attachments: pictures, product_id: oak?.id },
    {
      account_id,
      caption: 'How the steel lamp is made, in three parts',
      thread: [{ caption: 'First the arm …' }, { caption: '… then the light' }],
      product_id: steel?.id,
    },
  ];
}

/**
 * Connects an account and fills the list of posts: published ones with readings, one that failed, a scheduled one and a
 * draft.
 * @param {{ url: string, sandbox: Sandbox }} shop
 * @param {{ email: string, password: string }} login
 */
export async function fillShop({ url, sandbox }, login) {
  sandbox.seedUser({ username: 'lampshop', name: 'The Lamp Shop' });
  const admin = new Admin(url);
  await admin.signIn(login);
  const account_id = await admin.connect();
  const { products } = await admin.call('/admin/products?order=created_at');
  const mediaUrl = `${sandbox.url}/media`;

  const missing = { url: `${mediaUrl}/jpeg?status=404`, alt_text: 'A picture that is gone' };
  const failed = await admin.draft({ account_id, caption: 'New in the window', media_attachments: [missing] });
  // Its refusal is what is to be seen.
  await admin.call(`/admin/twitter/posts/${failed.id}/publish`, { wait: true }).catch(() => {});
  for (const post of publishedPosts(mediaUrl, products, account_id)) await admin.publish(post);
  for (const share of [0.2, 0.55, 1]) {
    applaud(sandbox, share);
    await admin.call('/admin/twitter/posts/sync-all-insights', {});
  }
  await admin.draft({
    account_id,
    caption: 'Which lamp do you want to see next?',
    poll: { options: ['Brass', 'Paper', 'Concrete'], duration_minutes: 1440 },
    scheduled_at: new Date(Date.now() + DAY_MS).toISOString(),
  });
  await admin.draft({ account_id, caption: 'Blown in one breath: the glass lamp', product_id: products.at(2)?.id });
}
