'use strict';

const { types } = require('node:util');
const { wordsOf } = require('../callers.js');
const { TwitterError, invalidArgument } = require('../errors.js');

/** Characters of what was thrown that become part of a message. */
const MAX_WORDS = 1000;

/**
 * An error of this layer. It has the fields of any other failure, so that {@link toMedusaError} knows it.
 * @param {{ code: string, type: string, operation: string, message: string, retryable?: boolean, field?: string }} failure
 * @param {unknown} [cause]
 */
function failure({ retryable = false, ...others }, cause) {
  return new TwitterError(/** @type {any} */ ({ retryable, ...others }), cause);
}

/** @param {string} operation @param {string} field @param {string} why */
function invalid(operation, field, why) {
  return new TwitterError({ ...invalidArgument(field, why), operation });
}

/**
 * What was thrown, in words and cut to a length that fits a message.
 * @param {unknown} thrown
 */
function shortWordsOf(thrown) {
  // Errors of another realm are none of this one's, and a proxy's traps are its maker's.
  const isError = types.isNativeError(thrown) && !types.isProxy(thrown);
  const words = wordsOf(isError ? /** @type {Error} */ (thrown).message : thrown);
  return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words;
}

/**
 * A whole number within bounds, or the default.
 * @param {string} operation @param {string} field @param {unknown} given
 * @param {{ least: number, most: number, otherwise: number }} bounds
 * @returns {number}
 */
function wholeNumber(operation, field, given, { least, most, otherwise }) {
  if (given === undefined || given === null) return otherwise;
  if (!Number.isInteger(given) || Number(given) < least || Number(given) > most) {
    throw invalid(operation, field, `must be a whole number from ${least} to ${most}`);
  }
  return Number(given);
}

module.exports = { failure, invalid, shortWordsOf, wholeNumber };
