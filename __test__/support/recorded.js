'use strict';

// The package as users see it, with every error that it throws kept for the search for secrets.
const twitterNative = require('../../index.js');
const { keepSeen } = require('./records.js');

/** @param {unknown} error @returns {never} */
function seen(error) {
  keepSeen(error);
  throw error;
}

/** @param {Function} original */
function recorded(original) {
  /** @this {unknown} @param {unknown[]} parameters */
  const wrapper = function (...parameters) {
    try {
      const result = Reflect.apply(original, this, parameters);
      return typeof result?.then === 'function' ? result.then(undefined, seen) : result;
    } catch (error) {
      return seen(error);
    }
  };
  const { name, length } = original;
  return Object.defineProperties(wrapper, { name: { value: name }, length: { value: length } });
}

const CLASSES = new Set(['PublishIntent', 'Signer', 'TwitterError', 'TwitterService', 'TokenManager', 'default']);

/** @param {Record<string, any>} entries @returns {Record<string, any>} */
const allRecorded = (entries) =>
  Object.fromEntries(
    Object.entries(entries).map(([name, value]) => {
      if (CLASSES.has(name)) return [name, value];
      return [name, typeof value === 'function' ? recorded(value) : allRecorded(value)];
    }),
  );

module.exports = allRecorded(twitterNative);
