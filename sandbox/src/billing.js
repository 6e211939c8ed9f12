'use strict';

const twitterText = require('twitter-text');
const { MADE_UP } = require('./answers.js');

/** @typedef {import('./state.js').State} State */

/** What X bills, in the words of `estimateCost` of twitter-native. */
const KINDS = [
  ...['post', 'post_with_link', 'summoned_reply', 'delete', 'media_upload', 'alt_text', 'subtitles'],
  ...['post_read', 'owned_read', 'user_read'],
];
/** Read several times a UTC day, a resource is billed once. */
const READS = ['post_read', 'owned_read', 'user_read'];

/** What X would put on the bill. Requests that fail are not on it; those whose answer is lost are. */
class Billing {
  #counts = new Map(KINDS.map((kind) => [kind, nothing()]));
  #clock;
  /** What was read on `#day`. */
  #read = new Set();
  #day = '';
  /** Posts read, by day. @type {Map<string, number>} */
  #days = new Map();

  /** @param {import('./clock.js').Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {string} kind @param {string[]} ids of what was written or read */
  add(kind, ids) {
    const count = /** @type {ReturnType<typeof nothing>} */ (this.#counts.get(kind));
    const isRead = READS.includes(kind);
    const billed = isRead ? ids.filter((id) => this.#isNew(`${kind} ${id}`)).length : ids.length;
    count.requests += 1;
    count.resources += ids.length;
    count.billed += billed;
    if (isRead && kind !== 'user_read') this.#days.set(this.#day, (this.#days.get(this.#day) ?? 0) + billed);
  }

  /** @param {string} resource */
  #isNew(resource) {
    const today = dayOf(this.#clock.now());
    if (today !== this.#day) this.#read.clear();
    this.#day = today;
    if (this.#read.has(resource)) return false;
    this.#read.add(resource);
    return true;
  }

  /** By kind, those that are not there included. */
  counts() {
    return Object.fromEntries([...this.#counts].map(([kind, count]) => [kind, { ...count }]));
  }

  /** Begins to count anew. What was read today stays read, as it does at X. */
  clear() {
    for (const kind of KINDS) this.#counts.set(kind, nothing());
  }

  /** Posts read on each of the last days, the oldest first. @param {number} days */
  postsRead(days) {
    const now = this.#clock.now();
    return Array.from({ length: days }, (_, index) => {
      const day = dayOf(now - (days - 1 - index) * 24 * 3600 * 1000);
      return { day, posts: this.#days.get(day) ?? 0 };
    });
  }

  /** Posts read in this month. */
  postsReadInCycle() {
    const month = dayOf(this.#clock.now()).slice(0, 7);
    return [...this.#days].reduce((sum, [day, posts]) => (day.startsWith(month) ? sum + posts : sum), 0);
  }
}

const nothing = () => ({ requests: 0, resources: 0, billed: 0 });

/** @param {number} now */
const dayOf = (now) => new Date(now).toISOString().slice(0, 10);

/** What each endpoint's success is billed as. @type {Record<string, (state: State, request: any, data: any) => string>} */
const KIND_OF = {
  createTweet: (state, _request, { id }) => kindOfPost(state, state.tweets.get(id)),
  deleteTweet: () => 'delete',
  getTweet: () => 'post_read',
  lookupTweets: () => 'post_read',
  userTimeline: (state, request) => (isOwned(state, request) ? 'owned_read' : 'post_read'),
  me: () => 'user_read',
  uploadMedia: () => 'media_upload',
  finalizeUpload: () => 'media_upload',
  mediaMetadata: () => 'alt_text',
  mediaSubtitles: () => 'subtitles',
};

/** X's page: only for the timeline of the user who owns the app, with this user's own token. @param {State} state @param {any} request */
function isOwned({ app }, { identity, params }) {
  return identity.user !== null && identity.user.id === params.id && params.id === app.ownerId;
}

/** @param {State} state @param {any} tweet */
function kindOfPost(state, tweet) {
  const parent = state.tweets.get(tweet.replyTo);
  if (parent && parent.user.id !== tweet.user.id && isSummoned(state, parent, tweet.user)) return 'summoned_reply';
  return twitterText.extractUrls(tweet.text).length > 0 ? 'post_with_link' : 'post';
}

/** Whether a post mentions or quotes a user. @param {State} state @param {any} tweet @param {any} user */
function isSummoned(state, tweet, user) {
  const isName = (/** @type {string} */ name) => name.toLowerCase() === user.username.toLowerCase();
  return twitterText.extractMentions(tweet.text).some(isName) || state.tweets.get(tweet.quoteOf)?.user.id === user.id;
}

/** Puts each success on the bill, before a fault may lose its answer. @param {import('fastify').FastifyInstance} fastify @param {State} state */
function billRequests(fastify, state) {
  fastify.addHook('preSerialization', async (/** @type {any} */ request, reply, payload) => {
    const kindOf = KIND_OF[request.routeOptions.config?.endpoint];
    const { data } = /** @type {{ data?: any }} */ (payload ?? {});
    // A fault's own answer may look like X's; X has done no work for it.
    if (!kindOf || MADE_UP.includes(request.fault?.kind) || reply.statusCode >= 300 || data === undefined)
      return payload;
    const ids = [data].flat().map(({ id }) => id ?? request.params.id);
    state.billing.add(kindOf(state, request, data), ids);
    return payload;
  });
}

module.exports = { Billing, billRequests };
