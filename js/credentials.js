'use strict';

const { types } = require('node:util');
const native = require('./native.js');
const { isObject } = require('./options.js');

/** The properties of OAuth 1.0a credentials. */
const NAMES = /** @type {const} */ (['apiKey', 'apiSecret', 'accessToken', 'accessTokenSecret']);

/** Credentials that native code has read, and what it read. @typedef {{ handle: object, texts: unknown[] }} Held */

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
  if (!isObject(credentials)) return credentials;
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
    const handle = native.holdCredentials(credentials);
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

module.exports = { heldCredentials };
