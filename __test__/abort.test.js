'use strict';

const { getEventListeners } = require('node:events');
const {
  createTweet,
  getTweet,
  getUserProfile,
  publishThread,
  publishTweetWithMedia,
  uploadMedia,
} = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;

/** Aborts once a request to the endpoint is under way. */
async function abortAt(controller, endpoint) {
  await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint }).length > 0);
  controller.abort();
}

test('a call that is aborted before it begins sends nothing', async () => {
  const reason = new Error('not today');
  const error = await rejectionOf(createTweet({ text: 'x' }, token(), { signal: AbortSignal.abort(reason) }));
  expect(error).toMatchObject({ code: 'ABORTED', retryable: false });
  expect(error.cause).toBe(reason);
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test('a read stops at once, and its connection closes', async () => {
  context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'hang' } });
  const controller = new AbortController();
  const call = rejectionOf(getUserProfile(token(), { signal: controller.signal }));
  await abortAt(controller, 'me');
  await expect(call).resolves.toMatchObject({ code: 'ABORTED', operation: 'getUserProfile' });
  await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'me', aborted: true }).length === 1);
});

test('a post whose answer is awaited has an unknown outcome', async () => {
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'hang' } });
  const controller = new AbortController();
  const call = rejectionOf(createTweet({ text: 'In flight' }, token(), { signal: controller.signal }));
  await abortAt(controller, 'createTweet');
  await expect(call).resolves.toMatchObject({ code: 'UNKNOWN_OUTCOME', retryable: false });
});

test.each(['uploadMedia', 'source', 'appendUpload', 'mediaStatus'])('a publish stops at %s', async (endpoint) => {
  context.sandbox.faults.add({ endpoint, fault: { kind: 'hang' } });
  const controller = new AbortController();
  const media = endpoint === 'uploadMedia' ? '/media/jpeg' : '/media/mp4?bytes=3000000';
  const content = { text: `Stopped at ${endpoint}`, media: [context.url(media)] };
  const call = rejectionOf(publishTweetWithMedia(content, token(), null, { signal: controller.signal }));
  await abortAt(controller, endpoint);
  await expect(call).resolves.toMatchObject({ code: 'ABORTED' });
  await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint, aborted: true }).length > 0);
  expect(context.sandbox.ledger.tweets().map(({ text }) => text)).not.toContain(content.text);
});

test('a wait between attempts ends at once', async () => {
  context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 503 } });
  const controller = new AbortController();
  const client = { retry: { baseDelayMs: 60_000, maxDelayMs: 3_600_000 } };
  const call = rejectionOf(getTweet('1', token(), { signal: controller.signal, client }));
  await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'getTweet', status: 503 }).length === 1);
  controller.abort();
  const error = await call;
  expect(error).toMatchObject({ code: 'ABORTED' });
  expect(error.cause).toBe(controller.signal.reason);
});

test('a deadline counts for the whole call', async () => {
  context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 503 } });
  // Twenty attempts would take well over half a minute.
  const client = { retry: { baseDelayMs: 4000, maxDelayMs: 4000, maxAttempts: 20, budget: 1000 } };
  const begun = Date.now();
  const error = await rejectionOf(getTweet('1', token(), { timeoutMs: 1000, client }));
  expect(['TIMEOUT', 'UPSTREAM']).toContain(error.code);
  expect(Date.now() - begun).toBeLessThan(20_000);
});

test('a deadline during a read', async () => {
  context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'hang' } });
  const error = await rejectionOf(getUserProfile(token(), { timeoutMs: 150 }));
  expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true });
});

test('a deadline during a post', async () => {
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'hang' } });
  const error = await rejectionOf(createTweet({ text: 'Late' }, token(), { timeoutMs: 1500 }));
  expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', retryable: false });
});

test('a thread that is aborted says what exists', async () => {
  context.sandbox.faults.add({ endpoint: 'createTweet', attempt: 2, fault: { kind: 'hang' } });
  const controller = new AbortController();
  const call = rejectionOf(
    publishThread([{ text: 'T1' }, { text: 'T2' }], token(), null, { signal: controller.signal }),
  );
  await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'createTweet' }).length === 2);
  controller.abort();
  const error = await call;
  expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', failedIndex: 1 });
  expect(error.published).toHaveLength(1);
});

test('a signal that many calls share has one listener, and ends them all', async () => {
  context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'hang' } });
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 12 }, () => rejectionOf(getUserProfile(token(), { signal })));
  await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'me' }).length === 12);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  controller.abort();
  for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'ABORTED', cause: signal.reason });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('no listener is left on a signal', async () => {
  const { signal } = new AbortController();
  await createTweet({ text: 'Listened' }, token(), { signal });
  await rejectionOf(
    uploadMedia('https://127.0.0.1/', token(), { signal, client: { mediaPolicy: { allowPrivateNetworks: false } } }),
  );
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
