'use strict';

const { createTweet } = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { randomFrom } = require('./support/random.js');

// All of one account's, and more than X takes of one in 15 minutes.
const context = useSandbox({ rateLimits: false });
const token = () => context.user.oauth2.accessToken;
const PAGE = 100;

const random = randomFrom(12);
/** Words that nothing else has: texts that are alike could not be told apart. */
function words() {
  const letter = () => String.fromCharCode(97 + Math.floor(random() * 26));
  const word = () => Array.from({ length: 7 }, letter).join('');
  return Array.from({ length: 8 }, word).join(' ');
}

/** Posts so many others, as somebody else does who has the account. @param {number} count */
async function postOthers(count) {
  const headers = { authorization: `Bearer ${token()}`, 'content-type': 'application/json' };
  for (let nth = 0; nth < count; nth += 1) {
    const answer = await fetch(`${context.sandbox.url}/2/tweets`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ text: words() }),
    });
    expect(answer.status).toBe(201);
    await answer.arrayBuffer();
  }
}

/** What the process left that died while its post was under way; the post exists. @param {string} text */
async function leftInDoubt(text) {
  const kept = keeper((state) => {
    if (state === 'PUBLISHED') throw new Error('dead');
  });
  const { id } = await createTweet({ text }, token(), kept);
  return { id, checkpoint: kept.last };
}

const reads = () => context.sandbox.ledger.requests({ endpoint: 'userTimeline' });

test('a post is found after the first page of the timeline', async () => {
  const text = words();
  const { id, checkpoint } = await leftInDoubt(text);
  await postOthers(PAGE);
  await expect(createTweet({ text }, token(), { checkpoint })).resolves.toMatchObject({ id });
  expect(reads()).toHaveLength(2);
  expect(context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text)).toHaveLength(1);
}, 60_000);

test('a post that two pages show, since somebody posted between them, is one post', async () => {
  await postOthers(3);
  const text = words();
  const { id, checkpoint } = await leftInDoubt(text);
  await postOthers(PAGE - 1);
  const next = context.sandbox.faults.add({ endpoint: 'userTimeline', attempt: 2, fault: { kind: 'gather' } });
  const found = createTweet({ text }, token(), { checkpoint });
  // The first page ends with it; the second one begins with it when there is one post more.
  await context.sandbox.ledger.waitFor(() => next.hits === 1);
  await postOthers(1);
  next.remove();
  await expect(found).resolves.toMatchObject({ id });
  expect(context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text)).toHaveLength(1);
}, 60_000);

test('of a timeline that never ends nothing is said to be absent', async () => {
  const text = words();
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
  const unseen = { onCheckpoint: () => {}, reconcile: { scheduleMs: [] } };
  const { checkpoint } = await rejectionOf(createTweet({ text }, token(), unseen));
  const { id: author_id } = context.user;
  const created_at = new Date().toISOString();
  const page = {
    data: [{ id: '20', text: words(), author_id, created_at }],
    meta: { result_count: 1, next_token: 'more' },
  };
  context.sandbox.faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 200, body: page } });
  const options = { checkpoint, onUnknown: 'retry', reconcile: { scheduleMs: [1] } };
  const error = await rejectionOf(createTweet({ text }, token(), options));
  expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', message: expect.stringMatching(/too long to be read/) });
  expect(context.sandbox.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(1);
});
