'use strict';

const { hostname } = require('node:os');
const { setTimeout: wait } = require('node:timers/promises');
const { CliError, EXIT } = require('./failure.js');
const { VersionedText } = require('./versions.js');

const LOOK_AGAIN_MS = 40;
const ADVICE = 'Keep the credentials in a folder where this user may write: --credentials FILE names another one.';

/**
 * Waits for a lock among this machine's processes. One whose holder died, or held it for too long, is free.
 * @param {string} folder the lock
 * @param {{ holdMs: number, waitMs: number, signal?: AbortSignal }} limits
 * @returns {Promise<() => void>} releases it
 */
async function lock(folder, { holdMs, waitMs, signal }) {
  const row = new VersionedText(folder, ADVICE);
  const until = performance.now() + waitMs;
  for (;;) {
    const found = row.load();
    const mine = JSON.stringify({ pid: process.pid, host: hostname(), until: Date.now() + holdMs });
    if (isFree(found?.text) && row.store(mine, found?.version)) {
      return () => {
        row.store('{}', (found?.version ?? 0) + 1);
      };
    }
    if (performance.now() > until) {
      throw new CliError('IN_PROGRESS', `Another process holds ${folder}. Try again in a moment.`, EXIT.later);
    }
    await wait(LOOK_AGAIN_MS, undefined, { signal });
  }
}

/** @param {string | undefined} text */
function isFree(text) {
  if (text === undefined) return true;
  try {
    const { pid, host, until } = JSON.parse(text);
    if (typeof until !== 'number' || until < Date.now()) return true;
    return host === hostname() && !isAlive(pid);
  } catch {
    return true;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to another user, so it lives.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

module.exports = { lock };
