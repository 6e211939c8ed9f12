'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, stopClock, useSandbox } = require('./support/harness.js');
const {
  ALL_SCOPES,
  CALLBACK,
  VERIFIER,
  askForToken,
  authorize,
  authorizeQuery,
  basic,
  challengeOf,
  codeForm,
  logIn,
  ownerOf,
  refreshForm,
} = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');

const context = useSandbox({ rateLimits: false });

const refused = (/** @type {string} */ description, status = 400, error = 'invalid_request') => ({
  status,
  body: { error, error_description: description },
});
const INVALID_CODE = refused('Value passed for the authorization code was invalid.');
const INVALID_TOKEN = refused('Value passed for the token was invalid.');
const NO_CLIENT = refused('Missing valid authorization header', 401, 'unauthorized_client');

test('a user comes back with a code and the state, and the tokens work', async () => {
  const query = authorizeQuery(context, { username: context.user.username });
  const { status, headers } = await context.call('GET', `/i/oauth2/authorize?${query}`);
  assert.equal(status, 302);
  const target = new URL(String(headers.get('location')));
  const { code, ...others } = Object.fromEntries(target.searchParams);
  assert.deepEqual(others, { from: 'x', state: 'a state' });
  assert.ok(CALLBACK.startsWith(target.origin + target.pathname));
  const answer = await askForToken(context, codeForm(code));
  const { access_token: accessToken, refresh_token: refreshToken, ...rest } = answer.body;
  assert.deepEqual(rest, { token_type: 'bearer', expires_in: 7200, scope: ALL_SCOPES });
  assert.equal(await ownerOf(context, accessToken), context.user.id);
  assert.notEqual(refreshToken, accessToken);
});

for (const [title, changes] of /** @type {Array<[string, Record<string, string | undefined>]>} */ ([
  ['another app', { client_id: 'other' }],
  ['another type of answer', { response_type: 'token' }],
  ['no callback', { redirect_uri: undefined }],
  ['a callback that is no URL', { redirect_uri: 'callback' }],
  ['no challenge', { code_challenge: undefined }],
  ['no method', { code_challenge_method: undefined }],
  ['an unknown method', { code_challenge_method: 'S512' }],
  ['no scope', { scope: undefined }],
  ['an unknown scope', { scope: 'tweet.read tweet.burn' }],
  ['a state of 501 characters', { state: 's'.repeat(501) }],
])) {
  test(`the page refuses ${title}`, async () => {
    const answer = await context.call('GET', `/i/oauth2/authorize?${authorizeQuery(context, changes)}`);
    assertMatches(answer, { status: 400, body: { detail: 'Something went wrong' } });
  });
}

test("the page is also where X's specification has it, and takes a state of 500 characters", async () => {
  const query = authorizeQuery(context, { state: 's'.repeat(500) });
  assertMatches(await context.call('GET', `/2/oauth2/authorize?${query}`), { status: 302 });
});

test('the page takes the user who is named, else the last one', async (t) => {
  const own = await ownSandbox(t);
  const named = own.sandbox.seedUser({ username: 'named' });
  const last = own.sandbox.seedUser();
  assert.equal(await ownerOf(own, (await logIn(own, { username: 'named' })).access_token), named.id);
  assert.equal(await ownerOf(own, (await logIn(own)).access_token), last.id);
});

for (const [
  title,
  method,
  challenge,
  verifier,
  expected,
] of /** @type {Array<[string, string, string, string, object]>} */ ([
  ['the hash of the verifier', 'S256', challengeOf('v'.repeat(43)), 'v'.repeat(43), { status: 200 }],
  ['the verifier itself, if the method is plain', 'plain', 'v'.repeat(43), 'v'.repeat(43), { status: 200 }],
  ...['S256', 'plain'].map((method) => [
    `nothing else with ${method}`,
    method,
    challengeOf(VERIFIER),
    'w'.repeat(43),
    refused('Value passed for the code verifier did not match the code challenge.'),
  ]),
])) {
  test(`a challenge fits ${title}`, async () => {
    const code = await authorize(context, { code_challenge: challenge, code_challenge_method: method });
    assertMatches(await askForToken(context, codeForm(code, { code_verifier: verifier })), expected);
  });
}

test('a code needs its verifier', async () => {
  const form = codeForm(await authorize(context), { code_verifier: '' });
  assertMatches(await askForToken(context, form), refused('Missing required parameter [code_verifier].'));
});

test('a code is good for 30 seconds', async (t) => {
  stopClock(t, context.sandbox);
  const codes = [await authorize(context), await authorize(context)];
  context.sandbox.clock.advance(29_999);
  assertMatches(await askForToken(context, codeForm(codes[0])), { status: 200 });
  context.sandbox.clock.advance(1);
  assertMatches(await askForToken(context, codeForm(codes[1])), INVALID_CODE);
});

test('a code is good once, and for its own callback', async () => {
  const code = await authorize(context);
  assertMatches(await askForToken(context, codeForm(code)), { status: 200 });
  assertMatches(await askForToken(context, codeForm(code)), INVALID_CODE);
  const other = codeForm(await authorize(context), { redirect_uri: 'http://127.0.0.1:8080/other' });
  assertMatches(await askForToken(context, other), INVALID_CODE);
  assertMatches(await askForToken(context, codeForm('no-such-code')), INVALID_CODE);
});

for (const [title, headers] of /** @type {Array<[string, () => Record<string, string>]>} */ ([
  ['nothing', () => ({})],
  ['the wrong secret', () => basic(context.sandbox.env.X_CLIENT_ID, 'other')],
  ['the wrong name', () => basic('other', context.sandbox.env.X_CLIENT_SECRET)],
  ['a header that can not be read', () => basic(context.sandbox.env.X_CLIENT_ID, '%zz')],
])) {
  test(`a confidential client can not come with ${title}`, async () => {
    const form = { ...refreshForm('x'), client_id: context.sandbox.env.X_CLIENT_ID };
    assertMatches(await context.call('POST', '/2/oauth2/token', { headers: headers(), form }), NO_CLIENT);
    assertMatches(await context.call('POST', '/2/oauth2/revoke', { headers: headers(), form }), NO_CLIENT);
  });
}

test('a public client names itself', async (t) => {
  const own = await ownSandbox(t, { publicClient: true });
  const client = { client_id: own.sandbox.env.X_CLIENT_ID };
  const form = codeForm(await authorize(own), client);
  const { status, body } = await own.call('POST', '/2/oauth2/token', { form });
  assert.equal(status, 200);
  const refresh = { ...refreshForm(body.refresh_token), ...client };
  assertMatches(await own.call('POST', '/2/oauth2/token', { form: refresh }), { status: 200 });
  const headers = basic(client.client_id, 'other');
  assertMatches(await own.call('POST', '/2/oauth2/token', { headers, form: { ...refresh } }), NO_CLIENT);
  for (const other of /** @type {Array<Record<string, string>>} */ ([{}, { client_id: 'other' }])) {
    assertMatches(await own.call('POST', '/2/oauth2/token', { form: { ...refreshForm('x'), ...other } }), NO_CLIENT);
  }
});

test('the token endpoint knows its kinds of grants', async () => {
  const unsupported = { status: 400, body: { error: 'unsupported_grant_type' } };
  assertMatches(await askForToken(context, { grant_type: 'password' }), unsupported);
  assertMatches(await askForToken(context, {}), unsupported);
});

for (const [title, callOf] of /** @type {Array<[string, (pairs: Record<string, string>) => [string, object]]>} */ ([
  ['a form', (form) => ['', { form }]],
  ['JSON', (json) => ['', { json }]],
  ['the query, with an empty form', (query) => [`?${new URLSearchParams(query)}`, { form: {} }]],
])) {
  test(`tokens are given for ${title}, refreshed and revoked`, async () => {
    const { X_CLIENT_ID, X_CLIENT_SECRET } = context.sandbox.env;
    const ask = async (/** @type {string} */ path, /** @type {Record<string, string>} */ pairs) => {
      const [query, call] = callOf(pairs);
      return context.call('POST', `${path}${query}`, { headers: basic(X_CLIENT_ID, X_CLIENT_SECRET), ...call });
    };
    const { status, body } = await ask('/2/oauth2/token', codeForm(await authorize(context)));
    assert.equal(status, 200);
    const { body: fresh } = await ask('/2/oauth2/token', refreshForm(body.refresh_token));
    assert.equal(await ownerOf(context, fresh.access_token), context.sandbox.ledger.tokens().at(-1).user.id);
    assertMatches(await ask('/2/oauth2/revoke', { token: fresh.access_token }), { body: { revoked: true } });
    assert.equal(await ownerOf(context, fresh.access_token), 401);
    const wrong = { ...codeForm(await authorize(context)), code_verifier: 'a'.repeat(43) };
    assertMatches(await ask('/2/oauth2/token', wrong), { status: 400, body: { error: 'invalid_request' } });
  });
}

for (const method of ['S256', 's256']) {
  test(`the hash of a verifier is announced as ${method}`, async () => {
    const changes = { code_challenge_method: method };
    const wrong = codeForm(await authorize(context, changes), { code_verifier: 'a'.repeat(43) });
    assertMatches(await askForToken(context, wrong), { status: 400, body: { error: 'invalid_request' } });
    assert.equal(typeof (await logIn(context, changes)).access_token, 'string');
  });
}

test('without the scope offline.access there is nothing to refresh with', async () => {
  assertMatches(await logIn(context, { scope: 'tweet.read users.read' }), {
    scope: 'tweet.read users.read',
    refresh_token: undefined,
  });
});

for (const [title, options, life] of /** @type {Array<[string, object, number]>} */ ([
  ['two hours', {}, 7_200_000],
  ['as long as the sandbox is told', { accessTokenLifeMs: 60_000 }, 60_000],
])) {
  test(`an access token is good for ${title}`, async (t) => {
    const own = await ownSandbox(t, options);
    stopClock(t, own.sandbox);
    const { access_token: token, expires_in: seconds } = await logIn(own);
    assert.equal(seconds, life / 1000);
    own.sandbox.clock.advance(life - 1);
    assert.equal(await ownerOf(own, token), own.user.id);
    own.sandbox.clock.advance(1);
    assert.equal(await ownerOf(own, token), 401);
  });
}

test('refreshing gives a new pair, and both access tokens are good', async () => {
  const { oauth2, id } = context.sandbox.seedUser();
  const { status, body } = await askForToken(context, refreshForm(String(oauth2.refreshToken)));
  assertMatches({ status, body }, { status: 200, body: { token_type: 'bearer', expires_in: 7200, scope: ALL_SCOPES } });
  assert.equal(new Set([oauth2.accessToken, body.access_token, oauth2.refreshToken, body.refresh_token]).size, 4);
  assert.equal(await ownerOf(context, body.access_token), id);
  assert.equal(await ownerOf(context, oauth2.accessToken), id);
});

test('using a refresh token again ends everything that came of it', async () => {
  const { oauth2 } = context.sandbox.seedUser();
  const { body } = await askForToken(context, refreshForm(String(oauth2.refreshToken)));
  assertMatches(await askForToken(context, refreshForm(String(oauth2.refreshToken))), INVALID_TOKEN);
  assert.equal(await ownerOf(context, body.access_token), 401);
  assertMatches(await askForToken(context, refreshForm(body.refresh_token)), INVALID_TOKEN);
  assertMatches(await askForToken(context, refreshForm('no-such-token')), INVALID_TOKEN);
});

test('a refresh token is good for about six months', async (t) => {
  const own = await ownSandbox(t);
  stopClock(t, own.sandbox);
  const days = (/** @type {number} */ count) => own.sandbox.clock.advance(count * 24 * 3600 * 1000);
  const { refreshToken } = own.user.oauth2;
  days(179);
  const { status, body } = await askForToken(own, refreshForm(String(refreshToken)));
  assert.equal(status, 200);
  days(181);
  assertMatches(await askForToken(own, refreshForm(body.refresh_token)), INVALID_TOKEN);
});

test('revoking either token ends both', async () => {
  const headers = basic(context.sandbox.env.X_CLIENT_ID, context.sandbox.env.X_CLIENT_SECRET);
  for (const name of /** @type {const} */ (['accessToken', 'refreshToken'])) {
    const { oauth2 } = context.sandbox.seedUser();
    const form = { token: String(oauth2[name]) };
    const answer = await context.call('POST', '/2/oauth2/revoke', { headers, form });
    assertMatches(answer, { status: 200, body: { revoked: true } });
    assert.equal(await ownerOf(context, oauth2.accessToken), 401);
    assertMatches(await askForToken(context, refreshForm(String(oauth2.refreshToken))), INVALID_TOKEN);
  }
});

test('a new login ends the pair before, of that user alone', async (t) => {
  const own = await ownSandbox(t);
  const other = own.sandbox.seedUser({ username: 'other' });
  const before = await logIn(own, { username: own.user.username });
  const { access_token: token } = await logIn(own, { username: own.user.username });
  assert.equal(await ownerOf(own, before.access_token), 401);
  assertMatches(await askForToken(own, refreshForm(before.refresh_token)), INVALID_TOKEN);
  assert.equal(await ownerOf(own, token), own.user.id);
  assert.equal(await ownerOf(own, other.oauth2.accessToken), other.id);
});
