'use strict';

const { createHash } = require('node:crypto');
const { crc32, deflateSync } = require('node:zlib');
const { encodeJpeg } = require('./jpeg.js');

/**
 * A medium to make.
 * @typedef {object} MediaSpec
 * @property {'jpeg' | 'png' | 'gif' | 'still-gif' | 'webp' | 'mp4' | 'mov' | 'srt' | 'vtt'} kind
 * @property {number} [bytes] its size; the smallest possible if left out
 * @property {number} [width]
 * @property {number} [height]
 * @property {number} [durationMs]
 * @property {number} [frames]
 * @property {number} [seed] another picture for each
 * @property {'start' | 'end'} [moov]
 */

/** @type {Record<string, string>} */
const CONTENT_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  'still-gif': 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  srt: 'text/srt',
  vtt: 'text/vtt',
};

/** Noise that fills media up: the same at the same place of every file with the same seed. */
const NOISE = (() => {
  const block = Buffer.alloc(1 << 20);
  let state = 0x2545f491;
  for (let at = 0; at < block.length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    block.writeInt32LE(state | 0, at);
  }
  return block;
})();

/**
 * Makes a medium that can be read from anywhere, so that ranges and hashes agree, without holding a large one in
 * memory.
 * @param {MediaSpec} spec
 */
function describeMedia(spec) {
  const contentType = CONTENT_TYPES[spec.kind];
  if (!contentType) throw new Error(`there is no medium of kind ${spec.kind}`);
  /** @type {Array<number | Buffer>} a number means that many bytes of filling */
  const parts = partsOf(spec);
  let size = 0;
  for (const part of parts) size += typeof part === 'number' ? part : part.length;
  if (spec.bytes !== undefined && size !== spec.bytes) {
    throw new Error(`a ${spec.kind} of ${spec.bytes} bytes can't be made; this one has ${size}`);
  }
  const shift = 4099 * Math.max(0, (spec.seed ?? 1) - 1);
  const etag = `"${createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 24)}"`;
  return {
    size,
    contentType,
    etag,
    filename: `media.${spec.kind}`,
    /** @param {number} start @param {number} end exclusive */
    async *read(start = 0, end = size) {
      let offset = 0;
      for (const part of parts) {
        const length = typeof part === 'number' ? part : part.length;
        const from = Math.max(start - offset, 0);
        const to = Math.min(end - offset, length);
        if (from < to) yield* typeof part === 'number' ? noise(from + shift, to + shift) : [part.subarray(from, to)];
        offset += length;
      }
    },
  };
}

/** @param {number} from @param {number} to */
function* noise(from, to) {
  for (let at = from; at < to; ) {
    const start = at % NOISE.length;
    const chunk = NOISE.subarray(start, Math.min(NOISE.length, start + to - at, start + (256 << 10)));
    yield chunk;
    at += chunk.length;
  }
}

/** Bytes, and numbers for runs of noise. @param {MediaSpec} spec @returns {Array<Buffer | number>} */
function partsOf(spec) {
  switch (spec.kind) {
    case 'jpeg':
      return jpeg(spec);
    case 'png':
      return png(spec);
    case 'gif':
      return gif({ frames: 8, ...spec });
    case 'still-gif':
      return gif({ ...spec, frames: 1 });
    case 'webp':
      return webp(spec);
    case 'mp4':
    case 'mov':
      return movie(spec);
    case 'vtt':
      return [Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n')];
    default:
      return [Buffer.from('1\n00:00:00,000 --> 00:00:02,000\nHello\n')];
  }
}

// Taken once: in a test runner's context each look at a global costs more than the arithmetic, and a picture has a million.
const { PI, cos, round } = Math;

/** A soft gradient whose colours depend on the seed. @param {number} seed */
function gradient(seed) {
  const hue = (seed * 67) % 360;
  const channel = (/** @type {number} */ shift, /** @type {number} */ light) =>
    round(255 * light * (0.55 + 0.45 * cos(((hue + shift) * PI) / 180)));
  return (/** @type {number} */ x, /** @type {number} */ y) => {
    const light = 0.45 + 0.55 * (1 - (x + y) / 2);
    return /** @type {[number, number, number]} */ ([
      channel(0 + 90 * x, light),
      channel(120 + 60 * y, light),
      channel(240, light),
    ]);
  };
}

/** @param {MediaSpec} spec */
function jpeg({ bytes, width = 640, height = 480, seed = 1 }) {
  const picture = encodeJpeg(width, height, gradient(seed));
  const fillers = [];
  // A segment has 4 bytes of its own and up to 65533 of content. Nobody knows what APP9 is for, so it is no metadata that
  // a publisher would take out.
  for (let left = bytes === undefined ? 0 : bytes - picture.length; left > 0; ) {
    const length = left <= 65_537 ? left : Math.min(65_537, left - 4);
    if (length < 4) throw new Error(`a JPEG of ${bytes} bytes can't be made`);
    fillers.push(Buffer.from([0xff, 0xe9, (length - 2) >> 8, (length - 2) & 0xff]), length - 4);
    left -= length;
  }
  return [picture.subarray(0, 2), ...fillers, picture.subarray(2)];
}

/** @param {string} type @param {Buffer} content */
function pngChunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(content.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** @param {MediaSpec} spec */
function png({ bytes, width = 640, height = 480, seed = 1 }) {
  const colour = gradient(seed);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colour(x / width, y / height), y * (1 + width * 3) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const head = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header)]);
  const data = Buffer.concat([pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0))]);
  const left = bytes === undefined ? 0 : bytes - head.length - data.length;
  if (left === 0) return [head, data];
  if (left < 12) throw new Error(`a PNG of ${bytes} bytes can't be made`);
  return [head, pngChunk('noIs', Buffer.concat([...noise(0, left - 12)])), data];
}

/** @param {MediaSpec} spec */
function gif({ bytes, width = 160, height = 120, frames = 1, seed = 1 }) {
  const header = Buffer.from('GIF89a\0\0\0\0\xf6\0\0', 'latin1');
  header.writeUInt16LE(width, 6);
  header.writeUInt16LE(height, 8);
  const colour = gradient(seed);
  const palette = Buffer.concat(
    Array.from({ length: 128 }, (_, index) => Buffer.from(colour(index / 128, index / 128))),
  );
  const loop = Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1');
  const pictures = Array.from({ length: frames }, (_, index) => gifFrame(width, height, index / frames));
  const head = Buffer.concat([header, palette, loop]);
  const used = head.length + pictures.reduce((sum, picture) => sum + picture.length, 0) + 1;
  const left = bytes === undefined ? 0 : bytes - used;
  const filler = left > 0 ? [gifFiller(left)] : [];
  return [head, ...pictures, ...filler, Buffer.from([0x3b])];
}

/** Every code is a literal; a clear code comes before the table would grow. @param {number} width @param {number} height @param {number} phase */
function gifFrame(width, height, phase) {
  const descriptor = Buffer.from('\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\0\0\0\0\0\x07', 'latin1');
  descriptor.writeUInt16LE(width, 13);
  descriptor.writeUInt16LE(height, 15);
  const codes = [];
  for (let at = 0; at < width * height; at++) {
    if (at % 100 === 0) codes.push(128);
    codes.push(Math.floor((((at % width) / width + phase) % 1) * 127));
  }
  codes.push(129);
  // Literals, the clear code and the end code have 8 bits each as long as the table does not grow.
  const blocks = [];
  for (let at = 0; at < codes.length; at += 255) {
    const block = codes.slice(at, at + 255);
    blocks.push(Buffer.from([block.length, ...block]));
  }
  return Buffer.concat([descriptor, ...blocks, Buffer.from([0])]);
}

/** A comment extension of exactly this many bytes. @param {number} length */
function gifFiller(length) {
  // An extension that nobody knows, which decoders step over. An empty one has 3 bytes, one with a letter has 5.
  if (length < 3 || length === 4) throw new Error('the GIF can not be filled up to this size');
  const blocks = [Buffer.from([0x21, 0xce])];
  for (let left = length - 3; left > 0; ) {
    // A block has its length and at least one byte.
    const size = left <= 256 ? left : left === 257 ? 200 : 256;
    blocks.push(Buffer.from([size - 1]), NOISE.subarray(0, size - 1));
    left -= size;
  }
  return Buffer.concat([...blocks, Buffer.from([0])]);
}

/** A lossless picture's head with a chunk of noise after it. @param {MediaSpec} spec */
function webp({ bytes = 1024, width = 640, height = 480 }) {
  const head = Buffer.alloc(30);
  head.write('RIFF', 0, 'latin1');
  head.write('WEBPVP8X', 8, 'latin1');
  head.writeUInt32LE(10, 16);
  head.writeUIntLE(width - 1, 24, 3);
  head.writeUIntLE(height - 1, 27, 3);
  head.writeUInt32LE(bytes - 8, 4);
  const chunk = Buffer.alloc(8);
  chunk.write('noIs', 0, 'latin1');
  chunk.writeUInt32LE(bytes - 38, 4);
  return [head, chunk, bytes - 38];
}

/** @param {string} type @param {...Buffer} content */
function box(type, ...content) {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** A box whose content begins with version and flags. @param {string} type @param {number} length @param {(view: Buffer) => void} fill @param {number} [flags] */
function fullBox(type, length, fill, flags = 0) {
  const body = Buffer.alloc(length + 4);
  body.writeUInt32BE(flags, 0);
  fill(body.subarray(4));
  return box(type, body);
}

const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

/** A video whose structure is sound and whose samples are noise. @param {MediaSpec} spec */
function movie({ kind, bytes = 64 * 1024, width = 1280, height = 720, durationMs = 10_000, moov = 'start' }) {
  const fileType = box('ftyp', Buffer.from(kind === 'mov' ? 'qt  \0\0\0\0qt  ' : 'isom\0\0\x02\0isomavc1', 'latin1'));
  const description = movieBox(width, height, durationMs);
  const large = bytes > 0xffff_ff00;
  const samples = bytes - fileType.length - description.length;
  if (samples < 16) throw new Error(`a ${kind} of ${bytes} bytes can't be made`);
  const head = Buffer.alloc(large ? 16 : 8);
  head.writeUInt32BE(large ? 1 : samples, 0);
  head.write('mdat', 4, 'latin1');
  if (large) head.writeBigUInt64BE(BigInt(samples), 8);
  const data = [head, samples - head.length];
  return moov === 'start' ? [fileType, description, ...data] : [fileType, ...data, description];
}

/** @param {number} width @param {number} height @param {number} durationMs */
function movieBox(width, height, durationMs) {
  const matrix = (/** @type {Buffer} */ view, /** @type {number} */ at) => {
    for (const [index, word] of MATRIX.entries()) view.writeUInt32BE(word, at + index * 4);
  };
  const header = fullBox('mvhd', 96, (view) => {
    view.writeUInt32BE(1000, 8);
    view.writeUInt32BE(durationMs, 12);
    view.writeUInt32BE(0x10000, 16);
    matrix(view, 32);
    view.writeUInt32BE(2, 92);
  });
  const track = fullBox(
    'tkhd',
    80,
    (view) => {
      view.writeUInt32BE(1, 8);
      view.writeUInt32BE(durationMs, 16);
      matrix(view, 36);
      view.writeUInt32BE(width << 16, 72);
      view.writeUInt32BE(height << 16, 76);
    },
    3,
  );
  const media = box(
    'mdia',
    fullBox('mdhd', 20, (view) => {
      view.writeUInt32BE(1000, 8);
      view.writeUInt32BE(durationMs, 12);
    }),
    fullBox('hdlr', 21, (view) => view.write('vide', 4, 'latin1')),
    box(
      'minf',
      fullBox('vmhd', 8, () => {}, 1),
    ),
  );
  return box('moov', header, box('trak', track, media));
}

module.exports = { describeMedia };
