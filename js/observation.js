'use strict';

const { setImmediate } = require('node:timers');
const { ChannelObserver } = require('./channels.js');
const { quietly } = require('./callers.js');
const { isObjectOrAbsent } = require('./options.js');

/**
 * Functions that publish, by their own names, and what they are called to whoever watches.
 * @type {Map<string, import('../index.js').PublishMessage['operation']>}
 */
const PUBLISHING = new Map([
  ['publishTweetWithMedia', 'publishTweetWithMedia'],
  ['publishThread', 'publishThread'],
  ['createTweet', 'createTweet'],
  ['publish', 'PublishIntent.publish'],
  ['resume', 'PublishIntent.resume'],
]);

/**
 * What is known of a call when it begins.
 * @typedef {object} CallFacts
 * @property {number} call tells the calls of a process apart
 * @property {string} operation
 * @property {boolean} publishes
 */

/**
 * Whoever watches a call: Node's diagnostics channels, OpenTelemetry.
 * @typedef {object} Observer
 * @property {(event: any) => void} onRequest
 * @property {(event: any) => void} onProgress
 * @property {<T>(work: () => Promise<T>) => Promise<T>} around runs the call's work
 * @property {(outcome: { result: unknown } | { error: unknown }, durationMs: number) => void} onSettled
 */

let calls = 0;

/**
 * What watches a call, or `undefined` if nobody does: then the call costs nothing more.
 * @param {string} name of the function that was called
 */
function watchCall(name) {
  const operation = PUBLISHING.get(name);
  const facts = { call: calls + 1, operation: operation ?? name, publishes: operation !== undefined };
  const observers = [ChannelObserver.of(facts), spansOf(facts)].filter((observer) => observer !== undefined);
  if (observers.length === 0) return undefined;
  calls += 1;
  return new Watch(observers);
}

/**
 * Where OpenTelemetry's API keeps what a host has set up, for all of its copies and versions of this major. Before there is
 * something nobody takes spans, and the API, whose loading takes longer than a call may hold up its thread, is not loaded:
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/internal/global-utils.ts
 */
const SET_UP = Symbol.for('opentelemetry.js.api.1');

/** @param {CallFacts} facts */
function spansOf(facts) {
  if (/** @type {any} */ (globalThis)[SET_UP] === undefined) return undefined;
  return require('./spans.js').SpanObserver.of(facts);
}

/** A call that somebody watches. Whatever goes wrong with that changes nothing about the call. */
class Watch {
  #observers;

  /** @param {Observer[]} observers */
  constructor(observers) {
    this.#observers = observers;
  }

  /**
   * The call's options, as native code takes them, with listeners of ours before those of the caller.
   * @param {import('../index.js').internal.Options} options
   */
  listening(options) {
    const given = /** @type {{ client?: { onRequest?: unknown }, onProgress?: unknown } | null} */ (
      /** @type {unknown} */ (options)
    );
    // What can't be meant is left for native code to refuse.
    if (!isObjectOrAbsent(given) || !isObjectOrAbsent(given?.client)) return options;
    const { client = {}, onProgress } = given ?? {};
    const listening = {
      ...given,
      client: { ...client, onRequest: this.#before('onRequest', client?.onRequest) },
      onProgress: this.#before('onProgress', onProgress),
    };
    return /** @type {import('../index.js').internal.Options} */ (/** @type {unknown} */ (listening));
  }

  /** @param {'onRequest' | 'onProgress'} name @param {unknown} listener of the caller's */
  #before(name, listener) {
    if (listener !== undefined && listener !== null && typeof listener !== 'function') return listener;
    return (/** @type {unknown} */ event) => {
      for (const observer of this.#observers) quietly('an observer of twitter-native', () => observer[name](event));
      listener?.(event);
    };
  }

  /**
   * Runs the call's work and tells how it ended.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(work) {
    const begun = performance.now();
    const whole = this.#observers.reduce(
      (inner, observer) => () => observer.around(inner),
      () => settled(work),
    );
    try {
      const result = await whole();
      this.#tell({ result }, begun);
      return result;
    } catch (error) {
      this.#tell({ error }, begun);
      throw error;
    }
  }

  /** @param {{ result: unknown } | { error: unknown }} outcome @param {number} begun */
  #tell(outcome, begun) {
    const durationMs = performance.now() - begun;
    for (const observer of this.#observers) {
      quietly('an observer of twitter-native', () => observer.onSettled(outcome, durationMs));
    }
  }
}

/**
 * Waits for work, and for the events of its requests: they come by ways of their own, within the same turn of the event
 * loop at the latest.
 * @template T
 * @param {() => Promise<T>} work
 */
async function settled(work) {
  try {
    return await work();
  } finally {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

module.exports = { watchCall };
