'use strict';

const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { startSandbox } = require('../../sandbox/index.js');
const { arm } = require('./faults.js');
const { randomFrom } = require('../../__test__/support/random.js');
const { Tally, committedIn } = require('./tally.js');

/** Who publishes: one account alone would have a timeline that takes long to read. */
const USERS = 50;
/** glibc gives threads an arena each, whose unequal filling looks like growth. */
const ALLOCATOR = { MALLOC_ARENA_MAX: '2' };
/** What is still under way ends within this time: no call may take as long. */
const QUIET_MS = 90_000;

/** Where a worker's call is held, by its kind. @type {Record<string, { endpoint: string, fault: any } | undefined>} */
const HOLDS = {
  createTweet: { endpoint: 'createTweet', fault: { kind: 'commitThenHang' } },
  publish: { endpoint: 'source', fault: { kind: 'hang' } },
  manager: { endpoint: 'token', fault: { kind: 'hang' } },
  profile: { endpoint: 'me', fault: { kind: 'hang' } },
};

/** Has the sandbox, which the process under test is not to grow by, and keeps the accounts of the run. */
class Host {
  tally = new Tally();
  /** @type {import('./gates.js').Sample[]} */
  samples = [];
  /** @type {string[]} */
  stray = [];
  workers = { wanted: 0, ended: 0 };
  clients = { wanted: 0, made: 0 };
  #met = () => 0;

  /** @param {import('../../sandbox/index.js').Sandbox} sandbox @param {number} seed */
  constructor(sandbox, seed) {
    this.sandbox = sandbox;
    this.random = randomFrom(seed);
  }

  /** Puts faults in the way of the publishes that come. @param {number} publishes */
  async arm(publishes) {
    this.sandbox.faults.clear();
    this.#met = arm(this.sandbox, publishes, this.random);
  }

  /** Leaves a worker's request without an answer; is over when that has come. @param {string} call */
  async hold(call) {
    const { faults, ledger } = this.sandbox;
    faults.clear();
    ledger.clear();
    const rule = HOLDS[call];
    if (!rule) return;
    faults.add(rule);
    const { endpoint } = rule;
    await ledger.waitFor(() => ledger.requests({ endpoint }).length > 0);
  }

  /** The worker is gone: nobody awaits what its call gets. */
  async release() {
    this.sandbox.faults.clear();
    this.sandbox.door.drop();
  }

  /** A round is over. @param {any} round */
  async settle({ outcomes, ended, clients, isWarm }) {
    const committed = committedIn(this.sandbox.ledger);
    const tally = isWarm ? this.tally : new Tally();
    tally.judge(outcomes, committed);
    if (isWarm) {
      tally.faults += this.#met();
      this.workers.ended += ended;
      this.clients.made += clients;
    } else this.tally.violations.push(...tally.violations);
    this.sandbox.faults.clear();
    await this.#becomeQuiet();
    this.sandbox.ledger.clear();
  }

  /** Lets what is under way end, and then all connections. */
  async #becomeQuiet() {
    const { door, ledger } = this.sandbox;
    const isQuiet = () => ledger.requests({ status: null, aborted: false }).length === 0;
    const signal = AbortSignal.timeout(QUIET_MS);
    await ledger.waitFor(isQuiet, { signal }).catch(() => this.stray.push('a request was still under way'));
    door.drop();
  }

  /** @param {import('./gates.js').Sample} sample */
  async sample(sample) {
    this.samples.push(sample);
    this.onSample?.(sample);
  }

  /** @type {((sample: import('./gates.js').Sample) => void) | undefined} */
  onSample;
}

/**
 * Runs the process under test to its end.
 * @param {{ size: import('./plan.js').Size, seed: number, env?: NodeJS.ProcessEnv, onSample: (sample: import('./gates.js').Sample) => void }} how
 * @returns {Promise<import('./gates.js').Run>}
 */
async function soak({ size, seed, env, onSample }) {
  const sandbox = await startSandbox({
    rateLimits: false,
    // X's own check for duplicates would hide ours that fails.
    allowDuplicates: true,
    processingMs: 10,
    checkAfterSecs: 0,
    accessTokenLifeMs: 86_400_000,
  });
  const host = new Host(sandbox, seed);
  host.onSample = onSample;
  host.workers.wanted = size.workers;
  host.clients.wanted = size.clients;
  try {
    await runChild(host, { size, seed }, env);
    host.tally.judgeAtMostOnce(committedIn(sandbox.ledger));
    return host;
  } finally {
    await sandbox.close();
  }
}

/** @param {any} host @param {object} job @param {NodeJS.ProcessEnv} [extra] */
async function runChild(host, job, extra = {}) {
  const { env, url, seedUser } = host.sandbox;
  const app = { clientId: env.X_CLIENT_ID, clientSecret: env.X_CLIENT_SECRET };
  const users = Array.from({ length: USERS }, () => seedUser());
  const child = fork(join(__dirname, 'programs', 'publisher.cjs'), [JSON.stringify({ ...job, users, app, url })], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, ...env, ...ALLOCATOR, ...extra },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => host.stray.push(`stderr: ${text.trim()}`));
  child.on('message', async (/** @type {any} */ { id, method, args, stray }) => {
    if (stray) host.stray.push(stray);
    if (!method) return;
    const answer = await host[method](...args);
    if (child.connected) child.send({ id, answer });
  });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) host.stray.push(`it ended with ${signal ?? code}`);
}

module.exports = { soak };
