'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');
const { withReceiver } = require('./support/activity.js');
const { ownSandbox, send, stopClock } = require('./support/harness.js');
const { basic } = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');

/** What X's page shows of each event, in other words: https://docs.x.com/x-api/activity/event-payloads. */
const EVENTS = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'activity-events.json'), 'utf8'));

/**
 * The names of all members, with the kind of each, to the bottom; of a list those of its first.
 * @param {any} value @param {string} [at] @returns {Map<string, string>}
 */
function shapeOf(value, at = '') {
  if (Array.isArray(value)) return value.length === 0 ? new Map() : shapeOf(value[0], `${at}[]`);
  if (typeof value !== 'object' || value === null) return new Map([[at, typeof value]]);
  return new Map(Object.entries(value).flatMap(([name, member]) => [...shapeOf(member, `${at}.${name}`)]));
}

/** Asserts that an event has what X's has, and the other way round. @param {any} event @param {string[]} [optional] beginnings of what may be missing */
function assertLikeX(event, optional = []) {
  const known = shapeOf(EVENTS[event.event_type].data);
  const { includes: _, ...rest } = event;
  const found = shapeOf(rest);
  const isOptional = (/** @type {string} */ name) => optional.some((start) => name.startsWith(start));
  for (const [name, kind] of known) {
    if (name.startsWith('.includes') || isOptional(name)) continue;
    assert.equal(found.get(name), kind, `${event.event_type}: ${name}`);
  }
  for (const name of found.keys())
    assert.ok(known.has(name) || isOptional(name), `${event.event_type}: ${name} is not X's`);
}

/** @param {import('node:test').TestContext} t @param {string[]} types @param {import('../index.js').SandboxOptions} [options] */
async function subscribed(t, types, options) {
  const own = await withReceiver(t, options);
  const webhook = await own.register();
  for (const type of types) assert.equal((await own.subscribe(webhook.id, type)).status, 200);
  return { ...own, webhook };
}

test('a new post is reported, signed, as X does', async (t) => {
  const own = await subscribed(t, ['post.create']);
  const id = await own.post('Hello, events');
  const [event] = await own.events();
  assertMatches(event, {
    event_uuid: id,
    event_type: 'post.create',
    filter: { user_id: own.user.id },
    tag: 'post.create',
    payload: { id, text: 'Hello, events', author_id: own.user.id, edit_history_tweet_ids: [id] },
    includes: { tweets: [{ id }], users: [{ id: own.user.id }] },
  });
  assertLikeX(event);
  assert.ok(own.server.received.every(({ isSigned }) => isSigned));
});

test('the event of a reply says what it answers; the one who is answered hears of it', async (t) => {
  const own = await withReceiver(t, { enterprise: true });
  const webhook = await own.register();
  const other = own.sandbox.seedUser();
  const filter = { user_id: other.id };
  await own.subscribe(webhook.id, 'post.create');
  for (const type of ['post.reply.create', 'post.quote.create', 'post.mention.create']) {
    await own.subscribe(webhook.id, type, filter, other.oauth2.accessToken);
  }
  const root = await own.post('A question', other.oauth2.accessToken);
  const reply = await own.post('An answer', own.token(), { reply: { in_reply_to_tweet_id: root } });
  const quote = await own.post('Look at this', own.token(), { quote_tweet_id: root });
  const mention = await own.post(`Thanks @${other.username}!`);
  const reported = (await own.events()).map(({ event_type: type, payload }) => [type, payload.id]);
  assert.deepEqual(reported, [
    ...[
      ['post.create', reply],
      ['post.reply.create', reply],
    ],
    ...[
      ['post.create', quote],
      ['post.quote.create', quote],
    ],
    ...[
      ['post.create', mention],
      ['post.mention.create', mention],
    ],
  ]);
  const events = await own.events();
  assertMatches(events[0].payload, {
    in_reply_to_tweet_id: root,
    in_reply_to_user_id: other.id,
    referenced_tweets: [{ type: 'replied_to', id: root }],
  });
  const parts = ['.payload.entities', '.payload.edit_controls'];
  assertLikeX(events[1], parts);
  assertLikeX(events[3], parts);
  assertLikeX(events[5], [...parts, '.payload.lang']);
  // One's own words are no news to oneself.
  const before = events.length;
  await own.post('More of it', other.oauth2.accessToken, { reply: { in_reply_to_tweet_id: root } });
  assert.equal((await own.events()).length, before);
});

test('a deletion, a like and a revocation are reported as X does', async (t) => {
  const own = await withReceiver(t);
  const webhook = await own.register();
  const fan = own.sandbox.seedUser({ scopes: 'like.read tweet.read' });
  await own.subscribe(webhook.id, 'post.delete');
  await own.subscribe(webhook.id, 'like.create', { user_id: fan.id, direction: 'outbound' }, fan.oauth2.accessToken);
  await own.subscribe(webhook.id, 'like.create', { user_id: fan.id, direction: 'inbound' }, fan.oauth2.accessToken);
  const id = await own.post('Liked and gone');
  own.sandbox.webhooks.like(id, fan.id);
  await own.call('DELETE', `/2/tweets/${id}`, { as: own.token() });
  own.sandbox.webhooks.revoke(own.user.id);
  const [like, deletion, revocation, ...more] = await own.events();
  assert.deepEqual(more, []);
  assertMatches(like, {
    event_type: 'like.create',
    filter: { user_id: fan.id, direction: 'outbound' },
    payload: { id: /^[0-9a-f]{32}$/, liked_tweet_id: id, liked_tweet_author_id: own.user.id },
  });
  assertMatches(deletion, { event_type: 'post.delete', payload: { id, author_id: own.user.id } });
  assertMatches(revocation, { event_type: 'oauth.revoke', filter: {}, payload: { user_id: own.user.id } });
  for (const event of [like, deletion, revocation]) assertLikeX(event);
  assert.equal(own.sandbox.ledger.tweets()[0].metrics.like_count, 1);
  // No token of the user is good any more.
  for (const as of [own.token(), own.user.oauth1Credentials]) {
    assertMatches(await own.call('GET', '/2/users/me', { as }), { status: 401 });
  }
});

test('a token that is revoked is reported, once', async (t) => {
  const own = await subscribed(t, []);
  const headers = basic(own.sandbox.env.X_CLIENT_ID, own.sandbox.env.X_CLIENT_SECRET);
  for (const token of [own.token(), own.token(), 'unknown']) {
    await own.call('POST', '/2/oauth2/revoke', { headers, form: { token } });
  }
  await own.call('POST', '/1.1/oauth/invalidate_token', { as: own.user.oauth1Credentials });
  const reported = (await own.events()).map(({ event_type: type, payload }) => [type, payload.user_id]);
  assert.deepEqual(reported, [
    ['oauth.revoke', own.user.id],
    ['oauth.revoke', own.user.id],
  ]);
});

test('revocations may have to be subscribed to', async (t) => {
  const own = await subscribed(t, [], { subscribedRevocations: true });
  own.sandbox.webhooks.revoke(own.sandbox.seedUser().id);
  assert.deepEqual(await own.events(), []);
  assertMatches(await own.subscribe(own.webhook.id, 'oauth.revoke'), { status: 400 });
  assertMatches(await own.subscribe(own.webhook.id, 'oauth.revoke', {}), { status: 200 });
  own.sandbox.webhooks.revoke(own.sandbox.seedUser().id);
  assertMatches(await own.events(), [{ event_type: 'oauth.revoke', filter: {}, tag: 'oauth.revoke' }]);
});

test('only what is subscribed to is reported, and nothing to a webhook that is invalid or gone', async (t) => {
  const own = await subscribed(t, ['post.create']);
  const other = own.sandbox.seedUser();
  await own.post('Somebody else', other.oauth2.accessToken);
  own.sandbox.webhooks.emit('follow.follow', { source: {}, target: {} }, { userId: own.user.id });
  assert.deepEqual(await own.events(), []);
  await own.subscribe(own.webhook.id, 'follow.follow');
  own.sandbox.webhooks.emit('follow.follow', { source: {}, target: {} }, { userId: own.user.id });
  assertMatches(await own.events(), [{ event_type: 'follow.follow', event_uuid: /^-?\d+$/ }]);
  own.server.proof = () => ({});
  await own.sandbox.webhooks.checkAll();
  await own.post('Nobody listens');
  assert.equal((await own.events()).length, 1);
  await own.asApp('DELETE', `/2/webhooks/${own.webhook.id}`);
  await own.post('Nobody is there');
  assert.equal((await own.events()).length, 1);
});

test('a server that is gone is tried, and that is known', async (t) => {
  const own = await subscribed(t, ['post.create']);
  own.server.server.close();
  await own.post('Nobody is there');
  await own.events();
  assertMatches(own.sandbox.webhooks.deliveries(), [{ status: null, error: /ECONNREFUSED/, copy: 1 }]);
});

test('events come late, by the clock', async (t) => {
  const own = await subscribed(t, ['post.create']);
  stopClock(t, own.sandbox);
  own.sandbox.webhooks.set({ lagMs: 60_000 });
  await own.post('Late');
  own.sandbox.clock.advance(59_999);
  assert.deepEqual(await own.events(), []);
  own.sandbox.clock.advance(1);
  assert.equal((await own.events()).length, 1);
});

test('events come twice, with the same id', async (t) => {
  const own = await subscribed(t, ['post.create']);
  own.sandbox.webhooks.set({ copies: 2 });
  const id = await own.post('Twice');
  assert.deepEqual(
    (await own.events()).map(({ event_uuid: uuid }) => uuid),
    [id, id],
  );
  assert.deepEqual(
    own.sandbox.webhooks.deliveries().map(({ copy }) => copy),
    [1, 2],
  );
});

test('events come out of order', async (t) => {
  const own = await subscribed(t, ['post.create']);
  own.sandbox.webhooks.set({ reorder: 2 });
  const ids = [];
  for (const text of ['First', 'Second', 'Third']) ids.push(await own.post(text));
  const reported = async () => (await own.events()).map(({ event_uuid: uuid }) => uuid);
  assert.deepEqual(await reported(), [ids[1], ids[0]]);
  own.sandbox.webhooks.release();
  assert.deepEqual(await reported(), [ids[1], ids[0], ids[2]]);
});

test('events wait until they are released', async (t) => {
  const own = await subscribed(t, ['post.create']);
  own.sandbox.webhooks.set({ hold: true });
  const ids = [await own.post('One'), await own.post('Two')];
  assert.deepEqual(await own.events(), []);
  own.sandbox.webhooks.release();
  assert.deepEqual(
    (await own.events()).map(({ event_uuid: uuid }) => uuid),
    ids,
  );
  await own.post('Three');
  assert.equal((await own.events()).length, 2);
  own.sandbox.webhooks.clear();
  assert.equal((await own.events()).length, 3);
});

test('a post that X commits twice is reported twice', async (t) => {
  const own = await subscribed(t, ['post.create']);
  own.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset', twice: true }, times: 1 });
  await own.post('Doubled').catch(() => {});
  const [one, other] = await own.events();
  assert.notEqual(one.event_uuid, other.event_uuid);
  assert.deepEqual([one.payload.text, other.payload.text], ['Doubled', 'Doubled']);
});

test('all of it can be had by HTTP', async (t) => {
  const own = await subscribed(t, ['post.create']);
  const control = (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ json = undefined) =>
    own.call(method, `/_sandbox/${path}`, { json });
  assert.deepEqual((await control('POST', 'webhooks', { hold: true, copies: 2 })).body, {
    ...{ lagMs: 0, copies: 2, reorder: 1, lose: 0, hold: true },
  });
  const id = await own.post('By HTTP');
  await control('POST', 'webhooks/release');
  assert.equal(own.server.received.length, 2);
  const { body } = await control('GET', 'webhooks');
  assertMatches(body, {
    webhooks: [{ url: own.server.url }],
    subscriptions: [{ eventType: 'post.create' }],
    deliveries: [{ status: 200 }, { copy: 2 }],
  });
  await control('DELETE', 'webhooks');
  await own.subscribe(own.webhook.id, 'follow.follow');
  await control('POST', 'webhooks/events', { type: 'follow.follow', payload: {}, userId: own.user.id });
  await control('POST', 'likes', { tweetId: id, userId: own.user.id });
  await control('POST', 'revocations', { userId: own.user.id });
  assert.deepEqual(
    (await own.events()).slice(2).map(({ event_type: type }) => type),
    ['follow.follow', 'oauth.revoke'],
  );
  await control('POST', 'webhooks/routes', { origin: 'https://shop.example', target: 'http://127.0.0.1:1' });
  const { checks } = own.server;
  await control('POST', 'webhooks/check');
  assert.equal(own.server.checks, checks + 1);
});

test('names that there are not are refused', async (t) => {
  const { sandbox } = await ownSandbox(t);
  const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);
  assert.throws(() => sandbox.webhooks.set(any({ lag: 5 })), /no member "lag".*lagMs/s);
  assert.throws(() => sandbox.webhooks.set({ copies: 0 }), /copies has to be a number of at least 1/);
  assert.throws(() => sandbox.webhooks.set({ reorder: 1.5 }), /reorder has to be a whole number/);
  assert.throws(() => sandbox.webhooks.set(any({ hold: 1 })), /hold has to be true or false/);
  assert.throws(() => sandbox.webhooks.like('1', '2'), /no post "1"/);
  assert.throws(() => sandbox.webhooks.revoke('2'), /no user "2"/);
  for (const [path, json, message] of /** @type {Array<[string, object, RegExp]>} */ ([
    ['webhooks', { lag: 5 }, /no member "lag"/],
    ['webhooks/routes', { from: 'x' }, /no member "from".*origin/s],
    ['webhooks/routes', { origin: 'x', target: 'y' }, /on this machine/],
    ['webhooks/events', { kind: 'x' }, /no member "kind"/],
    ['likes', { post: '1' }, /no member "post"/],
    ['revocations', { user: '1' }, /no member "user"/],
  ])) {
    const { status, body } = await send(sandbox.url, 'POST', `/_sandbox/${path}`, { json });
    assert.equal(status, 400, path);
    assert.match(body.detail, message);
  }
});
