'use strict';

const { pbkdf2 } = require('node:crypto');
const { readdirSync } = require('node:fs');
const { setImmediate: turn, setTimeout: wait } = require('node:timers/promises');
const { promisify } = require('node:util');
const { resident } = require('../../__test__/support/resident.js');

const hasProc = process.platform === 'linux';
/** Node's pool has 4 threads unless it is told otherwise. */
const POOL_SIZE = 4;

/** Lets Node start all threads of its pool, which it does when there is work for them. */
async function warmPool() {
  const derive = promisify(pbkdf2);
  await Promise.all(Array.from({ length: 2 * POOL_SIZE }, () => derive('warm', 'salt', 10_000, 32, 'sha256')));
}

/** The runtime keeps a thread for work that blocks, such as reading a file, for 10 s after its last use. */
const IDLE_THREAD_MS = 11_000;

/** Lets what is kept for a while only go, so that what is held before and after a run can be compared. */
const rest = () => wait(IDLE_THREAD_MS);

/** What the process holds, when all garbage is gone. */
async function sample() {
  // Finalizers run after a collection, and let go of more.
  for (let pass = 0; pass < 3; pass++) {
    global.gc?.();
    await turn();
  }
  return {
    resident: resident(),
    heap: process.memoryUsage().heapUsed,
    descriptors: hasProc ? readdirSync('/proc/self/fd').length : null,
    threads: hasProc ? readdirSync('/proc/self/task').length : null,
  };
}

module.exports = { rest, sample, warmPool };
