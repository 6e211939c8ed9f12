'use strict';

const { createHash } = require('node:crypto');
const { FAULTS, PROCESS_FAULTS } = require('./faults.js');
const { OPERATIONS } = require('./operations.js');

/** @typedef {import('./cell.js').Cell} Cell */

const PROTOCOLS = /** @type {const} */ (['HTTP/1.1', 'HTTP/2']);

/** Media sources are read over HTTP/1.1 alone. @param {import('./operations.js').Operation} operation @param {import('./faults.js').MatrixFault} fault @param {string} protocol */
const isPossible = ({ at }, { needsHttp2 }, protocol) => (protocol === 'HTTP/1.1' ? !needsHttp2 : at === 'api');

/** Each operation with each fault, once and every time, over both protocols. @returns {Cell[]} */
function single() {
  const cells = [];
  for (const operation of OPERATIONS) {
    for (const fault of FAULTS) {
      for (const protocol of PROTOCOLS) {
        if (!isPossible(operation, fault, protocol)) continue;
        for (const when of /** @type {const} */ (['first', 'every'])) {
          // A name that does not resolve does so for all of a call.
          if (fault.host && when === 'every') continue;
          cells.push({ operation, fault, when, protocol });
        }
      }
    }
  }
  return cells.map((cell, index) => ({ index, ...cell }));
}

/** Each two faults, one after the other, of the post itself. @param {number} from the first index @returns {Cell[]} */
function pairs(from) {
  const operation = /** @type {import('./operations.js').Operation} */ (OPERATIONS.find(({ id }) => id === 'tweet'));
  const cells = [];
  for (const fault of FAULTS) {
    for (const then of FAULTS) {
      if (fault.host || then.host) continue;
      const protocol = fault.needsHttp2 || then.needsHttp2 ? PROTOCOLS[1] : PROTOCOLS[0];
      cells.push({ operation, fault, then, when: /** @type {const} */ ('first'), protocol });
    }
  }
  return cells.map((cell, index) => ({ index: from + index, ...cell }));
}

/** What goes wrong in our own process, over HTTP/2 where X is asked. @param {number} from @returns {Cell[]} */
function inProcess(from) {
  const cells = [];
  for (const operation of OPERATIONS) {
    for (const fault of PROCESS_FAULTS) {
      if (fault.only && !fault.only.includes(operation.id)) continue;
      cells.push({ operation, fault, when: /** @type {const} */ ('first'), protocol: PROTOCOLS[1] });
    }
  }
  return cells.map((cell, index) => ({ index: from + index, ...cell }));
}

/** @returns {Cell[]} */
function whole() {
  const one = single();
  const two = pairs(one.length);
  return [...one, ...two, ...inProcess(one.length + two.length)];
}

/**
 * The part that every run of the tests takes: each operation with each fault once, alternating between the protocols
 * and between once and every time; of the pairs every twelfth; and all that can go wrong in our own process.
 * @returns {Cell[]}
 */
function representative() {
  const operations = new Map(OPERATIONS.map((operation, index) => [operation, index]));
  const faults = new Map(FAULTS.map((fault, index) => [fault, index]));
  return whole().filter(({ operation, fault, then, when, protocol, index }) => {
    if (fault.group === 'process') return true;
    if (then) return index % 12 === 0;
    const place = (operations.get(operation) ?? 0) + (faults.get(fault) ?? 0);
    const wanted = place % 2 === 0 || fault.host ? 'first' : 'every';
    const preferred = PROTOCOLS[(place >> 1) % 2];
    const spoken = isPossible(operation, fault, preferred) ? preferred : PROTOCOLS[preferred === PROTOCOLS[0] ? 1 : 0];
    return when === wanted && protocol === spoken;
  });
}

/**
 * In another order for each seed, so that cells meet other neighbours.
 * @param {Cell[]} cells @param {number} seed
 */
function shuffled(cells, seed) {
  const order = new Map(
    cells.map((cell) => [cell, createHash('sha256').update(`${seed} ${cell.index}`).digest('hex')]),
  );
  return [...cells].sort((one, other) => ((order.get(one) ?? '') < (order.get(other) ?? '') ? -1 : 1));
}

/** What one of several workers takes. @param {Cell[]} cells @param {number} shard @param {number} of */
const share = (cells, shard, of) => cells.filter((_, place) => place % of === shard);

module.exports = { representative, share, shuffled, whole };
