'use strict';

const { fork } = require('node:child_process');
const { once } = require('node:events');
const { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');
const { describeMedia, startSandbox } = require('../../sandbox/index.js');
const { hurry } = require('../../__test__/support/hurry.js');

const SEGMENT_BYTES = 30_000;

/** @typedef {import('../../sandbox/index.js').Sandbox} Sandbox */

/** @param {Sandbox} sandbox @param {string} endpoint @param {number} [count] */
const seen = ({ ledger }, endpoint, count = 1) => ledger.waitFor(() => ledger.requests({ endpoint }).length >= count);

/** @param {Sandbox} sandbox @param {string} endpoint */
const answered = ({ ledger }, endpoint) =>
  ledger.waitFor(() => ledger.requests({ endpoint }).some(({ status }) => status !== null));

/** @param {import('node:child_process').ChildProcess} child */
const held = (child) => once(child, 'message');

/**
 * When a process is killed.
 * @type {Array<{ id: string, holdAt?: { before?: string, after?: string }, fault?: object, when: (sandbox: Sandbox, child: import('node:child_process').ChildProcess, seed: number) => Promise<unknown> }>}
 */
const POINTS = [
  { id: 'INIT is answered', when: (sandbox) => answered(sandbox, 'initializeUpload') },
  { id: 'APPENDs are under way', when: (sandbox, _child, seed) => seen(sandbox, 'appendUpload', 1 + (seed % 4)) },
  { id: 'FINALIZE is sent', when: (sandbox) => seen(sandbox, 'finalizeUpload') },
  { id: 'X processes the medium', when: (sandbox) => seen(sandbox, 'mediaStatus') },
  { id: 'armed, and nothing is sent', holdAt: { after: 'ARMED' }, when: (_sandbox, child) => held(child) },
  {
    id: 'the post is sent',
    fault: { endpoint: 'createTweet', fault: { kind: 'commitThenHang' }, times: 1 },
    when: ({ ledger }) => ledger.waitFor(() => ledger.tweets().length === 1),
  },
  { id: 'the answer is in, and not kept', holdAt: { before: 'PUBLISHED' }, when: (_sandbox, child) => held(child) },
];

/** @param {number} seed */
async function mediumOf(seed) {
  const chunks = [];
  const bytes = SEGMENT_BYTES * (4 + (seed % 5)) - seed;
  for await (const chunk of describeMedia({ kind: 'mp4', bytes, durationMs: 2000, seed }).read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @param {object} job */
const begin = (job) => fork(join(__dirname, 'programs', 'publisher.cjs'), [JSON.stringify(job)]);

/**
 * Kills a process that publishes, and lets another go on.
 * @param {typeof POINTS[number]} point @param {number} seed
 */
async function killAt(point, seed) {
  const sandbox = await startSandbox({
    tls: true,
    http2: seed % 2 === 0,
    rateLimits: false,
    allowDuplicates: true,
    processingMs: 200,
    checkAfterSecs: 0,
  });
  const folder = mkdtempSync(join(tmpdir(), 'twitter-native-kill-'));
  const end = new AbortController();
  try {
    const user = sandbox.seedUser();
    const media = join(folder, 'medium');
    writeFileSync(media, await mediumOf(seed));
    const job = {
      content: { text: `Killed: ${point.id}, ${seed}` },
      media,
      credentials: user.oauth1Credentials,
      file: join(folder, 'checkpoint'),
      holdAt: point.holdAt ?? {},
      options: {
        timeoutMs: 20_000,
        onUnknown: 'retry',
        reconcile: { scheduleMs: [1, 10, 20] },
        client: {
          apiBaseUrl: sandbox.url,
          caCertificates: [sandbox.caCertificate],
          upload: { segmentBytes: SEGMENT_BYTES, concurrency: 2 },
        },
      },
    };
    if (point.fault) sandbox.faults.add(/** @type {any} */ (point.fault));
    const child = begin(job);
    const ended = once(child, 'exit');
    const isMet = await Promise.race([point.when(sandbox, child, seed).then(() => true), ended.then(() => false)]);
    if (!isMet) return ['it ended before it could be killed'];
    await wait((seed * 7919) % 4);
    child.kill('SIGKILL');
    await ended;
    sandbox.faults.clear();
    hurry(sandbox, end.signal);
    const second = begin({ ...job, holdAt: {} });
    const [outcome] = await once(second, 'message');
    await once(second, 'exit');
    return judge(sandbox, job, /** @type {any} */ (outcome), user);
  } finally {
    end.abort();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

/** @param {Sandbox} sandbox @param {any} job @param {{ tweetId?: string, error?: any }} outcome @param {any} user */
function judge(sandbox, { file, content }, { tweetId, error }, user) {
  const violations = [];
  const tweets = sandbox.ledger.tweets();
  if (tweets.length !== 1) violations.push(`I1: ${tweets.length} posts`);
  if (error) violations.push(`I3: it could not go on: ${JSON.stringify(error)}`);
  else if (tweets[0]?.id !== tweetId || tweets[0]?.text !== content.text) violations.push('I3: it is not there');
  for (const media of sandbox.ledger.media()) {
    const again = [...media.segments.values()].reduce((sum, { times }) => sum + times - 1, 0);
    if (again > 1 || media.conflicts > 0) violations.push(`I4: ${again} segments were sent again`);
  }
  const early = sandbox.ledger.requests({ endpoint: 'finalizeUpload', status: 400 });
  if (early.length > 0) violations.push('I4: FINALIZE came before its segments');
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const { apiSecret, accessTokenSecret } = user.oauth1Credentials;
  for (const secret of [apiSecret, accessTokenSecret]) {
    if (kept.includes(secret.slice(0, 12))) violations.push('I7: a secret is in the checkpoint');
  }
  return violations;
}

/**
 * Kills at each point, once per seed.
 * @param {number[]} seeds
 */
async function killedPublishes(seeds) {
  const rows = [];
  for (const point of POINTS) {
    for (const seed of seeds) {
      rows.push({ name: `kill -9: ${point.id}`, seed, violations: await killAt(point, seed), checked: 4 });
    }
  }
  return rows;
}

module.exports = { killedPublishes };
