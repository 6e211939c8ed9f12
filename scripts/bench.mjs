// Times the addon on this machine: npm run bench
// Figures of one run can be compared with each other, and with nothing else.
import { createRequire } from 'node:module';
import { Bench } from 'tinybench';
import { ensureAddon, ensureNodeModules } from './lib/ensure.mjs';

ensureNodeModules('sandbox');
ensureAddon();
const require = createRequire(import.meta.url);
// @ts-expect-error it declares no types
const { parseTweet } = require('twitter-text');
/** @type {typeof import('../sandbox/index.js')} */
const { startSandbox } = require('../sandbox/index.js');
const { createTweet, parseTweetText, publishTweetWithMedia, signOAuth1Request } = await import('../index.mjs');

const sandbox = await startSandbox({ rateLimits: false });
Object.assign(process.env, sandbox.env);
const user = sandbox.seedUser();
const token = user.oauth2.accessToken;
const request = { method: 'POST', url: 'https://api.x.com/2/tweets?a=1&b=two' };
const text = 'The autumn collection is here 🍂 日本語 https://www.example.com/autumn?a=1 — see you! '.repeat(3);
let number = 0;

const bench = new Bench({ time: 1000, warmupTime: 200 });
bench
  .add('sign a request', () => signOAuth1Request(request, user.oauth1Credentials))
  .add('count a text', () => parseTweetText(text))
  .add('count a text with twitter-text', () => parseTweet(text))
  .add('publish a text, OAuth 2.0', () => createTweet({ text: `Text ${number++}` }, token))
  .add('publish a text, OAuth 1.0a', () => createTweet({ text: `Text ${number++}` }, user.oauth1Credentials))
  .add('publish 20 texts at once', () =>
    Promise.all(Array.from({ length: 20 }, () => createTweet({ text: `Text ${number++}` }, token))),
  )
  .add('publish a picture of 1 MB', () =>
    publishTweetWithMedia(
      { text: `Picture ${number++}`, imageUrls: [`${sandbox.url}/media/jpeg?bytes=1000000`] },
      token,
    ),
  );
await bench.run();
console.table(bench.table());
await sandbox.close();
