const { openBrowser } = require('./browser.js');

const SHOWN_MS = 60_000;

/** A shop, and a browser that is signed in to its admin, with short words for what a person does there. */
async function openAdmin() {
  const { ADMIN, ensureShop, startShop } = await import('../../../tools/lib/medusa-shop.mjs');
  ensureShop();
  const shop = await startShop();
  const browser = await openBrowser();
  const { page } = browser;
  const open = (path) => page.goto(`${shop.url}/app${path}`);
  const role = (name, options) => page.getByRole(name, options);
  const isShown = (locator, timeout = SHOWN_MS) => locator.waitFor({ state: 'visible', timeout });
  /** Calls a route as the page's user. */
  const call = (path, body, method = body ? 'POST' : 'GET') =>
    page.evaluate(
      async ([url, content, verb]) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(url, { method: verb, headers, body: content && JSON.stringify(content) });
        return answer.json();
      },
      [`/admin/twitter${path}`, body, method],
    );
  await open('/login');
  await page.getByPlaceholder('Email').fill(ADMIN.email);
  await page.getByPlaceholder('Password').fill(ADMIN.password);
  await role('button', { name: 'Continue with Email' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
  return {
    ...{ shop, browser, page, open, role, isShown, call },
    async close() {
      await browser.close();
      await shop.stop();
    },
  };
}

module.exports = { openAdmin };
