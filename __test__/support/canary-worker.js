'use strict';

const { isMainThread, parentPort } = require('node:worker_threads');

/** A byte that no medium of the tests holds in a row. */
const CANARY = 0xca;
const BLOCK_BYTES = 3_000_000;

/** Takes memory and fills it with canaries, so that memory which was freed holds them. */
function fill() {
  const blocks = Array.from({ length: 4 }, () => Buffer.alloc(BLOCK_BYTES, CANARY));
  return blocks.length;
}

/** Fills memory on this thread until it is told to stop. */
function keepFilling() {
  const timer = setInterval(fill, 100);
  return { stop: () => clearInterval(timer) };
}

if (!isMainThread && parentPort) {
  keepFilling();
  parentPort.on('message', (buffer) => {
    new Uint8Array(buffer).fill(CANARY);
    fill();
  });
}

module.exports = { CANARY, keepFilling };
