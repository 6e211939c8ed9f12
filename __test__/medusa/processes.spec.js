'use strict';

const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { useSandbox } = require('../support/harness.js');
const { useDatabase } = require('./database.js');

const context = useSandbox();
const database = useDatabase();
const sent = () => context.sandbox.ledger.requests({ endpoint: 'createTweet' });
const posts = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);
/** @type {Set<import('node:child_process').ChildProcess>} */
const living = new Set();

afterEach(() => {
  for (const child of living) child.kill('SIGKILL');
});

/** Short, so that a test need not wait long for that of a process that was killed. */
const LEASE_MS = 1500;

/** Begins a process of the backend; `ended` gives what it reported. */
function begin({ leaseMs, ...job }) {
  const options = {
    ...(leaseMs ? { leaseMs } : {}),
    reconcile: { scheduleMs: [1, 10, 20] },
    client: { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } },
  };
  const whole = { url: database.url, token: context.user.oauth2.accessToken, options, ...job };
  const application = join(__dirname, '../../medusa');
  const child = fork(join(__dirname, 'programs/publisher.cjs'), [JSON.stringify(whole)], {
    cwd: application,
    env: { ...process.env },
  });
  living.add(child);
  const messages = [];
  child.on('message', (message) => messages.push(message));
  const ended = once(child, 'exit').then(() => {
    living.delete(child);
    return messages;
  });
  return { child, ended };
}

const PLACES = [
  ['a text column', { column: 'twitter_intent' }],
  ['a key of a JSON column', { column: 'insights', key: 'twitter' }],
];

describe.each(PLACES)('with the state in %s', (name, place) => {
  const newRow = async () => ({ table: 'social_post', id: await database.insert('social_post'), ...place });

  test('many clicks in two processes are one post', async () => {
    const job = { row: await newRow(), content: { text: `Many clicks: ${name}` }, clicks: 10, untilOver: true };
    const outcomes = (await Promise.all([begin(job).ended, begin(job).ended])).flat();
    expect(outcomes).toHaveLength(20);
    const [{ id }] = posts(job.content.text);
    expect(outcomes.map((outcome) => outcome.tweetId ?? outcome)).toEqual(Array(20).fill(id));
    expect(posts(job.content.text)).toHaveLength(1);
    expect(sent()).toHaveLength(1);
  });

  test('a process that is killed while the answer is awaited is followed by a click that finds the post', async () => {
    const job = {
      row: await newRow(),
      content: { text: `Killed, then clicked: ${name}` },
      untilOver: true,
      leaseMs: LEASE_MS,
    };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenHang' }, times: 1 });
    const { child, ended } = begin(job);
    await context.sandbox.ledger.waitFor(() => posts(job.content.text).length === 1);
    child.kill('SIGKILL');
    await ended;
    const [outcome] = await begin(job).ended;
    expect(outcome).toEqual({ tweetId: posts(job.content.text)[0].id, reconciled: true });
    expect(sent()).toHaveLength(1);
  });

  test('a process that is killed is followed by a job that finds the post', async () => {
    const job = { row: await newRow(), content: { text: `Killed, then resumed: ${name}` }, leaseMs: LEASE_MS };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenHang' }, times: 1 });
    const { child, ended } = begin(job);
    await context.sandbox.ledger.waitFor(() => posts(job.content.text).length === 1);
    child.kill('SIGKILL');
    await ended;
    const { table, id, ...at } = job.row;
    const resume = () => begin({ ...job, resume: { table, ...at } }).ended;
    let [outcome] = await resume();
    // As long as its lease lasts, nobody knows that its process is gone.
    while (outcome.outcome === 'in_progress') [outcome] = await resume();
    expect(outcome).toEqual({ id, outcome: 'published', tweetId: posts(job.content.text)[0].id });
    expect(sent()).toHaveLength(1);
    expect(await resume()).toEqual([]);
  });
});

test('five processes at an expired token refresh it once', async () => {
  const { accessToken, refreshToken } = context.sandbox.seedUser().oauth2;
  const platform = await database.insert('social_platform', {
    api_config: {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: 7200,
      retrieved_at: new Date(Date.now() - 7_300_000).toISOString(),
    },
  });
  const words = ['walnut', 'harbor', 'tulip', 'anvil', 'comet'];
  const jobs = await Promise.all(
    words.map(async (word) => ({
      row: { table: 'social_post', id: await database.insert('social_post'), column: 'twitter_intent' },
      content: { text: `Five processes at an expired token: ${word}` },
      platform,
    })),
  );
  const outcomes = (await Promise.all(jobs.map((job) => begin(job).ended))).flat();
  expect(outcomes).toEqual(Array(5).fill({ tweetId: expect.any(String), reconciled: false }));
  for (const { content } of jobs) expect(posts(content.text)).toHaveLength(1);
  expect(context.sandbox.ledger.requests({ endpoint: 'token' })).toHaveLength(1);
});
