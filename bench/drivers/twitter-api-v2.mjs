// twitter-api-v2: as its guide says, or with what can be set for speed.
import https from 'node:https';
import { createRequire } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

/** @typedef {import('../lib/types.d.ts').Library} Library */

const require = createRequire(import.meta.url);
const TUNED_SEGMENT_BYTES = 4 * 1024 * 1024;
/** @type {any} */
let library;

/** @type {Library['load']} */
export async function load() {
  library = require('twitter-api-v2');
}

/** @type {Library['open']} */
export function open(mock, { variant, ca }) {
  const isTuned = variant === 'tuned';
  // Its own default is Node's global agent, which keeps connections alive. Addresses of X can't be set, so that only the
  // connection leads to the mock.
  const agent = new https.Agent(
    isTuned ? { keepAlive: true, scheduling: 'lifo', maxSockets: 64 } : { keepAlive: true, scheduling: 'lifo' },
  );
  const { hostname: host, port } = new URL(mock.api);
  const address = { host, port: Number(port), noDelay: true };
  agent.createConnection = () =>
    ca === undefined ? net.connect(address) : tls.connect({ ...address, servername: 'api.x.com' });
  const { apiKey, apiSecret, accessToken, accessTokenSecret } = mock.credentials;
  // Answers that nobody has to decompress cost both sides less.
  const settings = { httpAgent: agent, ...(isTuned ? { compression: 'identity' } : {}) };
  const keys = { appKey: apiKey, appSecret: apiSecret, accessToken, accessSecret: accessTokenSecret };
  const { v2 } = new library.TwitterApi(keys, settings);
  const reader = new library.TwitterApi(mock.bearer, settings).v2;
  return {
    post: (text, mediaIds) => v2.tweet(text, mediaIds ? { media: { media_ids: mediaIds } } : {}),
    async upload(url, kind) {
      const source = await fetch(url);
      const bytes = Buffer.from(await source.arrayBuffer());
      const mediaType = source.headers.get('content-type');
      const category = kind === 'video' ? 'tweet_video' : 'tweet_image';
      const options = { media_type: mediaType, media_category: category };
      return isTuned ? v2.uploadMedia(bytes, options, TUNED_SEGMENT_BYTES) : v2.uploadMedia(bytes, options);
    },
    async likes(ids) {
      const { data } = await reader.tweets(ids, { 'tweet.fields': ['public_metrics'] });
      return data.map((/** @type {any} */ post) => post.public_metrics.like_count);
    },
    close: async () => agent.destroy(),
  };
}
