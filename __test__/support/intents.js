'use strict';

const { PublishIntent } = require('twitter-native');

/**
 * A row in memory, with a compare-and-set as a database has it, and an intent in it.
 * @param {{ leaseMs?: number, state?: string }} [options]
 */
function rowInMemory({ leaseMs, state } = {}) {
  /** @type {{ state: string | undefined, version: number | undefined, writes: string[], loads: number }} */
  const row = { state, version: state === undefined ? undefined : 1, writes: [], loads: 0 };
  const load = async () => {
    row.loads += 1;
    return row.version === undefined ? undefined : { state: row.state, version: row.version };
  };
  const store = async (/** @type {string} */ next, /** @type {unknown} */ expected) => {
    if (expected !== row.version) return false;
    row.state = next;
    row.version = (row.version ?? 0) + 1;
    row.writes.push(next);
    return true;
  };
  const open = (/** @type {object} */ changes = {}) => new PublishIntent({ load, store, leaseMs, ...changes });
  return { row, load, store, open };
}

module.exports = { rowInMemory };
