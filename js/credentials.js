'use strict';

const { types } = require('node:util');
const { internal } = require('./native.js');
const { isObject } = require('./options.js');

/** Where a token manager keeps its handle: another copy of this package finds it there, too. */
const HANDLE = Symbol.for('twitter-native.managedTokens');

/** The properties of OAuth 1.0a credentials. @type {Array<keyof import('../index.js').OAuth1Credentials>} */
const NAMES = ['apiKey', 'apiSecret', 'accessToken', 'accessTokenSecret'];

/** Credentials that native code has read, and what it read. @typedef {{ handle: import('../index.js').internal.HeldCredentials, texts: unknown[] }} Held */

/**
 * What is held of a caller's credentials, by their object; `null` of one that was seen once. Reading and preparing them
 * takes longer than signing a request, and most callers use one object again and again.
 * @type {WeakMap<object, Held | null>}
 */
const HELD = new WeakMap();

/**
 * OAuth 1.0a credentials as native code takes them: what it holds of this object, as long as that says the same, or
 * the object itself. What can't be held is left for native code to read, and to refuse.
 * @param {unknown} credentials
 */
function heldCredentials(credentials) {
  return /** @type {import('../index.js').internal.Keys} */ (isObject(credentials) ? heldOf(credentials) : credentials);
}

/** @param {object} credentials */
function heldOf(credentials) {
  const held = HELD.get(credentials);
  if (held === undefined) {
    HELD.set(credentials, null);
    return credentials;
  }
  if (held !== null && NAMES.every((name, index) => stillSays(credentials, name, held.texts[index]))) {
    return held.handle;
  }
  return hold(credentials) ?? credentials;
}

/**
 * Lets native code read credentials, for calls to come. Nothing of what it refuses is kept.
 * @param {object} credentials
 */
function hold(credentials) {
  // What a proxy or a getter says may be something else each time.
  if (types.isProxy(credentials)) return undefined;
  const texts = NAMES.map((name) => Object.getOwnPropertyDescriptor(credentials, name)?.value);
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  try {
    const handle = internal.holdCredentials(/** @type {import('../index.js').OAuth1Credentials} */ (credentials));
    HELD.set(credentials, { handle, texts });
    return handle;
  } catch {
    return undefined;
  }
}

/**
 * Whether a property is the object's own and has this value.
 * @param {object} object
 * @param {string} name
 * @param {unknown} value
 */
function stillSays(object, name, value) {
  return /** @type {Record<string, unknown>} */ (object)[name] === value && Object.hasOwn(object, name);
}

/**
 * Credentials as native code takes them: a token manager is replaced by its handle.
 * @param {unknown} credentials
 * @param {import('./options.js').Settling} settling
 */
function credentialsOf(credentials, settling) {
  return /** @type {import('../index.js').internal.Credentials} */ (
    isObject(credentials) ? handleOf(credentials, settling) : credentials
  );
}

/** @param {object} credentials @param {import('./options.js').Settling} settling @returns {unknown} */
function handleOf(credentials, settling) {
  const reveal = /** @type {{ [HANDLE]?: unknown }} */ (credentials)[HANDLE];
  if (typeof reveal !== 'function') return heldCredentials(credentials);
  const { handle, failureOf } = reveal();
  settling.failureOf = failureOf;
  return handle;
}

module.exports = { HANDLE, credentialsOf, heldCredentials };
