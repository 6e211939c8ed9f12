'use strict';

/** Where the films of these tests were taken (ISO 6709). */
const PLACE = '+52.5200+013.4050+034.000/';

/** @param {string} name @param {...(Buffer | string)} content */
function box(name, ...content) {
  const body = Buffer.concat(content.map((part) => Buffer.from(/** @type {any} */ (part), 'latin1')));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** @param {number} number */
function word(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number, 0);
  return bytes;
}

const KEYS = ['com.apple.quicktime.make', 'com.apple.quicktime.location.ISO6709'];

/** What telephones write into a film, by who writes it so. */
const WRITTEN_BY = {
  android: () => box('udta', box('\xa9xyz', '\x00\x1a\x15\xc7', PLACE), box('\xa9nam', '\x00\x04\x15\xc7Lamp')),
  '3GPP': () => box('udta', box('loci', '\x00\x00\x00\x00\x15\xc7Berlin\x00\x00', PLACE)),
  apple: () =>
    box(
      'meta',
      box('hdlr', Buffer.alloc(8), 'mdta', Buffer.alloc(13)),
      box('keys', word(0), word(KEYS.length), ...KEYS.map((key) => box('mdta', key))),
      box(
        'ilst',
        ...['Apple', PLACE].map((value, index) =>
          box(word(index + 1).toString('latin1'), box('data', word(1), word(0), value)),
        ),
      ),
    ),
};

/** @typedef {keyof typeof WRITTEN_BY} Writer */

/**
 * A film with a place in it: one of the sandbox's, whose movie box has one more box within.
 * @param {Buffer} film @param {Writer} writer
 */
function placed(film, writer) {
  const movie = boxesOf(film).find(({ path }) => path === 'moov');
  if (movie === undefined) throw new Error('a film without a movie box');
  const added = WRITTEN_BY[writer]();
  const bytes = Buffer.concat([film.subarray(0, movie.end), added, film.subarray(movie.end)]);
  bytes.writeUInt32BE(movie.end - movie.start + added.length, movie.start);
  return bytes;
}

const CONTAINERS = ['moov', 'trak', 'mdia', 'minf', 'udta', 'meta', 'ilst'];

/**
 * The boxes of a film, read by nothing of ours. Those of films made here alone: no sizes of 64 bits, and no version in `meta`.
 * @param {Buffer} bytes @returns {Array<{ path: string, start: number, end: number }>}
 */
function boxesOf(bytes, start = 0, end = bytes.length, within = '') {
  const found = [];
  for (let at = start; at + 8 <= end; ) {
    const size = bytes.readUInt32BE(at) || end - at;
    const name = bytes.toString('latin1', at + 4, at + 8);
    const path = within ? `${within}/${name}` : name;
    found.push({ path, start: at, end: at + size });
    if (CONTAINERS.includes(name)) found.push(...boxesOf(bytes, at + 8, at + size, path));
    at += size;
  }
  return found;
}

module.exports = { PLACE, WRITERS: /** @type {Writer[]} */ (Object.keys(WRITTEN_BY)), boxesOf, placed };
