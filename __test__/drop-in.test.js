'use strict';

// What callers of the older TypeScript class rely on, written out.
const { inspect } = require('node:util');
const ts = require('typescript');
const {
  TwitterService,
  appFromEnvironment,
  refreshAccessToken,
  revokeToken,
  validateTweet,
} = require('twitter-native');
const { rejectionOf, thrownBy, useOwnEnvironment, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const REDIRECT = 'http://127.0.0.1:8080/callback';

/** The user's way to X's page and back. @param {any} service */
async function authorize(service) {
  const client = { authorizeUrl: `${context.sandbox.url}/i/oauth2/authorize` };
  const { authUrl, state } = service.initiateUserAuth(REDIRECT, '', { client });
  const answer = await fetch(`${authUrl}&username=${context.user.username}`, { redirect: 'manual' });
  const { searchParams } = new URL(String(answer.headers.get('location')));
  return { code: String(searchParams.get('code')), state };
}

test('the app token has the fields of the older class beside those of X', async () => {
  const before = Date.now();
  const answer = await new TwitterService().getAppBearerToken();
  expect(answer).toMatchObject({ token_type: 'bearer', token: answer.access_token });
  expect(answer.expiresAt).toBeGreaterThan(before);
  expect(Number.isSafeInteger(answer.expiresAt)).toBe(true);
});

test('an empty scope means the defaults', () => {
  const service = new TwitterService();
  const scopeOf = (scope) => new URL(service.initiateUserAuth(REDIRECT, scope).authUrl).searchParams.get('scope');
  expect(scopeOf('')).toBe(scopeOf(undefined));
  expect(scopeOf('')).toMatch(/media\.write/);
});

test.each([undefined, null, ''])(
  'a redirect URI that is %p is reported by the setting it comes from',
  (redirectUri) => {
    const error = thrownBy(() => new TwitterService().initiateUserAuth(redirectUri));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'redirectUri', operation: 'initiateUserAuth' });
    expect(error.message).toMatch(/X_REDIRECT_URI/);
  },
);

test('another instance may take the user back', async () => {
  const { code, state } = await authorize(new TwitterService());
  const tokens = await new TwitterService().exchangeCodeForToken(code, REDIRECT, state);
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 7200 });
});

test('a failure to reach X does not use the state up, a refusal does', async () => {
  const service = new TwitterService();
  const { code, state } = await authorize(service);
  const away = { client: { apiBaseUrl: 'http://127.0.0.1:1', retry: { maxAttempts: 1 } } };
  const unreached = await rejectionOf(service.exchangeCodeForToken(code, REDIRECT, state, away));
  expect(unreached.code).toBe('NETWORK');
  const refused = await rejectionOf(service.exchangeCodeForToken('another code', REDIRECT, state));
  expect(refused.status).toBe(400);
  const used = await rejectionOf(service.exchangeCodeForToken(code, REDIRECT, state));
  expect(used).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'state' });
});

describe('tokens', () => {
  test('have all that callers of the older class read', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    const tokens = await new TwitterService().refreshAccessToken(oauth2.refreshToken);
    expect(tokens).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 7200,
      scope: expect.any(String),
      token_type: 'bearer',
      retrieved_at: expect.any(Number),
    });
  });

  test.each([
    ['TwitterService', (token) => new TwitterService().refreshAccessToken(token)],
    ['refreshAccessToken', (token) => refreshAccessToken(token)],
  ])('five workflows at an expired token refresh once by %s, and none ends the grant', async (_, refresh) => {
    const { oauth2 } = context.sandbox.seedUser();
    const before = requestsTo('token').length;
    const [first, second] = await Promise.all([refresh(oauth2.refreshToken), refresh(oauth2.refreshToken)]);
    // These have read the row before the first one stored its tokens.
    const late = [];
    for (let index = 0; index < 3; index += 1) late.push(await refresh(oauth2.refreshToken));
    for (const tokens of [second, ...late]) {
      expect(tokens).toMatchObject({ access_token: first.access_token, refresh_token: first.refresh_token });
      expect(tokens.expires_in).toBeLessThanOrEqual(first.expires_in);
      expect(tokens.retrieved_at).toBeGreaterThanOrEqual(first.retrieved_at);
    }
    expect(requestsTo('token')).toHaveLength(before + 1);
    await expect(refresh(first.refresh_token)).resolves.toMatchObject({ token_type: 'bearer' });
  });

  test('a spent token gives its newest successor', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    const service = new TwitterService();
    const first = await service.refreshAccessToken(oauth2.refreshToken);
    const second = await service.refreshAccessToken(first.refresh_token);
    const late = await service.refreshAccessToken(oauth2.refreshToken);
    expect(late.access_token).toBe(second.access_token);
  });

  test('of another client are another’s, and failures are not remembered', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    const other = new TwitterService({ clientId: 'another-client', clientSecret: 'its-secret' });
    const refused = await rejectionOf(other.refreshAccessToken(oauth2.refreshToken));
    expect(refused.status).toBe(401);
    const tokens = await new TwitterService().refreshAccessToken(oauth2.refreshToken);
    expect(tokens.token_type).toBe('bearer');
    await expect(rejectionOf(other.refreshAccessToken(oauth2.refreshToken))).resolves.toMatchObject({ status: 401 });
  });

  test('that were revoked are not given again', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    const tokens = await refreshAccessToken(oauth2.refreshToken);
    await revokeToken(tokens.refresh_token);
    await expect(rejectionOf(refreshAccessToken(oauth2.refreshToken))).resolves.toMatchObject({
      code: 'REAUTH_REQUIRED',
    });
  });
});

describe('OAuth 1.0a credentials', () => {
  let seeded;
  beforeAll(() => {
    seeded = context.sandbox.seedUser();
  });
  const user = () => seeded.oauth1Credentials;
  const content = (text) => ({ text, imageUrls: [context.url('/media/jpeg?seed=5')] });

  test.each([
    ['both', { accessToken: null, accessTokenSecret: null }],
    ['one of them', { accessTokenSecret: null }],
  ])('with null for %s are left aside: the OAuth 2.0 token does everything', async (which, nulls) => {
    const service = new TwitterService();
    const text = `Nulls: ${which}`;
    const { accessToken } = seeded.oauth2;
    const post = await service.publishTweetWithMedia(content(text), accessToken, { ...user(), ...nulls });
    expect(context.sandbox.ledger.tweets().find((tweet) => tweet.id === post.tweetId)).toMatchObject({ text });
  });

  test('with nulls are an error where they are needed', async () => {
    const nulls = { ...user(), accessToken: null, accessTokenSecret: null };
    const error = await rejectionOf(new TwitterService().publishTweetWithMedia({ text: 'x' }, '', nulls));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'oauth1Credentials.accessToken' });
    expect(error.message).toMatch(/is null, and there is no oauth2Token in its place/);
  });

  test.each([
    ['accessToken', ({ apiKey }) => ({ accessToken: apiKey })],
    ['accessTokenSecret', ({ apiSecret }) => ({ accessTokenSecret: apiSecret })],
    ['accessToken', ({ apiKey, apiSecret }) => ({ accessToken: apiKey, accessTokenSecret: apiSecret })],
  ])('with the app’s own key as %s are named as that, and nothing is sent', async (field, changes) => {
    const before = context.sandbox.ledger.requests().length;
    const mixed = { ...user(), ...changes(user()) };
    const service = new TwitterService();
    const { accessToken } = seeded.oauth2;
    const error = await rejectionOf(service.publishTweetWithMedia(content('Mixed up'), accessToken, mixed));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: `oauth1Credentials.${field}` });
    expect(error.message).toMatch(/is the app's own, and not the user's: store what exchangeOAuth1Verifier gives/);
    expect(error.message).not.toContain(mixed[field]);
    expect(context.sandbox.ledger.requests()).toHaveLength(before);
  });
});

describe('errors', () => {
  test('X’s 401 is not the shop’s own, and says what to do', async () => {
    const error = await rejectionOf(new TwitterService().createTweet({ text: 'x' }, 'no-such-token'));
    expect(error).toMatchObject({ code: 'UNAUTHORIZED', type: 'not_allowed', status: 401 });
    expect(error.message).toMatch(/^Tweet creation failed: 401 - .*Refresh the access token/);
  });

  test('a spent refresh token is not the shop’s 401 either', async () => {
    const error = await rejectionOf(new TwitterService().refreshAccessToken('spent-long-ago'));
    expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', type: 'not_allowed' });
    expect(error.message).toMatch(/^OAuth2 token refresh failed: .*have the user authorize again/);
  });

  test('a rate limit’s message has its time', async () => {
    const { accessToken } = context.sandbox.seedUser().oauth2;
    const reset = Math.ceil(Date.now() / 1000) + 900;
    const body = { title: 'Too Many Requests', type: 'about:blank', status: 429 };
    const headers = { 'x-rate-limit-limit': '1', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(reset) };
    const fault = { kind: 'status', status: 429, body, headers };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault, times: 1 });
    const error = await rejectionOf(new TwitterService().createTweet({ text: 'Too often' }, accessToken));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', type: 'not_allowed' });
    expect(error.message).toContain(error.retryAt.toISOString().slice(0, 16));
  });
});

describe('media of the shop itself', () => {
  const closed = { allowHttp: false, allowPrivateNetworks: false };
  const LOCAL = 'http://localhost:9000/static/a.png';
  const MINIO = 'https://minio.example.com:9000/shop/a.png';

  test.each([
    [LOCAL, "mediaPolicy.allowedHosts: ['*', 'localhost:9000']"],
    [MINIO, "mediaPolicy.allowedHosts: ['*', 'minio.example.com:9000']"],
  ])('%s is refused, and the error and validateTweet name the setting', async (url, setting) => {
    const client = { mediaPolicy: closed };
    const { accessToken } = context.user.oauth2;
    const error = await rejectionOf(new TwitterService({ client }).uploadMedia(url, accessToken));
    expect(error).toMatchObject({ code: 'MEDIA_FORBIDDEN_HOST', type: 'not_allowed' });
    expect(error.message).toContain(setting);
    const content = { text: 'Look', imageUrls: ['https://cdn.example.com/a.png', url] };
    const { valid, problems } = validateTweet(content, { mediaPolicy: closed });
    expect(valid).toBe(false);
    expect(problems).toEqual([
      { code: 'forbidden_url', field: 'imageUrls[1]', message: expect.stringContaining(setting) },
    ]);
    const allowedHosts = ['*', 'localhost:9000', 'minio.example.com:9000'];
    expect(validateTweet(content, { mediaPolicy: { ...closed, allowedHosts } })).toEqual({ valid: true, problems: [] });
  });

  test('is published with the one setting', async () => {
    const { host } = new URL(context.sandbox.url);
    const client = { mediaPolicy: { ...closed, allowedHosts: ['*', host] } };
    const { accessToken } = context.sandbox.seedUser().oauth2;
    const content = { text: 'From the shop', imageUrls: [context.url('/media/jpeg?seed=6')] };
    const post = await new TwitterService({ client }).publishTweetWithMedia(content, accessToken);
    expect(post).toMatchObject({ tweetId: expect.any(String), mediaIds: [expect.any(String)] });
  });
});

describe('a subclass', () => {
  const source = `
    export class ShopService extends Base {
      constructor(options) { super(options); this.calls = 0; }
      clientOf() { this.calls += 1; return this.config.clientId; }
      initiateUserAuth(redirectUri, scope) { this.calls += 1; return super.initiateUserAuth(redirectUri, scope); }
    }`;

  /** What TypeScript makes of the subclass for ES5. */
  function compiled() {
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { target: ts.ScriptTarget.ES5, module: ts.ModuleKind.CommonJS },
    });
    expect(outputText).toMatch(/_super\.call\(this/);
    const module = { exports: /** @type {any} */ ({}) };
    new Function('exports', 'Base', outputText)(module.exports, TwitterService);
    return module.exports.ShopService;
  }

  test('compiled to ES5 is an instance of both, calls its base and reads this.config', () => {
    const ShopService = compiled();
    const service = new ShopService({ clientId: 'of-the-shop', clientSecret: 'its-secret' });
    expect(service).toBeInstanceOf(ShopService);
    expect(service).toBeInstanceOf(TwitterService);
    expect(service.clientOf()).toBe('of-the-shop');
    const { authUrl, state } = service.initiateUserAuth(REDIRECT, '');
    expect(new URL(authUrl).searchParams.get('client_id')).toBe('of-the-shop');
    expect(state).toEqual(expect.any(String));
    expect(service.calls).toBe(2);
  });

  test('reads what the constructor found, and nothing of it is printed', () => {
    const service = new TwitterService({ clientId: 'an-id', clientSecret: 'a-secret-of-the-app', apiKey: '' });
    const { X_API_KEY, X_API_SECRET } = process.env;
    const { config } = /** @type {any} */ (service);
    expect({ ...config }).toEqual({
      clientId: 'an-id',
      clientSecret: 'a-secret-of-the-app',
      apiKey: X_API_KEY,
      apiSecret: X_API_SECRET,
    });
    for (const shown of [service, config]) {
      expect(inspect(shown, { depth: Infinity, showHidden: true })).not.toMatch(/a-secret-of-the-app/);
    }
    expect(Object.keys(service)).toEqual([]);
  });
});

describe('the app of the environment', () => {
  const names = ['CLIENT_ID', 'CLIENT_SECRET', 'API_KEY', 'API_SECRET'].flatMap((name) => [
    `X_${name}`,
    `TWITTER_${name}`,
  ]);
  useOwnEnvironment();
  beforeEach(() => {
    for (const name of names) delete process.env[name];
  });

  test('is read in one order, and an empty text counts as absent', () => {
    expect(appFromEnvironment()).toEqual({});
    Object.assign(process.env, { X_CLIENT_ID: '', TWITTER_CLIENT_ID: 'older', TWITTER_CLIENT_SECRET: 'older secret' });
    Object.assign(process.env, { X_API_KEY: 'key', TWITTER_API_KEY: 'older key', X_API_SECRET: '' });
    const app = appFromEnvironment();
    expect(app).toEqual({ clientId: 'older', clientSecret: 'older secret', apiKey: 'key' });
    expect({ .../** @type {any} */ (new TwitterService()).config }).toEqual({ ...app, apiSecret: '' });
    // As the older class: an option that is empty is none.
    const { config } = /** @type {any} */ (new TwitterService({ clientId: '', clientSecret: 'own' }));
    expect({ ...config }).toMatchObject({ clientId: 'older', clientSecret: 'own' });
  });

  test('without a complete pair there is no service', () => {
    process.env.X_CLIENT_ID = 'an-id';
    expect(thrownBy(() => new TwitterService())).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});
