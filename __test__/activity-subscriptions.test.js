'use strict';

const { activitySubscriptions, TokenManager, webhooks } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { useReceiver } = require('./support/receiver.js');

const context = useSandbox({ maxSubscriptions: 5 });
const receiver = useReceiver(() => context.sandbox.env.X_API_SECRET);
const client = { retry: { baseDelayMs: 1, maxDelayMs: 1 } };
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const posts = (more = {}) => ({ eventType: 'post.create', filter: { userId: context.user.id }, ...more });

beforeEach(async () => {
  const { subscriptions } = await activitySubscriptions.list();
  for (const { id } of subscriptions) await activitySubscriptions.delete(id);
  context.sandbox.ledger.clear();
});

test('a subscription is created, listed, changed and deleted, as the app', async () => {
  const { id: webhookId } = await webhooks.create(receiver.url);
  const created = await activitySubscriptions.create(posts({ tag: 'ours', webhookId }));
  expect(created).toEqual({
    id: expect.stringMatching(/^\d+$/),
    eventType: 'post.create',
    filter: { userId: context.user.id },
    tag: 'ours',
    webhookId,
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: expect.stringMatching(/Z$/),
  });
  expect(await activitySubscriptions.list()).toEqual({ subscriptions: [created], total: 1 });
  expect(await activitySubscriptions.update(created.id, { tag: 'other' })).toMatchObject({ tag: 'other', webhookId });
  expect(await activitySubscriptions.delete(created.id)).toEqual({ deleted: true });
  expect(await activitySubscriptions.delete(created.id)).toEqual({ deleted: true });
  expect(await activitySubscriptions.list()).toEqual({ subscriptions: [], total: 0 });
  const kinds = context.sandbox.ledger.requests().filter(({ endpoint }) => /ubscription/.test(endpoint));
  expect(new Set(kinds.map(({ auth }) => auth))).toEqual(new Set(['app']));
});

test('private events are subscribed to as their user', async () => {
  const fan = context.sandbox.seedUser({ scopes: 'like.read tweet.read offline.access' });
  const manager = new TokenManager({
    load: async () => ({ accessToken: fan.oauth2.accessToken }),
    store: async () => true,
  });
  const likes = (direction) => ({ eventType: 'like.create', filter: { userId: fan.id, direction } });
  const inbound = await activitySubscriptions.create(likes('inbound'), fan.oauth2.accessToken);
  expect(inbound.filter).toEqual({ userId: fan.id, direction: 'inbound' });
  await activitySubscriptions.create(likes('outbound'), manager);
  expect(requestsTo('createSubscription').map(({ auth, userId }) => [auth, userId])).toEqual([
    ['oauth2', fan.id],
    ['oauth2', fan.id],
  ]);
  for (const who of [fan.oauth2.accessToken, fan.oauth1Credentials, undefined]) {
    expect((await activitySubscriptions.list(who)).subscriptions).toHaveLength(2);
  }
});

test('a scope that is missing is named', async () => {
  const { oauth2, id } = context.user;
  const likes = { eventType: 'like.create', filter: { userId: id } };
  const error = await rejectionOf(activitySubscriptions.create(likes, oauth2.accessToken));
  expect(error).toMatchObject({ code: 'MISSING_SCOPE', status: 403, operation: 'activitySubscriptions.create' });
  expect(error.message).toMatch(/like\.read/);
  expect(await rejectionOf(activitySubscriptions.list(oauth2.accessToken))).toMatchObject({ code: 'MISSING_SCOPE' });
});

test('a page at a time is listed', async () => {
  const types = ['post.create', 'post.delete', 'follow.follow'];
  for (const eventType of types) await activitySubscriptions.create(posts({ eventType }));
  const first = await activitySubscriptions.list(null, { maxResults: 2 });
  expect(first).toMatchObject({ total: 3, nextToken: expect.any(String) });
  const second = await activitySubscriptions.list(undefined, { maxResults: 2, paginationToken: first.nextToken });
  expect([...first.subscriptions, ...second.subscriptions].map(({ eventType }) => eventType)).toEqual(types);
  expect(second.nextToken).toBeUndefined();
});

test('a subscription to the same events is given back', async () => {
  const first = await activitySubscriptions.create(posts({ tag: 'first' }));
  expect(await activitySubscriptions.create(posts({ tag: 'second' }))).toEqual(first);
  expect((await activitySubscriptions.list()).total).toBe(1);
});

test.each(['commitThenReset', 'truncateThenClose', 'garbage'])(
  'one whose answer was lost by %s is not created twice',
  async (kind) => {
    context.sandbox.faults.add({ endpoint: 'createSubscription', fault: { kind }, times: 1 });
    const created = await activitySubscriptions.create(posts(), null, { client });
    expect((await activitySubscriptions.list()).subscriptions).toEqual([created]);
    expect(requestsTo('createSubscription')).toHaveLength(1);
  },
);

test('one that was not created when the connection broke is created after all', async () => {
  context.sandbox.faults.add({ endpoint: 'createSubscription', fault: { kind: 'resetAfterRead' }, times: 1 });
  const created = await activitySubscriptions.create(posts(), null, { client });
  expect((await activitySubscriptions.list()).subscriptions).toEqual([created]);
});

describe('the one that exists is looked for on all pages', () => {
  const listed = (body, rule = {}) =>
    context.sandbox.faults.add({
      endpoint: 'listSubscriptions',
      fault: { kind: 'status', status: 200, body },
      ...rule,
    });
  const lose = () =>
    context.sandbox.faults.add({ endpoint: 'createSubscription', fault: { kind: 'commitThenReset' }, times: 1 });

  test('and found on the second', async () => {
    lose();
    const filter = { user_id: context.user.id };
    listed({ data: [], meta: { next_token: 'more' } }, { attempt: 1 });
    listed({ data: [{ subscription_id: '77', event_type: 'post.create', filter }] }, { attempt: 2 });
    await expect(activitySubscriptions.create(posts(), null, { client })).resolves.toMatchObject({ id: '77' });
    expect(requestsTo('listSubscriptions')).toHaveLength(2);
    expect(requestsTo('createSubscription')).toHaveLength(1);
  });

  test('as far as they have an end', async () => {
    const body = {
      title: 'DuplicateSubscriptionFailed',
      detail: 'DuplicateSubscriptionFailed: it exists',
      status: 400,
    };
    const fault = { kind: 'status', status: 400, body };
    context.sandbox.faults.add({ endpoint: 'createSubscription', fault });
    listed({ data: [], meta: { next_token: 'more' } });
    const error = await rejectionOf(activitySubscriptions.create(posts(), null, { client }));
    expect(error).toMatchObject({ status: 400, operation: 'activitySubscriptions.create' });
    expect(requestsTo('listSubscriptions').length).toBeLessThan(1000);
    expect(requestsTo('createSubscription')).toHaveLength(1);
  });

  test('and where they can not be read, the error is that of the request that failed', async () => {
    lose();
    const unavailable = { kind: 'status', status: 503 };
    context.sandbox.faults.add({ endpoint: 'listSubscriptions', fault: unavailable });
    const error = await rejectionOf(activitySubscriptions.create(posts(), null, { client }));
    expect(error).toMatchObject({ code: 'NETWORK', operation: 'activitySubscriptions.create' });
    expect(requestsTo('createSubscription')).toHaveLength(1);
  });
});

test('a plan that has no more gets an error that says so', async () => {
  const types = ['post.create', 'post.delete', 'follow.follow', 'follow.unfollow', 'profile.update.bio'];
  for (const eventType of types) await activitySubscriptions.create(posts({ eventType }));
  const error = await rejectionOf(activitySubscriptions.create(posts({ eventType: 'profile.update.geo' })));
  expect(error).toMatchObject({ code: 'USAGE_CAP', status: 400 });
  expect(error.message).toMatch(/SubscriptionLimitExceeded.*raise the plan/);
});

test('an event that X knows and does not take is refused by X', async () => {
  const error = await rejectionOf(activitySubscriptions.create({ eventType: 'oauth.revoke' }));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', status: 400 });
});

test('what there is not is not found', async () => {
  expect(await rejectionOf(activitySubscriptions.update('7', { tag: 'x' }))).toMatchObject({
    code: 'NOT_FOUND',
    operation: 'activitySubscriptions.update',
    message: expect.stringMatching(/SubscriptionNotFound/),
  });
  expect(await rejectionOf(activitySubscriptions.create(posts({ webhookId: '7' })))).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringMatching(/WebhookIdInvalid/),
  });
});

describe('refused before anything is sent', () => {
  afterEach(() => expect(context.sandbox.ledger.requests()).toEqual([]));
  const user = { userId: '42' };

  test.each([
    ['subscription', undefined],
    ['subscription', 'post.create'],
    ['subscription.eventType', {}],
    ['subscription.eventType', { eventType: 'post.created', filter: user }],
    ['subscription.filter', { eventType: 'post.create', filter: '42' }],
    ['subscription.filter.userId', { eventType: 'post.create' }],
    ['subscription.filter.userId', { eventType: 'post.create', filter: { userId: '@shop' } }],
    ['subscription.filter.userId', { eventType: 'oauth.revoke', filter: user }],
    ['subscription.filter.keyword', { eventType: 'post.create', filter: { ...user, keyword: 'lamps' } }],
    ['subscription.filter.keyword', { eventType: 'news.new', filter: {} }],
    ['subscription.filter.direction', { eventType: 'like.create', filter: { ...user, direction: 'up' } }],
    ['subscription.filter.direction', { eventType: 'mute.mute', filter: { ...user, direction: 'inbound' } }],
    ['subscription.tag', { eventType: 'post.create', filter: user, tag: '' }],
    ['subscription.tag', { eventType: 'post.create', filter: user, tag: 'a'.repeat(201) }],
    ['subscription.webhookId', { eventType: 'post.create', filter: user, webhookId: 'mine' }],
  ])('a wrong %s', async (field, subscription) => {
    const error = await rejectionOf(activitySubscriptions.create(subscription));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field, operation: 'activitySubscriptions.create' });
  });

  test.each(['like.create', 'post.reply.create', 'dm.received', 'mute.mute', 'block.block', 'broadcast.chat'])(
    '%s by anyone but its user',
    async (eventType) => {
      const subscription = { eventType, filter: { userId: context.user.id } };
      for (const who of [undefined, null, context.user.oauth1Credentials]) {
        const error = await rejectionOf(activitySubscriptions.create(subscription, who));
        expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'credentials' });
        expect(error.message).toMatch(/OAuth 2\.0 access token.*scope \w+\.read: .* is private/);
      }
    },
  );

  test('credentials that are none', async () => {
    for (const who of ['', 5, true, { apiKey: 'a' }]) {
      const error = await rejectionOf(activitySubscriptions.create(posts(), /** @type {any} */ (who)));
      expect(error.code).toBe('INVALID_ARGUMENT');
      expect(error.field).toMatch(/^credentials/);
    }
    for (const config of ['a-token', context.user.oauth1Credentials]) {
      for (const call of [
        () => activitySubscriptions.update('1', { tag: 'x' }, /** @type {any} */ (config)),
        () => activitySubscriptions.delete('1', /** @type {any} */ (config)),
      ]) {
        expect(await rejectionOf(call())).toMatchObject({
          code: 'INVALID_ARGUMENT',
          field: 'config',
          message: expect.stringMatching(/app's own credentials/),
        });
      }
    }
  });

  test('other arguments', async () => {
    for (const [field, call] of [
      ['subscriptionId', () => activitySubscriptions.update('mine', { tag: 'x' })],
      ['changes', () => activitySubscriptions.update('1', {})],
      ['changes', () => activitySubscriptions.update('1', undefined)],
      ['changes.tag', () => activitySubscriptions.update('1', { tag: 'a'.repeat(201) })],
      ['changes.webhookId', () => activitySubscriptions.update('1', { webhookId: 'x' })],
      ['subscriptionId', () => activitySubscriptions.delete('')],
      ['options.maxResults', () => activitySubscriptions.list(null, { maxResults: 0 })],
      ['options.maxResults', () => activitySubscriptions.list(null, { maxResults: 1001 })],
      ['options.paginationToken', () => activitySubscriptions.list(null, { paginationToken: '' })],
    ]) {
      expect(await rejectionOf(call())).toMatchObject({ code: 'INVALID_ARGUMENT', field });
    }
  });
});
