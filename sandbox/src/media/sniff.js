'use strict';

/**
 * What a file is, by its head and, for a GIF, its blocks: an opinion of its own beside the client's.
 * @param {Buffer} bytes the whole of a GIF, the head of everything else
 */
function sniff(bytes) {
  const ascii = (/** @type {number} */ from, /** @type {number} */ to) => bytes.toString('latin1', from, to);
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return { contentType: 'image/jpeg', animated: false, ...jpegSize(bytes) };
  if (ascii(1, 4) === 'PNG')
    return { contentType: 'image/png', animated: false, width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (/^GIF8[79]a$/.test(ascii(0, 6))) {
    return {
      contentType: 'image/gif',
      animated: gifFrames(bytes) > 1,
      width: bytes.readUInt16LE(6),
      height: bytes.readUInt16LE(8),
    };
  }
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') {
    return { contentType: 'image/webp', animated: false, ...webpSize(bytes, ascii(12, 16)) };
  }
  if (ascii(4, 8) === 'ftyp')
    return { contentType: ascii(8, 12) === 'qt  ' ? 'video/quicktime' : 'video/mp4', animated: false };
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return { contentType: 'video/webm', animated: false };
  if (bytes.length > 188 && bytes[0] === 0x47 && bytes[188] === 0x47)
    return { contentType: 'video/mp2t', animated: false };
  if (ascii(0, 6) === 'WEBVTT') return { contentType: 'text/vtt', animated: false };
  if (/^\uFEFF?\d+\r?\n[\d:,]+ --> /.test(bytes.toString('utf8', 0, 100)))
    return { contentType: 'text/srt', animated: false };
  return { contentType: 'application/octet-stream', animated: false };
}

/** @param {Buffer} bytes */
function jpegSize(bytes) {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return {};
}

/** @param {Buffer} bytes @param {string} chunk the first one's name */
function webpSize(bytes, chunk) {
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8L') {
    const sizes = bytes.readUInt32LE(21);
    return { width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 };
  }
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
}

/** @param {Buffer} bytes */
function gifFrames(bytes) {
  const table = (/** @type {number} */ packed) => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
  let at = 13 + table(bytes[10]);
  let frames = 0;
  const skipBlocks = () => {
    while (bytes[at]) at += bytes[at] + 1;
    at += 1;
  };
  while (at < bytes.length && bytes[at] !== 0x3b) {
    if (bytes[at] === 0x2c) {
      frames += 1;
      at += 11 + table(bytes[at + 9]);
    } else {
      at += 2;
    }
    skipBlocks();
  }
  return frames;
}

module.exports = { sniff };
