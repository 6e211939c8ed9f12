// Staff of several accounts, who publish many posts at once through several servers.
import { ADMIN } from '../../tools/lib/medusa-shop.mjs';
import { Admin } from '../../tools/lib/shop-admin.mjs';

/** Requests that are under way at once. */
const AT_ONCE = 16;

/**
 * Does something with each item, some at once.
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item, index: number) => Promise<unknown>} work
 */
async function each(items, work) {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      await work(/** @type {Item} */ (items[index]), index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/**
 * Connects accounts and composes their posts; gives what publishes all of them.
 * @param {{ sandbox: import('../../sandbox/index.js').Sandbox, servers: { url: string }[] }} fleet
 * @param {{ accounts: number, posts: number }} size
 */
export async function composePosts({ sandbox, servers }, size) {
  const staff = servers.map(({ url }) => new Admin(url));
  for (const admin of staff) await admin.signIn(ADMIN);
  const at = (/** @type {number} */ index) => /** @type {Admin} */ (staff[index % staff.length]);
  /** @type {string[]} */
  const accounts = [];
  for (let index = 0; index < size.accounts; index += 1) {
    sandbox.seedUser({ username: `shop${index}` });
    accounts.push(await at(index).connect());
  }
  /** @type {{ id: string, caption: string }[]} */
  const drafts = [];
  await each(Array.from({ length: size.posts }), async (_, index) => {
    const caption = `Post ${index} of the fleet`;
    const picture = { url: `${sandbox.url}/media/jpeg?seed=${index}`, alt_text: `Picture ${index}` };
    const { id } = await at(index).draft({
      ...{ account_id: accounts[index % accounts.length], caption },
      media_attachments: index % 10 === 0 ? [picture] : [],
    });
    drafts.push({ id, caption });
  });
  return {
    drafts,
    publishAll: () => each(drafts, ({ id }, index) => at(index).call(`/admin/twitter/posts/${id}/publish`, {})),
    /** @returns {Promise<any[]>} */
    async readAll() {
      const { posts } = await at(0).call('/admin/twitter/posts?limit=200');
      return posts;
    },
  };
}
