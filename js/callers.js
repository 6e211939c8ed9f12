'use strict';

const { types } = require('node:util');

/**
 * Code of the caller's that runs on behalf of a call: callbacks, stores, streams and signals. It may throw anything,
 * whenever it likes, and nothing of that may end the process or change what became of a post.
 */

/**
 * What was thrown, in words. It may be a value that can't be made a text, or one that throws when it is looked at.
 * @param {unknown} thrown
 * @returns {string}
 */
function wordsOf(thrown) {
  try {
    const words = thrown instanceof Error ? thrown.message : thrown;
    return typeof words === 'string' ? words : String(words);
  } catch {
    return 'a value that can not be shown';
  }
}

/**
 * Warns the process of what a function of the caller's threw.
 * @param {string} name
 * @param {unknown} thrown
 */
function warn(name, thrown) {
  try {
    process.emitWarning(`${name} threw: ${wordsOf(thrown)}`, 'TwitterNativeWarning');
  } catch {
    // Somebody put a function of their own in its place.
  }
}

/**
 * Follows what a function of the caller's returned, as `await` does. Where `await` lets a promise that a thenable's
 * `then` returns go unheard, this one hears it: if it was rejected, it would end the process.
 * @param {unknown} returned
 * @returns {Promise<{ value: any }>} in an object, since a value with a `then` would be followed again
 */
function follow(returned) {
  return new Promise((resolve, reject) => {
    if (types.isPromise(returned)) {
      hear(Promise.prototype.then.call(returned, (value) => resolve({ value }), reject));
      return;
    }
    const then = isObjectOrFunction(returned) ? /** @type {{ then?: unknown }} */ (returned).then : undefined;
    if (typeof then !== 'function') {
      resolve({ value: returned });
      return;
    }
    const settle = (/** @type {unknown} */ value) => follow(value).then(resolve, reject);
    hear(Reflect.apply(then, returned, [settle, reject]));
  });
}

/**
 * Lets a promise that nobody follows be rejected without ending the process.
 * @param {unknown} promise
 */
function hear(promise) {
  if (!types.isPromise(promise)) return;
  try {
    Promise.prototype.then.call(promise, undefined, () => {});
  } catch {
    // Its constructor is none; then it was made by hand, and what becomes of it is its maker's.
  }
}

/** @param {unknown} value */
function isObjectOrFunction(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/**
 * Warns if what a function of the caller's returned is a promise that is rejected.
 * @param {string} name
 * @param {unknown} returned
 */
function overhear(name, returned) {
  if (isObjectOrFunction(returned)) follow(returned).catch((thrown) => warn(name, thrown));
}

/**
 * Runs code of the caller's whose outcome changes nothing; what it throws or rejects with becomes a warning.
 * @param {string} name
 * @param {() => unknown} work
 */
function quietly(name, work) {
  try {
    overhear(name, work());
  } catch (thrown) {
    warn(name, thrown);
  }
}

/**
 * A listener that can't disturb the call that it watches.
 * @param {unknown} listener
 * @param {string} name
 */
function guardListener(listener, name) {
  if (typeof listener !== 'function') return listener;
  return (/** @type {unknown} */ event) => quietly(name, () => Reflect.apply(listener, undefined, [event]));
}

module.exports = { follow, guardListener, overhear, quietly, warn, wordsOf };
