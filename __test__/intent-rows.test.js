'use strict';

const { PublishIntent } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { resealed, rowInMemory } = require('./support/intents.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
const client = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };
const soon = { client, reconcile: { scheduleMs: [1, 2, 3] } };
const posts = () => context.sandbox.ledger.requests({ endpoint: 'createTweet' });
const postsOf = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);

/** The row of a post that may exist. @param {string} text */
async function inDoubt(text) {
  const { open, row } = rowInMemory();
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
  const error = await rejectionOf(open().publish({ text }, token(), null, soon));
  expect(error.code).toBe('UNKNOWN_OUTCOME');
  context.sandbox.ledger.clear();
  return String(row.state);
}

/** The same row with other words in its failure, as another call leaves it. @param {string} state @param {string} words */
const withFailure = (state, words) => resealed(state, (name, value) => (name === 'message' ? words : value));

/**
 * A row that somebody else changes before each of the first writes.
 * @param {string} state @param {number} times
 */
function contested(state, times) {
  const memory = rowInMemory({ state });
  let writes = 0;
  const store = async (/** @type {string} */ next, /** @type {unknown} */ expected) => {
    writes += 1;
    if (writes <= times) await memory.store(withFailure(state, `Changed ${writes} times`), memory.row.version);
    return memory.store(next, expected);
  };
  return { row: memory.row, intent: new PublishIntent({ load: memory.load, store }), writes: () => writes };
}

test('a row in which nothing was written is new', async () => {
  await expect(rowInMemory().open().status()).resolves.toEqual({ state: 'new', inDoubt: false, published: [] });
});

describe('a row that others change while it is claimed', () => {
  test('is claimed all the same, if that ends', async () => {
    const { intent } = contested(await inDoubt('Claimed in the end'), 4);
    const error = await rejectionOf(intent.publish({ text: 'Claimed in the end' }, token(), null, soon));
    // It was looked for, so it was claimed.
    expect(error.code).toBe('UNKNOWN_OUTCOME');
  });

  test('is left to them after five writes, and nothing is sent', async () => {
    const { intent, writes } = contested(await inDoubt('Never claimed'), 1000);
    const error = await rejectionOf(intent.publish({ text: 'Never claimed' }, token(), null, soon));
    expect(error).toMatchObject({ code: 'IN_PROGRESS', retryable: true });
    expect(writes()).toBe(5);
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });
});

test('a row tells the posts that may be its own, and why', async () => {
  const { open } = rowInMemory();
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
  const text = 'One of two';
  // Both were created after the post was sent.
  const ids = [0, 1].map((nth) => String(BigInt(context.sandbox.clock.now() + 30_000 - 1288834974657 + nth) << 22n));
  const data = ids.map((id) => ({ id, text, author_id: context.user.id }));
  const fault = { kind: 'status', status: 200, body: { data, meta: { result_count: 2 } } };
  context.sandbox.faults.add({ endpoint: 'userTimeline', fault });
  const error = await rejectionOf(open().publish({ text }, token(), null, soon));
  expect(error.code).toBe('UNKNOWN_OUTCOME');
  const { candidates } = await open().status();
  expect(candidates.map(({ tweetId }) => tweetId)).toEqual(ids);
  for (const { tweetId, tweetUrl, why } of candidates) {
    expect(tweetUrl).toBe(`https://twitter.com/i/web/status/${tweetId}`);
    expect(why).toMatch(/equal to ours/);
  }
});

describe('a decision about a row that others change meanwhile', () => {
  test('is written all the same, if that ends', async () => {
    const { intent, row } = contested(await inDoubt('Settled in the end'), 1);
    await intent.settle({ tweetId: '1990000000000000002' });
    expect(JSON.parse(String(row.state)).intent.checkpoint.post).toMatchObject({ tweetId: '1990000000000000002' });
    await expect(intent.status()).resolves.toMatchObject({ state: 'published' });
  });

  test('is given up after five writes', async () => {
    const { intent, writes } = contested(await inDoubt('Never settled'), 1000);
    expect(await rejectionOf(intent.settle('check'))).toMatchObject({ code: 'IN_PROGRESS', retryable: true });
    expect(writes()).toBe(5);
    await expect(intent.status()).resolves.toMatchObject({ state: 'unknown' });
  });
});

test('a call that loses its row before the post is armed sends nothing, and says who has it', async () => {
  const memory = rowInMemory();
  const store = async (/** @type {string} */ next, /** @type {unknown} */ expected) => {
    if (next.includes('"ARMED"')) {
      const theirs = resealed(String(memory.row.state), (name, value) => (name === 'owner' ? 'another' : value));
      await memory.store(theirs, memory.row.version);
    }
    return memory.store(next, expected);
  };
  const intent = new PublishIntent({ load: memory.load, store });
  const error = await rejectionOf(intent.publish({ text: 'Taken over' }, token(), null, soon));
  expect(error).toMatchObject({ code: 'IN_PROGRESS', retryable: true });
  expect(posts()).toEqual([]);
  // The row is the other call's, and stays it.
  expect(JSON.parse(String(memory.row.state)).intent.lease.owner).toBe('another');
});

describe('a thread', () => {
  const parts = (name) => ['one', 'two'].map((number) => ({ text: `${name}, ${number}` }));

  test('whose last part X reports while it is looked for is given back as a whole', async () => {
    const memory = rowInMemory();
    const content = parts('Reported on the way');
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, attempt: 2 });
    context.sandbox.faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 503 } });
    const patient = { client, reconcile: { scheduleMs: [0, 100, 200, 300] } };
    const looking = memory.open().publish(content, token(), null, patient);
    await memory.row.written((state) => state.includes('"UNKNOWN"'));
    const ids = content.map(({ text }) => postsOf(text)[0].id);
    const referenced_tweets = [{ type: 'replied_to', id: ids[0] }];
    const payload = { id: ids[1], text: content[1].text, author_id: context.user.id, referenced_tweets };
    const event = { data: { event_uuid: '-1', event_type: 'post.create', filter: {}, tag: 'ours', payload } };
    expect(await memory.open().observe(event)).toBe(true);
    const { tweets, threadUrl } = await looking;
    expect(tweets.map(({ tweetId }) => tweetId)).toEqual(ids);
    expect(tweets.map(({ text }) => text)).toEqual(content.map(({ text }) => text));
    expect(threadUrl).toBe(tweets[0].tweetUrl);
    expect(posts()).toHaveLength(2);
  });

  test('that exists is given back, also where its process ended with the lease', async () => {
    const { open, row } = rowInMemory();
    const content = parts('Whole, and held');
    const { tweets } = await open().publish(content, token(), null, soon);
    const ended = row.writes.findLast((state) => state.includes('"lease"'));
    const left = rowInMemory({ state: ended }).open();
    const again = await left.publish(content, token(), null, soon);
    expect(again.tweets.map(({ tweetId }) => tweetId)).toEqual(tweets.map(({ tweetId }) => tweetId));
    await expect(left.status()).resolves.toMatchObject({ state: 'published' });
    expect(posts()).toHaveLength(2);
  });

  test('is other content than a post of its first part', async () => {
    const { open } = rowInMemory();
    const [first, second] = parts('Not the same');
    await open().publish(first, token(), null, soon);
    const error = await rejectionOf(open().publish([first, second], token(), null, soon));
    expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH', field: 'content' });
    expect(posts()).toHaveLength(1);
  });

  test('that was not begun is not resumed', async () => {
    const { open, row } = rowInMemory();
    await expect(open().resume(parts('Not begun'), token(), null, soon)).resolves.toBeUndefined();
    expect(row.writes).toEqual([]);
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });
});
