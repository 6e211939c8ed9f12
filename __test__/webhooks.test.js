'use strict';

const { getAppBearerToken, TokenManager, TwitterError, webhooks } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { useReceiver } = require('./support/receiver.js');

const context = useSandbox();
const receiver = useReceiver(() => context.sandbox.env.X_API_SECRET);
const client = { retry: { baseDelayMs: 1, maxDelayMs: 1 } };
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });

beforeEach(async () => {
  for (const { id } of await webhooks.list()) await webhooks.delete(id);
  context.sandbox.ledger.clear();
});

describe('a webhook', () => {
  test('is created, listed, checked and deleted', async () => {
    expect(await webhooks.list()).toEqual([]);
    const webhook = await webhooks.create(receiver.url);
    expect(webhook).toEqual({
      id: expect.stringMatching(/^\d+$/),
      url: receiver.url,
      valid: true,
      createdAt: expect.stringMatching(/Z$/),
    });
    expect(await webhooks.list()).toEqual([webhook]);
    expect(await webhooks.validate(webhook.id)).toEqual({ valid: true });
    expect(await webhooks.delete(webhook.id)).toEqual({ deleted: true });
    expect(await webhooks.list()).toEqual([]);
    // What is gone is gone, however often that is asked for.
    expect(await webhooks.delete(webhook.id)).toEqual({ deleted: true });
  });

  test('is the app’s: every request goes by its own token', async () => {
    const { id } = await webhooks.create(receiver.url);
    await webhooks.list();
    await webhooks.validate(id);
    await webhooks.delete(id);
    const kinds = context.sandbox.ledger.requests().map(({ endpoint, auth }) => [endpoint, auth]);
    expect(kinds).toEqual(
      ['createWebhook', 'listWebhooks', 'validateWebhook', 'deleteWebhook'].map((endpoint) => [endpoint, 'app']),
    );
  });

  test('takes the keys and the options of a config', async () => {
    const { X_API_KEY: apiKey, X_API_SECRET: apiSecret } = process.env;
    delete process.env.X_API_KEY;
    try {
      const error = await rejectionOf(webhooks.list());
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'apiKey', operation: 'webhooks.list' });
      const seen = [];
      const onRequest = ({ path, operation }) => seen.push([path, operation]);
      await expect(webhooks.list({ apiKey, apiSecret, timeoutMs: 60_000, client: { onRequest } })).resolves.toEqual([]);
      expect(seen).toContainEqual(['/2/webhooks', 'webhooks.list']);
    } finally {
      process.env.X_API_KEY = apiKey;
    }
  });

  test('that the app has is given back', async () => {
    const first = await webhooks.create(receiver.url);
    // The plan has one webhook, so X says that there are too many.
    expect(await webhooks.create(receiver.url)).toEqual(first);
    const error = await rejectionOf(webhooks.create(`${receiver.url}/other`));
    expect(error).toMatchObject({ code: 'USAGE_CAP', type: 'not_allowed', status: 400, retryable: false });
    expect(error.message).toMatch(/^Webhook creation failed: 400 - WebhookLimitExceeded: .*delete one/);
  });

  test.each(['commitThenReset', 'commitThenClose', 'truncate', 'garbage'])(
    'whose answer was lost by %s is not created twice',
    async (kind) => {
      context.sandbox.faults.add({ endpoint: 'createWebhook', fault: { kind }, times: 1 });
      const webhook = await webhooks.create(receiver.url, { client });
      expect(await webhooks.list()).toEqual([webhook]);
      expect(requestsTo('createWebhook')).toHaveLength(1);
    },
  );

  test('that was not created when the connection broke is created after all', async () => {
    context.sandbox.faults.add({ endpoint: 'createWebhook', fault: { kind: 'resetAfterRead' }, times: 2 });
    const webhook = await webhooks.create(receiver.url, { client });
    expect(await webhooks.list()).toEqual([webhook]);
    expect(requestsTo('createWebhook')).toHaveLength(3);
  });

  test('that can not be created and can not be looked for is an error', async () => {
    context.sandbox.faults.add({ endpoint: 'createWebhook', fault: { kind: 'status', status: 503 } });
    context.sandbox.faults.add({ endpoint: 'listWebhooks', fault: { kind: 'status', status: 503 } });
    const error = await rejectionOf(webhooks.create(receiver.url, { client }));
    expect(error).toMatchObject({ code: 'UPSTREAM', status: 503, operation: 'webhooks.create' });
    expect(requestsTo('createWebhook')).toHaveLength(1);
  });

  test('that does not know the secret is refused, with what to do', async () => {
    receiver.proof = () => ({ response_token: 'sha256=wrong' });
    const error = await rejectionOf(webhooks.create(receiver.url));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', type: 'invalid_data', status: 400 });
    expect(error.message).toMatch(/CrcValidationFailed: .*webhookCrcResponse.*API secret/s);
    expect(error.message).not.toContain(receiver.url);
  });

  test('that fails a check says so', async () => {
    const { id } = await webhooks.create(receiver.url);
    receiver.proof = () => ({});
    expect(await rejectionOf(webhooks.validate(id))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      operation: 'webhooks.validate',
      message: expect.stringMatching(/^Webhook validation failed: 400 - CrcValidationFailed/),
    });
    expect(await webhooks.list()).toMatchObject([{ id, valid: false }]);
  });

  test('that there is not is not found', async () => {
    expect(await rejectionOf(webhooks.validate('7'))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/WebhookIdInvalid: .*list them/),
    });
  });
});

describe('a token of the app', () => {
  test('that X does not accept any more is replaced, once', async () => {
    await webhooks.list();
    const stale = (await getAppBearerToken()).access_token;
    const rule = context.sandbox.faults.add({
      endpoint: 'listWebhooks',
      fault: { kind: 'status', status: 401, body: { title: 'Unauthorized', type: 'about:blank', status: 401 } },
      times: 1,
    });
    await expect(webhooks.list()).resolves.toEqual([]);
    expect(rule.hits).toBe(1);
    expect(requestsTo('appToken')).toHaveLength(1);
    expect((await getAppBearerToken()).access_token).toBe(stale);
  });

  test('that X never takes is an error about the app', async () => {
    const fault = { kind: 'status', status: 401, body: { title: 'Unauthorized', type: 'about:blank', status: 401 } };
    context.sandbox.faults.add({ endpoint: 'listWebhooks', fault });
    const error = await rejectionOf(webhooks.list());
    expect(error).toMatchObject({ code: 'UNAUTHORIZED' });
    expect(error.message).toMatch(/API key and secret/);
    expect(requestsTo('listWebhooks')).toHaveLength(2);
  });
});

describe('a call that is ended', () => {
  test('by its signal or its deadline says so', async () => {
    context.sandbox.faults.add({ endpoint: 'listWebhooks', fault: { kind: 'hang' } });
    const signal = AbortSignal.abort(new Error('enough'));
    const error = await rejectionOf(webhooks.list({ signal }));
    expect(error).toMatchObject({ code: 'ABORTED', cause: new Error('enough') });
    expect(await rejectionOf(webhooks.list({ timeoutMs: 50 }))).toMatchObject({ code: 'TIMEOUT' });
  });
});

describe('refused before anything is sent', () => {
  afterEach(() => expect(context.sandbox.ledger.requests()).toEqual([]));

  test.each([
    ['http', 'http://shop.example.com/x', /must be https/],
    ['a port', 'https://shop.example.com:8443/x', /must have no port/],
    ['the usual port', 'https://shop.example.com:443/x', /must have no port/],
    ['a private network', 'https://10.0.0.5/x', /must be public/],
    ['a name of the machine', 'https://backend/x', /must be public/],
    ['a password', 'https://me:secret@shop.example.com/x', /user name or password/],
    ['a fragment', 'https://shop.example.com/x#y', /fragment/],
    ['more than 200 characters', `https://shop.example.com/${'a'.repeat(200)}`, /1 to 200 characters/],
    ['no URL', 'webhooks', /absolute https URL/],
    ['nothing', '', /1 to 200 characters/],
    ['a number', 5, /must be a string/],
    ['no argument', undefined, /is missing/],
  ])('a URL with %s', async (_, url, message) => {
    const error = await rejectionOf(webhooks.create(url));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'url', operation: 'webhooks.create' });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('secret');
  });

  test('a loopback URL, beside an API that is not on this machine', async () => {
    const error = await rejectionOf(
      webhooks.create(receiver.url, { client: { apiBaseUrl: 'https://api.example.invalid' } }),
    );
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'url' });
  });

  const manager = () => new TokenManager({ load: async () => ({ accessToken: 'a' }), store: async () => true });
  test.each([
    ['a token', () => 'a-token'],
    ['a TokenManager', manager],
    ['OAuth 1.0a credentials', () => context.user.oauth1Credentials],
    ['a number', () => 5],
    ['a list', () => []],
  ])('%s in place of the app’s credentials', async (_, make) => {
    for (const call of [
      () => webhooks.create(receiver.url, make()),
      () => webhooks.list(make()),
      () => webhooks.validate('1', make()),
      () => webhooks.delete('1', make()),
      () => webhooks.replay({ webhookId: '1', from: new Date(), to: new Date() }, make()),
    ]) {
      const error = await rejectionOf(call());
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', type: 'invalid_data' });
      expect(error.message).toMatch(/config must be (the app's own credentials|an object)/);
    }
  });

  test.each(['', 'mine', '1/2', 7, null])('the id %p', async (id) => {
    for (const call of [() => webhooks.validate(id), () => webhooks.delete(id)]) {
      expect(await rejectionOf(call())).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'webhookId' });
    }
  });

  const now = Date.UTC(2026, 8, 21, 14, 28, 20);
  test.each([
    ['replay', undefined],
    ['replay', 'yesterday'],
    ['replay.webhookId', { from: now, to: now }],
    ['replay.webhookId', { webhookId: 'mine', from: now, to: now }],
    ['replay.from', { webhookId: '1', to: now }],
    ['replay.from', { webhookId: '1', from: new Date(Number.NaN), to: now }],
    ['replay.from', { webhookId: '1', from: '2026-09-21', to: now }],
    ['replay.to', { webhookId: '1', from: now, to: now - 1 }],
    ['replay.to', { webhookId: '1', from: now - 24 * 3600_000 - 1, to: now }],
    ['replay.to', { webhookId: '1', from: now, to: -1 }],
  ])('a replay with a wrong %s', async (field, replay) => {
    expect(await rejectionOf(webhooks.replay(replay))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      field,
      operation: 'webhooks.replay',
    });
  });
});
