'use strict';

const { fail } = require('node:assert');
const { EventEmitter, once } = require('node:events');
const {
  TwitterError,
  configure,
  createTweet,
  deleteTweet,
  getAppBearerToken,
  getTweet,
  getUserProfile,
  getUserTweets,
  initiateUserAuth,
  probeMedia,
  publishTweetWithMedia,
  rateLimits,
  refreshAccessToken,
  uploadMedia,
} = require('twitter-native');
const {
  eventKeeper,
  rejectionOf,
  thrownBy,
  useOwnEnvironment,
  useSandbox,
  withSandbox,
} = require('./support/harness.js');

const context = useSandbox({ rateLimits: {} });
const token = () => context.user.oauth2.accessToken;
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });

useOwnEnvironment();
afterEach(() => configure({}));

/** A listener, and the events that it has got, once there are enough. */
function listen() {
  const { keep, until } = eventKeeper();
  return { onRequest: keep, events: (count) => until((events) => events.length >= count) };
}

describe('configure', () => {
  test('sets the client that calls fall back to, until it is reset', async () => {
    await withSandbox({ rateLimits: {} }, async (other) => {
      const user = other.seedUser();
      configure({ apiBaseUrl: other.url });
      await expect(getUserProfile(user.oauth2.accessToken)).resolves.toMatchObject({ id: user.id });
      configure({});
      await expect(getUserProfile(token())).resolves.toMatchObject({ id: context.user.id });
      expect(other.ledger.requests({ endpoint: 'me' })).toHaveLength(1);
      expect(requestsTo('me')).toHaveLength(1);
    });
  });

  test("a call's own options go over it, one by one", async () => {
    configure({ apiBaseUrl: 'http://127.0.0.1:1', authorizeUrl: 'https://login.example/a', retry: { maxAttempts: 2 } });
    context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 503 } });
    const client = { apiBaseUrl: context.sandbox.url, retry: { baseDelayMs: 1, budget: 10_000 } };
    await expect(rejectionOf(getUserProfile(token(), { client }))).resolves.toMatchObject({ code: 'UPSTREAM' });
    expect(requestsTo('me')).toHaveLength(2);
    expect(initiateUserAuth('https://shop.example/', null, { client }).authUrl).toMatch(
      /^https:\/\/login\.example\/a\?/,
    );
  });

  test('sets all anew', async () => {
    configure({ retry: { maxAttempts: 1, budget: 10_000 } });
    configure({ retry: { baseDelayMs: 1, budget: 10_000 } });
    context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 503 } });
    await rejectionOf(getUserProfile(token()));
    expect(requestsTo('me')).toHaveLength(3);
  });

  test.each([
    ['retry.maxAttempts', { retry: { maxAttempts: 0 } }],
    ['apiBaseUrl', { apiBaseUrl: 'http://api.x.com' }],
    ['onRequest', { onRequest: 'x' }],
    ['userAgent', { userAgent: 5 }],
  ])('a bad %s changes nothing', async (field, options) => {
    const { onRequest, events } = listen();
    configure({ onRequest });
    const error = thrownBy(() => configure(options));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', operation: 'configure' });
    expect(error.field.endsWith(field)).toBe(true);
    await getUserProfile(token());
    expect(await events(1)).toMatchObject([{ operation: 'getUserProfile', status: 200 }]);
  });

  test('its listener is notified of all calls, but those that have their own', async () => {
    const [all, one] = [listen(), listen()];
    configure({ onRequest: all.onRequest });
    await getUserProfile(token());
    await rejectionOf(getTweet('20', token(), { client: { onRequest: one.onRequest } }));
    await getUserProfile(token(), { client: { retry: { maxAttempts: 1 } }, timeoutMs: 60_000 });
    expect(await all.events(2)).toMatchObject([{ operation: 'getUserProfile' }, { operation: 'getUserProfile' }]);
    expect(await one.events(1)).toMatchObject([{ operation: 'getTweet' }]);
  });

  test('with a listener, bad options are refused as ever', async () => {
    configure({ onRequest: () => {} });
    for (const [options, field] of [
      ['text', 'options'],
      [{ client: 'text' }, 'options.client'],
      [{ client: [] }, 'options.client'],
    ]) {
      const error = await rejectionOf(getUserProfile(token(), options));
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
    }
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });
});

describe('the environment', () => {
  test('X_API_BASE_URL is read at each call', async () => {
    await withSandbox({ rateLimits: {} }, async (other) => {
      const user = other.seedUser();
      process.env.X_API_BASE_URL = other.url;
      await expect(getUserProfile(user.oauth2.accessToken)).resolves.toMatchObject({ id: user.id });
      process.env.X_API_BASE_URL = context.sandbox.url;
      await expect(getUserProfile(token())).resolves.toMatchObject({ id: context.user.id });
    });
  });

  test('X_API_BASE_URL is checked as an option is', async () => {
    process.env.X_API_BASE_URL = 'http://api.x.com';
    const error = await rejectionOf(getUserProfile(token()));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(error.field).toMatch(/apiBaseUrl$/);
  });

  test('X_UPLOAD_BASE_URL is for v1.1 only', async () => {
    await withSandbox({ rateLimits: {} }, async (other) => {
      process.env.X_UPLOAD_BASE_URL = other.url;
      const upload = (mediaApi) =>
        uploadMedia(context.url('/media/jpeg'), context.user.oauth1Credentials, { mediaApi });
      await expect(rejectionOf(upload('v1.1'))).resolves.toMatchObject({ code: 'UNAUTHORIZED' });
      expect(other.ledger.requests()[0].path).toBe('/1.1/media/upload.json');
      await expect(upload('v2')).resolves.toMatch(/^\d+$/);
    });
  });

  test.each([
    [undefined, '1'],
    ['1', undefined],
    ['true', '1'],
    ['1', '0'],
  ])('X_MEDIA_ALLOW_PRIVATE_NETWORKS=%s and X_MEDIA_ALLOW_HTTP=%s open nothing', async (networks, http) => {
    delete process.env.X_MEDIA_ALLOW_PRIVATE_NETWORKS;
    delete process.env.X_MEDIA_ALLOW_HTTP;
    if (networks !== undefined) process.env.X_MEDIA_ALLOW_PRIVATE_NETWORKS = networks;
    if (http !== undefined) process.env.X_MEDIA_ALLOW_HTTP = http;
    const error = await rejectionOf(probeMedia(context.url('/media/jpeg')));
    expect(error).toMatchObject({ code: 'MEDIA_FORBIDDEN_HOST', operation: 'probeMedia' });
    expect(context.sandbox.ledger.requests()).toEqual([]);
    const mediaPolicy = { allowHttp: true, allowPrivateNetworks: true };
    await expect(probeMedia(context.url('/media/jpeg'), { client: { mediaPolicy } })).resolves.toMatchObject({
      contentType: 'image/jpeg',
    });
  });
});

describe('rateLimits', () => {
  test('gives what the headers last said, for each account and endpoint', async () => {
    // A client of its own: it starts with no rows.
    const client = { userAgent: 'rate limits' };
    expect(rateLimits({ client })).toEqual([]);
    const { id: userId, oauth2, oauth1Credentials } = context.sandbox.seedUser();
    const { id } = await createTweet({ text: 'Counted' }, oauth2.accessToken, { client });
    await getTweet(id, oauth2.accessToken, { client });
    await getTweet(id, oauth2.accessToken, { client });
    await deleteTweet(id, oauth1Credentials, { client });
    const rows = rateLimits({ client });
    // An OAuth 1.0a token shows whose it is.
    const digest = expect.stringMatching(/^[0-9a-f]{8}$/);
    const row = (endpoint, limit, remaining, account = digest) => ({
      account,
      endpoint,
      window: 'endpoint',
      limit,
      remaining,
      reset: expect.any(Number),
    });
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(
      expect.arrayContaining([
        row('POST /2/tweets', 100, 99),
        row('GET /2/tweets/:id', 900, 898),
        row('DELETE /2/tweets/:id', 50, 49, userId),
      ]),
    );
    expect(new Set(rows.map((one) => one.account)).size).toBe(2);
    for (const { reset } of rows) expect(reset * 1000).toBeGreaterThan(context.sandbox.clock.now());
    const shown = JSON.stringify(rows);
    for (const secret of [id, oauth2.accessToken, oauth1Credentials.accessToken])
      expect(shown.includes(secret)).toBe(false);
    expect(rateLimits({ client: { userAgent: 'another client' } })).toEqual([]);
  });

  test('gives the windows of a day, too', async () => {
    const client = { userAgent: 'days' };
    const headers = {
      'x-user-limit-24hour-limit': '100',
      'x-user-limit-24hour-remaining': '7',
      'x-user-limit-24hour-reset': '1900000000',
      'x-app-limit-24hour-limit': '10000',
      'x-app-limit-24hour-remaining': '9000',
      'x-app-limit-24hour-reset': '1900000001',
    };
    const body = { data: { id: '1', name: 'a', username: 'a' } };
    context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 200, headers, body } });
    await getUserProfile(token(), { client });
    const rows = rateLimits({ client }).map(({ account, endpoint, ...row }) => row);
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([
        { window: 'user_day', limit: 100, remaining: 7, reset: 1900000000 },
        { window: 'app_day', limit: 10_000, remaining: 9000, reset: 1900000001 },
      ]),
    );
  });

  test('of the default client', async () => {
    await getUserProfile(token());
    expect(rateLimits().map(({ endpoint }) => endpoint)).toContain('GET /2/users/me');
    expect(thrownBy(() => rateLimits('text'))).toMatchObject({ code: 'INVALID_ARGUMENT', operation: 'rateLimits' });
  });
});

describe('onRequest', () => {
  test('is notified of each request, without ids and without secrets', async () => {
    const { onRequest, events } = listen();
    const client = { onRequest, retry: { baseDelayMs: 1 } };
    const user = context.sandbox.seedUser();
    const { accessToken, refreshToken } = user.oauth2;
    const begun = Date.now();
    const content = { text: 'A canary text', media: [{ url: context.url('/media/jpeg'), altText: 'A canary' }] };
    const { tweetId, mediaIds } = await publishTweetWithMedia(content, accessToken, user.oauth1Credentials, { client });
    await getTweet(tweetId, accessToken, { client });
    await getUserTweets(user.id, accessToken, { client, sinceId: '20' });
    await deleteTweet(tweetId, user.oauth1Credentials, { client });
    const refreshed = await refreshAccessToken(refreshToken, { client });
    const bearer = await getAppBearerToken({ client });
    const seen = await events(8);
    expect(seen.map(({ operation, method, path, status }) => `${operation}: ${method} ${path} ${status}`)).toEqual([
      'publishTweetWithMedia: POST /2/media/upload 200',
      'publishTweetWithMedia: POST /2/media/metadata 200',
      'publishTweetWithMedia: POST /2/tweets 201',
      'getTweet: GET /2/tweets/:id 200',
      'getUserTweets: GET /2/users/:id/tweets 200',
      'deleteTweet: DELETE /2/tweets/:id 200',
      'refreshAccessToken: POST /2/oauth2/token 200',
      'getAppBearerToken: POST /oauth2/token 200',
    ]);
    const known = ['operation', 'method', 'host', 'path', 'status', 'attempt', 'startedAt', 'durationMs', 'rateLimit'];
    for (const event of seen) {
      expect(known).toEqual(expect.arrayContaining(Object.keys(event)));
      expect(event).toMatchObject({ host: new URL(context.sandbox.url).host, attempt: 1 });
      expect(event.durationMs).toBeGreaterThan(0);
      expect(event.startedAt).toBeGreaterThan(begun - 1);
      expect(event.startedAt + event.durationMs).toBeLessThan(Date.now() + 1);
    }
    expect(seen[2].rateLimit).toEqual({ window: 'endpoint', limit: 100, remaining: 99, reset: expect.any(Number) });
    const shown = JSON.stringify(seen);
    const tokens = [accessToken, refreshToken, refreshed.access_token, refreshed.refresh_token, bearer.access_token];
    const secrets = [...tokens, ...Object.values(user.oauth1Credentials)];
    for (const hidden of [...secrets, user.id, tweetId, ...mediaIds, 'canary', '?', 'OAuth ']) {
      expect(shown.includes(hidden)).toBe(false);
    }
  });

  test('is notified of each attempt', async () => {
    const { onRequest, events } = listen();
    context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 503 }, times: 1 });
    context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'resetBeforeRead' }, times: 1 });
    await getUserProfile(token(), { client: { onRequest, retry: { baseDelayMs: 1, budget: 10_000 } } });
    const [first, second, third] = await events(3);
    expect(first).toMatchObject({ attempt: 1, status: 503 });
    expect(second).toMatchObject({ attempt: 2, failure: expect.any(String) });
    expect(second).not.toHaveProperty('status');
    expect(third).toMatchObject({ attempt: 3, status: 200 });
    expect(third).not.toHaveProperty('failure');
  });

  test.each([
    ['throws', () => fail('The listener broke')],
    ['rejects', () => Promise.reject(new Error('The listener broke'))],
  ])('a listener that %s only warns', async (_name, onRequest) => {
    const warned = new EventEmitter();
    const warning = once(warned, 'warning');
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation((...parameters) => {
      warned.emit('warning', ...parameters);
    });
    try {
      await expect(getUserProfile(token(), { client: { onRequest } })).resolves.toMatchObject({ id: context.user.id });
      expect(await warning).toEqual([
        expect.stringMatching(/^onRequest threw: .*The listener broke$/),
        'TwitterNativeWarning',
      ]);
    } finally {
      emitWarning.mockRestore();
    }
  });
});

describe('client options', () => {
  const call = (client) => rejectionOf(getUserProfile('a-token', { client }));

  test.each([
    'http://api.x.com',
    'http://10.0.0.1',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://[::ffff:7f00:1]:8080',
    'http://0.0.0.0',
    'ftp://127.0.0.1',
    'api.x.com',
    '',
    'https://user:password@api.x.com',
    'https://api.x.com/?a=1',
    'https://api.x.com/#a',
  ])('apiBaseUrl may not be %j', async (url) => {
    for (const name of ['apiBaseUrl', 'uploadBaseUrl', 'authorizeUrl']) {
      const error = await call({ [name]: url });
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', type: 'invalid_data', operation: 'getUserProfile' });
      expect(error.field.endsWith(name)).toBe(true);
      expect(error.message).not.toContain('password@');
    }
  });

  test.each(['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1', 'http://127.8.9.10:1/base'])(
    'apiBaseUrl may be %s',
    async (apiBaseUrl) => {
      const error = await call({ apiBaseUrl, retry: { maxAttempts: 1 } });
      expect(error).toMatchObject({ code: 'NETWORK', retryable: true });
    },
  );

  test('apiBaseUrl may have a path', async () => {
    const { onRequest, events } = listen();
    const error = await call({ apiBaseUrl: `${context.sandbox.url}/base/`, onRequest });
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
    expect(context.sandbox.ledger.requests()).toMatchObject([{ path: '/base/2/users/me' }]);
    expect(await events(1)).toMatchObject([{ path: '/2/users/me' }]);
  });

  test.each([
    ['proxy', ['socks5://127.0.0.1:1', 'no proxy', 5]],
    ['userAgent', ['', 'a\r\nb', 'ü', 'a'.repeat(257), 5]],
    ['connectTimeoutMs', [0, -1, 1.5, 3_600_001, '5', Number.NaN]],
    ['requestTimeoutMs', [0, Number.POSITIVE_INFINITY, true, {}]],
    ['caCertificates', ['text', {}]],
    ['caCertificates[0]', [['no certificate'], [5]]],
    ['retry', [3, [], 'text']],
    ['retry.maxAttempts', [0, 21, 1.5]],
    ['retry.baseDelayMs', [-1, 600_001]],
    ['retry.maxDelayMs', [-1, 3_600_001]],
    ['retry.budget', [-1, 1_000_001]],
    ['rateLimit', [5, []]],
    ['rateLimit.maxWaitMs', [-1, 86_400_001]],
    ['upload.segmentBytes', [0, 5_000_001]],
    ['upload.concurrency', [0, 65]],
    ['upload.maxBufferedBytes', [1024 * 1024 - 1]],
    ['upload.processBufferedBytes', [0, 1024 * 1024 - 1, '64', 1.5]],
    ['mediaPolicy.allowHttp', ['yes', 1]],
    ['mediaPolicy.allowPrivateNetworks', [1]],
    ['mediaPolicy.allowedHosts', ['cdn.example.com']],
    ['mediaPolicy.allowedHosts[0]', [[5], ['https://cdn.example.com'], ['cdn.example.com/'], ['cdn example'], ['']]],
    ['mediaPolicy.maxBytes', [0, 17_179_869_185]],
    ['mediaPolicy.maxRedirects', [-1, 21]],
    ['onRequest', ['text', {}, true]],
  ])('%s is checked', async (path, values) => {
    const [name, part] = path.replace(/\[0\]$/, '').split('.');
    for (const value of values) {
      const error = await call({ [name]: part === undefined ? value : { [part]: value } });
      expect([value, error.code]).toEqual([value, 'INVALID_ARGUMENT']);
      expect(error.field.endsWith(path)).toBe(true);
      expect(error.message).toContain(error.field);
    }
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });
});
