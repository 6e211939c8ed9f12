'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { ALL_SCOPES, askForToken, ownerOf, refreshForm } = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');

const context = useSandbox({ rateLimits: false });

/** @param {import('./support/harness.js').SeededUser} user @param {Record<string, string>} [changes] */
const exchange = ({ oauth1Credentials }, changes) =>
  askForToken(context, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: oauth1Credentials.accessToken,
    subject_token_type: 'urn:x:params:oauth:token-type:oauth1_token',
    oauth_token_secret: oauth1Credentials.accessTokenSecret,
    ...changes,
  });

test('an OAuth 1.0a token gives a pair of the same user, and stays good', async () => {
  const user = context.sandbox.seedUser();
  const { status, body } = await exchange(user);
  assertMatches({ status, body }, { status: 200, body: { token_type: 'bearer', expires_in: 7200, scope: ALL_SCOPES } });
  assert.equal(await ownerOf(context, body.access_token), user.id);
  assertMatches(await askForToken(context, refreshForm(body.refresh_token)), { status: 200 });
  assertMatches(await context.call('GET', '/2/users/me', { as: user.oauth1Credentials }), { status: 200 });
});

test('it may be done again, which ends the pair before', async () => {
  const user = context.sandbox.seedUser();
  const { body: first } = await exchange(user);
  const { body: second } = await exchange(user);
  assert.equal(await ownerOf(context, first.access_token), 401);
  assertMatches(await askForToken(context, refreshForm(first.refresh_token)), { status: 400 });
  assert.equal(await ownerOf(context, second.access_token), user.id);
});

test('fewer scopes may be asked for', async () => {
  assertMatches(await exchange(context.sandbox.seedUser(), { scope: 'tweet.read users.read' }), {
    status: 200,
    body: { scope: 'tweet.read users.read', refresh_token: undefined },
  });
});

for (const [title, changes, error] of /** @type {Array<[string, Record<string, string>, string]>} */ ([
  ['the wrong secret', { oauth_token_secret: 'other' }, 'invalid_grant'],
  ['an unknown token', { subject_token: '1-other' }, 'invalid_grant'],
  ['another type of token', { subject_token_type: 'urn:x:params:oauth:token-type:other' }, 'invalid_request'],
  ['an unknown scope', { scope: 'tweet.read tweet.burn' }, 'invalid_scope'],
])) {
  test(`refused: ${title}, and the pair before lives on`, async () => {
    const user = context.sandbox.seedUser();
    assertMatches(await exchange(user, changes), { status: 400, body: { error, error_description: /./ } });
    assert.equal(await ownerOf(context, user.oauth2.accessToken), user.id);
  });
}
