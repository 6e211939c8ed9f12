// Each page of the plugin, and those of the shop beside it, opened in a browser.
import { createRequire } from 'node:module';
import { ADMIN } from '../../../tools/lib/medusa-shop.mjs';

/** For a machine that has other work. */
const SHOWN_MS = 120_000;

// Required, since the types of what drives the browser are among the plugin's packages, which types are checked without.
const { openBrowser } = createRequire(import.meta.url)('./browser.js');

/**
 * @typedef {{ waitFor(options: { state: 'visible' }): Promise<void>, first(): Locator }} Locator
 * @typedef {{ getByText(text: string): Locator, getByRole(role: string, options: { name: string }): Locator }} Page
 */

/**
 * What each page shows when it works.
 * @param {{ published: string, draft: string, caption: string, product: { id: string, title: string } }} shop
 * @returns {[path: string, shown: (page: Page) => Locator][]}
 */
const pagesOf = ({ published, draft, caption, product }) => [
  ['/twitter', (page) => page.getByText(caption).first()],
  ['/twitter/posts', (page) => page.getByText(caption).first()],
  [`/twitter/posts/${published}`, (page) => page.getByRole('link', { name: 'View on X' })],
  [`/twitter/posts/${draft}/edit`, (page) => page.getByRole('textbox', { name: 'Caption' })],
  ['/twitter/compose', (page) => page.getByRole('textbox', { name: 'Caption' })],
  ['/twitter/accounts', (page) => page.getByRole('listitem', { name: '@lampshop' })],
  ['/products', (page) => page.getByText(product.title).first()],
  [`/products/${product.id}`, (page) => page.getByRole('heading', { name: 'Posts on X' })],
  [`/products/${product.id}`, (page) => page.getByRole('heading', { name: product.title })],
  ['/draft-orders', (page) => page.getByRole('heading', { name: 'Draft Orders' })],
];

/**
 * Signs in, opens them, and gives what they complained of.
 * @param {string} url the shop
 * @param {Parameters<typeof pagesOf>[0]} shop
 */
export async function openPages(url, shop) {
  const browser = await openBrowser();
  try {
    const { page } = browser;
    page.setDefaultTimeout(SHOWN_MS);
    await page.goto(`${url}/app/login`);
    await page.getByPlaceholder('Email').fill(ADMIN.email);
    await page.getByPlaceholder('Password').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Continue with Email' }).click();
    await page.waitForURL((/** @type {URL} */ to) => !to.pathname.endsWith('/login'));
    const complaints = [];
    for (const [path, shown] of pagesOf(shop)) {
      await page.goto(`${url}/app${path}`);
      const failure = await shown(page)
        .waitFor({ state: 'visible' })
        .catch((error) => error);
      if (failure) complaints.push(`${path} does not show what it should: ${failure.message}`);
      for (const complaint of browser.complaints.splice(0)) complaints.push(`${path}: ${complaint}`);
    }
    return complaints;
  } finally {
    await browser.close();
  }
}
