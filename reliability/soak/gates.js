'use strict';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What a run may not exceed. */
const LIMITS = {
  perPublish: KIB,
  // What the allocator keeps differs by some MiB from one moment to the next, which is much for a short run.
  noise: 8 * MIB,
  inAll: 32 * MIB,
  descriptors: 2,
  leastFaultRate: 0.09,
};

/**
 * What the process holds while nothing is under way.
 * @typedef {object} Sample
 * @property {number} publishes after the warm-up
 * @property {number} resident bytes
 * @property {number} heap bytes that JavaScript uses
 * @property {number | null} descriptors null where the system does not tell
 * @property {number | null} threads
 *
 * A gate, and whether the run passed it.
 * @typedef {{ name: string, passed: boolean, figure: string }} Gate
 *
 * @typedef {object} Run
 * @property {Sample[]} samples the first one is taken after the warm-up
 * @property {import('./tally.js').Tally} tally
 * @property {{ wanted: number, ended: number }} workers
 * @property {{ wanted: number, made: number }} clients
 * @property {string[]} stray what else went wrong in the process: warnings, rejections that nobody took, its end
 */

/** @param {number} bytes */
const inBytes = (bytes) => `${bytes.toFixed(0)} bytes`;
/** @param {number} bytes */
const inMib = (bytes) => `${(bytes / MIB).toFixed(1)} MiB`;

/**
 * Judges a run.
 * @param {Run} run
 * @returns {Gate[]}
 */
function gates({ samples, tally, workers, clients, stray }) {
  const rate = tally.faults / tally.publishes;
  return [
    ...growth(samples),
    ...constant(samples),
    gate('no warning, no rejection that nobody took', stray.length === 0, stray[0] ?? 'none'),
    gate('each intent at most once, each success there', tally.violations.length === 0, summaryOf(tally)),
    gate(
      'faults were met',
      rate >= LIMITS.leastFaultRate,
      `${tally.faults}, ${(rate * 100).toFixed(1)} % of the publishes`,
    ),
    gate('clients were made and dropped', clients.made === clients.wanted, `${clients.made} of ${clients.wanted}`),
    gate(
      'workers were ended in the middle of a call',
      workers.ended === workers.wanted,
      `${workers.ended} of ${workers.wanted}`,
    ),
  ];
}

/** @param {Sample[]} samples */
function growth(samples) {
  const [first, last] = [samples[0], samples[samples.length - 1]];
  const grown = last.resident - first.resident;
  const publishes = last.publishes - first.publishes;
  const each = grown / publishes;
  const ofHeap = (last.heap - first.heap) / publishes;
  const isNoise = grown < LIMITS.noise;
  return [
    gate('less than 1 KiB more on the JavaScript heap per publish', ofHeap < LIMITS.perPublish, inBytes(ofHeap)),
    gate(
      'less than 1 KiB of resident memory more per publish, or 8 MiB in all',
      each < LIMITS.perPublish || isNoise,
      inBytes(each),
    ),
    gate('less than 32 MiB of resident memory more in all', grown < LIMITS.inAll, inMib(grown)),
  ];
}

/** @param {Sample[]} samples */
function constant(samples) {
  const [first, last] = [samples[0], samples[samples.length - 1]];
  if (first.descriptors === null || last.descriptors === null) return [];
  const off = Math.abs(last.descriptors - first.descriptors);
  return [
    gate('descriptors as before, ±2', off <= LIMITS.descriptors, `${first.descriptors}, then ${last.descriptors}`),
    gate('threads as before', last.threads === first.threads, `${first.threads}, then ${last.threads}`),
  ];
}

/** @param {import('./tally.js').Tally} tally */
function summaryOf({ publishes, published, codes, violations }) {
  if (violations.length > 0) return `${violations.length} broken, such as ${violations[0]}`;
  const failed = [...codes].map(([code, count]) => `${count} ${code}`);
  return `${published} of ${publishes} published, ${failed.join(', ') || 'none failed'}`;
}

/** @param {string} name @param {boolean} passed @param {string} figure @returns {Gate} */
const gate = (name, passed, figure) => ({ name, passed, figure });

module.exports = { gates, inMib };
