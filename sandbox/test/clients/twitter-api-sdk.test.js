'use strict';

const assert = require('node:assert/strict');
const { Client, auth } = require('twitter-api-sdk');
const { ownSandbox, useSandbox } = require('../support/harness.js');
const { ALL_SCOPES, CALLBACK } = require('../support/login.js');
const { assertMatches } = require('../support/matches.js');
const { agentFor, open } = require('./support/address.js');
const { operationsOf } = require('./support/coverage.js');

const context = useSandbox({ tls: true, rateLimits: false, enterprise: true });
const { drives } = operationsOf('twitter-api-sdk');

/** @returns {any} what it hands to node-fetch */
const through = (sandbox = context.sandbox) => ({ agent: agentFor(sandbox) });
const byToken = (token = context.token(), sandbox = context.sandbox) =>
  new Client(new auth.OAuth2Bearer(token), through(sandbox));

/** How X refuses a call. @param {PromiseLike<unknown>} call @returns {Promise<any>} */
async function refusal(call) {
  const error = /** @type {any} */ (
    await call.then(
      () => assert.fail('it was not refused'),
      (thrown) => thrown,
    )
  );
  return { status: error.status, error: error.error, headers: error.headers };
}

/** Logs a user in on X's page, of their own. @param {'s256' | 'plain'} method */
async function logIn(method) {
  const { username, id } = context.sandbox.seedUser();
  const flow = new auth.OAuth2User({
    client_id: context.sandbox.env.X_CLIENT_ID,
    client_secret: context.sandbox.env.X_CLIENT_SECRET,
    callback: CALLBACK,
    scopes: /** @type {any} */ (ALL_SCOPES.split(' ')),
    request_options: through(),
  });
  const page = flow.generateAuthURL(
    method === 's256'
      ? { state: 'a state', code_challenge_method: 's256' }
      : { state: 'a state', code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' },
  );
  assert.equal(new URL(page).searchParams.get('code_challenge_method'), method);
  const { location } = await open(context.sandbox, `${page}&username=${username}`);
  const code = String(location?.searchParams.get('code'));
  const { token } = await flow.requestAccessToken(code);
  return { flow, client: new Client(flow, through()), id, code, token: /** @type {any} */ (token) };
}

drives('OAuth 2.0 with PKCE', async () => {
  for (const method of /** @type {const} */ (['s256', 'plain'])) {
    const { flow, client, id, code, token } = await logIn(method);
    assertMatches(token, { token_type: 'bearer', scope: ALL_SCOPES });
    assert.equal((await client.users.findMyUser()).data?.id, id);
    assertMatches(await refusal(flow.requestAccessToken(code)), { status: 400, error: { error: 'invalid_request' } });
  }
});

drives('refresh', async () => {
  const { flow, client, id, token } = await logIn('s256');
  await flow.refreshAccessToken();
  assert.notEqual(flow.token?.refresh_token, token.refresh_token);
  assert.equal((await client.users.findMyUser()).data?.id, id);
  flow.token = token;
  assertMatches(await refusal(flow.refreshAccessToken()), { status: 400, error: { error: 'invalid_request' } });
});

drives('revoke', async () => {
  const { flow, client } = await logIn('s256');
  assertMatches(await flow.revokeAccessToken(), { revoked: true });
  assertMatches(await refusal(client.users.findMyUser()), { status: 401, error: { title: 'Unauthorized' } });
});

drives('text', async () => {
  const text = `Prices, 100% “fair” & <square>! (it's * ~ true)`;
  const { data } = await byToken().tweets.createTweet({ text });
  assertMatches(context.sandbox.ledger.tweets().at(-1), { id: data?.id, body: { text } });
});

drives('reply', async () => {
  const { oauth2, username } = context.sandbox.seedUser();
  const { data: question } = await byToken(oauth2.accessToken).tweets.createTweet({ text: 'Anybody?' });
  const reply = { in_reply_to_tweet_id: String(question?.id) };
  const { data } = await byToken().tweets.createTweet({ text: 'Somebody', reply });
  const read = await byToken().tweets.findTweetById(String(data?.id), {
    'tweet.fields': ['in_reply_to_user_id', 'entities'],
  });
  assertMatches(read.data, { text: `@${username} Somebody`, entities: { mentions: [{ start: 0, username }] } });
});

drives('quote', async () => {
  const { data: first } = await byToken().tweets.createTweet({ text: 'Quotable' });
  const { data } = await byToken().tweets.createTweet({ text: 'As I said', quote_tweet_id: String(first?.id) });
  const read = await byToken().tweets.findTweetById(String(data?.id), {
    'tweet.fields': ['referenced_tweets'],
    expansions: ['referenced_tweets.id', 'referenced_tweets.id.author_id'],
  });
  assertMatches(read, {
    data: { referenced_tweets: [{ type: 'quoted', id: first?.id }] },
    includes: { tweets: [{ id: first?.id, text: 'Quotable' }], users: [{ id: context.user.id }] },
  });
});

drives('poll', async () => {
  const poll = { options: ['Yes', 'No'], duration_minutes: 60 };
  const { data } = await byToken().tweets.createTweet({ text: 'A question', poll });
  const read = await byToken().tweets.findTweetById(String(data?.id), { expansions: ['attachments.poll_ids'] });
  assertMatches(read.includes?.polls, [{ options: [{ label: 'Yes' }, { label: 'No' }] }]);
});

drives('delete', async () => {
  const { data } = await byToken().tweets.createTweet({ text: 'Soon gone' });
  assertMatches(await byToken().tweets.deleteTweetById(String(data?.id)), { data: { deleted: true } });
  assertMatches(await refusal(byToken().tweets.deleteTweetById(String(data?.id))), { status: 404 });
});

drives('look-up of one', async () => {
  const { data } = await byToken().tweets.createTweet({ text: 'Seen by https://shop.example.com' });
  const read = await byToken().tweets.findTweetById(String(data?.id), {
    'tweet.fields': ['created_at', 'entities', 'public_metrics', 'author_id'],
    'user.fields': ['verified'],
    expansions: ['author_id'],
  });
  assertMatches(read, {
    data: { public_metrics: { retweet_count: 0 }, entities: { urls: [{ expanded_url: 'https://shop.example.com' }] } },
    includes: { users: [{ id: context.user.id, verified: false }] },
  });
});

drives('look-up of several', async () => {
  /** @type {string[]} */
  const ids = [];
  for (const text of ['First of two', 'Second of two']) {
    ids.push(String((await byToken().tweets.createTweet({ text })).data?.id));
  }
  const read = await byToken().tweets.findTweetsById({ ids: [...ids, '12'] });
  assertMatches(read, { data: [{ id: ids[0] }, { id: ids[1] }], errors: [{ resource_id: '12' }] });
});

drives('timeline', async () => {
  const { id, oauth2 } = context.sandbox.seedUser();
  const { tweets } = byToken(oauth2.accessToken);
  for (let number = 1; number <= 7; number += 1) await tweets.createTweet({ text: `Number ${number}` });
  const texts = [];
  for await (const page of tweets.usersIdTweets(id, { max_results: 5, exclude: ['retweets'] })) {
    texts.push(...(page.data ?? []).map(({ text }) => text));
  }
  assert.deepEqual(
    texts,
    [7, 6, 5, 4, 3, 2, 1].map((number) => `Number ${number}`),
  );
});

drives('users/me', async () => {
  const { data } = await byToken().users.findMyUser({ 'user.fields': ['verified', 'public_metrics'] });
  assertMatches(data, { id: context.user.id, public_metrics: { followers_count: 0 } });
});

drives('refusals', async () => {
  await byToken().tweets.createTweet({ text: 'Only once' });
  assertMatches(await refusal(byToken().tweets.createTweet({ text: 'Only once' })), {
    status: 403,
    error: { detail: 'You are not allowed to create a Tweet with duplicate content.' },
    headers: { 'content-type': /^application\/problem\+json/ },
  });
  assertMatches(await refusal(byToken('other').users.findMyUser()), { status: 401 });
});

drives('rate limit', async (t) => {
  const own = await ownSandbox(t, { tls: true, rateLimits: { me: { user: [1, 60_000] } } });
  const { users } = byToken(own.token(), own.sandbox);
  await users.findMyUser();
  assertMatches(await refusal(users.findMyUser()), { status: 429, headers: { 'x-rate-limit-remaining': '0' } });
  own.sandbox.clock.advance(60_000);
  assert.equal((await users.findMyUser()).data?.id, own.user.id);
});
