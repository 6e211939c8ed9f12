'use strict';

const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { describeMedia, startSandbox } = require('twitter-native-sandbox');
const { Processes } = require('../reliability/kills/processes.js');

jest.setTimeout(120_000);

/** @type {any} */
let sandbox;
/** @type {Processes} */
let processes;
/** @type {any} */
let user;

beforeEach(async () => {
  sandbox = await startSandbox({ rateLimits: false, processingMs: 200, checkAfterSecs: 0 });
  user = sandbox.seedUser();
  processes = new Processes(sandbox, user);
});

afterEach(async () => {
  processes.end();
  await sandbox.close();
});

const posts = () => sandbox.ledger.tweets();
const requestsTo = (endpoint) => sandbox.ledger.requests({ endpoint });

/** A video of this size, in a file. @param {number} bytes */
async function videoFile(bytes) {
  const chunks = [];
  for await (const chunk of describeMedia({ kind: 'mp4', bytes, durationMs: 2000, seed: 5 }).read()) chunks.push(chunk);
  const path = join(processes.folder, 'video');
  writeFileSync(path, Buffer.concat(chunks));
  return path;
}

test('twice in turn is one post, with one result', async () => {
  const intent = { name: 'turn', content: { text: 'Twice in turn' } };
  const first = await processes.one(intent);
  const second = await processes.one(intent);
  expect(posts()).toHaveLength(1);
  for (const { tweetId } of [first, second]) expect(tweetId).toBe(posts()[0].id);
  expect(requestsTo('createTweet')).toHaveLength(1);
});

test('three at once are one post', async () => {
  const intent = { name: 'clicks', content: { text: 'Three at once' } };
  const outcomes = await Promise.all([1, 2, 3].map(() => processes.one(intent, { untilOver: true })));
  expect(posts()).toHaveLength(1);
  expect(outcomes.map(({ tweetId }) => tweetId)).toEqual(Array(3).fill(posts()[0].id));
  expect(requestsTo('createTweet')).toHaveLength(1);
});

test('a process that is killed while the answer is awaited is followed by one that finds the post', async () => {
  const intent = { name: 'killed', content: { text: 'Killed while the answer is awaited' } };
  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenHang' }, times: 1 });
  const { child, ended } = processes.begin([intent]);
  await sandbox.ledger.waitFor(() => posts().length === 1);
  child.kill('SIGKILL');
  await ended;
  const outcome = await processes.one(intent, { untilOver: true });
  expect(outcome).toEqual({ name: 'killed', tweetId: posts()[0].id, reconciled: true });
  expect(posts()).toHaveLength(1);
  expect(requestsTo('createTweet')).toHaveLength(1);
});

test('a process that is killed in a 40 MB video is followed by one that goes on with the same upload', async () => {
  const media = await videoFile(40_000_000);
  const intent = { name: 'video', content: { text: 'Killed in a video' }, media };
  const segments = { options: { client: { ...processes.job.options.client, upload: { segmentBytes: 1_000_000 } } } };
  const { child, ended } = processes.begin([intent], segments);
  await sandbox.ledger.waitFor(() => requestsTo('appendUpload').length >= 12);
  child.kill('SIGKILL');
  await ended;
  const outcome = await processes.one(intent, { ...segments, untilOver: true });
  expect(outcome).toMatchObject({ tweetId: posts()[0]?.id });
  expect(posts()).toHaveLength(1);
  expect(requestsTo('initializeUpload')).toHaveLength(1);
  expect(requestsTo('finalizeUpload')).toHaveLength(1);
  const [medium] = sandbox.ledger.media();
  const again = [...medium.segments.values()].reduce((sum, { times }) => sum + times - 1, 0);
  expect(again).toBeLessThanOrEqual(1);
});

test('a lost answer without a post stays unknown, whoever calls', async () => {
  const intent = { name: 'absent', content: { text: 'Lost, and not there' } };
  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
  for (let call = 0; call < 3; call++) {
    const outcome = await processes.one(intent);
    expect(outcome.error?.code).toBe('UNKNOWN_OUTCOME');
  }
  expect(posts()).toHaveLength(0);
  expect(requestsTo('createTweet')).toHaveLength(1);
});

test('a lease lasts as long as X works on a video, and another call says that it is being published', async () => {
  const media = await videoFile(2_000_000);
  const intent = { name: 'slow', content: { text: 'X takes its time' }, media };
  const working = {
    kind: 'status',
    status: 200,
    body: { data: { id: '1', processing_info: { state: 'in_progress', check_after_secs: 1 } } },
  };
  const slow = sandbox.faults.add({ endpoint: 'mediaStatus', fault: working, times: 4 });
  const { ended } = processes.begin([intent]);
  await sandbox.ledger.waitFor(() => requestsTo('mediaStatus').length >= 1);
  const other = await processes.one(intent);
  expect(other.error?.code).toBe('IN_PROGRESS');
  await sandbox.ledger.waitFor(() => requestsTo('mediaStatus').length >= 4);
  // The lease that was first taken is over by now.
  expect((await processes.one(intent)).error?.code).toBe('IN_PROGRESS');
  const [outcome] = await ended;
  expect(outcome).toMatchObject({ tweetId: posts()[0].id });
  expect(slow.hits).toBe(4);
  expect(posts()).toHaveLength(1);
  expect(requestsTo('initializeUpload')).toHaveLength(1);
});

test('many intents, several processes and kills are one post each', async () => {
  const { fleet } = require('../reliability/kills/intents.js');
  const { violations } = await fleet({ sandbox, processes, intents: 60, atOnce: 3, kills: 6, seed: 11 });
  expect(violations).toEqual([]);
});
