'use strict';

const { createTweet, deleteTweet, getTweet, getUserProfile, publishTweetWithMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
// The budget is large, so that no test uses up another one's.
const quickly = { client: { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } } };
/** Nobody looks whether a post exists whose answer was lost. */
const unseen = { ...quickly, reconcile: { scheduleMs: [] } };
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const postsOf = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);

test.each([
  ['a reset', { kind: 'resetAfterRead' }],
  ['a reset before the request is read', { kind: 'resetBeforeRead' }],
  ['500', { kind: 'status', status: 500 }],
  ['503', { kind: 'status', status: 503 }],
  ['408', { kind: 'status', status: 408 }],
  ['a truncated answer', { kind: 'truncate' }],
  ['garbage', { kind: 'garbage' }],
  ['a web page', { kind: 'html' }],
])('a read is tried again after %s', async (_name, fault) => {
  const rule = context.sandbox.faults.add({ endpoint: 'me', fault, times: 2 });
  await expect(getUserProfile(token(), quickly)).resolves.toMatchObject({ id: context.user.id });
  expect(rule.hits).toBe(2);
  expect(requestsTo('me')).toHaveLength(3);
});

test.each([
  ['its answer is lost', { kind: 'commitThenReset' }, 1],
  ['it is answered 503, though it exists', { kind: 'commitThenStatus', status: 503 }, 1],
  ['its answer breaks off', { kind: 'truncate' }, 1],
  ['its answer makes no sense', { kind: 'garbage' }, 1],
  ['the connection breaks before it exists', { kind: 'resetAfterRead' }, 0],
  ['it is answered 500', { kind: 'status', status: 500 }, 0],
  ['it is answered 504 by a gateway', { kind: 'html', status: 504 }, 0],
  ['it is answered 408', { kind: 'status', status: 408 }, 0],
])('a post is sent once when %s', async (name, fault, committed) => {
  const text = `Once: ${name}`;
  context.sandbox.faults.add({ endpoint: 'createTweet', fault });
  const error = await rejectionOf(createTweet({ text }, token(), unseen));
  expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', retryable: false, operation: 'createTweet' });
  expect(requestsTo('createTweet')).toHaveLength(1);
  expect(postsOf(text)).toHaveLength(committed);
});

test('an answer that takes too long: it may exist', async () => {
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'hang' } });
  const options = { client: { requestTimeoutMs: 1500 }, reconcile: { scheduleMs: [] } };
  const error = await rejectionOf(createTweet({ text: 'Too long' }, token(), options));
  expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', retryable: false });
  expect(requestsTo('createTweet')).toHaveLength(1);
});

test('a post that X surely did not process is sent again', async () => {
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 425 }, times: 1 });
  const published = await publishTweetWithMedia({ text: 'Too early' }, token(), null, quickly);
  expect(published.attempts).toBe(2);
  expect(postsOf('Too early')).toHaveLength(1);
});

test('a refusal is not tried again', async () => {
  context.sandbox.faults.add({
    endpoint: 'createTweet',
    fault: { kind: 'status', status: 403, body: { title: 'x', detail: 'y' } },
  });
  await rejectionOf(createTweet({ text: 'Refused' }, token(), quickly));
  expect(requestsTo('createTweet')).toHaveLength(1);
});

test('a deletion is tried again', async () => {
  const { id } = await createTweet({ text: 'To delete' }, token());
  context.sandbox.faults.add({ endpoint: 'deleteTweet', fault: { kind: 'commitThenReset' }, times: 1 });
  await expect(deleteTweet(id, token(), quickly)).resolves.toEqual({ deleted: true });
  expect(requestsTo('deleteTweet')).toHaveLength(2);
});

test('attempts end', async () => {
  context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 503 } });
  const options = { client: { retry: { ...quickly.client.retry, maxAttempts: 4 } } };
  await expect(rejectionOf(getTweet('1', token(), options))).resolves.toMatchObject({ code: 'UPSTREAM' });
  expect(requestsTo('getTweet')).toHaveLength(4);
});

test('a budget keeps many failures from becoming many more requests', async () => {
  context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 503 } });
  // Its own client, since the budget belongs to it: two retries can be paid for.
  const options = { client: { userAgent: 'budget-test', retry: { baseDelayMs: 1, maxAttempts: 10, budget: 20 } } };
  for (let call = 0; call < 5; call++) await rejectionOf(getTweet('1', token(), options));
  expect(requestsTo('getTweet')).toHaveLength(7);
});

describe('rate limits', () => {
  // An account of its own for each: one that X has refused is held back for a while.
  const someone = () => context.sandbox.seedUser().oauth2.accessToken;
  const limited = (reset) => ({
    kind: 'status',
    status: 429,
    body: { title: 'Too Many Requests', type: 'about:blank' },
    headers: { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(reset) },
  });

  test('by default a call does not wait, and says until when', async () => {
    const reset = Math.floor(Date.now() / 1000) + 900;
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: limited(reset) });
    const error = await rejectionOf(createTweet({ text: 'Limited' }, someone()));
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      retryAt: new Date(reset * 1000),
      status: 429,
    });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('it waits as long as it may', async () => {
    const reset = Math.floor(Date.now() / 1000) + 1;
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: limited(reset), times: 1 });
    const client = { rateLimit: { maxWaitMs: 10_000 } };
    const published = await publishTweetWithMedia({ text: 'Waited' }, someone(), null, { client });
    expect(published.attempts).toBe(2);
    expect(Date.now()).toBeGreaterThanOrEqual(reset * 1000);
  });

  test('Retry-After counts', async () => {
    const body = { title: 'Too Many Requests', type: 'about:blank' };
    const fault = { kind: 'status', status: 429, body, headers: { 'retry-after': '120' } };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault });
    const error = await rejectionOf(createTweet({ text: 'Later' }, someone()));
    expect(error.code).toBe('RATE_LIMITED');
    const wait = error.retryAt.getTime() - Date.now();
    expect(wait).toBeGreaterThan(100_000);
    expect(wait).toBeLessThanOrEqual(120_000);
  });

  test('a reset that makes no sense is not believed', async () => {
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: limited(99_999_999_999) });
    const error = await rejectionOf(createTweet({ text: 'Nonsense' }, someone()));
    expect(error.code).toBe('RATE_LIMITED');
    expect(error.retryAt.getTime() - Date.now()).toBeLessThan(16 * 60 * 1000);
  });

  test('a wait that would pass the deadline is not begun', async () => {
    const reset = Math.floor(Date.now() / 1000) + 60;
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: limited(reset) });
    const options = { timeoutMs: 5000, client: { rateLimit: { maxWaitMs: 3_600_000 } } };
    const error = await rejectionOf(createTweet({ text: 'No time' }, someone(), options));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAt: new Date(reset * 1000) });
  });
});
