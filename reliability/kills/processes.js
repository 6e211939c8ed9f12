'use strict';

const { fork } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Short, so that a test need not wait long for that of a process that was killed. */
const LEASE_MS = 1500;

/** Processes that publish intents whose rows lie in one folder. */
class Processes {
  /** @param {import('../../sandbox/index.js').Sandbox} sandbox @param {any} user */
  constructor(sandbox, user) {
    this.folder = mkdtempSync(join(tmpdir(), 'twitter-native-intents-'));
    this.job = {
      folder: this.folder,
      token: user.oauth2.accessToken,
      leaseMs: LEASE_MS,
      options: {
        timeoutMs: 60_000,
        reconcile: { scheduleMs: [1, 10, 20] },
        client: { apiBaseUrl: sandbox.url, retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } },
      },
    };
    /** @type {Set<import('node:child_process').ChildProcess>} */
    this.living = new Set();
  }

  /**
   * Begins a process. What it reports is collected; `ended` settles when it is gone.
   * @param {Array<{ name: string, content: any, media?: string }>} intents
   * @param {any} [changes] to the job
   */
  begin(intents, { options, ...changes } = {}) {
    const job = { ...this.job, ...changes, intents, options: { ...this.job.options, ...options } };
    const child = fork(join(__dirname, 'programs', 'intent.cjs'), [JSON.stringify(job)]);
    this.living.add(child);
    /** @type {any[]} */
    const messages = [];
    child.on('message', (message) => messages.push(message));
    const ended = once(child, 'exit').then(() => {
      this.living.delete(child);
      return messages.filter(({ end }) => !end);
    });
    return { child, messages, ended };
  }

  /** Begins a process for one intent and gives what came of it. @param {{ name: string, content: any, media?: string }} intent @param {any} [changes] */
  async one(intent, changes) {
    const [outcome] = await this.begin([intent], changes).ended;
    return outcome;
  }

  end() {
    for (const child of this.living) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true });
  }
}

module.exports = { Processes };
