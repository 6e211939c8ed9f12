'use strict';

const { sep } = require('node:path');
const { types } = require('node:util');

/**
 * What native code settles with when a call fails: plain fields.
 * @typedef {import('../index.js').internal.Failure} Failure
 */

/**
 * Every failure of this package. Native code only describes it: the error is made here, so that it is an instance of
 * the `Error` of the realm that loaded the package (Jest gives each test file its own) and has the caller's stack.
 */
class TwitterError extends Error {
  /**
   * @param {Failure} failure
   * @param {unknown} [cause]
   */
  constructor(failure, cause) {
    super(failure.message);
    Object.defineProperty(this, 'name', { value: 'TwitterError', configurable: true, writable: true });
    this.code = failure.code;
    this.type = failure.type;
    this.operation = failure.operation;
    this.retryable = failure.retryable;
    if (failure.status !== undefined) this.status = failure.status;
    if (failure.problemType !== undefined) this.problemType = failure.problemType;
    if (failure.detail !== undefined) this.detail = failure.detail;
    if (failure.field !== undefined) this.field = failure.field;
    if (failure.retryAt !== undefined) this.retryAt = new Date(failure.retryAt);
    if (failure.rateLimit !== undefined) this.rateLimit = failure.rateLimit;
    if (failure.mediaIndex !== undefined) this.mediaIndex = failure.mediaIndex;
    if (failure.checkpoint !== undefined) this.checkpoint = failure.checkpoint;
    if (failure.published !== undefined) this.published = failure.published;
    if (failure.failedIndex !== undefined) this.failedIndex = failure.failedIndex;
    if (cause !== undefined) Object.defineProperty(this, 'cause', { value: cause, configurable: true, writable: true });
  }

  /** The fields as plain data, for logs and for workflow engines that keep errors as JSON. */
  toJSON() {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
}

/**
 * Where a call came from.
 * @typedef {object} Site
 * @property {string} operation the function that was called
 * @property {string} [stack] its caller's frames
 */

/**
 * Captures where a call came from.
 * @param {Function} entry the function that the caller called
 * @param {Function} [last] the last function of this package, which the stack begins after
 * @returns {Site}
 */
function siteOf(entry, last = entry) {
  const site = { operation: entry.name };
  Error.captureStackTrace(site, last);
  return site;
}

/**
 * Makes the error of a failure. What is no failure is a defect of this package.
 * @param {unknown} thrown
 * @param {Site} site
 * @param {unknown} [reason] why the caller's signal was aborted
 */
function toError(thrown, site, reason) {
  const described = isFailure(thrown) ? thrown : describeDefect(thrown);
  const failure = { ...described, operation: described.operation || site.operation };
  const below = failure.cause === undefined ? undefined : new Error(failure.cause);
  const cause = reason === undefined ? below : reason;
  const error = new TwitterError(failure, cause);
  const frames = framesOf(site);
  if (frames !== undefined) error.stack = `${error.name}: ${error.message}${frames ? `\n${frames}` : ''}`;
  return error;
}

/** Frames of this package are none of the caller's. */
const OWN_FOLDER = `${__dirname}${sep}`;

/**
 * The caller's frames, unless an `Error.prepareStackTrace` of the caller's makes something else of them, or throws.
 * @param {Site} site
 */
function framesOf(site) {
  try {
    const [, ...frames] = (site.stack ?? '').split('\n');
    return frames.filter((frame) => !frame.includes(OWN_FOLDER)).join('\n');
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} thrown
 * @returns {thrown is Failure}
 */
function isFailure(thrown) {
  if (typeof thrown !== 'object' || thrown === null || types.isProxy(thrown)) return false;
  // By their values and not by getters: an argument may have thrown this.
  const own = (/** @type {string} */ name) => Object.getOwnPropertyDescriptor(thrown, name)?.value;
  return typeof own('code') === 'string' && typeof own('message') === 'string' && typeof own('retryable') === 'boolean';
}

/**
 * @param {unknown} thrown
 * @returns {Failure}
 */
function describeDefect(thrown) {
  // A panic's message may hold anything, so nothing of it is repeated.
  const kind = typeof thrown === 'object' && thrown !== null ? 'an unexpected native error' : 'an unexpected value';
  return {
    code: 'INTERNAL',
    type: 'unexpected_state',
    operation: '',
    message: `twitter-native hit an internal error (${kind}); the process is not affected`,
    retryable: false,
  };
}

/**
 * An argument that can't be used, found on this side of the boundary.
 * @param {string} field
 * @param {string} why
 * @returns {Failure}
 */
function invalidArgument(field, why) {
  return {
    code: 'INVALID_ARGUMENT',
    type: 'invalid_data',
    operation: '',
    message: `${field} ${why}`,
    field,
    retryable: false,
  };
}

/**
 * What was thrown while arguments were read, as a failure. What is none was thrown by an argument, by a proxy's trap
 * for example, and where that was is not known.
 * @param {unknown} thrown
 * @returns {Failure}
 */
function unreadable(thrown) {
  return isFailure(thrown) ? thrown : invalidArgument('arguments', 'could not be read');
}

module.exports = { TwitterError, invalidArgument, siteOf, toError, unreadable };
