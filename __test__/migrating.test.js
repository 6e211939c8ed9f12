'use strict';

const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { useSandbox } = require('./support/harness.js');
const { bytesOf } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const guide = readFileSync(join(__dirname, '../docs/migrating.md'), 'utf8');
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

/** The guide's examples, each with the heading above it. */
function examples() {
  const found = [];
  let heading = '';
  for (const [, title, code] of guide.matchAll(/^#+ (.+)$|^```js\n([\s\S]*?)^```$/gm)) {
    if (title) heading = title;
    else found.push([`${heading} (${found.length + 1})`, code]);
  }
  return found;
}

/** The example as the body of a function: its imports become declarations. */
const bodyOf = (code) => code.replace(/^import (\{[^}]*\}) from 'twitter-native';.*$/m, 'const $1 = addon;');

/** @type {string} */
let folder;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migrating-'));
  writeFileSync(join(folder, 'lamp.jpg'), await bytesOf({ kind: 'jpeg', seed: 5 }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the guide has examples', () => {
  expect(examples().length).toBeGreaterThan(10);
});

test.each(examples())('%s', async (_heading, code) => {
  const addon = require('twitter-native');
  const { id: userId, oauth2, oauth1Credentials } = context.sandbox.seedUser();
  const { id: tweetId } = await addon.createTweet({ text: 'One that is there' }, oauth2.accessToken);
  const { apiKey, apiSecret, accessToken, accessTokenSecret } = oauth1Credentials;
  const values = {
    addon,
    oauth2Token: oauth2.accessToken,
    apiKey,
    apiSecret,
    accessToken,
    accessTokenSecret,
    userId,
    tweetId,
  };
  const body = bodyOf(code).replaceAll("'lamp.jpg'", JSON.stringify(join(folder, 'lamp.jpg')));
  // In a block of its own, so that it may declare names that it is also given.
  await new AsyncFunction(...Object.keys(values), `{ ${body} }`)(...Object.values(values));
  const refused = context.sandbox.ledger.requests().filter(({ status }) => status >= 400);
  expect(refused).toEqual([]);
});
