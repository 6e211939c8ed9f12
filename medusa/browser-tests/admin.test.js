// A person's way through the admin: connect an account, write a post, watch it go out, and see how it does.
const { once } = require('node:events');
const { createServer } = require('node:http');
const { ladenJpeg } = require('../../__test__/support/pictures.js');
const { openAdmin } = require('./support/admin.js');
const { findings } = require('./support/axe.js');
const { picture } = require('./support/browser.js');
const { englishOn } = require('./support/english.js');

const STARTING_MS = 10 * 60_000;
const SIDES = ['front', 'back', 'left', 'right'];
const CAPTION = 'The oak lamp, from every side #lamps https://www.example.com/oak';

let admin;
let shop;
let page;
let open;
let role;
let isShown;
let call;

/** What the routes list, as the page's user. */
const list = (query) => call(`/posts${query}`);
/** Presses a button, and says yes to what it asks. */
async function confirm(button, meaning, yes) {
  await role('button', { name: button, exact: true }).click();
  const dialog = role('alertdialog');
  await isShown(dialog.getByText(meaning));
  await dialog.getByRole('button', { name: yes, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await isShown(page.locator('button:enabled', { hasText: 'Look again' }));
}
const lastTweet = () => shop.sandbox.ledger.tweets().at(-1);

beforeAll(async () => {
  admin = await openAdmin();
  ({ shop, page, open, role, isShown, call } = admin);
  shop.sandbox.seedUser({ username: 'lampshop', name: 'The Lamp Shop' });
}, STARTING_MS);

afterAll(() => admin?.close(), STARTING_MS);

afterEach(() => {
  expect(admin.browser.complaints.splice(0)).toEqual([]);
});

test('the menu leads to the posts, which are none yet', async () => {
  await open('/twitter');
  await page.waitForURL('**/twitter/posts');
  await isShown(page.getByText('No posts yet'));
  await picture(page, '01-no-posts');
});

test('an account is connected on X, and shown with what it may do', async () => {
  await open('/twitter/accounts');
  await isShown(page.getByText('No account is connected'));
  await picture(page, '02-no-account');
  await role('button', { name: 'Connect an X account' }).click();
  const account = role('listitem', { name: '@lampshop' });
  await isShown(account);
  await isShown(page.getByText('The account is connected'));
  await isShown(account.getByText('All permissions that are needed'));
  expect(new URL(page.url()).search).toBe('');
  await picture(page, '03-connected');
});

test('OAuth 1.0a is granted on X beside it', async () => {
  await role('button', { name: 'Add OAuth 1.0a' }).last().click();
  await picture(page, '04-oauth1');
  await role('button', { name: 'Continue to X' }).click();
  await isShown(role('listitem', { name: '@lampshop' }).getByText('Yes, for uploading media'));
});

test('a text is counted as X counts it, and what is too long is marked', async () => {
  await open('/twitter/compose');
  await isShown(page.getByText('Write something or add media'));
  await expect(page.getByText('A post needs').count()).resolves.toBe(0);
  await role('textbox', { name: 'Caption' }).fill(`https://www.example.com/${'x'.repeat(80)} ${'word '.repeat(54)}end`);
  await isShown(page.getByText('297 / 280'));
  await expect(page.locator('mark').textContent()).resolves.toMatch(/^\S*( word)* end$/);
  await expect(role('button', { name: 'Publish now' }).isDisabled()).resolves.toBe(true);
  // A long word breaks within the field.
  const [field, card] = await Promise.all(
    [role('textbox', { name: 'Caption' }), role('group', { name: 'Post' })].map((part) => part.boundingBox()),
  );
  expect(field.x + field.width).toBeLessThan(card.x + card.width);
  await picture(page, '05-too-long');
  await role('textbox', { name: 'Caption' }).fill('Short again');
  await isShown(page.getByText('11 / 280'));
  await expect(page.locator('mark').textContent()).resolves.toBe('');
});

test('four pictures with descriptions go out, and their progress is seen, over a reload too', async () => {
  const { sandbox } = shop;
  await role('textbox', { name: 'Caption' }).fill(CAPTION);
  for (const [index, side] of SIDES.entries()) {
    await role('button', { name: 'Add media' }).click();
    const url = `${sandbox.url}/media/jpeg?width=1200&height=900&bytes=400000&seed=${index + 1}`;
    await role('textbox', { name: `Media URL ${index + 1}` }).fill(url);
    await role('textbox', { name: `Alt text ${index + 1}` }).fill(`The lamp from the ${side}`);
  }
  await expect(role('button', { name: 'Add media' }).isDisabled()).resolves.toBe(true);
  await isShown(page.getByText('JPEG · 1200 × 900 · 400 KB').nth(3));
  await picture(page, '06-composed');

  const delay = sandbox.faults.add({ endpoint: 'uploadMedia', fault: { kind: 'delay', ms: 5000 } });
  await role('button', { name: 'Publish now' }).click();
  await isShown(role('progressbar', { name: 'Media 4' }));
  await picture(page, '07-publishing');
  await page.reload();
  await isShown(role('progressbar', { name: 'Media 1' }));
  await isShown(role('link', { name: 'View on X' }));
  delay.remove();
  await isShown(page.getByText('Posted', { exact: true }));
  await picture(page, '08-posted');

  expect(lastTweet().text).toBe(CAPTION);
  expect(lastTweet().media).toHaveLength(4);
  const altTexts = sandbox.ledger.media().map(({ altText }) => altText);
  expect(altTexts.sort()).toEqual(SIDES.map((side) => `The lamp from the ${side}`).sort());
});

test('two readings make a line', async () => {
  const postPage = page.url();
  const read = async (impressions, likes) => {
    Object.assign(lastTweet().metrics, { impression_count: impressions, like_count: likes });
    await role('button', { name: 'Sync now' }).click();
    await isShown(role('row', { name: new RegExp(`${impressions}.*${likes}`) }).last());
  };
  await read(120, 7);
  await read(480, 31);
  await expect(role('table', { name: 'Readings' }).getByRole('row').count()).resolves.toBe(3);
  const chart = role('img', { name: 'Impressions over time' });
  await expect(chart.locator('circle').count()).resolves.toBe(2);
  await expect(role('img', { name: 'Engagement over time' }).locator('polyline').count()).resolves.toBeGreaterThan(3);
  await picture(page, '09-insights');

  await page.goto(`${shop.sandbox.url}/`);
  await isShown(page.getByText('The oak lamp, from every side').first());
  await picture(page, '09b-timeline-of-the-sandbox');
  await page.goto(postPage);
});

test('what is taken out of a picture is said before it goes up', async () => {
  // A photo as a telephone makes it, which the sandbox has none of.
  const plain = await fetch(`${shop.sandbox.url}/media/jpeg?width=800&height=600`);
  const photo = ladenJpeg(Buffer.from(await plain.arrayBuffer()));
  const server = createServer((_, response) => response.setHeader('content-type', 'image/jpeg').end(photo));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    await open('/twitter/compose');
    await role('button', { name: 'Add media' }).click();
    await role('textbox', { name: 'Media URL 1' }).fill(`http://127.0.0.1:${server.address().port}/photo.jpg`);
    await isShown(page.getByText(/^JPEG · 800 × 600/));
    await isShown(page.getByText('Removed on upload: the place where it was taken (EXIF, GPS, XMP, IPTC, text)'));
    await picture(page, '06b-photo');
    await role('textbox', { name: 'Media URL 1' }).fill(`${shop.sandbox.url}/media/jpeg?width=1200&height=900`);
    await isShown(page.getByText(/^JPEG · 1200 × 900/));
    await expect(page.getByText('Removed on upload').count()).resolves.toBe(0);
  } finally {
    server.close();
  }
});

test('a thread shows which part is on its way, and how much of its video is at X', async () => {
  const { sandbox } = shop;
  await open('/twitter/compose');
  await role('textbox', { name: 'Caption' }).fill('How it is made');
  await role('button', { name: 'Make it a thread' }).click();
  await role('textbox', { name: 'Caption of part 2' }).fill('It bends');
  await role('button', { name: 'Add media to part 2' }).click();
  const url = `${sandbox.url}/media/mp4?bytes=24000000&width=640&height=360&durationMs=30000`;
  await role('textbox', { name: 'Media URL 1 of part 2' }).fill(url);
  await isShown(page.getByText(/^MP4 · 640 × 360 · 0:30 · 24\.0 MB$/));
  await picture(page, '10-thread');

  const delay = sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'delay', ms: 1500 } });
  await role('button', { name: 'Publish now' }).click();
  await isShown(page.getByText('part 2 of 2'));
  await isShown(page.locator('[role=progressbar][aria-valuenow]:not([aria-valuenow="0"]):not([aria-valuenow="100"])'));
  await picture(page, '11-thread-publishing');
  delay.remove();
  await isShown(role('link', { name: 'View on X' }), 50_000);
  expect(lastTweet()).toMatchObject({ text: 'It bends', media: [{ category: 'tweet_video' }] });
});

test('a post is scheduled for a time of the person', async () => {
  await open('/twitter/compose');
  await role('textbox', { name: 'Caption' }).fill('A happy new year from the lamp shop');
  await role('spinbutton', { name: /^month/i }).click();
  await page.keyboard.type('12312027');
  await page.keyboard.type('0930AM');
  await role('button', { name: 'Schedule' }).click();
  await isShown(page.getByText('Scheduled', { exact: true }));
  await isShown(page.getByText('Dec 31, 2027, 9:30').first());
  const [post] = (await list('?status=scheduled')).posts;
  expect(post.scheduled_at).toBe('2027-12-31T08:30:00.000Z');
  await picture(page, '15-scheduled');
});

test('an outcome that is not known is decided by a person, who is told what it means', async () => {
  const [scheduled] = (await list('?status=scheduled')).posts;
  const seen = {
    outcome: 'ambiguous',
    candidates: ['2125444409058131968', '2125444414368120832'],
    at: scheduled.created_at,
  };
  const intent = { state: 'unknown', epoch: 1, published: [], seen, history: [] };
  const unknown = { ...scheduled, status: 'unknown', intent };
  const decisions = [];
  const path = `**/admin/twitter/posts/${scheduled.id}`;
  await page.route(path, (route) => route.fulfill({ json: { post: unknown } }));
  await page.route(`${path}/resolve`, (route) => {
    const decision = route.request().postDataJSON();
    decisions.push(decision);
    if (decision.action === 'check') seen.at = new Date().toISOString();
    return route.fulfill({ json: { post: unknown } });
  });
  await open(`/twitter/posts/${scheduled.id}`);
  await isShown(page.getByText('several posts that could be it'));
  await picture(page, '16-unknown');

  await role('button', { name: 'Look again' }).click();
  await role('radio', { name: seen.candidates[1] }).click();
  await confirm('It is on X', /Post 2125444414368120832 counts as this one/, 'It is on X');
  await role('textbox', { name: 'ID or link' }).fill('https://x.com/lampshop/status/77?s=20');
  await confirm('It is on X', /Post 77 counts as this one/, 'It is on X');
  await confirm('It is not on X: publish again', /it will be there twice/, 'It is not on X, publish again');
  await confirm('Give up', /is not sent again/, 'Give up');
  await page.unrouteAll({ behavior: 'wait' });
  expect(decisions).toEqual([
    { action: 'check' },
    { action: 'published', tweet_id: seen.candidates[1] },
    { action: 'published', tweet_id: '77' },
    { action: 'retry' },
    { action: 'abandon' },
  ]);
});

test('the list is searched, filtered and synced', async () => {
  await open('/twitter/posts');
  const rows = role('row').filter({ hasNot: page.getByRole('columnheader') });
  await isShown(rows.nth(2));
  await page.getByPlaceholder('Search captions').fill('happy new');
  await rows.nth(1).waitFor({ state: 'detached' });
  await isShown(rows.getByText('A happy new year'));
  await page.getByPlaceholder('Search captions').fill('');
  await isShown(rows.nth(2));
  await role('button', { name: 'Sync all metrics' }).click();
  await isShown(page.getByText('The metrics of 2 posts are up to date'));
  await picture(page, '17-posts');
});

test('a draft that somebody else changed is not overwritten unasked', async () => {
  await open('/twitter/compose');
  await role('textbox', { name: 'Caption' }).fill('Mine');
  await role('button', { name: 'Save draft' }).click();
  await page.waitForURL('**/edit');
  await isShown(role('heading', { name: 'Edit post' }));
  const id = page.url().split('/').at(-2);
  await page.evaluate(async (path) => {
    const { post } = await (await fetch(path)).json();
    const body = JSON.stringify({ caption: 'Theirs', revision: post.revision });
    await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  }, `/admin/twitter/posts/${id}`);

  await role('textbox', { name: 'Caption' }).fill('Mine, changed');
  await role('button', { name: 'Save draft' }).click();
  await isShown(page.getByText('Somebody else changed this post'));
  await picture(page, '12-conflict');
  await role('button', { name: 'Load their version' }).click();
  await expect(role('textbox', { name: 'Caption' }).inputValue()).resolves.toBe('Theirs');
});

test('a product begins a post of its own', async () => {
  await open('/products');
  await page.getByText('Oak lamp').click();
  await role('button', { name: 'Post this product' }).click();
  await isShown(role('button', { name: 'Picture 4', pressed: true }));
  await picture(page, '13-product');
  await role('button', { name: 'Create draft' }).click();
  await isShown(role('heading', { name: 'Edit post' }));
  await expect(role('textbox', { name: 'Alt text 1' }).inputValue()).resolves.toBe('Oak lamp, picture 1 of 4');
  await picture(page, '14-draft-of-a-product');
});

// spellchecker:off
describe('in German', () => {
  /** As a person chooses it in their profile. */
  const speak = async (language) => {
    const cookie = { name: 'lng', value: language, url: shop.url };
    await page.context().addCookies([cookie]);
    await page.evaluate((lng) => localStorage.setItem('lng', lng), language);
  };
  /** Nothing that is open is in English, nor anything that axe would find. */
  const isGerman = async (name) => {
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    expect({ name, english: await englishOn(page), axe: await findings(page) }).toEqual({ name, english: [], axe: [] });
    await picture(page, `19-german-${name}`);
  };

  beforeAll(() => speak('de'));
  afterAll(() => speak('en'));

  test('are the list and its filter', async () => {
    await open('/twitter/posts');
    await isShown(role('heading', { name: 'Beiträge' }));
    await isShown(role('cell', { name: /^Geplant für 31\.12\.2027, 09:30$/ }));
    await isGerman('posts');
    await page.getByPlaceholder('Texte durchsuchen').fill('gibt es nicht');
    await isShown(page.getByText('Kein Beitrag gefunden'));
    await isGerman('no-posts');
  });

  test('are a post, its figures and its history', async () => {
    const { posts } = await list('?status=posted');
    await open(`/twitter/posts/${posts.find(({ caption }) => caption === CAPTION).id}`);
    await isShown(role('img', { name: 'Impressionen im Zeitverlauf' }));
    await isShown(role('list', { name: 'Verlauf' }).getByText('Veröffentlichen verlangt'));
    await isGerman('post');
    await role('button', { name: 'Löschen', exact: true }).click();
    await isShown(role('alertdialog').getByText('Auf X bleibt er bestehen.'));
    await isGerman('delete');
    await page.keyboard.press('Escape');
  });

  test('are a post in doubt, and one that failed', async () => {
    const [scheduled] = (await list('?status=scheduled')).posts;
    const seen = { outcome: 'ambiguous', candidates: ['2125444409058131968'], at: scheduled.created_at };
    const error = { code: 'UNKNOWN_OUTCOME', message: 'X did not answer', retry_at: null };
    const intent = { state: 'unknown', published: [], seen, history: [] };
    const posts = [
      { ...scheduled, status: 'unknown', error, intent },
      { ...scheduled, status: 'failed', error: { ...error, code: 'FORBIDDEN' }, intent: { ...intent, seen: null } },
    ];
    await page.route(`**/admin/twitter/posts/${scheduled.id}`, (route) => route.fulfill({ json: { post: posts[0] } }));
    await open(`/twitter/posts/${scheduled.id}`);
    await isShown(page.getByText('mehrere Beiträge, die es sein könnten'));
    await isGerman('unknown');
    posts.shift();
    await isShown(page.getByText('X erlaubt das dem Konto oder der App nicht.'));
    await isGerman('failed');
    await page.unrouteAll({ behavior: 'wait' });
  });

  test('are the composer and what the server finds wrong', async () => {
    await open('/twitter/compose');
    await role('textbox', { name: 'Text', exact: true }).fill(`Viel zu lang ${'und länger '.repeat(30)}`);
    await isShown(page.getByText(/Kürzen Sie ihn auf 280/).first());
    await role('button', { name: 'Umfrage hinzufügen' }).click();
    await role('button', { name: 'Zum Thread machen' }).click();
    await role('button', { name: 'Medium zu Teil 2 hinzufügen' }).click();
    await role('textbox', { name: 'Adresse von Medium 1 von Teil 2' }).fill(
      `${shop.sandbox.url}/media/jpeg?status=404`,
    );
    await isShown(page.getByText('Medium 1 von Teil 2: Die Datei konnte nicht gelesen werden.'));
    await isShown(page.getByText(/^Etwa 0,\d+\u00a0\$/));
    await isGerman('compose');
  });

  test('are the accounts, what they cost, and the way to OAuth 1.0a', async () => {
    await open('/twitter/accounts');
    await isShown(role('listitem', { name: '@lampshop' }).getByText('Alle nötigen Berechtigungen'));
    await isShown(page.getByText('Ein Monat wie die letzten 30 Tage'));
    await isGerman('accounts');
    await role('button', { name: /OAuth 1\.0a (hinzufügen|ersetzen)/ })
      .last()
      .click();
    await isShown(role('dialog').getByText('Geheimnis des Zugriffstokens'));
    await isGerman('oauth1');
    await page.keyboard.press('Escape');
  });

  test('are the product’s posts', async () => {
    await open('/products');
    await page.getByText('Oak lamp').click();
    await isShown(role('heading', { name: 'Beiträge auf X' }));
    await role('button', { name: 'Beitrag zum Produkt' }).click();
    await isShown(role('button', { name: 'Bild 4', pressed: true }));
    expect(await englishOn(page)).toEqual([]);
    await picture(page, '19-german-product');
    await page.keyboard.press('Escape');
  });
});

// spellchecker:on
test('an account is disconnected, once it is told what that means', async () => {
  await open('/twitter/accounts');
  await role('button', { name: 'Disconnect' }).click();
  await isShown(role('alertdialog').getByText(/Scheduled posts will not go out/));
  await picture(page, '18-disconnect');
  await role('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
  await isShown(page.getByText('No account is connected'));
});
