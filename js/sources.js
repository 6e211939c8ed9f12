'use strict';

const { types } = require('node:util');
const { follow, overhear, wordsOf } = require('./callers.js');
const { invalidArgument } = require('./errors.js');
const { isObject, ownProperties } = require('./options.js');

/** @typedef {import('./options.js').Cleanup} Cleanup */

/**
 * How many elements of arrays one argument's reading has come across.
 * @typedef {{ elements: number }} Walk
 */

/**
 * A stream as native code reads it: a function that gives the next chunk, or null at the end. Chunks are asked for one
 * at a time, so the stream's own backpressure holds.
 * @param {unknown} stream
 * @param {Cleanup} cleanup
 */
function pullFrom(stream, cleanup) {
  if (!isObject(stream)) return stream;
  if (typeof (/** @type {ReadableStream} */ (stream).getReader) === 'function') {
    const readable = /** @type {ReadableStream} */ (stream);
    // Taken at the first read: what only looks at a post must not lock its streams.
    /** @type {ReadableStreamDefaultReader | undefined} */
    let reader;
    const next = () => {
      reader ??= readable.getReader();
      return reader.read();
    };
    return pulling(next, 'stream.cancel', () => (reader ?? readable).cancel(), cleanup);
  }
  if (typeof (/** @type {AsyncIterable<unknown>} */ (stream)[Symbol.asyncIterator]) === 'function') {
    hearEarlyErrors(stream);
    const chunks = /** @type {AsyncIterable<unknown>} */ (stream)[Symbol.asyncIterator]();
    const destroy = /** @type {{ destroy?: () => void }} */ (stream).destroy;
    if (typeof destroy === 'function') {
      cleanup.push({ name: 'stream.destroy', undo: () => Reflect.apply(destroy, stream, []) });
      return pulling(() => chunks.next());
    }
    return pulling(
      () => chunks.next(),
      'stream.return',
      () => chunks.return?.(),
      cleanup,
    );
  }
  return stream;
}

/**
 * Asks for chunks one at a time. What is thrown meanwhile reaches native code as an error with a text, which it can
 * read without running code of the caller's.
 * @param {() => unknown} next
 * @param {string} [name] of what ends the stream
 * @param {() => unknown} [end] unless the stream has ended by itself
 * @param {Cleanup} [cleanup]
 */
function pulling(next, name, end, cleanup) {
  let hasEnded = false;
  if (name && end) cleanup?.push({ name, undo: () => (hasEnded ? undefined : end()) });
  return async () => {
    try {
      const { value: read } = await follow(next());
      const { done, value } = read;
      if (!done) return toBytes(value);
      hasEnded = true;
      return null;
    } catch (thrown) {
      throw new Error(wordsOf(thrown));
    }
  };
}

/**
 * Node's streams end the process if they fail while nobody listens, and their iterator listens only once it is asked
 * for a chunk. Until then the error is kept by the stream, which gives it to whoever asks.
 * @param {object} stream
 */
function hearEarlyErrors(stream) {
  const { on } = /** @type {{ on?: unknown }} */ (stream);
  if (typeof on === 'function') overhear('stream.on', Reflect.apply(on, stream, ['error', () => {}]));
}

/**
 * @param {unknown} chunk
 * @returns {Uint8Array}
 */
function toBytes(chunk) {
  // Of any realm, and by what it is: a proxy of one only looks like one.
  if (types.isUint8Array(chunk)) return chunk;
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('the stream gave a chunk that is neither bytes nor text');
}

/** Longer arrays than any argument can need are refused before they are walked. Native code has the same bound. */
const MAX_ELEMENTS = 100_000;

/**
 * Prepares each element of an array. All arrays of one argument count together, since one may hold another again and
 * again. What is no array is left for native code to refuse.
 * @param {unknown} array
 * @param {Walk} walk
 * @param {string} field
 * @param {(element: unknown, field: string) => unknown} prepare
 */
function eachOf(array, walk, field, prepare) {
  if (!Array.isArray(array)) return array;
  const { length } = array;
  // A proxy's may be anything.
  if (!(Number.isInteger(length) && length >= 0)) throw invalidArgument(field, 'could not be read');
  walk.elements += length;
  if (walk.elements > MAX_ELEMENTS) {
    throw invalidArgument(field, `must have at most ${MAX_ELEMENTS} elements, and has ${length}`);
  }
  const prepared = [];
  for (let index = 0; index < length; index += 1) prepared.push(prepare(array[index], `${field}[${index}]`));
  return prepared;
}

/**
 * A source as native code takes it. Only streams need to be changed.
 * @param {unknown} source
 * @param {Cleanup} cleanup
 * @param {Walk} [walk]
 * @param {string} [field]
 */
function prepareSource(source, cleanup, walk = { elements: 0 }, field = 'source') {
  if (!isObject(source)) return source;
  const prepared = ownProperties(source);
  if (prepared.stream !== undefined) prepared.stream = pullFrom(prepared.stream, cleanup);
  if (prepared.subtitles === undefined) return prepared;
  prepared.subtitles = eachOf(prepared.subtitles, walk, `${field}.subtitles`, (track, place) =>
    prepareSource(track, cleanup, walk, place),
  );
  return prepared;
}

/**
 * A post as native code takes it.
 * @param {unknown} content
 * @param {Cleanup} cleanup
 * @param {Walk} [walk]
 * @param {string} [field]
 */
function prepareContent(content, cleanup, walk = { elements: 0 }, field = 'content') {
  if (!isObject(content)) return content;
  const prepared = ownProperties(content);
  if (prepared.media === undefined) return prepared;
  prepared.media = eachOf(prepared.media, walk, `${field}.media`, (medium, place) =>
    prepareSource(medium, cleanup, walk, place),
  );
  return prepared;
}

/**
 * The posts of a thread as native code takes them.
 * @param {unknown} parts
 * @param {Cleanup} cleanup
 */
function prepareParts(parts, cleanup) {
  const walk = { elements: 0 };
  return eachOf(parts, walk, 'parts', (part, place) => prepareContent(part, cleanup, walk, place));
}

module.exports = { prepareContent, prepareParts, prepareSource };
