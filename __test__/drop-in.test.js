'use strict';

// What callers of the older TypeScript class rely on, written out.
const { TwitterService } = require('twitter-native');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');

const context = useSandbox();
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

test.each([undefined, null, ''])('a redirect URI that is %p is told by the setting it comes from', (redirectUri) => {
  const error = thrownBy(() => new TwitterService().initiateUserAuth(redirectUri));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'redirectUri', operation: 'initiateUserAuth' });
  expect(error.message).toMatch(/X_REDIRECT_URI/);
});

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
