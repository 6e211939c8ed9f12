'use strict';

const { siteOf, toError } = require('./errors.js');
const { prepareOptions, readEnvironment } = require('./options.js');

/**
 * Starts a native call and settles as its caller expects: with the result, or with a `TwitterError` that has the
 * caller's stack and, for an aborted call, the signal's reason.
 * @template T
 * @param {Function} entry the function that the caller called, which its stack begins behind
 * @param {unknown} options
 * @param {(options: any, environment: object, cleanup: Array<() => void>) => Promise<T>} begin
 * @returns {Promise<T>}
 */
async function start(entry, options, begin) {
  const site = siteOf(entry);
  /** @type {Array<() => void>} */
  const cleanup = [];
  try {
    return await begin(prepareOptions(options, cleanup), readEnvironment(), cleanup);
  } catch (thrown) {
    throw toError(thrown, site, reasonOf(options));
  } finally {
    for (const undo of cleanup) undo();
  }
}

/** @param {unknown} options */
function reasonOf(options) {
  const signal = /** @type {{ signal?: AbortSignal } | undefined} */ (options)?.signal;
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
