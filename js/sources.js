'use strict';

const { isObject, ownProperties } = require('./options.js');

/**
 * A stream as native code reads it: a function that gives the next chunk, or null at the end. Chunks are asked for one
 * at a time, so the stream's own backpressure holds.
 * @param {unknown} stream
 * @param {Array<() => void>} cleanup
 */
function pullFrom(stream, cleanup) {
  if (!isObject(stream)) return stream;
  if (typeof (/** @type {ReadableStream} */ (stream).getReader) === 'function') {
    const readable = /** @type {ReadableStream} */ (stream);
    // Taken at the first read: what only looks at a post must not lock its streams.
    /** @type {ReadableStreamDefaultReader | undefined} */
    let reader;
    const cancel = async () => (reader ?? readable).cancel();
    cleanup.push(() => cancel().catch(() => {}));
    return async () => {
      reader ??= readable.getReader();
      return toBytes(await reader.read());
    };
  }
  if (typeof (/** @type {AsyncIterable<unknown>} */ (stream)[Symbol.asyncIterator]) === 'function') {
    hearEarlyErrors(stream);
    const chunks = /** @type {AsyncIterable<unknown>} */ (stream)[Symbol.asyncIterator]();
    const destroy = /** @type {{ destroy?: () => void }} */ (stream).destroy;
    cleanup.push(() => (typeof destroy === 'function' ? destroy.call(stream) : chunks.return?.()));
    return async () => toBytes(await chunks.next());
  }
  return stream;
}

/**
 * Node's streams end the process if they fail while nobody listens, and their iterator listens only once it is asked
 * for a chunk. Until then the error is kept by the stream, which gives it to whoever asks.
 * @param {object} stream
 */
function hearEarlyErrors(stream) {
  const { on } = /** @type {{ on?: (event: string, listener: () => void) => void }} */ (stream);
  if (typeof on === 'function') on.call(stream, 'error', () => {});
}

/**
 * @param {{ done?: boolean, value?: unknown }} read
 * @returns {Uint8Array | null}
 */
function toBytes({ done, value }) {
  if (done) return null;
  if (value instanceof Uint8Array || Buffer.isBuffer(value)) return value;
  if (typeof value === 'string') return Buffer.from(value);
  // Typed arrays of another realm, as under Jest.
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError('the stream gave a chunk that is neither bytes nor text');
}

/**
 * A source as native code takes it. Only streams need to be changed.
 * @param {unknown} source
 * @param {Array<() => void>} cleanup
 */
function prepareSource(source, cleanup) {
  if (!isObject(source)) return source;
  const prepared = ownProperties(source);
  if (prepared.stream !== undefined) prepared.stream = pullFrom(prepared.stream, cleanup);
  if (Array.isArray(prepared.subtitles)) {
    prepared.subtitles = prepared.subtitles.map((track) => prepareSource(track, cleanup));
  }
  return prepared;
}

/**
 * A post as native code takes it.
 * @param {unknown} content
 * @param {Array<() => void>} cleanup
 */
function prepareContent(content, cleanup) {
  if (!isObject(content)) return content;
  const prepared = ownProperties(content);
  if (Array.isArray(prepared.media)) prepared.media = prepared.media.map((medium) => prepareSource(medium, cleanup));
  return prepared;
}

module.exports = { prepareContent, prepareSource };
