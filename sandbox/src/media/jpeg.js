'use strict';

// A baseline JPEG encoder (ITU T.81) for pictures whose 8×8 blocks have one colour each: only DC coefficients, coded
// with the standard's own Huffman tables.

const DC_LENGTHS = { luma: [0, 1, 5, 1, 1, 1, 1, 1, 1], chroma: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1] };

/** @param {number[]} lengths */
function codes(lengths) {
  /** @type {Array<{ code: number, length: number }>} */
  const table = [];
  let code = 0;
  lengths.forEach((count, index) => {
    for (let more = 0; more < count; more++) table.push({ code: code++, length: index + 1 });
    code <<= 1;
  });
  return table;
}

const LUMA = codes(DC_LENGTHS.luma);
const CHROMA = codes(DC_LENGTHS.chroma);

class BitWriter {
  #bytes = /** @type {number[]} */ ([]);
  #bits = 0;
  #count = 0;

  /** @param {number} value @param {number} length */
  write(value, length) {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.#bits = (this.#bits << 1) | ((value >> bit) & 1);
      if (++this.#count === 8) {
        this.#bytes.push(this.#bits);
        if (this.#bits === 0xff) this.#bytes.push(0);
        this.#bits = 0;
        this.#count = 0;
      }
    }
  }

  end() {
    while (this.#count !== 0) this.write(1, 1);
    return Buffer.from(this.#bytes);
  }
}

/** @param {number} marker @param {Buffer | number[]} content */
function segment(marker, content) {
  const body = Buffer.from(content);
  return Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);
}

/** @param {number} id @param {number[]} lengths */
function huffmanTable(id, lengths) {
  const values = Array.from({ length: lengths.reduce((sum, count) => sum + count, 0) }, (_, index) => index);
  return [id, ...Array.from({ length: 16 }, (_, index) => lengths[index] ?? 0), ...values];
}

/** One code, `0`, for the end of a block: all AC coefficients are zero. @param {number} id */
const endOfBlockTable = (id) => [id, 1, ...Array(15).fill(0), 0];

/**
 * @param {number} width @param {number} height
 * @param {(x: number, y: number) => [number, number, number]} colour of a block, as red, green, blue in 0..255
 */
function encodeJpeg(width, height, colour) {
  const scan = new BitWriter();
  const before = [0, 0, 0];
  for (let y = 0; y < height; y += 8) {
    for (let x = 0; x < width; x += 8) {
      const [red, green, blue] = colour(x / width, y / height);
      const components = [
        0.299 * red + 0.587 * green + 0.114 * blue - 128,
        -0.1687 * red - 0.3313 * green + 0.5 * blue,
        0.5 * red - 0.4187 * green - 0.0813 * blue,
      ];
      components.forEach((level, index) => {
        // The DC coefficient is eight times the mean; with a quantum of 8 it is the mean.
        const value = Math.max(-127, Math.min(127, Math.round(level)));
        const difference = value - before[index];
        before[index] = value;
        const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
        const { code, length } = (index === 0 ? LUMA : CHROMA)[size];
        scan.write(code, length);
        scan.write(difference < 0 ? difference + (1 << size) - 1 : difference, size);
        scan.write(0, 1);
      });
    }
  }
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xdb, [0, 8, ...Array(63).fill(1)]),
    segment(0xc0, [8, ...size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    segment(0xc4, [
      ...huffmanTable(0x00, DC_LENGTHS.luma),
      ...huffmanTable(0x01, DC_LENGTHS.chroma),
      ...endOfBlockTable(0x10),
      ...endOfBlockTable(0x11),
    ]),
    segment(0xda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]),
    scan.end(),
    Buffer.from([0xff, 0xd9]),
  ]);
}

module.exports = { encodeJpeg };
