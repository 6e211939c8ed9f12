'use strict';

const { Readable } = require('node:stream');
const { describeMedia } = require('../../sandbox/index.js');

/** @typedef {import('./plan.js').Intent} Intent */
/** @typedef {import('../../sandbox/index.js').SeededUser} SeededUser */

/** Four segments to a video. */
const SEGMENT_BYTES = 10_000;
const VIDEO = { kind: /** @type {const} */ ('mp4'), bytes: 4 * SEGMENT_BYTES - 17, durationMs: 2000 };
const PICTURE = { kind: /** @type {const} */ ('jpeg'), width: 24, height: 24 };

/** @param {Parameters<typeof describeMedia>[0]} spec */
async function bytesOf(spec) {
  const chunks = [];
  for await (const chunk of describeMedia(spec).read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Publishes intents to their end, and keeps nothing of them. */
class Publisher {
  #api;
  #job;
  /** @type {Map<number, { options: any, manager: any, service: any }>} */
  #clients = new Map();
  /** Outlives all calls that it is given to. */
  #shared = new AbortController();
  #media = { picture: bytesOf(PICTURE), video: bytesOf(VIDEO) };

  /** @param {any} api the package @param {{ users: SeededUser[], url: string, app: object }} job */
  constructor(api, job) {
    this.#api = api;
    this.#job = job;
  }

  /** Drops the clients that were made since the last time, and says how many these were. */
  drop() {
    const count = this.#clients.size;
    this.#clients.clear();
    return count;
  }

  /** @param {Intent} intent @returns {Promise<import('./tally.js').Outcome>} */
  async publish(intent) {
    const attempt = await this.#once(intent);
    if (attempt.error === undefined) return { text: intent.text, id: attempt.id };
    // As a caller goes on who keeps checkpoints.
    const { id, error } = await this.#once({ ...intent, signal: 'none' }, attempt.checkpoint);
    return { text: intent.text, ...(error === undefined ? { id } : { code: error.code ?? String(error) }) };
  }

  /** @param {Intent} intent @param {string} [from] a checkpoint */
  async #once(intent, from) {
    let checkpoint = from;
    const own = new AbortController();
    const client = this.#client(intent.client);
    const options = {
      ...client.options,
      ...(from === undefined ? {} : { checkpoint: from }),
      ...this.#signal(intent, own.signal),
      onCheckpoint: async (/** @type {string} */ text) => {
        checkpoint = text;
        if (intent.signal === 'aborted') own.abort();
      },
      onProgress: intent.isWatched ? () => {} : undefined,
    };
    const [token, oauth1] = this.#credentials(intent, client);
    try {
      const content = { text: intent.text, media: await this.#mediaOf(intent) };
      const { tweetId } = await client.service.publishTweetWithMedia(content, token, oauth1, options);
      return { id: tweetId };
    } catch (error) {
      return { error, checkpoint: error.checkpoint ?? checkpoint };
    }
  }

  /** @param {Intent} intent @param {AbortSignal} own */
  #signal({ signal }, own) {
    if (signal === 'none') return {};
    return { signal: signal === 'shared' ? this.#shared.signal : own };
  }

  /** @param {Intent} intent @param {{ manager: any }} client */
  #credentials({ signing, client }, { manager }) {
    const user = this.#user(client);
    if (signing === 'manager') return [manager, undefined];
    return signing === 'oauth1' ? [null, user.oauth1Credentials] : [user.oauth2.accessToken, undefined];
  }

  /** @param {number} client */
  #user(client) {
    return this.#job.users[Math.abs(client) % this.#job.users.length];
  }

  /** @param {Intent} intent */
  async #mediaOf({ medium, source, text }) {
    if (medium === 'none') return undefined;
    if (source === 'url') {
      const query = medium === 'video' ? `mp4?bytes=${VIDEO.bytes}&durationMs=2000` : 'jpeg?width=24&height=24';
      return [{ url: `${this.#job.url}/media/${query}`, ...described(medium, text) }];
    }
    const data = await this.#media[medium];
    if (source === 'data') return [{ data, ...described(medium, text) }];
    return [{ stream: Readable.from([data.subarray(0, 700), data.subarray(700)], { objectMode: false }) }];
  }

  /** A configuration that no other client has, a service and a manager of its own. @param {number} number */
  #client(number) {
    const known = this.#clients.get(number);
    if (known) return known;
    const { app, url } = this.#job;
    const { accessToken, refreshToken } = this.#user(number).oauth2;
    const client = {
      apiBaseUrl: url,
      userAgent: `soak/${number}`,
      mediaPolicy: { allowHttp: true, allowPrivateNetworks: true },
      retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 },
      rateLimit: { maxWaitMs: 2000 },
      upload: { segmentBytes: SEGMENT_BYTES, concurrency: 2 },
      onRequest: number % 2 === 0 ? () => {} : undefined,
    };
    const row = { accessToken, refreshToken, expiresAt: Date.now() + 86_400_000, version: 1 };
    const made = {
      options: { client, timeoutMs: 60_000, reconcile: { scheduleMs: [1, 10, 20] } },
      manager: new this.#api.TokenManager({
        load: async () => row,
        store: async () => true,
        config: { ...app, client },
      }),
      service: new this.#api.TwitterService({ ...app, client }),
    };
    this.#clients.set(number, made);
    return made;
  }
}

/** @param {string} medium @param {string} text */
const described = (medium, text) => (medium === 'picture' && text.endsWith('7') ? { altText: 'A lamp' } : {});

module.exports = { Publisher };
