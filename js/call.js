'use strict';

const { siteOf, toError, unreadable } = require('./errors.js');
const { quietly, warn } = require('./callers.js');
const { watchCall } = require('./observation.js');
const { prepareOptions, readEnvironment } = require('./options.js');

/** @typedef {import('../index.js').internal.Options} Options */
/** @typedef {import('../index.js').internal.Environment} Environment */
/** @typedef {import('./options.js').Settling} Settling */

/**
 * Starts a native call and settles as its caller expects: with the result, or with a `TwitterError` that has the
 * caller's stack and, for an aborted call, the signal's reason.
 *
 * The stack is captured when a call has failed and not when it begins, which each call would pay for: V8 knows who
 * awaits this function, and who awaits those. Only a caller that never awaits its call is not in the stack of what fails
 * natively.
 * @template T
 * @param {Function} entry the function that the caller called
 * @param {unknown} options
 * @param {(options: Options, environment: Environment, settling: Settling) => Promise<T>} begin
 * @param {(options: unknown) => unknown} [complete] adds to the options what is not the call's own
 * @returns {Promise<T>}
 */
async function start(entry, options, begin, complete = (own) => own) {
  const watch = watchCall(entry.name);
  if (watch === undefined) return settle(entry, options, begin, complete);
  return watch.run(() => settle(entry, options, begin, complete, watch));
}

/**
 * @template T
 * @param {Function} entry
 * @param {unknown} options
 * @param {(options: Options, environment: Environment, settling: Settling) => Promise<T>} begin
 * @param {(options: unknown) => unknown} complete
 * @param {{ listening(options: Options): Options }} [watch] whoever watches the call
 * @returns {Promise<T>}
 */
async function settle(entry, options, begin, complete, watch) {
  /** @type {Settling} */
  const settling = { cleanup: [] };
  // Until the first await the caller's frames are below those of `entry`, and after it they are below this one's.
  let last = entry;
  try {
    const work = reading(settling, () => {
      const prepared = prepareOptions(complete(options), settling);
      return begin(watch ? watch.listening(prepared) : prepared, readEnvironment(), settling);
    });
    last = settle;
    const settled = await work;
    // It exists, so there is no error to report this by.
    if (settling.unkept) warn('onCheckpoint', settling.unkept.error);
    return settled;
  } catch (thrown) {
    throw toError(thrown, siteOf(entry, last), reasonOf(thrown, settling));
  } finally {
    for (const { name, undo } of settling.cleanup) quietly(name, undo);
  }
}

/**
 * Runs what reads a call's arguments. Native code throws failures, so anything else was thrown by an argument.
 * @template T
 * @param {Pick<Settling, 'unread'>} settling
 * @param {() => T} read
 * @returns {T}
 */
function reading(settling, read) {
  try {
    return read();
  } catch (thrown) {
    const failure = unreadable(thrown);
    if (failure !== thrown) settling.unread = { error: thrown };
    throw failure;
  }
}

/**
 * Why the call failed, if this side knows it.
 * @param {unknown} thrown
 * @param {Settling} settling
 */
function reasonOf(thrown, settling) {
  if (settling.unread) return settling.unread.error;
  const code = /** @type {{ code?: string }} */ (thrown)?.code;
  const failed = settling.unkept ?? settling.failureOf?.();
  if (code === 'ABORTED' && failed) return failed.error;
  const signal = /** @type {Partial<AbortSignal> | undefined} */ (settling.signal);
  try {
    return signal?.aborted ? signal.reason : undefined;
  } catch (unreadable) {
    return unreadable;
  }
}

/**
 * Runs a synchronous native function.
 * @template T
 * @param {Function} entry
 * @param {() => T} work
 * @returns {T}
 */
function run(entry, work) {
  /** @type {Pick<Settling, 'unread'>} */
  const settling = {};
  try {
    return reading(settling, work);
  } catch (thrown) {
    throw toError(thrown, siteOf(entry), settling.unread?.error);
  }
}

module.exports = { run, start };
