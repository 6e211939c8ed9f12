'use strict';

// Publishes media out of memory that is taken away meanwhile: transferred, or made smaller, at points that a seed
// chooses. A worker fills what it gets, and much more, with canaries. Prints how each publish ended.
const { once } = require('node:events');
const { readFileSync } = require('node:fs');
const { setImmediate: turn } = require('node:timers/promises');
const { Worker } = require('node:worker_threads');
const { publishTweetWithMedia } = require('../../../index.js');
const { CANARY, keepFilling } = require('../canary-worker.js');
const { randomFrom } = require('../random.js');

const job = JSON.parse(process.argv[2]);
const next = randomFrom(job.seed);
const pick = (choices) => choices[Math.floor(next() * choices.length)];
const media = { video: readFileSync(job.video), picture: readFileSync(job.picture) };

let worker;

/** What takes memory away, each with the kind of memory that it can take. */
const TAKERS = {
  nothing: { take: () => {} },
  clone: { take: (buffer) => new Uint8Array(structuredClone(buffer, { transfer: [buffer] })).fill(CANARY) },
  post: { take: (buffer) => worker.postMessage(buffer, [buffer]) },
  shrink: { resizable: true, take: (buffer) => buffer.resize(Math.floor(next() * 0.5 * buffer.byteLength)) },
  empty: { resizable: true, take: (buffer) => buffer.resize(0) },
  grow: { resizable: true, take: (buffer) => buffer.resize(buffer.maxByteLength) },
  growShared: { shared: true, resizable: true, take: (buffer) => buffer.grow(buffer.maxByteLength) },
};
// Node 20 has it behind --harmony-rab-gsab-transfer.
if (typeof ArrayBuffer.prototype.transfer === 'function') {
  TAKERS.transfer = { take: (buffer) => new Uint8Array(buffer.transfer()).fill(CANARY) };
}

/** Memory that holds a medium, and around it canaries. */
function memoryOf(bytes, { shared = false, resizable = false }) {
  const length = bytes.length + 8192;
  const Kind = shared ? SharedArrayBuffer : ArrayBuffer;
  const buffer = new Kind(length, resizable ? { maxByteLength: 2 * length } : undefined);
  new Uint8Array(buffer).fill(CANARY);
  const view = new Uint8Array(buffer, 4096, bytes.length);
  view.set(bytes);
  return { buffer, view };
}

const SOURCES = {
  data: ({ view }) => ({ data: view }),
  dataView: ({ view }) => ({ data: new DataView(view.buffer, view.byteOffset, view.byteLength) }),
  stream: ({ view }) => {
    const half = view.length / 2;
    const chunks = [view.subarray(0, half), view.subarray(half)];
    const pull = (controller) => (chunks.length > 0 ? controller.enqueue(chunks.shift()) : controller.close());
    return { stream: new ReadableStream({ pull }), size: view.length };
  },
};

async function publish(index) {
  const medium = pick(['video', 'video', 'video', 'picture']);
  const taker = pick(Object.keys(TAKERS));
  const from = pick(['data', 'data', 'dataView', 'stream']);
  const at = pick(['now', 'turns', 'turns', 'progress', 'after']);
  const wait = 1 + Math.floor(next() * 60);
  const memory = memoryOf(media[medium], TAKERS[taker]);
  const take = () => TAKERS[taker].take(memory.buffer);
  let events = 0;
  const onProgress = () => {
    events += 1;
    if (at === 'progress' && events === 1 + (wait % 4)) take();
  };
  const content = { text: `Memory that moves, ${job.seed}.${index}`, media: [SOURCES[from](memory)] };
  const published = publishTweetWithMedia(content, job.token, null, { client: job.client, onProgress });
  const ended = published.then(
    ({ mediaIds }) => ({ mediaIds }),
    ({ code, message }) => ({ code, message }),
  );
  if (at === 'now') take();
  if (at === 'turns') {
    for (let turns = 0; turns < wait; turns++) await turn();
    take();
  }
  const outcome = await ended;
  if (at === 'after') take();
  global.gc?.();
  return { medium, taker, from, at, ...outcome };
}

/** How many publishes ended in which way. */
function countsOf(outcomes) {
  const counts = {};
  for (const { code = 'published' } of outcomes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

async function main() {
  worker = new Worker(require.resolve('../canary-worker.js'));
  await once(worker, 'online');
  const filling = keepFilling();
  const outcomes = [];
  for (let index = 0; index < job.publishes; index += 4) {
    outcomes.push(...(await Promise.all([0, 1, 2, 3].map((each) => publish(index + each)))));
  }
  filling.stop();
  await worker.terminate();
  console.log(JSON.stringify(job.summary ? countsOf(outcomes) : { outcomes, takers: Object.keys(TAKERS) }));
}

main();
