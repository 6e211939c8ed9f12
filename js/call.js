'use strict';

const { siteOf, toError } = require('./errors.js');
const { prepareOptions, readEnvironment } = require('./options.js');

/**
 * Starts a native call and settles as its caller expects: with the result, or with a `TwitterError` that has the
 * caller's stack and, for an aborted call, the signal's reason.
 * @template T
 * @param {Function} entry the function that the caller called, which its stack begins behind
 * @param {unknown} options
 * @param {(options: any, environment: object, settling: import('./options.js').Settling) => Promise<T>} begin
 * @returns {Promise<T>}
 */
async function start(entry, options, begin) {
  const site = siteOf(entry);
  /** @type {import('./options.js').Settling} */
  const settling = { cleanup: [] };
  try {
    return await begin(prepareOptions(options, settling), readEnvironment(), settling);
  } catch (thrown) {
    throw toError(thrown, site, reasonOf(thrown, settling));
  } finally {
    for (const undo of settling.cleanup) undo();
  }
}

/**
 * Why the call was given up, if this side gave it up.
 * @param {unknown} thrown
 * @param {import('./options.js').Settling} settling
 */
function reasonOf(thrown, settling) {
  const code = /** @type {{ code?: string }} */ (thrown)?.code;
  const failed = settling.unkept ?? settling.failureOf?.();
  if (code === 'ABORTED' && failed) return failed.error;
  const signal = /** @type {Partial<AbortSignal> | undefined} */ (settling.signal);
  return signal?.aborted ? signal.reason : undefined;
}

/**
 * Runs a synchronous native function.
 * @template T
 * @param {Function} entry
 * @param {() => T} work
 * @returns {T}
 */
function run(entry, work) {
  try {
    return work();
  } catch (thrown) {
    throw toError(thrown, siteOf(entry));
  }
}

module.exports = { run, start };
