'use strict';

const { channel, tracingChannel } = require('node:diagnostics_channel');

/** Each attempt of each request, once it is over: native code makes it, so nobody here sees it begin. */
const REQUESTS = channel('twitter-native:request');
/** Each publish, once it is over. */
const PUBLISHES = channel('twitter-native:publish');
/** Each publish, from its beginning on: `tracing:twitter-native:publish:start` and so on. Bun and Deno may lack it. */
const TRACED_PUBLISHES = tracingChannel?.('twitter-native:publish');

const STEPS = /** @type {const} */ (['start', 'end', 'asyncStart', 'asyncEnd', 'error']);

/** Somebody wants to know of publishes as they begin. Node 20.12 and older have to be asked for each step. */
function isTraced() {
  if (TRACED_PUBLISHES === undefined) return false;
  return STEPS.some((step) => TRACED_PUBLISHES[step].hasSubscribers);
}

/**
 * Tells the subscribers of Node's channels of a call. What they throw is Node's to report: it does not reach the call.
 */
class ChannelObserver {
  /** @param {import('./observation.js').CallFacts} facts */
  constructor(facts) {
    this.facts = facts;
  }

  /**
   * An observer, if somebody has subscribed.
   * @param {import('./observation.js').CallFacts} facts
   */
  static of(facts) {
    const isWanted = REQUESTS.hasSubscribers || (facts.publishes && (PUBLISHES.hasSubscribers || isTraced()));
    return isWanted ? new ChannelObserver(facts) : undefined;
  }

  /** @param {any} event */
  onRequest(event) {
    if (REQUESTS.hasSubscribers) REQUESTS.publish({ call: this.facts.call, ...event });
  }

  onProgress() {}

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  around(work) {
    const { call, operation, publishes } = this.facts;
    if (!publishes || TRACED_PUBLISHES === undefined || !isTraced()) return work();
    return TRACED_PUBLISHES.tracePromise(work, { call, operation });
  }

  /** @param {{ result: unknown } | { error: unknown }} outcome @param {number} durationMs */
  onSettled(outcome, durationMs) {
    const { call, operation, publishes } = this.facts;
    if (publishes && PUBLISHES.hasSubscribers) PUBLISHES.publish({ call, operation, durationMs, ...outcome });
  }
}

module.exports = { ChannelObserver };
