'use strict';

const { EventEmitter, once } = require('node:events');
const { checkMembers } = require('./known.js');

/** The members of an entry. */
const ENTRY = [
  ...[
    'method',
    'path',
    'endpoint',
    'at',
    'connection',
    'status',
    'presented',
    'auth',
    'userId',
    'aborted',
    'fault',
    'details',
  ],
];

/**
 * One request, as it came and went.
 * @typedef {object} RequestEntry
 * @property {string} method
 * @property {string} path
 * @property {string} endpoint the route's name, such as `createTweet`
 * @property {number} at
 * @property {number} connection the same for all that came over one connection
 * @property {number | null} status null while it is under way, or if it got no answer
 * @property {string | null} presented the scheme of its Authorization header, whether or not anybody asked for one
 * @property {'oauth1' | 'oauth2' | 'app' | 'basic' | null} auth
 * @property {string | null} userId
 * @property {boolean} aborted the connection ended before the answer was sent
 * @property {string | null} fault the fault that was played, if any
 * @property {Record<string, unknown>} details what the endpoint adds, such as `segmentIndex`
 */

/** What happened, for tests to assert on. */
class Ledger {
  #entries = /** @type {RequestEntry[]} */ ([]);
  #changes = new EventEmitter().setMaxListeners(0);
  #state;
  #limit;

  /** @param {import('./state.js').State} state @param {number} limit */
  constructor(state, limit) {
    this.#state = state;
    this.#limit = limit;
  }

  /** @param {RequestEntry} entry */
  add(entry) {
    this.#entries.push(entry);
    if (this.#entries.length > this.#limit) this.#entries.splice(0, Math.ceil(this.#limit / 10));
    this.changed();
  }

  changed() {
    this.#changes.emit('change');
  }

  /**
   * Requests, the oldest first.
   * @param {Partial<RequestEntry>} [filter]
   */
  requests(filter = {}) {
    checkMembers('A request in the ledger', filter, ENTRY);
    const wanted = Object.entries(filter);
    return this.#entries.filter((entry) => wanted.every(([name, value]) => /** @type {any} */ (entry)[name] === value));
  }

  /** Posts that were committed, the oldest first, deleted ones included. */
  tweets() {
    return [...this.#state.tweets.values()];
  }

  /**
   * Media by id, or all.
   * @param {string} [id]
   */
  media(id) {
    return id === undefined ? [...this.#state.media.values()] : this.#state.media.get(id);
  }

  /** Tokens that were issued, with what became of them. */
  tokens() {
    return [...this.#state.grants];
  }

  /** What X would bill, by kind: requests, resources, and those of them that are billed. */
  billed() {
    return this.#state.billing.counts();
  }

  /**
   * Waits until the ledger satisfies a condition.
   * @param {(ledger: Ledger) => unknown} condition
   * @param {{ signal?: AbortSignal }} [options]
   */
  async waitFor(condition, options) {
    while (!condition(this)) await once(this.#changes, 'change', options);
  }

  clear() {
    this.#entries = [];
    this.#state.billing.clear();
  }
}

module.exports = { ENTRY, Ledger };
