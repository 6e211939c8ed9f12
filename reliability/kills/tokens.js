'use strict';

const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { startSandbox } = require('../../sandbox/index.js');

const PROCESSES = 8;
/** A process is killed at every so many-th expiry, where any are killed at all. */
const KILL_EVERY = 10;
const ACCESS_TOKEN_LIFE_MS = 7_200_000;
/** A mark of this age was left by a process that is gone. */
const STALE_MS = 31_000;

/** The row that the processes share, with compare-and-set, and the processes. */
class Fleet {
  /** @type {import('node:child_process').ChildProcess[]} */
  processes = [];
  stores = 0;
  /** @type {((child: import('node:child_process').ChildProcess, next: any) => boolean) | null} says whether to kill who stores */
  onStore = null;

  /** @param {import('../../sandbox/index.js').Sandbox} sandbox */
  constructor(sandbox) {
    const { oauth2 } = sandbox.seedUser();
    this.sandbox = sandbox;
    this.row = {
      accessToken: oauth2.accessToken,
      refreshToken: oauth2.refreshToken,
      expiresAt: Date.now(),
      version: 1,
    };
    this.config = {
      clientId: sandbox.env.X_CLIENT_ID,
      clientSecret: sandbox.env.X_CLIENT_SECRET,
      client: { apiBaseUrl: sandbox.url },
    };
  }

  async begin() {
    const child = fork(join(__dirname, 'programs', 'token-user.cjs'), [JSON.stringify(this.config)]);
    child.on('message', (message) => this.#serve(child, message));
    this.processes.push(child);
    await once(child, 'message');
  }

  /** @param {import('node:child_process').ChildProcess} child @param {any} message */
  #serve(child, { id, method, args }) {
    if (method === 'load') child.send({ id, answer: { ...this.row } });
    if (method !== 'store') return;
    const [next, expectedVersion] = args;
    const isCurrent = this.row.version === expectedVersion;
    if (isCurrent) this.row = { ...next, version: expectedVersion + 1 };
    if (isCurrent && this.onStore?.(child, next)) {
      child.kill('SIGKILL');
      return;
    }
    if (child.connected) child.send({ id, answer: isCurrent });
  }

  /** Lets the access token expire at X, which the processes learn when it is refused. */
  expire() {
    this.sandbox.clock.advance(ACCESS_TOKEN_LIFE_MS);
  }

  /** Who left a mark is gone since long. */
  age() {
    const { refreshingSince } = /** @type {any} */ (this.row);
    if (refreshingSince)
      this.row = /** @type {any} */ ({
        ...this.row,
        refreshingSince: refreshingSince - STALE_MS,
        version: this.row.version + 1,
      });
  }

  /** What all processes get that live, when they ask at once. @param {number} round */
  async all(round) {
    return Promise.all(this.processes.map((child) => this.#one(child, round)));
  }

  /** @param {import('node:child_process').ChildProcess} child @param {number} round */
  #one(child, round) {
    return new Promise((resolve) => {
      const end = (/** @type {object} */ answer) => {
        child.off('message', listen).off('exit', died);
        resolve(answer);
      };
      const listen = (/** @type {any} */ message) => message.got === round && end(message);
      const died = () => {
        this.age();
        end({ killed: true });
      };
      child.on('message', listen).once('exit', died);
      child.send({ get: round });
    });
  }

  async replaceDead() {
    this.processes = this.processes.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    while (this.processes.length < PROCESSES) await this.begin();
  }

  end() {
    for (const child of this.processes) child.kill();
  }
}

/**
 * Lets the tokens of one account expire again and again while eight processes use them.
 * @param {{ expiries: number, withKills: boolean }} how
 */
async function sharedTokens({ expiries, withKills }) {
  const sandbox = await startSandbox({ rateLimits: false });
  const shared = new Fleet(sandbox);
  const violations = [];
  try {
    await shared.replaceDead();
    for (let round = 1; round <= expiries; round++) {
      const before = sandbox.ledger.requests({ endpoint: 'token' }).length;
      shared.expire();
      shared.onStore = withKills && round % KILL_EVERY === 0 ? onceAt((round / KILL_EVERY) % 2) : null;
      const answers = await shared.all(round);
      const refreshes = sandbox.ledger.requests({ endpoint: 'token' }).length - before;
      if (refreshes !== 1) violations.push(`I5: ${refreshes} refreshes at expiry ${round}`);
      const failed = answers.find(({ error }) => error);
      if (failed) violations.push(`I5: at expiry ${round}: ${failed.error} ${failed.message}`);
      const tokens = new Set(answers.filter(({ token }) => token).map(({ token }) => token));
      if (tokens.size !== 1 || !tokens.has(shared.row.accessToken))
        violations.push(`I5: not what is stored, at expiry ${round}`);
      await shared.replaceDead();
    }
    const latest = sandbox.ledger.tokens().at(-1);
    if (latest.refreshToken !== shared.row.refreshToken || latest.family.revoked)
      violations.push('I5: the stored token is not the latest');
  } finally {
    shared.end();
    await sandbox.close();
  }
  const name = `${PROCESSES} processes, ${expiries} expiries${withKills ? ', with kills' : ''}`;
  return { name, violations, checked: 3 * expiries };
}

/** Kills who stores, once: the mark (0), before anything is asked of X, or the new tokens (1), before anything uses them. @param {number} which */
function onceAt(which) {
  let isDone = false;
  return (/** @type {unknown} */ _child, /** @type {any} */ next) => {
    const isWanted = !isDone && (which === 0) === (next.refreshingSince !== undefined);
    isDone ||= isWanted;
    return isWanted;
  };
}

module.exports = { sharedTokens };
