'use strict';

const { crc32, inflateSync } = require('node:zlib');

/** Checks that a file is what its format says, and gives its size in pixels and what else the tests ask for. */
const structure = {
  /** @param {Buffer} bytes */
  png(bytes) {
    if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('no signature');
    const chunks = [];
    for (let at = 8; at < bytes.length; ) {
      const length = bytes.readUInt32BE(at);
      const body = bytes.subarray(at + 4, at + 8 + length);
      if (bytes.readUInt32BE(at + 8 + length) !== crc32(body)) throw new Error('a wrong checksum');
      chunks.push({ type: body.toString('latin1', 0, 4), data: body.subarray(4) });
      at += 12 + length;
    }
    if (chunks[0].type !== 'IHDR' || chunks.at(-1)?.type !== 'IEND') throw new Error('wrong ends');
    const [width, height] = [chunks[0].data.readUInt32BE(0), chunks[0].data.readUInt32BE(4)];
    const rows = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
    if (rows.length !== height * (1 + width * 3)) throw new Error('wrong rows');
    return { width, height };
  },

  /** @param {Buffer} bytes */
  jpeg(bytes) {
    if (bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9)
      throw new Error('wrong ends');
    let size = { width: 0, height: 0 };
    for (let at = 2; ; ) {
      if (bytes[at] !== 0xff) throw new Error('no marker');
      const marker = bytes[at + 1];
      if (marker === 0xc0) size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
      if (marker === 0xda) return size;
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  },

  /** @param {Buffer} bytes */
  gif(bytes) {
    if (bytes.toString('latin1', 0, 6) !== 'GIF89a' || bytes.at(-1) !== 0x3b) throw new Error('wrong ends');
    let at = 13 + 3 * 2 ** ((bytes[10] & 7) + 1);
    let frames = 0;
    while (bytes[at] !== 0x3b) {
      if (bytes[at] === 0x2c) {
        frames += 1;
        at += 11;
      } else if (bytes[at] === 0x21) {
        at += 2;
      } else {
        throw new Error('no block');
      }
      while (bytes[at] !== 0) at += bytes[at] + 1;
      at += 1;
    }
    if (at !== bytes.length - 1) throw new Error('something behind the end');
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), frames };
  },

  /** @param {Buffer} bytes */
  webp(bytes) {
    if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
      throw new Error('no head');
    if (bytes.readUInt32LE(4) !== bytes.length - 8) throw new Error('a wrong length');
    let at = 12;
    while (at < bytes.length) at += 8 + bytes.readUInt32LE(at + 4);
    if (at !== bytes.length) throw new Error('wrong chunks');
    return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  },

  /** The boxes of a movie; `size` is that of the whole file, of which only the head may be given. @param {Buffer} bytes */
  movie(bytes, size = bytes.length) {
    const boxes = [];
    for (let at = 0; at < size; ) {
      const type = bytes.toString('latin1', at + 4, at + 8);
      const small = bytes.readUInt32BE(at);
      const length = small === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : small;
      boxes.push({ type, at, length });
      at += length;
      if (at < size && at + 8 > bytes.length) throw new Error('the head is too short');
    }
    const last = boxes[boxes.length - 1];
    if (last.at + last.length !== size) throw new Error('wrong boxes');
    const header = bytes.indexOf('mvhd', 0, 'latin1');
    const track = bytes.indexOf('tkhd', 0, 'latin1');
    return {
      boxes: boxes.map(({ type }) => type),
      durationMs: header < 0 ? undefined : bytes.readUInt32BE(header + 20),
      width: track < 0 ? undefined : bytes.readUInt32BE(track + 80) >>> 16,
      height: track < 0 ? undefined : bytes.readUInt32BE(track + 84) >>> 16,
    };
  },
};

module.exports = { structure };
