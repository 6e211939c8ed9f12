'use strict';

// Publishes a large video out of memory, and tells how much memory that took beside it, and how it was read.
const { publishTweetWithMedia } = require('../../../index.js');
const native = require('../../../js/native.js');
const { describeMedia } = require('../../../sandbox/index.js');
const { resident, watchPeak } = require('../resident.js');

const MIB = 1024 * 1024;

const SOURCES = {
  data: (bytes) => ({ data: bytes }),
  shared: (bytes) => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    return { data: shared };
  },
  blob: (bytes) => ({ data: new Blob([bytes]) }),
  stream: (bytes) => ({ stream: ReadableStream.from([bytes]), size: bytes.length }),
};

/** Notes each copy that is made: how large, and how many between two turns of the event loop. */
function watchCopies() {
  const seen = { copied: 0, largest: 0, mostInTurn: 0 };
  let inTurn = 0;
  const { give } = native.internal.Delivery.prototype;
  native.internal.Delivery.prototype.give = function (bytes) {
    seen.copied += bytes.length;
    seen.largest = Math.max(seen.largest, bytes.length);
    inTurn += 1;
    seen.mostInTurn = Math.max(seen.mostInTurn, inTurn);
    return give.call(this, bytes);
  };
  let immediate = setImmediate(function next() {
    inTurn = 0;
    immediate = setImmediate(next);
  });
  return { seen, stop: () => clearImmediate(immediate) };
}

async function main() {
  const { token, kind, bytes: size } = JSON.parse(process.argv[2]);
  const bytes = Buffer.alloc(size);
  let at = 0;
  for await (const chunk of describeMedia({ kind: 'mp4', bytes: size, durationMs: 60_000 }).read()) {
    at += chunk.copy(bytes, at);
  }
  const source = SOURCES[kind](bytes);
  await publishTweetWithMedia({ text: `Warm for ${kind}` }, token);
  global.gc();
  const before = resident();
  const watch = watchPeak();
  const { seen, stop } = watchCopies();
  const { mediaIds } = await publishTweetWithMedia({ text: `Large, ${kind}`, media: [source] }, token);
  stop();
  const peak = watch.end();
  console.log(JSON.stringify({ above: (peak - before) / MIB, mediaId: mediaIds[0], ...seen }));
}

main();
