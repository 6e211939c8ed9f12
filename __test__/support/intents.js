'use strict';

const { createHash } = require('node:crypto');
const { EventEmitter, once } = require('node:events');
const { PublishIntent } = require('twitter-native');

/**
 * A row in memory, with a compare-and-set as a database has it, and an intent in it.
 * @param {{ leaseMs?: number, state?: string }} [options]
 */
function rowInMemory({ leaseMs, state } = {}) {
  const changes = new EventEmitter();
  const row = {
    state,
    version: /** @type {number | undefined} */ (state === undefined ? undefined : 1),
    writes: /** @type {string[]} */ ([]),
    loads: 0,
    /** The first state that was or will be written of which this is true. @param {(state: string) => boolean} isMeant */
    async written(isMeant) {
      for (;;) {
        const found = row.writes.find(isMeant);
        if (found !== undefined) return found;
        await once(changes, 'write');
      }
    },
  };
  const load = async () => {
    row.loads += 1;
    return row.version === undefined ? undefined : { state: row.state, version: row.version };
  };
  const store = async (/** @type {string} */ next, /** @type {unknown} */ expected) => {
    if (expected !== row.version) return false;
    row.state = next;
    row.version = (row.version ?? 0) + 1;
    row.writes.push(next);
    changes.emit('write');
    return true;
  };
  const open = (/** @type {object} */ changes = {}) => new PublishIntent({ load, store, leaseMs, ...changes });
  return { row, load, store, open };
}

/**
 * A row or a checkpoint with other values, sealed as the addon seals it.
 * @param {string} text @param {(name: string, value: any) => unknown} change
 */
function resealed(text, change) {
  const { checksum, marks, ...body } = JSON.parse(text, change);
  const sum = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, checksum.length);
  return JSON.stringify({ ...body, checksum: sum });
}

/**
 * A row as it would be if its post had been sent that much earlier: what waits for the time needs no waiting then.
 * @param {string} state @param {number} ms
 */
function aged(state, ms) {
  return resealed(state, (name, value) => (name === 'armedAt' || name === 'since' ? value - ms : value));
}

module.exports = { aged, resealed, rowInMemory };
