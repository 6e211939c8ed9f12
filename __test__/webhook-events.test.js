'use strict';

const {
  activitySubscriptions,
  createTweet,
  deleteTweet,
  revokeToken,
  verifyWebhookSignature,
  webhooks,
} = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { rowInMemory } = require('./support/intents.js');
const { useReceiver } = require('./support/receiver.js');

const context = useSandbox();
const secret = () => context.sandbox.env.X_API_SECRET;
const receiver = useReceiver(secret);
const client = { retry: { baseDelayMs: 1, maxDelayMs: 1 } };
const token = () => context.user.oauth2.accessToken;
let webhookId;

beforeAll(async () => {
  webhookId = (await webhooks.create(receiver.url)).id;
  for (const eventType of ['post.create', 'post.delete']) {
    await activitySubscriptions.create({ eventType, filter: { userId: context.user.id }, tag: 'ours', webhookId });
  }
});
afterEach(() => {
  context.sandbox.webhooks.release();
  context.sandbox.webhooks.clear();
  return context.sandbox.webhooks.settled();
});

/** An intent whose post is there, whose answer was lost, and that nobody has looked for. @param {string} text */
async function lost(text) {
  const memory = rowInMemory();
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
  const unseen = { client, reconcile: { scheduleMs: [] } };
  expect(await rejectionOf(memory.open().publish({ text }, token(), null, unseen))).toMatchObject({
    code: 'UNKNOWN_OUTCOME',
  });
  return memory;
}
const of = (text) => (data) => data.event_type === 'post.create' && data.payload.text === text;

test('a post is reported, signed', async () => {
  const { id } = await createTweet({ text: 'Told to the webhook' }, token());
  const event = await receiver.got(of('Told to the webhook'));
  expect(event.data).toMatchObject({
    event_uuid: id,
    event_type: 'post.create',
    filter: { user_id: context.user.id },
    tag: 'ours',
    payload: { id, author_id: context.user.id },
  });
  const [{ body, isGood }] = receiver.bodies;
  expect(isGood).toBe(true);
  expect(verifyWebhookSignature(body, 'sha256=AAAA', secret())).toBe(false);
});

test('a body that X did not sign is refused', async () => {
  const headers = { 'x-twitter-webhooks-signature': 'sha256=AAAA' };
  const { status } = await fetch(receiver.url, { method: 'POST', body: '{"data":{}}', headers });
  expect([status, receiver.events.size]).toEqual([401, 0]);
});

test('settles the doubt about a post whose answer was lost', async () => {
  const { open } = await lost('Known by its event');
  await expect(open().status()).resolves.toMatchObject({ state: 'unknown' });
  const event = await receiver.got(of('Known by its event'));
  await expect(open().observe(event)).resolves.toBe(true);
  await expect(open().status()).resolves.toMatchObject({ state: 'published', tweetId: event.data.payload.id });
  await expect(open().publish({ text: 'Known by its event' }, token())).resolves.toMatchObject({
    tweetId: event.data.payload.id,
    reconciled: true,
  });
  expect(context.sandbox.ledger.requests({ endpoint: 'userTimeline' })).toEqual([]);
  expect(context.sandbox.ledger.tweets().filter(({ text }) => text === 'Known by its event')).toHaveLength(1);
});

test('an event that comes twice settles it once', async () => {
  context.sandbox.webhooks.set({ copies: 2 });
  const { open } = await lost('Told two times');
  await receiver.got(of('Told two times'));
  await context.sandbox.webhooks.settled();
  const events = receiver.bodies.map(({ body }) => JSON.parse(body.toString()));
  expect(events).toHaveLength(2);
  expect(events[0]).toEqual(events[1]);
  expect([await open().observe(events[0]), await open().observe(events[1])]).toEqual([true, false]);
});

test('events out of order settle what each is about', async () => {
  context.sandbox.webhooks.set({ reorder: 2 });
  const [one, other] = [await lost('Sent before the lamp'), await lost('A carpet, sent after it')];
  await receiver.got(of('Sent before the lamp'));
  const [first, second] = [...receiver.events.values()];
  expect([first, second].map(({ data }) => data.payload.text)).toEqual([
    'A carpet, sent after it',
    'Sent before the lamp',
  ]);
  expect([await one.open().observe(first), await one.open().observe(second)]).toEqual([false, true]);
  expect([await other.open().observe(first), await other.open().observe(second)]).toEqual([true, false]);
});

test('an event that is late settles it late', async () => {
  context.sandbox.webhooks.set({ lagMs: 3_600_000 });
  const { open } = await lost('Told an hour later');
  await context.sandbox.webhooks.settled();
  expect(receiver.events.size).toBe(0);
  await expect(open().status()).resolves.toMatchObject({ state: 'unknown' });
  context.sandbox.webhooks.release();
  await expect(open().observe(await receiver.got(of('Told an hour later')))).resolves.toBe(true);
});

test('an event that was lost is had by a replay', async () => {
  const from = context.sandbox.clock.now();
  context.sandbox.webhooks.set({ lose: 1 });
  const { open } = await lost('Lost on its way');
  await context.sandbox.webhooks.settled();
  expect(receiver.events.size).toBe(0);
  const to = new Date(context.sandbox.clock.now());
  const job = await webhooks.replay({ webhookId, from, to });
  expect(job).toEqual({ jobId: expect.stringMatching(/^\d+$/), createdAt: expect.stringMatching(/Z$/) });
  await expect(open().observe(await receiver.got(of('Lost on its way')))).resolves.toBe(true);
});

test('one replay at a time, and none that X does not accept', async () => {
  const now = context.sandbox.clock.now();
  await createTweet({ text: 'Had twice' }, token());
  await context.sandbox.webhooks.settled();
  context.sandbox.webhooks.set({ hold: true });
  const replay = { webhookId, from: now - 60_000, to: context.sandbox.clock.now() };
  await webhooks.replay(replay);
  const busy = await rejectionOf(webhooks.replay(replay));
  expect(busy).toMatchObject({ code: 'IN_PROGRESS', type: 'not_allowed', retryable: true, status: 400 });
  const stale = { webhookId, from: now - 48 * 3600_000, to: now - 47 * 3600_000 };
  expect(await rejectionOf(webhooks.replay(stale))).toMatchObject({
    code: 'INVALID_ARGUMENT',
    message: expect.stringMatching(/older than 24 hours/),
  });
  expect(await rejectionOf(webhooks.replay({ ...replay, webhookId: '7' }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('a replay whose answer was lost is not begun a second time', async () => {
  const now = context.sandbox.clock.now();
  const rule = context.sandbox.faults.add({ endpoint: 'replayWebhook', fault: { kind: 'commitThenReset' } });
  const error = await rejectionOf(webhooks.replay({ webhookId, from: now, to: now }, { client }));
  expect(error).toMatchObject({ code: 'NETWORK', operation: 'webhooks.replay' });
  expect(rule.hits).toBe(1);
});

test('a deletion, a like and a revocation are reported', async () => {
  const fan = context.sandbox.seedUser({ scopes: 'like.read tweet.read' });
  await activitySubscriptions.create(
    { eventType: 'like.create', filter: { userId: fan.id, direction: 'outbound' }, webhookId },
    fan.oauth2.accessToken,
  );
  const { id } = await createTweet({ text: 'Liked, then deleted' }, token());
  context.sandbox.webhooks.like(id, fan.id);
  await deleteTweet(id, token());
  await revokeToken(fan.oauth2.accessToken);
  const like = await receiver.got(({ event_type: type }) => type === 'like.create');
  expect(like.data.payload).toMatchObject({ liked_tweet_id: id, liked_tweet_author_id: context.user.id });
  expect(like.data.payload.id).not.toBe(id);
  const deletion = await receiver.got(({ event_type: type }) => type === 'post.delete');
  expect(deletion.data.payload).toEqual({ id, author_id: context.user.id });
  const revocation = await receiver.got(({ event_type: type }) => type === 'oauth.revoke');
  expect(revocation.data).toMatchObject({ filter: {}, payload: { user_id: fan.id } });
  // None of them says anything of a post in doubt.
  const { open } = await lost('In doubt among others');
  for (const event of [like, deletion, revocation]) await expect(open().observe(event)).resolves.toBe(false);
});
