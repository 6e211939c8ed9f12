'use strict';

const { publishTweetWithMedia, TokenManager } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const retry = { maxAttempts: 2, baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 };
const asked = () => context.sandbox.ledger.requests({ endpoint: 'me' });

/** Each test has a client of its own, which knows no account. */
let client;
let clients = 0;
beforeEach(() => {
  clients += 1;
  client = { userAgent: `shop ${clients}`, retry };
});

/** Publishes with a checkpoint, which names the account. */
async function publish(text, token, options = {}) {
  let kept;
  const onCheckpoint = async (checkpoint) => {
    kept = JSON.parse(checkpoint);
  };
  await publishTweetWithMedia({ text }, token, null, { client, onCheckpoint, ...options });
  return kept.account;
}

const texts = (count) => Array.from({ length: count }, (_, index) => `Post ${index} of many at once`);
const row = ({ accessToken, refreshToken }) => ({
  ...{ accessToken, refreshToken },
  ...{ expiresAt: Date.now() + 7_200_000, version: 1 },
});

test('many posts of an account at once ask X once whose token it is', async () => {
  const { id, oauth2 } = context.sandbox.seedUser();
  const accounts = await Promise.all(texts(20).map((text) => publish(text, oauth2.accessToken)));
  expect(accounts).toEqual(Array(20).fill(id));
  expect(asked()).toHaveLength(1);
});

test('so do those of several managers of its tokens', async () => {
  const { id, oauth2 } = context.sandbox.seedUser();
  const managed = () =>
    new TokenManager({ load: async () => row(oauth2), store: async () => true, config: { client } });
  const accounts = await Promise.all(texts(10).map((text) => publish(text, managed())));
  expect(accounts).toEqual(Array(10).fill(id));
  expect(asked()).toHaveLength(1);
});

test('an account that can not be read fails all that wait for it, and is asked for anew after that', async () => {
  const { id, oauth2 } = context.sandbox.seedUser();
  const rule = context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 503 } });
  const publishes = texts(8).map((text) => rejectionOf(publish(text, oauth2.accessToken)));
  const errors = await Promise.all(publishes);
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['UPSTREAM']));
  expect(asked()).toHaveLength(retry.maxAttempts);
  expect(context.sandbox.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(0);
  rule.remove();
  await expect(publish('Post after the outage', oauth2.accessToken)).resolves.toBe(id);
});

test('a call that gives up does not take another one with it', async () => {
  const { id, oauth2 } = context.sandbox.seedUser();
  context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'delay', ms: 100 } });
  const over = new AbortController();
  const first = rejectionOf(publish('Given up', oauth2.accessToken, { signal: over.signal }));
  await context.sandbox.ledger.waitFor(() => asked().length === 1);
  const second = publish('Still wanted', oauth2.accessToken);
  over.abort();
  await expect(first).resolves.toMatchObject({ code: 'ABORTED' });
  await expect(second).resolves.toBe(id);
});

test('the question ends with the last of those who wait', async () => {
  const { oauth2 } = context.sandbox.seedUser();
  context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'hang' } });
  const over = new AbortController();
  const { signal } = over;
  const calls = texts(3).map((text) => rejectionOf(publish(text, oauth2.accessToken, { signal })));
  await context.sandbox.ledger.waitFor(() => asked().length === 1);
  over.abort();
  await expect(Promise.all(calls)).resolves.toMatchObject(Array(3).fill({ code: 'ABORTED' }));
  await context.sandbox.ledger.waitFor(() => asked()[0].aborted);
  expect(asked()).toHaveLength(1);
});

test('a manager whose store holds another account’s tokens by now publishes for that account', async () => {
  const [first, second] = [context.sandbox.seedUser(), context.sandbox.seedUser()];
  let tokens = row(first.oauth2);
  const store = async (next) => {
    tokens = { ...next, version: tokens.version + 1 };
    return true;
  };
  const manager = new TokenManager({ load: async () => tokens, store, config: { client } });
  await expect(publish('From the first account', manager)).resolves.toBe(first.id);
  tokens = { ...row(second.oauth2), version: 9 };
  // X ends the first account's token, so that the manager reads its store.
  const body = { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' };
  const refusal = { kind: 'status', status: 401, body };
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: refusal, times: 1 });
  await publish('In between', manager);
  await expect(publish('From the second account', manager)).resolves.toBe(second.id);
});
