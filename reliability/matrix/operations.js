'use strict';

const { describeMedia } = require('../../sandbox/index.js');

/** @typedef {import('./world.js').World} World */

/**
 * Something that is asked of X, and where its faults are played.
 * @typedef {object} Operation
 * @property {string} id
 * @property {string} endpoint
 * @property {string} template its path, with `:name` in place of values
 * @property {'api' | 'media'} at whose endpoint it is
 * @property {{ endpoint: string, attempt?: number } | null} after the answer after which the connection may break;
 * null where it is the first one of all
 * @property {'post' | 'read' | 'tokens'} kind
 * @property {number} most requests to the endpoint that one call makes without a fault, at the most
 * @property {string} path where a redirect leads
 * @property {boolean} [loses] the answer to the request before it is lost
 * @property {(world: World, options: any) => Promise<unknown>} call
 */

const SEGMENTS = 3;
const SEGMENT_BYTES = 40_000;

/** @param {Parameters<typeof describeMedia>[0]} spec */
async function bytesOf(spec) {
  const chunks = [];
  for await (const chunk of describeMedia(spec).read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @type {Promise<Buffer> | undefined} */
let picture;
/** @type {Promise<Buffer> | undefined} */
let video;
const pictureBytes = () => {
  picture ??= bytesOf({ kind: 'jpeg' });
  return picture;
};
const videoBytes = () => {
  video ??= bytesOf({ kind: 'mp4', bytes: SEGMENTS * SEGMENT_BYTES - 17, durationMs: 3000 });
  return video;
};

/** A post whose media are signed by OAuth 1.0a, and which is signed so, too. @param {(world: World) => object | Promise<object>} content */
const publish = (content) => async (/** @type {World} */ world, /** @type {object} */ options) =>
  world.package.publishTweetWithMedia(
    { text: world.text, ...(await content(world)) },
    null,
    world.user.oauth1Credentials,
    options,
  );

const withPicture = publish(async () => ({ media: [{ data: await pictureBytes() }] }));
const withVideo = publish(async () => ({ media: [{ data: await videoBytes() }] }));
const post = {
  kind: /** @type {const} */ ('post'),
  at: /** @type {const} */ ('api'),
  most: 1,
  after: null,
  loses: false,
};

/** All of them. @type {Operation[]} */
const OPERATIONS = [
  {
    ...post,
    id: 'download',
    endpoint: 'source',
    template: '',
    at: 'media',
    path: '/media/jpeg',
    // A source that breaks off is resumed as long as it gives more.
    most: 8,
    call: publish(({ mediaUrl }) => ({ imageUrls: [mediaUrl('/media/jpeg')] })),
  },
  {
    ...post,
    id: 'one-shot',
    endpoint: 'uploadMedia',
    template: '/2/media/upload',
    path: '/2/media/upload',
    call: withPicture,
  },
  {
    ...post,
    id: 'INIT',
    endpoint: 'initializeUpload',
    template: '/2/media/upload/initialize',
    path: '/2/media/upload/initialize',
    call: withVideo,
  },
  {
    ...post,
    id: 'APPEND',
    endpoint: 'appendUpload',
    template: '/2/media/upload/:id/append',
    path: '/2/media/upload/1/append',
    after: { endpoint: 'initializeUpload' },
    most: SEGMENTS,
    call: withVideo,
  },
  {
    ...post,
    id: 'FINALIZE',
    endpoint: 'finalizeUpload',
    template: '/2/media/upload/:id/finalize',
    path: '/2/media/upload/1/finalize',
    after: { endpoint: 'appendUpload', attempt: SEGMENTS },
    call: withVideo,
  },
  {
    ...post,
    id: 'STATUS',
    endpoint: 'mediaStatus',
    template: '/2/media/upload',
    path: '/2/media/upload',
    after: { endpoint: 'finalizeUpload' },
    most: 3,
    call: withVideo,
  },
  {
    ...post,
    id: 'alt text',
    endpoint: 'mediaMetadata',
    template: '/2/media/metadata',
    path: '/2/media/metadata',
    after: { endpoint: 'uploadMedia' },
    call: publish(async () => ({ media: [{ data: await pictureBytes(), altText: 'A lamp' }] })),
  },
  {
    ...post,
    id: 'tweet',
    endpoint: 'createTweet',
    template: '/2/tweets',
    path: '/2/tweets',
    after: { endpoint: 'me' },
    call: (world, options) => world.package.publishTweetWithMedia({ text: world.text }, world.token, null, options),
  },
  {
    ...post,
    id: 'reconcile',
    endpoint: 'userTimeline',
    template: '/2/users/:id/tweets',
    path: '/2/users/1/tweets',
    after: { endpoint: 'createTweet' },
    most: 3,
    loses: true,
    call: (world, options) => world.package.createTweet({ text: world.text }, world.token, options),
  },
  {
    ...post,
    id: 'metrics',
    kind: 'read',
    endpoint: 'lookupTweets',
    template: '/2/tweets',
    path: '/2/tweets',
    call: (world, { client, timeoutMs, signal }) =>
      world.package.getTweetsMetrics([world.standing.id], world.token, { client, timeoutMs, signal }),
  },
  {
    ...post,
    id: 'refresh',
    kind: 'tokens',
    endpoint: 'token',
    template: '/2/oauth2/token',
    path: '/2/oauth2/token',
    call: (world, { client, timeoutMs, signal }) => world.accessToken(client, { timeoutMs, signal }),
  },
  {
    ...post,
    id: 'code exchange',
    kind: 'tokens',
    endpoint: 'token',
    template: '/2/oauth2/token',
    path: '/2/oauth2/token',
    call: (world, { client, timeoutMs, signal }) =>
      world.package.exchangeCodeForToken(world.code, world.redirectUri, world.verifier, {
        ...world.app,
        client,
        timeoutMs,
        signal,
      }),
  },
];

module.exports = { OPERATIONS, SEGMENT_BYTES };
