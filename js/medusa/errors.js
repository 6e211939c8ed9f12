'use strict';

const { types } = require('node:util');
const { TwitterError } = require('../errors.js');
const { isObject } = require('../options.js');
const { shortWordsOf } = require('./failures.js');
const { medusa } = require('./peers.js');

/** What an answer of the shop's may be made of. @type {Record<import('../../index.js').TwitterErrorType, string>} */
const TYPES = {
  invalid_data: 'invalid_data',
  not_allowed: 'not_allowed',
  not_found: 'not_found',
  unexpected_state: 'unexpected_state',
};
/** Fields that are kept beside type, message and code. None of them holds a secret. */
const KEPT = [
  ...['operation', 'retryable', 'field', 'detail', 'problemType', 'mediaIndex'],
  ...['checkpoint', 'published', 'failedIndex', 'rateLimit'],
];

/**
 * A property that is there as a value: what was thrown may be anything, with getters and traps.
 * @param {unknown} thrown @param {string} name
 */
function own(thrown, name) {
  if (typeof thrown !== 'object' || thrown === null || types.isProxy(thrown)) return undefined;
  for (let at = thrown; at !== null && !types.isProxy(at); at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found) return found.value;
  }
  return undefined;
}

/** What was thrown may be a proxy, whose traps throw as well. @param {unknown} thrown @param {any} Class */
function isInstance(thrown, Class) {
  try {
    return thrown instanceof Class;
  } catch {
    return false;
  }
}

/** A failure of this package, also where a workflow engine has made a plain object of it. @param {unknown} thrown */
function isTwitterFailure(thrown) {
  if (isInstance(thrown, TwitterError)) return true;
  const isWhole = ['code', 'type', 'operation'].every((name) => typeof own(thrown, name) === 'string');
  return isWhole && typeof own(thrown, 'retryable') === 'boolean';
}

/** Medusa's error, whole or as a plain object. @param {unknown} thrown */
function isMedusaFailure(thrown) {
  return own(thrown, '__isMedusaError') === true && typeof own(thrown, 'type') === 'string';
}

/** @type {typeof import('../../medusa.js').toMedusaError} */
function toMedusaError(error) {
  return /** @type {any} */ (convert(error, medusa('toMedusaError').MedusaError));
}

/** @param {unknown} thrown @param {any} MedusaError */
function convert(thrown, MedusaError) {
  if (isInstance(thrown, MedusaError)) return thrown;
  if (isMedusaFailure(thrown)) return made(MedusaError, thrown, String(own(thrown, 'type')), messageOf(thrown));
  if (!isTwitterFailure(thrown)) {
    const message =
      isObject(thrown) && typeof own(thrown, 'message') === 'string' ? messageOf(thrown) : wordsOf(thrown);
    return made(MedusaError, undefined, TYPES.unexpected_state, message, thrown);
  }
  // The row or token store of this layer failed for a reason of its own, which is what the caller needs to know.
  const cause = own(thrown, 'cause');
  const isReason = own(thrown, 'code') === 'ABORTED' && isTwitterFailure(cause) && own(cause, 'code') !== 'ABORTED';
  const why = isReason ? cause : thrown;
  const given = /** @type {keyof typeof TYPES} */ (String(own(why, 'type')));
  const type = TYPES[given] ?? TYPES.unexpected_state;
  return made(MedusaError, why, type, sentenceOf(why), thrown);
}

/**
 * @param {any} MedusaError @param {unknown} from whose fields are kept @param {string} type @param {string} message
 * @param {unknown} [cause]
 */
function made(MedusaError, from, type, message, cause) {
  const code = own(from, 'code');
  const error = new MedusaError(type, message, ...(typeof code === 'string' ? [code] : []));
  for (const name of KEPT) {
    const value = own(from, name);
    if (value !== undefined) error[name] = value;
  }
  const retryAt = timeOf(own(from, 'retryAt'));
  if (retryAt !== undefined) error.retryAt = retryAt;
  if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause, configurable: true, writable: true });
  return error;
}

/** All that a person needs, since a shop's routes often keep nothing else. @param {unknown} failure */
function sentenceOf(failure) {
  const message = messageOf(failure);
  const index = own(failure, 'mediaIndex');
  const place = typeof index === 'number' && !message.includes(`media[${index}]`) ? ` (medium ${index + 1})` : '';
  const cause = own(failure, 'code') === 'ABORTED' ? own(failure, 'cause') : undefined;
  return `${message}${place}${cause === undefined ? '' : `: ${wordsOf(cause)}`}`;
}

/** @param {unknown} failure */
function messageOf(failure) {
  const message = own(failure, 'message');
  return typeof message === 'string' && message !== '' ? message : 'it failed without a word';
}

/** @param {unknown} thrown */
function wordsOf(thrown) {
  return shortWordsOf(thrown) || 'it failed without a word';
}

/** @param {unknown} time a Date, or what a workflow engine has made of one */
function timeOf(time) {
  const isTime = types.isDate(time) || typeof time === 'string' || typeof time === 'number';
  const date = isTime ? new Date(/** @type {any} */ (time)) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

module.exports = { convert, isTwitterFailure, toMedusaError };
