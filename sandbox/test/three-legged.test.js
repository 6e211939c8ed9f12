'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { signedHeader } = require('./support/sign.js');

const context = useSandbox({ rateLimits: false });

/**
 * One of the flow's signed calls; gives the pairs of its answer.
 * @param {string} path @param {Record<string, string>} own its `oauth_` parameters
 * @param {{ token?: string, secret?: string }} [temporary]
 */
async function ask(path, own, { token, secret } = {}) {
  const { apiKey, apiSecret } = context.user.oauth1Credentials;
  const credentials = { apiKey, apiSecret, accessToken: token, accessTokenSecret: secret };
  const authorization = signedHeader({ method: 'POST', url: `${context.sandbox.url}${path}` }, credentials, own);
  const { status, body } = await context.call('POST', path, { headers: { authorization } });
  return { status, body, pairs: typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : {} };
}

/** A temporary token. @param {string} callback */
async function temporaryToken(callback) {
  const { pairs } = await ask('/oauth/request_token', { oauth_callback: callback });
  return { token: pairs.oauth_token, secret: pairs.oauth_token_secret };
}

const refused = (/** @type {number} */ status, /** @type {number} */ code) => ({
  status,
  body: { errors: [{ code }] },
});

test('a user comes back with a verifier, and the credentials work', async () => {
  const { status, pairs: temporary } = await ask('/oauth/request_token', {
    oauth_callback: 'http://127.0.0.1:8080/cb?x=1',
  });
  assertMatches({ status, temporary }, { status: 200, temporary: { oauth_callback_confirmed: 'true' } });
  const page = await context.call('GET', `/oauth/authorize?oauth_token=${temporary.oauth_token}`);
  assert.equal(page.status, 302);
  const target = new URL(String(page.headers.get('location')));
  assert.equal(target.origin + target.pathname, 'http://127.0.0.1:8080/cb');
  const { x, oauth_token: token, oauth_verifier: verifier } = Object.fromEntries(target.searchParams);
  assert.deepEqual([x, token], ['1', temporary.oauth_token]);

  const secret = temporary.oauth_token_secret;
  const { pairs } = await ask('/oauth/access_token', { oauth_verifier: verifier }, { token, secret });
  const { id, username, oauth1Credentials } = context.user;
  assert.deepEqual(pairs, {
    oauth_token: oauth1Credentials.accessToken,
    oauth_token_secret: oauth1Credentials.accessTokenSecret,
    user_id: id,
    screen_name: username,
  });
  assertMatches(await context.call('GET', '/2/users/me', { as: oauth1Credentials }), { status: 200 });
});

test('an app without a page of its own shows a number to the user', async () => {
  const temporary = await temporaryToken('oob');
  const page = await context.call('GET', `/oauth/authenticate?oauth_token=${temporary.token}`);
  assertMatches(page, { status: 200, body: /^\d{7}$/ });
  const { status } = await ask('/oauth/access_token', { oauth_verifier: page.body }, temporary);
  assert.equal(status, 200);
});

test('a verifier is good once, and only the right one', async () => {
  const temporary = await temporaryToken('oob');
  assertMatches(await ask('/oauth/access_token', { oauth_verifier: '1' }, temporary), refused(401, 89));
  const { body: verifier } = await context.call('GET', `/oauth/authorize?oauth_token=${temporary.token}`);
  assertMatches(await ask('/oauth/access_token', { oauth_verifier: '1' }, temporary), refused(401, 89));
  assertMatches(await ask('/oauth/access_token', { oauth_verifier: verifier }, temporary), { status: 200 });
  assertMatches(await ask('/oauth/access_token', { oauth_verifier: verifier }, temporary), refused(401, 89));
});

test('the flow has to be signed, and to have a callback', async () => {
  assertMatches(await context.call('POST', '/oauth/request_token'), refused(400, 215));
  assertMatches(await ask('/oauth/request_token', {}), refused(403, 415));
  const temporary = await temporaryToken('oob');
  const { body: verifier } = await context.call('GET', `/oauth/authorize?oauth_token=${temporary.token}`);
  const wrong = { token: temporary.token, secret: 'other' };
  assertMatches(await ask('/oauth/access_token', { oauth_verifier: verifier }, wrong), refused(401, 32));
});

test('a temporary token leads nowhere if nobody gave it, and opens no other endpoint', async () => {
  assertMatches(await context.call('GET', '/oauth/authorize?oauth_token=other'), { status: 404 });
  const { token, secret } = await temporaryToken('oob');
  const { apiKey, apiSecret } = context.user.oauth1Credentials;
  const as = { apiKey, apiSecret, accessToken: token, accessTokenSecret: secret };
  assertMatches(await context.call('GET', '/2/users/me', { as }), refused(401, 89));
});

test('the page takes the user who is named', async (t) => {
  const { sandbox, call } = await ownSandbox(t);
  const first = sandbox.seedUser({ username: 'first' });
  sandbox.seedUser({ username: 'second' });
  const { apiKey, apiSecret } = first.oauth1Credentials;
  const signed = async (
    /** @type {string} */ path,
    /** @type {Record<string, string>} */ own,
    token = '',
    secret = '',
  ) => {
    const credentials = { apiKey, apiSecret, accessToken: token || undefined, accessTokenSecret: secret };
    const authorization = signedHeader({ method: 'POST', url: `${sandbox.url}${path}` }, credentials, own);
    return Object.fromEntries(new URLSearchParams((await call('POST', path, { headers: { authorization } })).body));
  };
  for (const [query, name] of [
    ['&screen_name=first', 'first'],
    ['', 'second'],
  ]) {
    const temporary = await signed('/oauth/request_token', { oauth_callback: 'oob' });
    const { oauth_token: token, oauth_token_secret: secret } = temporary;
    const { body: verifier } = await call('GET', `/oauth/authorize?oauth_token=${token}${query}`);
    assertMatches(await signed('/oauth/access_token', { oauth_verifier: verifier }, token, secret), {
      screen_name: name,
    });
  }
});

test('a token that was invalidated is unknown, and the OAuth 2.0 token lives on', async () => {
  const { oauth1Credentials, oauth2 } = context.sandbox.seedUser();
  const answer = await context.call('POST', '/1.1/oauth/invalidate_token', { as: oauth1Credentials });
  assertMatches(answer, { status: 200, body: { access_token: oauth1Credentials.accessToken } });
  assertMatches(await context.call('GET', '/2/users/me', { as: oauth1Credentials }), refused(401, 89));
  assertMatches(await context.call('GET', '/2/users/me', { as: oauth2.accessToken }), { status: 200 });
});
