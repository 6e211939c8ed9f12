'use strict';

const { types } = require('node:util');
const { isObject } = require('./options.js');

/**
 * What of a caller's memory is meant, as it was when the caller gave it. Native code never gets the memory itself: it
 * could be freed at any time, by a transfer of its ArrayBuffer or by making that smaller. So it gets copies, each made
 * in one go with the look at whether the bytes are still there.
 * @typedef {object} Span
 * @property {ArrayBuffer | SharedArrayBuffer} buffer
 * @property {number} offset
 * @property {number} length
 * @property {boolean} [isLost] they were gone already then
 */

/**
 * Reads a property past whatever an object or its class put in its place.
 * @param {object} prototype @param {string} name
 * @returns {(object: object) => any}
 */
function getter(prototype, name) {
  const { get } = /** @type {{ get: () => unknown }} */ (Object.getOwnPropertyDescriptor(prototype, name));
  return (object) => get.call(object);
}

/** @param {object} prototype */
const viewGetters = (prototype) => ({
  buffer: getter(prototype, 'buffer'),
  offset: getter(prototype, 'byteOffset'),
  length: getter(prototype, 'byteLength'),
});

const OF_TYPED_ARRAY = viewGetters(Object.getPrototypeOf(Uint8Array.prototype));
const OF_DATA_VIEW = viewGetters(DataView.prototype);
const elementAt = Object.getPrototypeOf(Uint8Array.prototype).at;
const lengthOfBuffer = getter(ArrayBuffer.prototype, 'byteLength');
const lengthOfShared = getter(SharedArrayBuffer.prototype, 'byteLength');

/** @param {ArrayBuffer | SharedArrayBuffer} buffer */
const sizeOf = (buffer) => (types.isSharedArrayBuffer(buffer) ? lengthOfShared(buffer) : lengthOfBuffer(buffer));

/**
 * The bytes of an ArrayBuffer or of a view of one, of whatever realm.
 * @param {unknown} value
 * @returns {Span | undefined}
 */
function spanOf(value) {
  if (types.isAnyArrayBuffer(value)) return { buffer: value, offset: 0, length: sizeOf(value) };
  if (!ArrayBuffer.isView(value)) return undefined;
  const of = types.isDataView(value) ? OF_DATA_VIEW : OF_TYPED_ARRAY;
  const buffer = of.buffer(value);
  return isLost(value)
    ? { buffer, offset: 0, length: 0, isLost: true }
    : { buffer, offset: of.offset(value), length: of.length(value) };
}

/**
 * Whether a view shows nothing because its ArrayBuffer is detached or too short. Most views only say that they are
 * empty then, but can't be asked for an element.
 * @param {ArrayBufferView} view
 */
function isLost(view) {
  try {
    if (types.isDataView(view)) OF_DATA_VIEW.length(view);
    else elementAt.call(/** @type {any} */ (view), 0);
    return false;
  } catch {
    return true;
  }
}

/** @param {ArrayBuffer | SharedArrayBuffer} buffer */
function isDetached(buffer) {
  if (types.isSharedArrayBuffer(buffer) || sizeOf(buffer) > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/**
 * Why the bytes can't be read any more, if they can't.
 * @param {Span} span
 * @returns {string | undefined}
 */
function whyGone({ buffer, offset, length, isLost: wasLost }) {
  if (isDetached(buffer)) return 'is detached: its ArrayBuffer was transferred, or its WebAssembly memory grew';
  const size = sizeOf(buffer);
  if (!wasLost && size >= offset + length) return undefined;
  return `has become too short: its ArrayBuffer was resized to ${size} bytes`;
}

/**
 * Some of the bytes, for native code to copy at once. They must be there.
 * @param {Span} span @param {number} from @param {number} length
 */
function bytesOf({ buffer, offset }, from, length) {
  const view = new Uint8Array(buffer, offset + from, length);
  // Other threads may write to shared memory meanwhile, which JavaScript's own copy takes into account.
  return types.isSharedArrayBuffer(buffer) ? new Uint8Array(view) : view;
}

/**
 * Something that bytes are read from asynchronously: a Blob or a File, of whatever realm or package.
 * @param {unknown} value
 * @returns {value is Blob & { name?: unknown }}
 */
function isBlob(value) {
  if (!isObject(value)) return false;
  try {
    const { arrayBuffer, size, slice } = /** @type {Blob} */ (value);
    return typeof slice === 'function' && typeof arrayBuffer === 'function' && Number.isSafeInteger(size) && size >= 0;
  } catch {
    return false;
  }
}

module.exports = { bytesOf, isBlob, spanOf, whyGone };
