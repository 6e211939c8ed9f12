// What staff do by mistake, with hands and machines as they are, and what does not come of it.
const { openAdmin } = require('./support/admin.js');
const { findings } = require('./support/axe.js');
const { picture } = require('./support/browser.js');
const { clickTwice, slowProcessor } = require('./support/slow-hands.js');

const STARTING_MS = 15 * 60_000;
/** A scheduled post waits for a job that runs each minute. */
const GOES_OUT_MS = 150_000;

let admin;
let page;
let open;
let role;
let isShown;
let call;

const count = async (caption) => (await call(`/posts?q=${encodeURIComponent(caption)}`)).count;
const tweets = (text) => admin.shop.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);
const media = (path) => `${admin.shop.sandbox.url}/media/${path}`;
const accountId = async (username) =>
  (await call('/accounts')).accounts.find(({ profile }) => profile?.username === username)?.id;
const compose = async (input, username = 'lampshop') =>
  (await call('/posts', { account_id: await accountId(username), ...input })).post;
const read = async (id) => (await call(`/posts/${id}`)).post;
const publishButton = () => role('button', { name: 'Publish now' });
/** What keeps the post from going out, as it is shown beside the buttons. */
const hindrance = (text) => page.locator('[role=status]').filter({ hasText: text }).first();

/** Connects the account of the user who is signed in on X: the one who came last. */
async function connect(username) {
  await open('/twitter/accounts');
  await role('button', { name: 'Connect an X account' }).click();
  await isShown(role('listitem', { name: `@${username}` }));
}

async function typeTime(month, rest) {
  await role('spinbutton', { name: /^month/i }).click();
  await page.keyboard.type(month);
  await page.keyboard.type(rest);
}

beforeAll(async () => {
  admin = await openAdmin();
  ({ page, open, role, isShown, call } = admin);
  admin.shop.sandbox.seedUser({ username: 'lampshop', name: 'The Lamp Shop' });
  await connect('lampshop');
}, STARTING_MS);

afterAll(() => admin?.close(), STARTING_MS);

afterEach(() => {
  expect(admin.browser.complaints.splice(0)).toEqual([]);
});

describe('a double click', () => {
  test.each([
    [60, 1, 0],
    [150, 1, 1],
    [0, 4, 1],
    [100, 4, 1],
    [150, 6, 0],
  ])(
    'with %i ms between, on a processor %i times slower, with %i pictures, publishes once',
    async (ms, rate, pictures) => {
      const caption = `Twice in ${ms} ms, ${rate} times slower`;
      await open('/twitter/compose');
      await role('textbox', { name: 'Caption' }).fill(caption);
      for (let index = 0; index < pictures; index += 1) {
        await role('button', { name: 'Add media' }).click();
        await role('textbox', { name: `Media URL ${index + 1}` }).fill(media(`jpeg?seed=${index + 1}`));
        await isShown(page.getByText(/^JPEG · /).nth(index));
      }
      const restore = await slowProcessor(page, rate);
      await clickTwice(page, publishButton(), ms);
      await restore();
      await isShown(role('link', { name: 'View on X' }));
      expect([await count(caption), tweets(caption).length]).toEqual([1, 1]);
    },
  );

  test('saves one draft', async () => {
    await open('/twitter/compose');
    await role('textbox', { name: 'Caption' }).fill('Saved twice');
    const restore = await slowProcessor(page, 4);
    await clickTwice(page, role('button', { name: 'Save draft' }), 100);
    await restore();
    await page.waitForURL('**/edit');
    await isShown(role('heading', { name: 'Edit post' }));
    expect(await count('Saved twice')).toBe(1);
  });

  test('on a post’s own page publishes once, and complains of nothing', async () => {
    const { id } = await compose({ caption: 'From its page' });
    await open(`/twitter/posts/${id}`);
    await clickTwice(page, publishButton(), 80);
    await isShown(role('link', { name: 'View on X' }));
    expect(tweets('From its page')).toHaveLength(1);
    await expect(page.getByText('The post was not published').count()).resolves.toBe(0);
    const history = role('list', { name: 'History' });
    await isShown(history.getByText('Asked to publish it'));
    await isShown(history.getByText('admin@example.test').first());
  });

  test('on a product makes one draft, which says what product it is about', async () => {
    await open('/products');
    await page.getByText('Oak lamp').click();
    await role('button', { name: 'Post this product' }).click();
    await role('textbox', { name: 'Caption' }).fill('The oak lamp again');
    await clickTwice(page, role('button', { name: 'Create draft' }), 100);
    await isShown(role('heading', { name: 'Edit post' }));
    expect(await count('The oak lamp again')).toBe(1);
    await open(
      page
        .url()
        .replace(/^.*\/app/, '')
        .replace('/edit', ''),
    );
    await isShown(role('link', { name: 'Oak lamp' }));
  });

  test('whose first answer was lost makes no second post, though the text was changed since', async () => {
    await open('/twitter/compose');
    await role('textbox', { name: 'Caption' }).fill('Lost answer');
    let lost = 0;
    await page.route('**/admin/twitter/posts', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
      lost += 1;
      await route.fetch();
      return route.abort('connectionreset');
    });
    await role('button', { name: 'Save draft' }).click();
    await isShown(page.getByText('The post was not saved'));
    await role('textbox', { name: 'Caption' }).fill('Lost answer, changed');
    await role('button', { name: 'Save draft' }).click();
    await page.waitForURL('**/edit');
    await page.unrouteAll({ behavior: 'wait' });
    expect([await count('Lost answer'), await count('Lost answer, changed')]).toEqual([1, 1]);
  });
});

describe('a time', () => {
  test('stays when the draft is saved, when it is scheduled, and when it is saved again; unscheduling is asked for', async () => {
    await open('/twitter/compose');
    await role('textbox', { name: 'Caption' }).fill('In its own time');
    await typeTime('12312027', '0930AM');
    await role('button', { name: 'Save draft' }).click();
    // It leads to the draft, without a question about changes that would be lost.
    await page.waitForURL('**/edit');
    await isShown(page.getByText('The draft is saved').first());
    const id = page.url().split('/').at(-2);
    const time = '2027-12-31T08:30:00.000Z';
    expect(await read(id)).toMatchObject({ status: 'draft', scheduled_at: time });

    await role('button', { name: 'Schedule', exact: true }).click();
    await isShown(page.getByText('Scheduled', { exact: true }).first());
    await role('link', { name: 'Edit' }).click();
    await role('textbox', { name: 'Caption' }).fill('In its own good time');
    await role('button', { name: 'Save changes' }).click();
    await isShown(page.getByText(/^Saved. The post goes out on/));
    expect(await read(id)).toMatchObject({ status: 'scheduled', scheduled_at: time, caption: 'In its own good time' });
    await picture(page, '20-scheduled-and-edited');

    await role('button', { name: 'Unschedule' }).click();
    await isShown(page.getByText(/is a draft again/));
    expect(await read(id)).toMatchObject({ status: 'draft', scheduled_at: null });
  });

  test('that is past can’t be chosen, and the field says so', async () => {
    await open('/twitter/compose');
    await role('textbox', { name: 'Caption' }).fill('Too late');
    await isShown(page.locator('button:enabled', { hasText: 'Publish now' }));
    await typeTime('01012020', '0930AM');
    await isShown(page.getByText('This time is past. Choose a later one, or publish the post now.'));
    await isShown(hindrance('This time is past'));
    await expect(role('button', { name: 'Schedule', exact: true }).isDisabled()).resolves.toBe(true);
    await expect(publishButton().isDisabled()).resolves.toBe(false);
    await picture(page, '21-past');
  });

  test(
    'comes, and an open page shows that the post goes out',
    async () => {
      const scheduled_at = new Date(Date.now() + 15_000).toISOString();
      const { id } = await compose({ caption: 'By itself', scheduled_at });
      await open(`/twitter/posts/${id}`);
      await isShown(page.getByText('Scheduled', { exact: true }).first());
      await isShown(role('link', { name: 'View on X' }), GOES_OUT_MS);
      await isShown(page.getByText('Posted', { exact: true }));
    },
    GOES_OUT_MS + 60_000,
  );
});

test('a draft of an account that is gone is published as no other one until somebody chooses it', async () => {
  admin.shop.sandbox.seedUser({ username: 'chairshop', name: 'The Chair Shop' });
  await connect('chairshop');
  const { id } = await compose({ caption: 'Of the chairs' }, 'chairshop');
  await call(`/accounts/${await accountId('chairshop')}`, undefined, 'DELETE');
  await open(`/twitter/posts/${id}/edit`);
  await isShown(page.getByText('The account of this post was disconnected'));
  await isShown(hindrance('Choose an account first'));
  await expect(publishButton().isDisabled()).resolves.toBe(true);
  await expect(role('button', { name: 'Save draft' }).isDisabled()).resolves.toBe(true);
  await picture(page, '22-account-gone');
  await role('combobox', { name: 'Account' }).click();
  await role('option', { name: '@lampshop' }).click();
  await isShown(page.locator('button:enabled', { hasText: 'Publish now' }));

  await connect('chairshop');
  await open(`/twitter/posts/${id}/edit`);
  await isShown(role('combobox', { name: 'Account' }).filter({ hasText: '@chairshop' }));
});

describe('media that X would refuse', () => {
  const elsewhere = (kind) => media(`jpeg?redirect=${encodeURIComponent(media(kind))}`);

  test.each([
    ['a page', () => [media('jpeg?html=1')], /^Media 1: /],
    ['nothing', () => [media('jpeg?status=404')], /^Media 1: The file could not be read/],
    ['a picture that is too large', () => [media('jpeg?seed=2'), media('jpeg?bytes=6000000')], /^Media 2: /],
    ['two GIFs', () => [media('gif?seed=1'), media('gif?seed=2')], /GIF/i],
    ['a GIF with pictures', () => [media('gif'), media('jpeg')], /GIF/i],
    ['two videos', () => [media('mp4?seed=1'), media('mp4?seed=2')], /video/i],
    ['a GIF by its bytes, not by its address', () => [elsewhere('gif'), media('png')], /GIF/i],
  ])('as %s stop publishing and scheduling, with the reason', async (_what, addresses, reason) => {
    await open('/twitter/compose');
    await role('textbox', { name: 'Caption' }).fill('With media');
    await typeTime('12312027', '0930AM');
    for (const [index, address] of addresses().entries()) {
      await role('button', { name: 'Add media' }).click();
      await role('textbox', { name: `Media URL ${index + 1}` }).fill(address);
    }
    await isShown(hindrance(reason));
    await expect(publishButton().isDisabled()).resolves.toBe(true);
    await expect(role('button', { name: 'Schedule', exact: true }).isDisabled()).resolves.toBe(true);
    await expect(role('button', { name: 'Save draft' }).isDisabled()).resolves.toBe(false);
    // At the media too.
    await isShown(role('group', { name: 'Post', exact: true }).locator('.text-ui-fg-error').first());
    await page.goto('about:blank');
  });
});

describe('the pages', () => {
  test('lie under the dashboard’s dialogs', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/twitter/compose');
    const heading = role('heading', { name: 'Compose' });
    await isShown(heading);
    await page.evaluate(() =>
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', ctrlKey: true, bubbles: true })),
    );
    await isShown(role('dialog'));
    await picture(page, '23-notifications-on-a-phone');
    const isOver = await page.evaluate(() => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Publish now');
      const { x, y, width, height } = button.getBoundingClientRect();
      const top = document.elementFromPoint(x + width / 2, y + height / 2);
      return !button.contains(top) && !button.parentElement.contains(top);
    });
    expect(isOver).toBe(true);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1500, height: 1000 });
  });

  test('show no text of an address as theirs', async () => {
    await open('/twitter/accounts?error=Call+0900+123+to+connect&connected=nobody');
    await isShown(role('listitem', { name: '@lampshop' }));
    await page.waitForURL((url) => url.search === '');
    await expect(page.getByText('0900').count()).resolves.toBe(0);
    await expect(page.getByText('The account is connected').count()).resolves.toBe(0);
    await open('/twitter/accounts?error=denied');
    await isShown(page.getByText('Access was not granted on X.'));
  });

  test('take no OAuth 1.0a tokens that X does not accept, and say so at the fields', async () => {
    await open('/twitter/accounts');
    await role('button', { name: 'Add OAuth 1.0a' }).first().click();
    const { accounts } = await call('/accounts');
    await role('textbox', { name: 'Access token', exact: true }).fill(`${accounts[0].x_user_id}-slip`);
    await page.getByLabel('Access token secret').fill('of-the-pen');
    await role('button', { name: 'Save tokens' }).click();
    await isShown(role('dialog').getByText(/X does not accept these tokens/));
    await expect(page.getByLabel('Access token secret').getAttribute('aria-invalid')).resolves.toBe('true');
  });

  test('open a post by keyboard, and by the middle button in a tab of its own', async () => {
    await open('/twitter/posts');
    await role('textbox', { name: 'Search captions' })
      .or(page.getByPlaceholder('Search captions'))
      .first()
      .fill('Of the chairs');
    const link = role('link', { name: /Of the chairs/ });
    await isShown(link);
    await expect(role('combobox', { name: 'Status' }).count()).resolves.toBe(1);
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click({ button: 'middle' })]);
    await tab.waitForURL('**/twitter/posts/twpost_*');
    await tab.close();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/twitter/posts/twpost_*');
  });

  test('report a failure in words, with the technical ones under details', async () => {
    const caption = 'Fails at X';
    const { id } = await compose({ caption });
    const body = { title: 'Forbidden', detail: 'Zork is not permitted.', status: 403, type: 'about:blank' };
    const fault = admin.shop.sandbox.faults.add({
      endpoint: 'createTweet',
      fault: { kind: 'status', status: 403, body },
      times: 1,
    });
    await open(`/twitter/posts/${id}`);
    await publishButton().click();
    const alert = page.locator('[role=alert]').filter({ hasText: 'X does not allow this to the account' });
    await isShown(alert);
    fault.remove();
    await expect(alert.getByText('Zork').isVisible()).resolves.toBe(false);
    await alert.getByText('Details', { exact: true }).click();
    await isShown(alert.getByText('Zork'));
    await picture(page, '24-failed');
  });

  const seen = (at) => ({ outcome: 'not_found', candidates: [], at });

  test('look again at once, and show what was found when it is', async () => {
    const post = await compose({ caption: 'Where is it?' });
    const old = '2026-01-01T10:00:00.000Z';
    let at = old;
    const path = `**/admin/twitter/posts/${post.id}`;
    const unknown = () => ({
      post: { ...post, status: 'unknown', intent: { state: 'unknown', published: [], seen: seen(at), history: [] } },
    });
    await page.route(path, (route) => route.fulfill({ json: unknown() }));
    await page.route(`${path}/resolve`, (route) => route.fulfill({ status: 202, json: unknown() }));
    await open(`/twitter/posts/${post.id}`);
    await role('button', { name: 'Look again' }).click();
    await isShown(page.getByText(/Looking at the timeline/));
    at = '2026-01-01T10:01:00.000Z';
    await page.getByText(/Looking at the timeline/).waitFor({ state: 'hidden' });
    await isShown(page.getByText(/The timeline did not show it/));
    await page.unrouteAll({ behavior: 'wait' });
  });

  /** On each page of ours, in light and dark. */
  test.each(['light', 'dark'])(
    'give axe nothing to find, when it is %s',
    async (theme) => {
      await page.evaluate((name) => localStorage.setItem('medusa_admin_theme', name), theme);
      const { posts } = await call('/posts?limit=100');
      const of = (caption) => posts.find((post) => post.caption === caption).id;
      const found = {};
      const look = async (name, path, ready) => {
        if (path) await open(path);
        await isShown(ready());
        // Toasts and fades come to rest.
        await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
        const list = await findings(page);
        if (list.length > 0) found[name] = list;
      };
      await look('posts', '/twitter/posts', () => role('link', { name: /Fails at X/ }));
      await look('accounts', '/twitter/accounts', () => role('listitem', { name: '@lampshop' }));
      await role('button', { name: 'Add OAuth 1.0a' }).last().click();
      await look('OAuth 1.0a', null, () => role('dialog').getByText('Access token secret'));
      await look('compose', '/twitter/compose', () => hindrance('Write something'));
      await role('textbox', { name: 'Caption' }).fill(`Too long ${'word '.repeat(70)} https://example.com #tag`);
      await role('button', { name: 'Make it a thread' }).click();
      await role('button', { name: 'Add a poll' }).click();
      await role('button', { name: 'Add media to part 2' }).click();
      await role('textbox', { name: 'Media URL 1 of part 2' }).fill(media('jpeg?html=1'));
      await look('compose with problems', null, () => hindrance(/Media 1 of part 2|problems to solve/));
      await look('a post that is out', `/twitter/posts/${of('From its page')}`, () =>
        role('link', { name: 'View on X' }),
      );
      await look('a post that failed', `/twitter/posts/${of('Fails at X')}`, () =>
        page.getByText('X does not allow this').first(),
      );
      await picture(page, `25-failed-${theme}`);
      expect(found).toEqual({});
    },
    180_000,
  );
});
