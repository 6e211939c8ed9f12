// twitter-native, as an app uses it.
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @typedef {import('../lib/types.d.ts').Library} Library */

/** @type {any} */
let library;

/** @type {Library['load']} */
export async function load({ app }) {
  library = createRequire(join(app, 'index.js'))('twitter-native');
}

/** @type {Library['open']} */
export function open({ api, bearer, credentials }, { variant, ca }) {
  const { configure, createTweet, getTweetsMetrics, publishTweetWithMedia, signOAuth1Request, Signer } = library;
  configure({
    apiBaseUrl: api,
    mediaPolicy: { allowHttp: true, allowPrivateNetworks: true },
    ...(ca === undefined ? {} : { caCertificates: [ca] }),
  });
  if (variant === 'signer' && Signer === undefined) throw new Error('this version has no Signer');
  const signer = variant === 'signer' ? new Signer(credentials) : undefined;
  return {
    post: (text, mediaIds) => createTweet(mediaIds ? { text, mediaIds } : { text }, credentials),
    publish: (text, urls, kind) => {
      const content = kind === 'video' ? { text, videoUrl: urls[0] } : { text, imageUrls: urls };
      return publishTweetWithMedia(content, '', credentials);
    },
    async likes(ids) {
      const rows = await getTweetsMetrics(ids, bearer);
      return rows.map((/** @type {any} */ { metrics }) => metrics.likes);
    },
    sign: signer
      ? (url) => signer.header('POST', url)
      : (url) => signOAuth1Request({ method: 'POST', url }, credentials).header,
  };
}
