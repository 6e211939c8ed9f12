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
  deleteSubtitles: { user: [100, QUARTER], app: [10_000, DAY] },
  usage: { app: [50, QUARTER] },
  analytics: { user: [300, QUARTER], app: [300, QUARTER] },
  createWebhook: { app: [450, QUARTER] },
  listWebhooks: { app: [450, QUARTER] },
  validateWebhook: { app: [450, QUARTER] },
  deleteWebhook: { app: [450, QUARTER] },
  replayWebhook: { app: [100, QUARTER] },
  createSubscription: { app: [500, QUARTER] },
  listSubscriptions: { app: [500, QUARTER] },
  updateSubscription: { app: [500, QUARTER] },
  deleteSubscription: { app: [500, QUARTER] },
  deleteSubscriptions: { app: [500, QUARTER] },
};

/** Fixed windows per endpoint and account. */
class RateLimiter {
  #windows = /** @type {Map<string, { most: number, resetAt: number, used: number }>} */ (new Map());
  #clock;
  #overrides;

  /** @param {import('./clock.js').Clock} clock @param {Record<string, any> | false} overrides `false` turns limits off */
  constructor(clock, overrides) {
    this.#clock = clock;
    this.#overrides = overrides;
  }

  /**
   * Counts a request, of its user and of the app; gives the headers for its answer, or refuses it.
   * @param {string} endpoint
   * @param {{ user: { id: string } | null }} identity
   */
  count(endpoint, identity) {
    if (this.#overrides === false) return {};
    const { user, app } = { ...LIMITS[endpoint], ...this.#overrides[endpoint] };
    const windows = [
      ...(user && identity.user ? [this.#window(`${endpoint} ${identity.user.id}`, user)] : []),
      ...(app ? [this.#window(`${endpoint} app`, app)] : []),
    ];
    const full = windows.find((window) => window.used >= window.most);
    if (full) throw problems.rateLimited(headersOf(full));
    for (const window of windows) window.used += 1;
    // The user's own, unless the app's is the one that has no more.
    const shown = windows.find((window) => window.used === window.most) ?? windows[0];
    return shown ? headersOf(shown) : {};
  }

  /** @param {string} key @param {[number, number]} figure */
  #window(key, [most, length]) {
    const now = this.#clock.now();
    let window = this.#windows.get(key);
    if (!window || window.resetAt <= now) {
      window = { most, resetAt: now + length, used: 0 };
      this.#windows.set(key, window);
    }
    return window;
  }
}

/** @param {{ most: number, used: number, resetAt: number }} window */
function headersOf({ most, used, resetAt }) {
  return {
    'x-rate-limit-limit': String(most),
    'x-rate-limit-remaining': String(most - used),
    'x-rate-limit-reset': String(Math.ceil(resetAt / 1000)),
  };
}

module.exports = { RateLimiter };
