'use strict';

const { problems } = require('./problems.js');

const QUARTER = 15 * 60 * 1000;
const DAY = 24 * 3600 * 1000;

/** Requests per window, as X's page on rate limits gives them. @type {Record<string, { user?: [number, number], app?: [number, number] }>} */
const LIMITS = {
  createTweet: { user: [100, QUARTER], app: [10_000, DAY] },
  deleteTweet: { user: [50, QUARTER] },
  lookupTweets: { user: [5000, QUARTER], app: [3500, QUARTER] },
  getTweet: { user: [900, QUARTER], app: [450, QUARTER] },
  userTimeline: { user: [900, QUARTER], app: [10_000, QUARTER] },
  me: { user: [75, QUARTER] },
  uploadMedia: { user: [500, QUARTER], app: [50_000, DAY] },
  mediaStatus: { user: [1000, QUARTER], app: [100_000, DAY] },
  initializeUpload: { user: [1875, QUARTER], app: [180_000, DAY] },
  appendUpload: { user: [1875, QUARTER], app: [180_000, DAY] },
  finalizeUpload: { user: [1875, QUARTER], app: [180_000, DAY] },
  mediaMetadata: { user: [500, QUARTER], app: [50_000, DAY] },
  mediaSubtitles: { user: [100, QUARTER], app: [10_000, DAY] },
};

/** Fixed windows per endpoint and account. */
class RateLimiter {
  #windows = /** @type {Map<string, { resetAt: number, used: number }>} */ (new Map());
  #clock;
  #overrides;

  /** @param {import('./clock.js').Clock} clock @param {Record<string, any> | false} overrides `false` turns limits off */
  constructor(clock, overrides) {
    this.#clock = clock;
    this.#overrides = overrides;
  }

  /**
   * Counts a request; gives the headers for its answer, or refuses it.
   * @param {string} endpoint
   * @param {{ user: { id: string } | null }} identity
   */
  count(endpoint, identity) {
    if (this.#overrides === false) return {};
    const limit = { ...LIMITS[endpoint], ...this.#overrides?.[endpoint] };
    const figure = identity.user ? limit.user : limit.app;
    if (!figure) return {};
    const [most, length] = figure;
    const key = `${endpoint} ${identity.user?.id ?? 'app'}`;
    const now = this.#clock.now();
    let window = this.#windows.get(key);
    if (!window || window.resetAt <= now) {
      window = { resetAt: now + length, used: 0 };
      this.#windows.set(key, window);
    }
    const headers = (/** @type {number} */ remaining) => ({
      'x-rate-limit-limit': String(most),
      'x-rate-limit-remaining': String(remaining),
      'x-rate-limit-reset': String(Math.ceil(window.resetAt / 1000)),
    });
    if (window.used >= most) throw problems.rateLimited(headers(0));
    window.used += 1;
    return headers(most - window.used);
  }
}

module.exports = { RateLimiter };
