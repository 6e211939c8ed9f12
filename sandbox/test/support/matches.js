'use strict';

const assert = require('node:assert/strict');

/**
 * Keeps of a value what is expected of it, so that a difference shows nothing else.
 * @param {any} actual @param {any} expected @returns {any}
 */
function common(actual, expected) {
  if (expected instanceof RegExp) return typeof actual === 'string' && expected.test(actual) ? expected : actual;
  if (expected === null || typeof expected !== 'object' || actual === null || typeof actual !== 'object') return actual;
  if (Array.isArray(expected)) {
    return Array.isArray(actual) ? actual.map((item, index) => common(item, expected[index])) : actual;
  }
  return Object.fromEntries(
    Object.keys(expected).map((name) => [
      name,
      Object.hasOwn(actual, name) ? common(actual[name], expected[name]) : undefined,
    ]),
  );
}

/**
 * Asserts that a value has all that is expected, and maybe more members; a text may be expected by a pattern, and a
 * member to be absent by `undefined`.
 * @param {unknown} actual @param {unknown} expected
 */
function assertMatches(actual, expected) {
  assert.deepEqual(common(actual, expected), expected);
}

module.exports = { assertMatches };
