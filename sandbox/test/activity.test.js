'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { withReceiver } = require('./support/activity.js');
const { assertMatches } = require('./support/matches.js');

const INVALID = { title: 'Invalid Request', type: /\/invalid-request$/ };
const refused = (/** @type {RegExp} */ message) => ({ status: 400, body: { ...INVALID, errors: [{ message }] } });
const path = '/2/activity/subscriptions';

test('a subscription is created, listed, changed and deleted', async (t) => {
  const own = await withReceiver(t);
  const { id: webhookId } = await own.register();
  const { body } = await own.subscribe(webhookId, 'post.create');
  const { subscription } = body.data;
  assertMatches(subscription, {
    subscription_id: /^\d+$/,
    event_type: 'post.create',
    filter: { user_id: own.user.id },
    tag: 'post.create',
    webhook_id: webhookId,
    created_at: /Z$/,
  });
  assert.deepEqual((await own.asApp('GET', path)).body, {
    data: [subscription],
    meta: { total_subscriptions: 1 },
  });
  const changed = await own.asApp('PUT', `${path}/${subscription.subscription_id}`, { tag: 'renamed' });
  assertMatches(changed.body.data, { subscription: { tag: 'renamed', webhook_id: webhookId }, total_subscriptions: 1 });
  const gone = await own.asApp('DELETE', `${path}/${subscription.subscription_id}`);
  assert.deepEqual(gone.body, { data: { deleted: true } });
  const again = refused(/^SubscriptionNotFound: /);
  assertMatches(await own.asApp('DELETE', `${path}/${subscription.subscription_id}`), again);
  assertMatches(await own.asApp('PUT', `${path}/${subscription.subscription_id}`, { tag: 'x' }), again);
});

test('several are deleted at once, and those that are not there are named', async (t) => {
  const own = await withReceiver(t);
  const { id: webhookId } = await own.register();
  const ids = [];
  for (const type of ['post.create', 'post.delete']) {
    ids.push((await own.subscribe(webhookId, type)).body.data.subscription.subscription_id);
  }
  const { body } = await own.asApp('DELETE', `${path}?ids=${ids[0]},7`);
  assertMatches(body, {
    data: [{ subscription_id: ids[0], deleted: true }],
    errors: [{ subscription_id: '7', reason: 'SubscriptionNotFound' }],
    meta: { total_subscriptions: 1 },
  });
  assertMatches(await own.asApp('DELETE', `${path}?ids=x`), { status: 400, body: INVALID });
});

test('subscriptions are listed page by page', async (t) => {
  const own = await withReceiver(t);
  for (const type of ['post.create', 'post.delete', 'follow.follow']) {
    await own.asApp('POST', path, { event_type: type, filter: { user_id: own.user.id } });
  }
  const first = (await own.asApp('GET', `${path}?max_results=2`)).body;
  assert.equal(first.data.length, 2);
  assertMatches(first.meta, { total_subscriptions: 3, next_token: /^[0-9A-V]{16}$/ });
  const { body } = await own.asApp('GET', `${path}?max_results=2&pagination_token=${first.meta.next_token}`);
  assert.deepEqual(
    body.data.map((/** @type {any} */ { event_type: type }) => type),
    ['follow.follow'],
  );
  assert.equal(body.meta.next_token, undefined);
  for (const query of ['max_results=0', 'max_results=1001', 'pagination_token=short']) {
    assertMatches(await own.asApp('GET', `${path}?${query}`), { status: 400, body: INVALID });
  }
});

test('what is no subscription is refused', async (t) => {
  const own = await withReceiver(t);
  const filter = { user_id: own.user.id };
  for (const json of [
    { event_type: 'post.created', filter },
    { event_type: 'post.create' },
    { event_type: 'post.create', filter: {} },
    { event_type: 'post.create', filter: { user: own.user.id } },
    { event_type: 'post.create', filter, tag: '' },
    { event_type: 'post.create', filter, tag: 'a'.repeat(201) },
    { event_type: 'post.create', filter, webhook_id: 'mine' },
    { event_type: 'post.create', filter, colour: 'red' },
    { event_type: 'news.new', filter: {} },
    { event_type: 'oauth.revoke', filter: {} },
  ]) {
    assertMatches(await own.asApp('POST', path, json), { status: 400, body: INVALID });
  }
  const json = { event_type: 'post.create', filter, webhook_id: '7' };
  assertMatches(await own.asApp('POST', path, json), refused(/^WebhookIdInvalid: /));
  await own.asApp('POST', path, { event_type: 'post.create', filter });
  const again = await own.asApp('POST', path, { event_type: 'post.create', filter, tag: 'another' });
  assertMatches(again, refused(/^DuplicateSubscriptionFailed: /));
});

test('a plan has so many subscriptions', async (t) => {
  const own = await withReceiver(t, { maxSubscriptions: 1 });
  const json = (/** @type {string} */ type) => ({ event_type: type, filter: { user_id: own.user.id } });
  await own.asApp('POST', path, json('post.create'));
  assertMatches(await own.asApp('POST', path, json('post.delete')), refused(/^SubscriptionLimitExceeded: /));
});

test('private events are for the users themselves, with the scope of their kind', async (t) => {
  const own = await withReceiver(t);
  const seed = (/** @type {string} */ scopes) => own.sandbox.seedUser({ scopes });
  const ask = (/** @type {any} */ as, /** @type {string} */ type, /** @type {string} */ id, more = {}) =>
    own.call('POST', path, { as, json: { event_type: type, filter: { user_id: id, ...more } } });
  const fan = seed('like.read tweet.read');
  const WRONG_KIND = { status: 403, body: { type: /\/unsupported-authentication$/ } };
  assertMatches(await ask(own.app, 'like.create', fan.id), WRONG_KIND);
  assertMatches(await ask(fan.oauth1Credentials, 'like.create', fan.id), WRONG_KIND);
  assertMatches(await ask(fan.oauth2.accessToken, 'like.create', fan.id), { status: 200 });
  for (const [type, scope] of [
    ...[
      ['like.create', 'like.read'],
      ['dm.sent', 'dm.read'],
      ['post.reply.create', 'tweet.read'],
    ],
    ...[
      ['mute.mute', 'mute.read'],
      ['block.block', 'block.read'],
      ['broadcast.chat', 'broadcast.read'],
    ],
  ]) {
    const without = seed('offline.access');
    assertMatches(await ask(without.oauth2.accessToken, type, without.id), {
      status: 403,
      body: { detail: 'Forbidden' },
    });
    const having = seed(scope);
    assertMatches(await ask(having.oauth2.accessToken, type, having.id), { status: 200 });
  }
  // Public events are open to anyone, but not to a token that may read nothing.
  const blind = seed('media.write');
  assertMatches(await ask(blind.oauth2.accessToken, 'post.create', own.user.id), { status: 403 });
  assertMatches(await ask(own.user.oauth1Credentials, 'post.create', own.user.id), { status: 200 });
  const muted = seed('mute.read');
  assertMatches(await ask(muted.oauth2.accessToken, 'mute.mute', own.user.id), { status: 403 });
  const direction = await ask(muted.oauth2.accessToken, 'mute.mute', muted.id, { direction: 'inbound' });
  assertMatches(direction, { status: 400, body: INVALID });
});

test('the list is open to apps, to OAuth 1.0a and to readers of likes', async (t) => {
  const own = await withReceiver(t);
  for (const as of [own.app, own.user.oauth1Credentials]) {
    assertMatches(await own.call('GET', path, { as }), { status: 200, body: { data: [] } });
  }
  const reader = own.sandbox.seedUser({ scopes: 'like.read tweet.read' });
  assertMatches(await own.call('GET', path, { as: reader.oauth2.accessToken }), { status: 200 });
  assertMatches(await own.call('GET', path, { as: own.token() }), { status: 403, body: { detail: 'Forbidden' } });
});
