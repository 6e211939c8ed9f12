'use strict';

const { createHash } = require('node:crypto');
const { Readable } = require('node:stream');
const { ReadableStream } = require('node:stream/web');
const { describeMedia } = require('twitter-native-sandbox');

/** Attempts without long waits. The budget is large, so that no test uses up another one's. */
const quickly = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };

/**
 * A medium of the sandbox's, whole.
 * @param {Parameters<typeof describeMedia>[0]} spec
 */
async function bytesOf(spec) {
  const chunks = [];
  for await (const chunk of describeMedia(spec).read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {Buffer} bytes @param {number} [size] */
function* pieces(bytes, size = 7000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** @param {Buffer} bytes */
const nodeStream = (bytes) => Readable.from(pieces(bytes), { objectMode: false });

/** @param {Buffer} bytes */
function webStream(bytes) {
  const chunks = pieces(bytes);
  return new ReadableStream({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
  });
}

/**
 * What was asked of X, without the media's own sources.
 * @param {import('../../sandbox/index.js').Sandbox} sandbox
 */
const callsToX = (sandbox) =>
  sandbox.ledger
    .requests()
    .map(({ endpoint }) => endpoint)
    .filter((endpoint) => endpoint !== 'source');

/**
 * A medium's segments in the order of their indices.
 * @param {{ segments: Map<number, { bytes: number, times: number }> }} media
 */
const segmentsOf = ({ segments }) =>
  [...segments].sort(([one], [other]) => one - other).map(([index, { bytes, times }]) => ({ index, bytes, times }));

/**
 * Lets so many requests to an endpoint overlap for certain, however slow the machine is: they wait for each other, and a
 * moment longer, for one that should not be there.
 * @param {import('../../sandbox/index.js').Sandbox} sandbox @param {string} endpoint @param {number} count
 * @param {number} [first] requests that go ahead of them
 */
function gather({ faults }, endpoint, count, first = 0) {
  const ms = 20;
  if (first > 0) faults.add({ endpoint, fault: { kind: 'delay', ms }, times: first });
  faults.add({ endpoint, fault: { kind: 'gather', count, ms } });
}

/**
 * Counts how many requests to an endpoint are under way at once, until it is asked.
 * @param {import('../../sandbox/index.js').Ledger} ledger @param {string} endpoint
 * @returns {() => number}
 */
function mostAtOnce(ledger, endpoint) {
  let most = 0;
  const end = new AbortController();
  const count = () => {
    most = Math.max(most, ledger.requests({ endpoint, status: null, aborted: false }).length);
    return false;
  };
  ledger.waitFor(count, { signal: end.signal }).catch(() => {});
  return () => {
    end.abort();
    return most;
  };
}

module.exports = { bytesOf, callsToX, gather, mostAtOnce, nodeStream, pieces, quickly, segmentsOf, sha256, webStream };
