'use strict';

const { readFileSync } = require('node:fs');
const { crc32, deflateSync } = require('node:zlib');
const { PNG } = require('pngjs');
const jpeg = require('jpeg-js');

/** @typedef {{ width: number, height: number, data: Buffer }} Picture four bytes a pixel */

/** Where the pictures below say that they were taken. */
const PLACE = { latitude: 52.5, longitude: 13.25 };

/**
 * An EXIF with a camera, an orientation and a place.
 * @param {number} orientation
 */
function exif(orientation) {
  const entry = (/** @type {number} */ tag, /** @type {number} */ type, /** @type {number} */ count, value) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(count, 4);
    if (Buffer.isBuffer(value)) value.copy(bytes, 8);
    else bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const directory = (/** @type {Buffer[]} */ entries) => {
    const count = Buffer.alloc(2);
    count.writeUInt16LE(entries.length, 0);
    return Buffer.concat([count, ...entries, Buffer.alloc(4)]);
  };
  const degrees = (/** @type {number} */ value) => {
    const bytes = Buffer.alloc(24);
    [Math.trunc(value), 1, (value % 1) * 60, 1, 0, 1].forEach((part, index) => {
      bytes.writeUInt32LE(part, index * 4);
    });
    return bytes;
  };
  const first = 8;
  const place = first + 2 + 3 * 12 + 4;
  const values = place + 2 + 4 * 12 + 4;
  return Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    directory([
      entry(0x010f, 2, 4, Buffer.from('Cam\0')),
      entry(0x0112, 3, 1, orientation),
      entry(0x8825, 4, 1, place),
    ]),
    directory([
      entry(1, 2, 2, Buffer.from('N\0')),
      entry(2, 5, 3, values),
      entry(3, 2, 2, Buffer.from('E\0')),
      entry(4, 5, 3, values + 24),
    ]),
    degrees(PLACE.latitude),
    degrees(PLACE.longitude),
  ]);
}

/** @param {number} marker @param {Buffer | string} content */
function segment(marker, content) {
  const body = Buffer.from(content);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/**
 * Puts what a telephone and an agency write into a JPEG.
 * @param {Buffer} picture @param {number} orientation
 */
const ladenJpeg = (picture, orientation = 1) =>
  Buffer.concat([
    picture.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)])),
    segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">me</x:xmpmeta>'),
    segment(0xed, 'Photoshop 3.0\x008BIM me'),
    segment(0xfe, 'taken by me'),
    picture.subarray(2),
  ]);

/**
 * A picture with red to the left and blue to the right.
 * @param {number} width @param {number} height @param {number} [alpha] of the right half
 */
function halves(width, height, alpha = 255) {
  const row = Buffer.alloc(width * 4);
  row.fill(Buffer.from([255, 0, 0, 255]), 0, Math.ceil(width / 2) * 4);
  row.fill(Buffer.from([0, 0, 255, alpha]), Math.ceil(width / 2) * 4);
  return { width, height, data: Buffer.concat(Array(height).fill(row)) };
}

/** @param {string} name @param {Buffer} content */
function pngChunk(name, content) {
  const body = Buffer.concat([Buffer.from(name), content]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(content.length, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}

/** @param {Picture} picture */
function pngOf({ width, height, data }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) => [
    Buffer.alloc(1),
    data.subarray(y * width * 4, (y + 1) * width * 4),
  ]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows.flat()))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {Picture} picture */
function bmpOf({ width, height, data }) {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = 54 + (height - 1 - y) * stride + x * 3;
      file.set([data[from + 2], data[from + 1], data[from]], to);
    }
  }
  return file;
}

/** @param {Picture} picture @param {number} orientation */
function tiffOf({ width, height, data }, orientation = 1) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) data.copy(pixels, at * 3, at * 4, at * 4 + 3);
  const entries = [
    [256, 3, 1, width],
    [257, 3, 1, height],
    [258, 3, 3, 8 + pixels.length],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, 8],
    [274, 3, 1, orientation],
    [277, 3, 1, 3],
    [278, 3, 1, height],
    [279, 4, 1, pixels.length],
  ];
  const bits = Buffer.from([8, 0, 8, 0, 8, 0]);
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16LE(entries.length, 0);
  entries.forEach(([tag, type, count, value], index) => {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  });
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(8 + pixels.length + bits.length, 4);
  return Buffer.concat([head, pixels, bits, directory]);
}

/** Bytes without a pattern, the same each time. @param {number} count */
function noise(count) {
  const bytes = Buffer.alloc(count);
  let state = 0x2545f491;
  for (let at = 0; at < count; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = (state >>> 8) & 0xff;
  }
  return bytes;
}

/** All of what X has of a medium. @param {{ files: Array<{ path: string }> }} media */
const received = ({ files }) => Buffer.concat(files.map(({ path }) => readFileSync(path)));

/** What a decoder that is not ours sees. @param {Buffer} bytes @returns {Picture} */
function decoded(bytes) {
  const options = { maxMemoryUsageInMB: 1024, formatAsRGBA: true };
  const { width, height, data } = bytes[0] === 0xff ? jpeg.decode(bytes, options) : PNG.sync.read(bytes);
  return { width, height, data };
}

/** @param {Picture} picture @param {number} x @param {number} y */
const pixelAt = ({ width, data }, x, y) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];

module.exports = {
  PLACE,
  bmpOf,
  decoded,
  exif,
  halves,
  ladenJpeg,
  noise,
  pixelAt,
  pngChunk,
  pngOf,
  received,
  tiffOf,
};
