'use strict';

/**
 * What a call has to go by.
 * @typedef {object} World
 * @property {any} api the package
 * @property {string} url the sandbox's
 * @property {string} kind of the credentials
 * @property {any} token OAuth 2.0's, or null
 * @property {any} oauth1 its credentials, or null
 * @property {any} either the credentials, of whichever kind
 * @property {any} app with its secrets
 * @property {string} refreshToken
 * @property {any} spent a manager whose access token has expired
 * @property {string} echo what requests to X hold, as X could repeat it
 * @property {string} tokenEcho the same of requests for tokens
 * @property {string} query all secrets, as in the query of a signed URL
 * @property {any} options
 * @property {(endpoint: string, fault: object) => Promise<unknown>} fault
 * @property {(kind: string | null) => Promise<unknown>} exhaust
 */

let posts = 0;
const text = () => `Canary ${++posts}`;

/** @param {World} world @param {object} [content] @param {object} [options] */
const publish = ({ api, token, oauth1, options }, content = {}, others = {}) =>
  api.publishTweetWithMedia({ text: text(), ...content }, token, oauth1, { ...options, ...others });

/** A post that X answers so. @param {number} status @param {object} body */
const answered = (status, body) => async (/** @type {World} */ world) => {
  // X repeats what it was sent, in each place where its words are reported.
  const detail = `${body.detail ?? 'Refused'} ${world.echo}`;
  await world.fault('createTweet', { kind: 'status', status, body: { title: world.echo, ...body, detail } });
  return publish(world);
};

/** @param {World} world @param {string} query @param {object} [policy] */
const upload = ({ api, url, either, options }, query, policy = {}) =>
  api.uploadMedia(`${url}/media/${query}`, either, {
    ...options,
    client: { ...options.client, mediaPolicy: { allowHttp: true, allowPrivateNetworks: true, ...policy } },
  });

const problem = 'https://api.twitter.com/2/problems';

/** A way to each error code. @type {Record<string, (world: World) => Promise<unknown>>} */
const PROVOKED = {
  INVALID_ARGUMENT: ({ api, tokenEcho, options }) => api.createTweet({ text: text() }, `${tokenEcho}\n`, options),
  INVALID_TWEET: (world) => publish(world, { text: 'x'.repeat(300) }),
  INVALID_MEDIA: (world) => upload(world, `jpeg?html=1&token=${world.query}`),
  MEDIA_SOURCE: (world) => upload(world, `jpeg?status=404&token=${world.query}`),
  MEDIA_FORBIDDEN_HOST: (world) => upload(world, `jpeg?token=${world.query}`, { allowPrivateNetworks: false }),
  MEDIA_TOO_LARGE: (world) => upload(world, `jpeg?token=${world.query}`, { maxBytes: 10 }),
  MEDIA_PROCESSING: async (world) => {
    const error = { code: 1, name: world.echo, message: world.echo };
    const body = { data: { id: '1', processing_info: { state: 'failed', error } } };
    await world.fault('finalizeUpload', { kind: 'status', status: 200, body });
    return upload(world, 'mp4?bytes=50000&durationMs=2000');
  },
  UNAUTHORIZED: answered(401, { type: 'about:blank' }),
  MISSING_SCOPE: async (world) => {
    // X says nothing more of it.
    const body = { title: 'Forbidden', detail: 'Forbidden', type: 'about:blank', status: 403 };
    await world.fault('createTweet', { kind: 'status', status: 403, body });
    return publish(world);
  },
  FORBIDDEN: answered(403, { type: `${problem}/client-forbidden` }),
  DUPLICATE_TWEET: answered(403, { detail: 'You are not allowed to create a Tweet with duplicate content.' }),
  NOT_FOUND: answered(404, { type: 'about:blank' }),
  RATE_LIMITED: answered(429, { title: 'Too Many Requests', type: 'about:blank' }),
  USAGE_CAP: answered(429, { title: 'UsageCapExceeded', type: `${problem}/usage-capped` }),
  NO_CREDITS: answered(402, { type: 'https://api.x.com/2/problems/credits-depleted' }),
  UNKNOWN_OUTCOME: answered(503, { type: 'about:blank' }),
  NETWORK: (world) => {
    const client = { ...world.options.client, apiBaseUrl: 'http://127.0.0.1:1' };
    return publish(world, {}, { client });
  },
  TIMEOUT: async (world) => {
    await world.fault('getTweet', { kind: 'hang' });
    return world.api.getTweet('12', world.either, { ...world.options, timeoutMs: 300 });
  },
  ABORTED: (world) => publish(world, {}, { signal: AbortSignal.abort(new Error('given up')) }),
  UPSTREAM: async (world) => {
    await world.fault('getTweet', { kind: 'status', status: 500, body: { title: world.echo, detail: world.echo } });
    return world.api.getTweet('12', world.either, world.options);
  },
  UNEXPECTED_RESPONSE: async (world) => {
    // A token, where an object that holds one is expected.
    await world.fault('token', { kind: 'status', status: 200, body: JSON.stringify(world.refreshToken) });
    return world.api.exchangeOAuth1ForOAuth2(world.app.oauth1, { ...world.app.keys, ...world.options });
  },
  CHECKPOINT_MISMATCH: async (world) => {
    let checkpoint;
    const onCheckpoint = async (/** @type {string} */ given) => {
      checkpoint = given;
    };
    await publish(world, {}, { onCheckpoint });
    return publish(world, { text: 'Another text' }, { checkpoint });
  },
  IN_PROGRESS: async (world) => {
    /** @type {string | undefined} The row as a process left it that died once it had the lease. */
    let state;
    const store = async (/** @type {string} */ next) => {
      if (state !== undefined) throw new Error('dead');
      state = next;
      return true;
    };
    const dead = new world.api.PublishIntent({ load: async () => undefined, store });
    await dead
      .publish({ text: text() }, world.token, world.oauth1, { client: world.options.client })
      .catch(() => undefined);
    const intent = new world.api.PublishIntent({ load: async () => ({ state, version: 1 }), store: async () => false });
    return intent.publish({ text: text() }, world.token, world.oauth1, { client: world.options.client });
  },
  REAUTH_REQUIRED: async (world) => {
    const body = { error: 'invalid_grant', error_description: world.tokenEcho };
    await world.fault('token', { kind: 'status', status: 400, body });
    if (world.kind === 'manager') return world.api.getTweet('12', world.spent, world.options);
    return world.api.refreshAccessToken(world.refreshToken, { ...world.app.keys, ...world.options });
  },
};

module.exports = { PROVOKED, publish };
