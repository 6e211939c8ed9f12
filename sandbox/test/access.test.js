'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { ALL_SCOPES, basic } = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');

let appToken = '';
const context = useSandbox({ rateLimits: false }, async () => {
  const { X_API_KEY, X_API_SECRET } = context.sandbox.env;
  const form = { grant_type: 'client_credentials' };
  const { body } = await context.call('POST', '/oauth2/token', { headers: basic(X_API_KEY, X_API_SECRET), form });
  appToken = body.access_token;
});

const WRITE = ['tweet.read', 'tweet.write', 'users.read'];
const READ = ['tweet.read', 'users.read'];
const MEDIA = ['media.write'];

const UNAUTHORIZED = { status: 401, body: { title: 'Unauthorized', type: 'about:blank' } };
const NO_SCOPE = { status: 403, body: { title: 'Forbidden', type: 'about:blank', detail: 'Forbidden' } };
const WRONG_KIND = { status: 403, body: { type: /\/unsupported-authentication$/, detail: /OAuth 2.0 User Context/ } };

/** Whether an answer is about who asks, and not about what is asked. @param {import('./support/harness.js').Answer} answer */
function isRefusal({ status, body }) {
  if (status === 401) return true;
  return (
    status === 403 && (body.detail === 'Forbidden' || /authentication$/.test(body.type) || body.errors !== undefined)
  );
}

for (const [method, path, scopes, forApps] of /** @type {Array<[string, string, string[], boolean]>} */ ([
  ['POST', '/2/tweets', WRITE, false],
  ['DELETE', '/2/tweets/1', WRITE, false],
  ['GET', '/2/tweets?ids=1', READ, true],
  ['GET', '/2/tweets/1', READ, true],
  ['GET', '/2/users/1/tweets', READ, true],
  ['GET', '/2/users/me', READ, false],
  ['GET', '/2/tweets/analytics', READ, false],
  ['POST', '/2/media/upload', MEDIA, false],
  ['GET', '/2/media/upload?media_id=1', MEDIA, false],
  ['POST', '/2/media/upload/initialize', MEDIA, false],
  ['POST', '/2/media/upload/1/append', MEDIA, false],
  ['POST', '/2/media/upload/1/finalize', MEDIA, false],
  ['POST', '/2/media/metadata', MEDIA, false],
  ['POST', '/2/media/subtitles', MEDIA, false],
  ['DELETE', '/2/media/subtitles', MEDIA, false],
])) {
  test(`${method} ${path} is open to users with ${scopes.join(', ')}${forApps ? ' and to apps' : ''}`, async () => {
    assertMatches(await context.call(method, path), UNAUTHORIZED);
    assertMatches(await context.call(method, path, { as: 'no-such-token' }), UNAUTHORIZED);
    const open = [
      context.user.oauth1Credentials,
      context.sandbox.seedUser({ scopes: scopes.join(' ') }).oauth2.accessToken,
    ];
    if (forApps) open.push(appToken);
    else assertMatches(await context.call(method, path, { as: appToken }), WRONG_KIND);
    for (const as of open) assert.equal(isRefusal(await context.call(method, path, { as })), false);
    for (const missing of scopes) {
      const others = ALL_SCOPES.split(' ').filter((scope) => scope !== missing);
      const { oauth2 } = context.sandbox.seedUser({ scopes: others.join(' ') });
      assertMatches(await context.call(method, path, { as: oauth2.accessToken }), NO_SCOPE);
    }
  });
}

for (const [method, path] of [
  ['POST', '/1.1/media/upload.json'],
  ['GET', '/1.1/media/upload.json?command=STATUS&media_id=1'],
  ['POST', '/1.1/media/metadata/create.json'],
  ['POST', '/1.1/media/subtitles/create.json'],
]) {
  test(`${method} ${path} is open to OAuth 1.0a alone`, async () => {
    assertMatches(await context.call(method, path), { status: 400, body: { errors: [{ code: 215 }] } });
    for (const as of [context.token(), appToken, 'no-such-token']) {
      assertMatches(await context.call(method, path, { as }), { status: 403, body: { errors: [{ code: 220 }] } });
    }
    assert.equal(isRefusal(await context.call(method, path, { as: context.user.oauth1Credentials })), false);
  });
}

test('analytics are for other plans than self-serve', async () => {
  assertMatches(await context.call('GET', '/2/tweets/analytics?ids=1', { as: context.token() }), {
    status: 403,
    body: {
      type: /\/client-forbidden$/,
      reason: 'client-not-enrolled',
      required_enrollment: /./,
      registration_url: /^https:/,
    },
  });
});

test('a bearer token is needed, not some other header', async () => {
  for (const authorization of [context.token(), `bearer ${context.token()}`, `Basic ${context.token()}`]) {
    assertMatches(await context.call('GET', '/2/users/me', { headers: { authorization } }), UNAUTHORIZED);
  }
});

test('what X does not have is answered by a page', async () => {
  for (const path of ['/2/tweeets', '/3/tweets', '/2/tweets/1/likes']) {
    const { status, headers } = await context.call('GET', path, { as: context.token() });
    assert.equal(status, 404);
    assert.match(String(headers.get('content-type')), /^text\/html/);
  }
});
