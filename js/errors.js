'use strict';

/**
 * What native code settles with when a call fails: plain fields.
 * @typedef {import('../native/index.js').Failure} Failure
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
 * @param {Function} entry the function that the caller called, which the stack begins behind
 * @returns {Site}
 */
function siteOf(entry) {
  const site = { operation: entry.name };
  Error.captureStackTrace(site, entry);
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
  const cause = reason ?? (failure.cause === undefined ? undefined : new Error(failure.cause));
  const error = new TwitterError(failure, cause);
  const frames = site.stack?.split('\n').slice(1).join('\n');
  error.stack = `${error.name}: ${error.message}${frames ? `\n${frames}` : ''}`;
  return error;
}

/**
 * @param {unknown} thrown
 * @returns {thrown is Failure}
 */
function isFailure(thrown) {
  return (
    typeof thrown === 'object' && thrown !== null && Object.hasOwn(thrown, 'code') && Object.hasOwn(thrown, 'retryable')
  );
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
    message: `twitter-native met a defect of its own (${kind}); the process is not affected`,
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
 * for example, and where that stood is not known.
 * @param {unknown} thrown
 * @returns {Failure}
 */
function unreadable(thrown) {
  return isFailure(thrown) ? thrown : invalidArgument('arguments', 'could not be read');
}

module.exports = { TwitterError, invalidArgument, siteOf, toError, unreadable };
