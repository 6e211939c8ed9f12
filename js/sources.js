'use strict';

const { setImmediate } = require('node:timers');
const { types } = require('node:util');
const { bytesOf, isBlob, spanOf, whyGone } = require('./bytes.js');
const { follow, overhear, wordsOf } = require('./callers.js');
const { UNREADABLE, isObject, ownProperties } = require('./options.js');
const { Walk } = require('./walk.js');

/** @typedef {import('../index.js').internal.Delivery} Delivery */
/** @typedef {import('../index.js').PublishContent} PublishContent */
/** @typedef {import('./bytes.js').Span} Span */
/** @typedef {import('./options.js').Cleanup} Cleanup */
/** @typedef {import('./options.js').Settling} Settling */

/** A copy holds up the event loop, so that much of a chunk is copied at once. */
const MAX_COPY = 256 * 1024;
/** What is no longer than this is copied when the call is made. */
const MAX_SMALL = 1024 * 1024;
/** What all of a call's small data take together; what is beyond that is read as if it were large. */
const MAX_ALL_SMALL = 4 * MAX_SMALL;

/**
 * A stream as native code reads it: a function that delivers the next bytes, or says that there are none. Chunks are
 * asked for one at a time, so the stream's own backpressure holds.
 * @param {unknown} stream
 * @param {Cleanup} cleanup
 */
function pullFrom(stream, cleanup) {
  // Native code calls functions: it gets none but those that are made here.
  if (!isObject(stream)) return typeof stream === 'function' ? UNREADABLE : stream;
  if (typeof (/** @type {ReadableStream} */ (stream).getReader) === 'function') {
    const readable = /** @type {ReadableStream} */ (stream);
    // Taken at the first read: what only looks at a post must not lock its streams.
    /** @type {ReadableStreamDefaultReader | undefined} */
    let reader;
    const next = () => {
      reader ??= readable.getReader();
      return reader.read();
    };
    return deliveringFrom(next, 'stream.cancel', () => (reader ?? readable).cancel(), cleanup);
  }
  if (typeof (/** @type {AsyncIterable<unknown>} */ (stream)[Symbol.asyncIterator]) === 'function') {
    hearEarlyErrors(stream);
    const chunks = /** @type {AsyncIterable<unknown>} */ (stream)[Symbol.asyncIterator]();
    const destroy = /** @type {{ destroy?: () => void }} */ (stream).destroy;
    if (typeof destroy === 'function') {
      cleanup.push({ name: 'stream.destroy', undo: () => Reflect.apply(destroy, stream, []) });
      return deliveringFrom(() => chunks.next());
    }
    return deliveringFrom(
      () => chunks.next(),
      'stream.return',
      () => chunks.return?.(),
      cleanup,
    );
  }
  return stream;
}

/**
 * Delivers chunks, each in slices. What is thrown meanwhile reaches native code as words, which it can read without
 * running code of the caller's.
 * @param {() => unknown} next
 * @param {string} [name] of what ends the stream
 * @param {() => unknown} [end] unless the stream has ended by itself
 * @param {Cleanup} [cleanup]
 */
function deliveringFrom(next, name, end, cleanup) {
  let hasEnded = false;
  if (name && end) cleanup?.push({ name, undo: () => (hasEnded ? undefined : end()) });
  /** The chunk that was not delivered whole, and how much of it was. */
  let rest = /** @type {{ span: Span, at: number } | undefined} */ (undefined);
  return async (/** @type {Delivery} */ delivery) => {
    try {
      if (rest === undefined) {
        const { value: read } = await follow(next());
        const { done, value } = read;
        if (done) {
          hasEnded = true;
          return delivery.end();
        }
        rest = { span: chunkOf(value), at: 0 };
      } else {
        await turn();
      }
      const { span, at } = rest;
      const length = Math.min(span.length - at, MAX_COPY);
      rest = at + length < span.length ? { span, at: at + length } : undefined;
      return deliver(delivery, span, at, length, 'gave a chunk that ');
    } catch (error) {
      return delivery.fail('failed', wordsOf(error));
    }
  };
}

/**
 * Delivers some bytes, or says why they are not there any more. Between the look and the copy no other code runs.
 * @param {Delivery} delivery @param {Span} span @param {number} from @param {number} length
 * @param {string} [subject]
 */
function deliver(delivery, span, from, length, subject = '') {
  const gone = whyGone(span);
  if (gone === undefined) delivery.give(bytesOf(span, from, length));
  else delivery.fail(`${subject}${gone}`);
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
 * @returns {Span}
 */
function chunkOf(chunk) {
  const span = spanOf(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  if (span === undefined) throw new TypeError('the stream gave a chunk that is neither bytes nor text');
  return span;
}

/**
 * Bytes in memory as native code takes them: few to copy now, many to ask for when they are due.
 * @param {unknown} data
 * @param {Settling} settling
 */
function prepareData(data, settling) {
  if (isBlob(data)) return { size: data.size, isBlob: true, ask: askingBlob(data) };
  const span = spanOf(data);
  // Anything else that is an object could look like what is made here.
  if (span === undefined) return isObject(data) ? UNREADABLE : data;
  const { length: size } = span;
  const unreadable = whyGone(span);
  if (unreadable !== undefined) return { unreadable };
  const copied = (settling.copied ?? 0) + size;
  if (size <= MAX_SMALL && copied <= MAX_ALL_SMALL) {
    settling.copied = copied;
    return { size, bytes: bytesOf(span, 0, size) };
  }
  const ask = asking((delivery, offset, length) => deliver(delivery, span, offset, length));
  return { size, isBlob: false, ask };
}

/**
 * Answers each request for a slice at a later turn of the event loop.
 * @param {(delivery: Delivery, offset: number, length: number) => void | Promise<void>} answer
 */
function asking(answer) {
  return async (/** @type {Delivery} */ delivery, /** @type {number} */ offset, /** @type {number} */ length) => {
    try {
      await turn();
      await answer(delivery, offset, length);
    } catch (error) {
      delivery.fail('could not be read', wordsOf(error));
    }
  };
}

/**
 * Lets the event loop do whatever else is due. Node answers requests of native code in one go for as long as there are
 * any, and native code may be fast enough to have another one each time.
 */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** @param {Blob} blob */
function askingBlob(blob) {
  return asking(async (delivery, offset, length) => {
    const span = spanOf(await blob.slice(offset, offset + length).arrayBuffer());
    if (span === undefined) throw new TypeError('its arrayBuffer() did not give an ArrayBuffer');
    // One byte more shows that there are too many.
    deliver(delivery, span, 0, Math.min(span.length, length + 1));
  });
}

/**
 * @template T
 * @typedef {import('../index.js').internal.Prepared<T>} Prepared
 */

/**
 * A source as native code takes it. Only what it can't read on its own threads needs to be changed.
 * @param {unknown} source
 * @param {Settling} settling
 */
function prepareSource(source, settling) {
  return /** @type {Prepared<import('../index.js').MediaSource>} */ (sourceOf(source, settling, new Walk(), 'source'));
}

/**
 * @param {unknown} source
 * @param {Settling} settling
 * @param {Walk} walk
 * @param {string} field
 */
function sourceOf(source, settling, walk, field) {
  if (!isObject(source)) return source;
  const prepared = ownProperties(source);
  if (isBlob(prepared.stream) && (prepared.data ?? undefined) === undefined) {
    prepared.data = prepared.stream;
    delete prepared.stream;
  }
  if (prepared.data !== undefined && prepared.data !== null) {
    if (prepared.filename === undefined && isBlob(prepared.data)) prepared.filename = nameOf(prepared.data);
    prepared.data = prepareData(prepared.data, settling);
  }
  if (prepared.stream !== undefined) prepared.stream = pullFrom(prepared.stream, settling.cleanup);
  prepared.subtitles = walk.each(prepared.subtitles, `${field}.subtitles`, (track, place) =>
    sourceOf(track, settling, walk, place),
  );
  return prepared;
}

/** @param {{ name?: unknown }} file */
function nameOf({ name }) {
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/**
 * A post as native code takes it.
 * @param {unknown} content
 * @param {Settling} settling
 */
function prepareContent(content, settling) {
  return /** @type {Prepared<PublishContent>} */ (contentOf(content, settling, new Walk(), 'content'));
}

/**
 * @param {unknown} content
 * @param {Settling} settling
 * @param {Walk} walk
 * @param {string} field
 */
function contentOf(content, settling, walk, field) {
  if (!isObject(content)) return content;
  const prepared = ownProperties(content);
  prepared.media = walk.each(prepared.media, `${field}.media`, (medium, place) =>
    sourceOf(medium, settling, walk, place),
  );
  return prepared;
}

/**
 * The posts of a thread as native code takes them.
 * @param {unknown} parts
 * @param {Settling} settling
 * @param {string} [field]
 */
function prepareParts(parts, settling, field = 'parts') {
  const walk = new Walk();
  return /** @type {Prepared<PublishContent[]>} */ (
    walk.each(parts, field, (part, place) => contentOf(part, settling, walk, place))
  );
}

/**
 * What costs something as native code takes it: a post, a thread, or calls that are planned.
 * @param {unknown} content
 * @param {Settling} settling
 */
function prepareCosted(content, settling) {
  return /** @type {Prepared<import('../index.js').PlannedCalls>} */ (costedOf(content, settling));
}

/** @param {unknown} content @param {Settling} settling */
function costedOf(content, settling) {
  if (Array.isArray(content)) return prepareParts(content, settling, 'content');
  const isCalls = isObject(content) && Object.hasOwn(content, 'calls');
  return isCalls ? ownProperties(content) : prepareContent(content, settling);
}

/**
 * Bytes that are read at once, out of memory that other threads can't write to. What are none are left as they are.
 * @template T
 * @param {T} bytes
 */
function unshared(bytes) {
  if (!types.isUint8Array(bytes)) return bytes;
  const span = /** @type {Span} */ (spanOf(bytes));
  return types.isSharedArrayBuffer(span.buffer) ? /** @type {T} */ (bytesOf(span, 0, span.length)) : bytes;
}

module.exports = { prepareContent, prepareCosted, prepareParts, prepareSource, unshared };
