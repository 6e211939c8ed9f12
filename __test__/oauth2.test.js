'use strict';

const { createHash } = require('node:crypto');
const { inspect } = require('node:util');
const {
  TwitterError,
  createTweet,
  exchangeCodeForToken,
  exchangeOAuth1ForOAuth2,
  getAppBearerToken,
  getTweet,
  getUserProfile,
  initiateUserAuth,
  refreshAccessToken,
  revokeToken,
} = require('twitter-native');
const { rejectionOf, thrownBy, useSandbox, withSandbox } = require('./support/harness.js');
const { spendElsewhere } = require('./support/tokens.js');

const context = useSandbox();
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });

const REDIRECT = 'https://shop.example/callback?from=x';
const ALL_SCOPES = 'tweet.read tweet.write users.read media.write offline.access';

/** The app of another sandbox than that of the environment, and the way there. */
const configOf = ({ url, env }) => ({
  clientId: env.X_CLIENT_ID,
  clientSecret: env.X_CLIENT_SECRET,
  apiKey: env.X_API_KEY,
  apiSecret: env.X_API_SECRET,
  client: { apiBaseUrl: url, authorizeUrl: `${url}/i/oauth2/authorize` },
});

/** What the browser brings back from X's page: the user says yes. */
async function authorize(scope) {
  const client = { authorizeUrl: context.url('/i/oauth2/authorize') };
  const request = initiateUserAuth(REDIRECT, scope, { client });
  const response = await fetch(request.authUrl, { redirect: 'manual' });
  const target = new URL(response.headers.get('location'));
  return { request, target, code: target.searchParams.get('code') };
}

describe('initiateUserAuth', () => {
  test('leads to the page that X_AUTHORIZE_URL names, unless the options do', () => {
    const ours = initiateUserAuth(REDIRECT).authUrl;
    expect(ours).toMatch(`${context.sandbox.env.X_AUTHORIZE_URL}?`);
    const client = { authorizeUrl: 'https://x.example/page' };
    expect(initiateUserAuth(REDIRECT, undefined, { client }).authUrl).toMatch('https://x.example/page?');
  });

  test("leads to X's page", () => {
    delete process.env.X_AUTHORIZE_URL;
    const { authUrl, state, codeChallenge } = initiateUserAuth(REDIRECT);
    const { origin, pathname, searchParams } = new URL(authUrl);
    expect(origin + pathname).toBe('https://x.com/i/oauth2/authorize');
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: context.sandbox.env.X_CLIENT_ID,
      redirect_uri: REDIRECT,
      scope: ALL_SCOPES,
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    });
  });

  test('takes scopes, a client and a page', () => {
    const { authUrl } = initiateUserAuth(REDIRECT, 'tweet.read users.read', {
      clientId: 'another-app',
      client: { authorizeUrl: 'https://api.x.com/2/oauth2/authorize' },
    });
    const { origin, pathname, searchParams } = new URL(authUrl);
    expect(origin + pathname).toBe('https://api.x.com/2/oauth2/authorize');
    expect(searchParams.get('scope')).toBe('tweet.read users.read');
    expect(searchParams.get('client_id')).toBe('another-app');
  });

  test('makes verifiers and challenges as RFC 7636 wants them, and never the same twice', () => {
    const requests = Array.from({ length: 50 }, () => initiateUserAuth(REDIRECT, null));
    for (const { state, codeVerifier, codeChallenge } of requests) {
      expect(codeVerifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/);
      expect(codeChallenge).toBe(createHash('sha256').update(codeVerifier).digest('base64url'));
      expect(state.length).toBeLessThanOrEqual(500);
      expect(state).not.toBe(codeVerifier);
    }
    for (const name of ['state', 'codeVerifier', 'codeChallenge']) {
      expect(new Set(requests.map((request) => request[name])).size).toBe(50);
    }
  });

  test.each([
    ['redirectUri', ['/callback']],
    ['scope', [REDIRECT, ' ']],
    ['scope', [REDIRECT, 5]],
    ['clientId', [REDIRECT, null, { clientId: '' }]],
    ['config.clientId', [REDIRECT, null, { clientId: 5 }]],
    ['options', [REDIRECT, null, 'text']],
  ])('refuses %s: %j', (field, parameters) => {
    const error = thrownBy(() => initiateUserAuth(...parameters));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field, operation: 'initiateUserAuth' });
  });
});

describe('exchangeCodeForToken', () => {
  test('a user comes back with a code, and its tokens work', async () => {
    const user = context.sandbox.seedUser();
    const { request, target, code } = await authorize();
    expect(target.href).toMatch(/^https:\/\/shop\.example\/callback\?from=x&/);
    expect(target.searchParams.get('state')).toBe(request.state);
    const before = Date.now();
    const tokens = await exchangeCodeForToken(code, REDIRECT, request.codeVerifier);
    expect(tokens).toEqual({
      token_type: 'bearer',
      expires_in: 7200,
      access_token: expect.any(String),
      scope: ALL_SCOPES,
      refresh_token: expect.any(String),
      retrieved_at: expect.any(Number),
    });
    expect(tokens.retrieved_at).toBeGreaterThanOrEqual(before);
    expect(tokens.retrieved_at).toBeLessThanOrEqual(Date.now());
    await expect(getUserProfile(tokens.access_token)).resolves.toMatchObject({ id: user.id });
  });

  test('without the scope offline.access there is nothing to refresh with', async () => {
    const { request, code } = await authorize('tweet.read users.read');
    const tokens = await exchangeCodeForToken(code, REDIRECT, request.codeVerifier);
    expect(tokens).not.toHaveProperty('refresh_token');
    expect(tokens.scope).toBe('tweet.read users.read');
    await expect(rejectionOf(createTweet({ text: 'Not allowed' }, tokens.access_token))).resolves.toMatchObject({
      code: 'MISSING_SCOPE',
      status: 403,
    });
  });

  test('a verifier that is not the one', async () => {
    const { code } = await authorize();
    const { codeVerifier } = initiateUserAuth(REDIRECT);
    const error = await rejectionOf(exchangeCodeForToken(code, REDIRECT, codeVerifier));
    expect(error).toMatchObject({ status: 400, retryable: false, operation: 'exchangeCodeForToken' });
    expect(error.message).toBe(`OAuth2 token exchange failed: 400 - ${error.detail}`);
    expect(error.detail).toContain('code verifier did not match');
  });

  test('a verifier that can be none is not sent', async () => {
    const error = await rejectionOf(exchangeCodeForToken('code', REDIRECT, 'too short'));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'codeVerifier' });
    expect(requestsTo('token')).toEqual([]);
  });

  test('a code that was used', async () => {
    const { request, code } = await authorize();
    await exchangeCodeForToken(code, REDIRECT, request.codeVerifier);
    const error = await rejectionOf(exchangeCodeForToken(code, REDIRECT, request.codeVerifier));
    expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', type: 'not_allowed', status: 400, retryable: false });
  });

  test('a code for another callback', async () => {
    const { request, code } = await authorize();
    const error = await rejectionOf(exchangeCodeForToken(code, 'https://shop.example/other', request.codeVerifier));
    expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', status: 400 });
  });

  test('a code whose answer was lost is not sent again', async () => {
    const { request, code } = await authorize();
    context.sandbox.faults.add({ endpoint: 'token', fault: { kind: 'commitThenReset' } });
    const error = await rejectionOf(exchangeCodeForToken(code, REDIRECT, request.codeVerifier));
    expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', type: 'not_allowed', retryable: false });
    expect(requestsTo('token')).toHaveLength(1);
    for (const secret of [code, request.codeVerifier]) expect(inspect(error, { depth: null })).not.toContain(secret);
  });
});

describe('refreshAccessToken', () => {
  test('gives a new pair, which works', async () => {
    const user = context.sandbox.seedUser();
    const before = Date.now();
    const tokens = await refreshAccessToken(user.oauth2.refreshToken);
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 7200, scope: ALL_SCOPES });
    expect(tokens.retrieved_at).toBeGreaterThanOrEqual(before);
    expect(tokens.access_token).not.toBe(user.oauth2.accessToken);
    expect(tokens.refresh_token).not.toBe(user.oauth2.refreshToken);
    await expect(getUserProfile(tokens.access_token)).resolves.toMatchObject({ id: user.id });
    await expect(refreshAccessToken(tokens.refresh_token)).resolves.toMatchObject({ token_type: 'bearer' });
  });

  test('calls with one token share one request', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshAccessToken(oauth2.refreshToken)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(requestsTo('token')).toHaveLength(1);
  });

  test('calls with two tokens share nothing', async () => {
    const users = [context.sandbox.seedUser(), context.sandbox.seedUser()];
    const answers = await Promise.all(users.map(({ oauth2 }) => refreshAccessToken(oauth2.refreshToken)));
    const ids = answers.map(async (answer) => (await getUserProfile(answer.access_token)).id);
    expect(await Promise.all(ids)).toEqual(users.map(({ id }) => id));
    expect(requestsTo('token')).toHaveLength(2);
  });

  test('calls that share a refusal have an error each', async () => {
    const calls = Array.from({ length: 5 }, () => rejectionOf(refreshAccessToken('no-such-token')));
    const errors = await Promise.all(calls);
    expect(errors.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => 'REAUTH_REQUIRED'));
    expect(new Set(errors).size).toBe(5);
    expect(requestsTo('token')).toHaveLength(1);
  });

  test('a token that something else has used needs the user again', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    await spendElsewhere(context.sandbox, oauth2.refreshToken);
    const error = await rejectionOf(refreshAccessToken(oauth2.refreshToken));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({
      code: 'REAUTH_REQUIRED',
      type: 'not_allowed',
      operation: 'refreshAccessToken',
      status: 400,
      retryable: false,
      detail: 'Value passed for the token was invalid.',
      message:
        'OAuth2 token refresh failed: 400 - Value passed for the token was invalid. The token or code is spent, revoked ' +
        'or expired: use the access token while it lasts, then have the user authorize again.',
    });
    expect(requestsTo('token')).toHaveLength(2);
  });

  test("an app's secret that is wrong", async () => {
    const { oauth2 } = context.sandbox.seedUser();
    const error = await rejectionOf(refreshAccessToken(oauth2.refreshToken, { clientSecret: 'not-the-secret' }));
    expect(error).toMatchObject({
      code: 'UNAUTHORIZED',
      type: 'not_allowed',
      status: 401,
      message: 'OAuth2 token refresh failed: 401 - Missing valid authorization header',
    });
    expect(inspect(error, { depth: null })).not.toContain('not-the-secret');
    await expect(refreshAccessToken(oauth2.refreshToken)).resolves.toMatchObject({ token_type: 'bearer' });
  });

  test('an answer that was lost: the token is probably spent', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    context.sandbox.faults.add({ endpoint: 'token', fault: { kind: 'commitThenReset' }, times: 1 });
    const error = await rejectionOf(refreshAccessToken(oauth2.refreshToken));
    expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', type: 'not_allowed', retryable: false });
    expect(error.message).toMatch(/^OAuth2 token refresh failed: /);
    expect(inspect(error, { depth: null })).not.toContain(oauth2.refreshToken);
  });

  test('without an app nothing is sent', async () => {
    const error = await rejectionOf(refreshAccessToken('a-token', { clientId: '' }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'clientId' });
    expect(requestsTo('token')).toEqual([]);
  });
});

describe('kinds of clients', () => {
  test('a public client names itself', async () => {
    await withSandbox({ publicClient: true }, async (sandbox) => {
      const config = configOf(sandbox);
      const { oauth2 } = sandbox.seedUser();
      const tokens = await refreshAccessToken(oauth2.refreshToken, { ...config, clientSecret: '' });
      await expect(revokeToken(tokens.access_token, { ...config, clientSecret: '' })).resolves.toMatchObject({
        revoked: true,
      });
    });
  });

  test('a confidential client has to authenticate', async () => {
    await withSandbox({}, async (sandbox) => {
      const config = configOf(sandbox);
      const { oauth2 } = sandbox.seedUser();
      const error = await rejectionOf(refreshAccessToken(oauth2.refreshToken, { ...config, clientSecret: '' }));
      expect(error).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
      await expect(refreshAccessToken(oauth2.refreshToken, config)).resolves.toMatchObject({ token_type: 'bearer' });
    });
  });

  test('ids and secrets are encoded as RFC 6749 wants it', async () => {
    const odd = (name) => `${name}:+/=%&~`;
    await withSandbox({ apiKey: odd('key'), apiSecret: odd('secret') }, async (sandbox) => {
      const config = configOf(sandbox);
      await expect(getAppBearerToken(config)).resolves.toMatchObject({ token_type: 'bearer' });
    });
  });
});

describe('revokeToken', () => {
  test('a token that was revoked is refused, and so is its refresh token', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    const before = Date.now();
    const answer = await revokeToken(oauth2.accessToken);
    expect(answer).toEqual({ revoked: true, retrieved_at: expect.any(Number) });
    expect(answer.retrieved_at).toBeGreaterThanOrEqual(before);
    await expect(rejectionOf(getUserProfile(oauth2.accessToken))).resolves.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(rejectionOf(refreshAccessToken(oauth2.refreshToken))).resolves.toMatchObject({
      code: 'REAUTH_REQUIRED',
    });
  });

  test('a refresh token can be revoked, too', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    await expect(revokeToken(oauth2.refreshToken)).resolves.toMatchObject({ revoked: true });
    await expect(rejectionOf(getUserProfile(oauth2.accessToken))).resolves.toMatchObject({ status: 401 });
  });

  test('the app is checked', async () => {
    const error = await rejectionOf(revokeToken('a-token', { clientSecret: 'not-the-secret' }));
    expect(error).toMatchObject({ code: 'UNAUTHORIZED', operation: 'revokeToken' });
    expect(error.message).toMatch(/^OAuth2 token revocation failed: 401 - /);
  });
});

describe('getAppBearerToken', () => {
  test('is asked for once, and reads', async () => {
    await withSandbox({}, async (sandbox) => {
      const config = configOf(sandbox);
      const before = Date.now();
      const first = await getAppBearerToken(config);
      expect(first).toEqual({
        token_type: 'bearer',
        access_token: expect.any(String),
        retrieved_at: expect.any(Number),
      });
      expect(first.retrieved_at).toBeGreaterThanOrEqual(before);
      expect(await getAppBearerToken(config)).toEqual(first);
      expect(await getAppBearerToken(config)).toEqual(first);
      expect(sandbox.ledger.requests({ endpoint: 'appToken' })).toHaveLength(1);
      const { id } = await createTweet({ text: 'Read me' }, sandbox.seedUser().oauth2.accessToken, config);
      const { client } = config;
      await expect(getTweet(id, first.access_token, { client })).resolves.toMatchObject({ id, text: 'Read me' });
      await expect(rejectionOf(createTweet({ text: 'x' }, first.access_token, { client }))).resolves.toMatchObject({
        code: 'FORBIDDEN',
        problemType: 'unsupported-authentication',
      });
    });
  });

  test('is kept for its app only', async () => {
    await withSandbox({}, async (sandbox) => {
      const config = configOf(sandbox);
      await getAppBearerToken(config);
      const error = await rejectionOf(getAppBearerToken({ ...config, apiSecret: 'another-secret' }));
      expect(error).toMatchObject({ code: 'UNAUTHORIZED', status: 403, operation: 'getAppBearerToken' });
      expect(sandbox.ledger.requests({ endpoint: 'appToken' })).toHaveLength(2);
    });
  });

  test.each(['apiKey', 'apiSecret'])('needs %s', async (name) => {
    const error = await rejectionOf(getAppBearerToken({ [name]: '' }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: name });
    expect(requestsTo('appToken')).toEqual([]);
  });
});

describe('exchangeOAuth1ForOAuth2', () => {
  test('gives tokens of the same user, and the old ones keep working', async () => {
    const user = context.sandbox.seedUser();
    const tokens = await exchangeOAuth1ForOAuth2(user.oauth1Credentials);
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: ALL_SCOPES, retrieved_at: expect.any(Number) });
    await expect(getUserProfile(tokens.access_token)).resolves.toMatchObject({ id: user.id });
    await expect(createTweet({ text: 'Still signed' }, user.oauth1Credentials)).resolves.toMatchObject({
      text: 'Still signed',
    });
  });

  test('a secret that is wrong is final', async () => {
    const { oauth1Credentials } = context.sandbox.seedUser();
    const error = await rejectionOf(
      exchangeOAuth1ForOAuth2({ ...oauth1Credentials, accessTokenSecret: 'not-the-secret' }),
    );
    expect(error).toMatchObject({
      code: 'REAUTH_REQUIRED',
      type: 'not_allowed',
      message: expect.stringMatching(
        /^OAuth1 to OAuth2 exchange failed: 400 - The subject token is invalid\. The token/,
      ),
    });
    expect(requestsTo('token')).toHaveLength(1);
  });
});
