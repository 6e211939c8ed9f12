'use strict';

const assert = require('node:assert/strict');
const { ApiResponseError, TwitterApi } = require('twitter-api-v2');
const { ownSandbox, useSandbox } = require('../support/harness.js');
const { ALL_SCOPES, CALLBACK } = require('../support/login.js');
const { assertMatches } = require('../support/matches.js');
const { bytesOf, sha256 } = require('../support/media.js');
const { agentFor, open } = require('./support/address.js');
const { operationsOf } = require('./support/coverage.js');

const context = useSandbox({ tls: true, rateLimits: false, processingMs: 1, enterprise: true });
const { drives } = operationsOf('twitter-api-v2');

const settings = (sandbox = context.sandbox) => ({ httpAgent: agentFor(sandbox) });
const appKeys = () => ({ appKey: context.sandbox.env.X_API_KEY, appSecret: context.sandbox.env.X_API_SECRET });
const confidential = () => ({
  clientId: context.sandbox.env.X_CLIENT_ID,
  clientSecret: context.sandbox.env.X_CLIENT_SECRET,
});

/** The client with a user's OAuth 1.0a credentials. */
function byOAuth1({ oauth1Credentials: keys } = context.user) {
  return new TwitterApi(
    { ...appKeys(), accessToken: keys.accessToken, accessSecret: keys.accessTokenSecret },
    settings(),
  );
}

const byOAuth2 = (token = context.token()) => new TwitterApi(token, settings());

/** How X refuses a call. @param {Promise<unknown>} call @returns {Promise<any>} */
async function refusal(call) {
  const error = await call.then(
    () => assert.fail('it was not refused'),
    (thrown) => thrown,
  );
  assert.ok(error instanceof ApiResponseError, String(error));
  return { code: error.code, data: error.data };
}

drives('OAuth 1.0a in three steps', async () => {
  const { username, id } = context.sandbox.seedUser();
  const app = new TwitterApi(appKeys(), settings());
  const link = await app.generateAuthLink(CALLBACK, { linkMode: 'authorize', screenName: username });
  assert.equal(link.oauth_callback_confirmed, 'true');
  const { location } = await open(context.sandbox, link.url);
  const answer = Object.fromEntries(location?.searchParams ?? []);
  assertMatches(answer, { oauth_token: link.oauth_token, from: 'x' });
  const keys = { ...appKeys(), accessToken: link.oauth_token, accessSecret: link.oauth_token_secret };
  assertMatches(await refusal(new TwitterApi(keys, settings()).login('wrong')), { code: 401 });
  const { client, ...login } = await new TwitterApi(keys, settings()).login(answer.oauth_verifier);
  assertMatches(login, { userId: id, screenName: username });
  assert.equal((await client.v2.me()).data.id, id);
});

drives('OAuth 1.0a with a PIN', async () => {
  const link = await new TwitterApi(appKeys(), settings()).generateAuthLink('oob');
  const { text: pin } = await open(context.sandbox, link.url);
  assert.match(pin, /^\d{7}$/);
  const keys = { ...appKeys(), accessToken: link.oauth_token, accessSecret: link.oauth_token_secret };
  const { client } = await new TwitterApi(keys, settings()).login(pin);
  assertMatches(await client.v2.tweet('By PIN'), { data: { text: 'By PIN' } });
});

/** Logs a user in on X's page, of their own; gives the new client and tokens. */
async function logIn() {
  const { username, id } = context.sandbox.seedUser();
  const app = new TwitterApi(confidential(), settings());
  const { url, codeVerifier, state } = app.generateOAuth2AuthLink(CALLBACK, { scope: ALL_SCOPES.split(' ') });
  assert.equal(new URL(url).searchParams.get('code_challenge_method'), 's256');
  const { location } = await open(context.sandbox, `${url}&username=${username}`);
  assert.equal(location?.searchParams.get('state'), state);
  const code = String(location?.searchParams.get('code'));
  const login = await app.loginWithOAuth2({ code, codeVerifier, redirectUri: CALLBACK });
  return { app, id, code, codeVerifier, login };
}

drives('OAuth 2.0 with PKCE', async () => {
  const { app, id, code, codeVerifier, login } = await logIn();
  assertMatches(login, { expiresIn: 7200, scope: ALL_SCOPES.split(' ') });
  assert.equal((await login.client.v2.me()).data.id, id);
  const again = app.loginWithOAuth2({ code, codeVerifier, redirectUri: CALLBACK });
  assertMatches(await refusal(again), { code: 400, data: { error: 'invalid_request' } });
  const call = context.sandbox.ledger.requests({ endpoint: 'token' }).at(-2);
  assertMatches(call, { status: 200, auth: 'basic' });
});

drives('refresh', async () => {
  const { app, id, login } = await logIn();
  const { client, refreshToken } = await app.refreshOAuth2Token(String(login.refreshToken));
  assert.notEqual(refreshToken, login.refreshToken);
  assert.equal((await client.v2.me()).data.id, id);
  const spent = await refusal(app.refreshOAuth2Token(String(login.refreshToken)));
  const description = 'Value passed for the token was invalid.';
  assertMatches(spent, { code: 400, data: { error: 'invalid_request', error_description: description } });
});

drives('revoke', async () => {
  const { app, login } = await logIn();
  assertMatches(await app.revokeOAuth2Token(login.accessToken), { revoked: true });
  assertMatches(await refusal(login.client.v2.me()), { code: 401, data: { title: 'Unauthorized' } });
});

drives('app token', async () => {
  const app = await new TwitterApi(appKeys(), settings()).appLogin();
  const { data } = await byOAuth2().v2.tweet('For the app to read');
  assertMatches(await app.v2.singleTweet(data.id), { data: { text: 'For the app to read' } });
  const refused = await refusal(app.v2.tweet('From nobody'));
  assertMatches(refused, { code: 403, data: { type: /\/unsupported-authentication$/ } });
  const wrong = new TwitterApi({ ...appKeys(), appSecret: 'other' }, settings()).appLogin();
  assertMatches(await refusal(wrong), { code: 403, data: { errors: [{ code: 99 }] } });
});

for (const [kind, client] of /** @type {Array<[string, () => TwitterApi]>} */ ([
  ['1.0a', byOAuth1],
  ['2.0', byOAuth2],
])) {
  drives('text', async () => {
    const text = `Prices, 100% “fair” & <square> – OAuth ${kind}! (it's * ~ true)`;
    const { data } = await client().v2.tweet(text);
    assert.equal(data.text, text);
    assertMatches(context.sandbox.ledger.tweets().at(-1), { id: data.id, text, body: { text } });
  });
}

drives('reply', async () => {
  const { oauth2, username } = context.sandbox.seedUser();
  const { data: question } = await byOAuth2(oauth2.accessToken).v2.tweet('Anybody?');
  const { data } = await byOAuth2().v2.reply('Somebody', question.id);
  // Its types do not know the range.
  const fields = /** @type {any} */ (['referenced_tweets', 'display_text_range']);
  const read = await byOAuth1().v2.singleTweet(data.id, { 'tweet.fields': fields });
  assertMatches(read.data, {
    text: `@${username} Somebody`,
    referenced_tweets: [{ type: 'replied_to', id: question.id }],
    display_text_range: [username.length + 2, username.length + 10],
  });
  const thread = await byOAuth1().v2.tweetThread(['One of two', 'Two of two']);
  assertMatches(context.sandbox.ledger.tweets().at(-1), { text: 'Two of two', replyTo: thread[0].data.id });
});

drives('quote', async () => {
  const { data: first } = await byOAuth1().v2.tweet('Quotable');
  const { data } = await byOAuth1().v2.quote('As I said', first.id);
  const read = await byOAuth1().v2.singleTweet(data.id, { 'tweet.fields': ['entities', 'referenced_tweets'] });
  assertMatches(read.data, {
    text: /^As I said https:\/\/t\.co\/\w+$/,
    referenced_tweets: [{ type: 'quoted', id: first.id }],
    entities: { urls: [{ expanded_url: `https://twitter.com/${context.user.username}/status/${first.id}` }] },
  });
});

drives('poll', async () => {
  const poll = { options: ['Yes', 'No'], duration_minutes: 60 };
  const { data } = await byOAuth2().v2.tweet('A question', { poll });
  const read = await byOAuth2().v2.singleTweet(data.id, {
    expansions: ['attachments.poll_ids'],
    'poll.fields': ['duration_minutes', 'voting_status'],
  });
  assertMatches(read.includes?.polls, [{ options: [{ label: 'Yes' }, { label: 'No' }], duration_minutes: 60 }]);
  const wrong = byOAuth2().v2.tweet('No question', { poll: { ...poll, options: ['Alone'] } });
  assertMatches(await refusal(wrong), { code: 400, data: { type: /\/invalid-request$/ } });
});

drives('delete', async () => {
  const { data } = await byOAuth1().v2.tweet('Soon gone');
  assertMatches(await byOAuth1().v2.deleteTweet(data.id), { data: { deleted: true } });
  assertMatches(await byOAuth2().v2.singleTweet(data.id), { data: undefined, errors: [{ resource_id: data.id }] });
  const { data: other } = await byOAuth2(context.sandbox.seedUser().oauth2.accessToken).v2.tweet('Not yours');
  assertMatches(await refusal(byOAuth2().v2.deleteTweet(other.id)), { code: 403 });
});

const MEDIA = /** @type {const} */ ([
  ['image', 'image/png', { kind: 'png' }, 'tweet_image'],
  ['GIF', 'image/gif', { kind: 'gif', frames: 3 }, 'tweet_gif'],
  ['video', 'video/mp4', { kind: 'mp4', bytes: 2_500_000 }, 'tweet_video'],
]);

for (const [name, type, spec, category] of MEDIA) {
  drives(`${name} on v2`, async () => {
    const bytes = await bytesOf(spec);
    const id = await byOAuth2().v2.uploadMedia(bytes, { media_type: /** @type {any} */ (type) });
    assertMatches(context.sandbox.ledger.media(id), { category, sha256: sha256(bytes), finalized: true });
    const post = await byOAuth2().v2.tweet(`A ${name}`, { media: { media_ids: [id] } });
    const read = await byOAuth2().v2.singleTweet(post.data.id, { expansions: ['attachments.media_keys'] });
    assert.equal(read.includes?.media?.length, 1);
  });

  drives(`${name} on v1.1`, async () => {
    const bytes = await bytesOf(spec);
    const id = await byOAuth1().v1.uploadMedia(bytes, { mimeType: type });
    assertMatches(context.sandbox.ledger.media(id), { category, sha256: sha256(bytes), finalized: true });
    const { data } = await byOAuth1().v2.tweet(`A ${name} on v1.1`, { media: { media_ids: [id] } });
    assert.match(data.id, /^\d+$/);
    assertMatches(await refusal(byOAuth2().v1.uploadMedia(bytes, { mimeType: type })), {
      code: 403,
      data: { errors: [{ code: 220 }] },
    });
  });
}

drives('alt text on v2', async () => {
  const id = await byOAuth1().v2.uploadMedia(await bytesOf({ kind: 'jpeg' }), { media_type: 'image/jpeg' });
  await byOAuth1().v2.createMediaMetadata(id, { alt_text: { text: 'A lamp' } });
  assert.equal(context.sandbox.ledger.media(id).altText, 'A lamp');
  const long = byOAuth1().v2.createMediaMetadata(id, { alt_text: { text: 'a'.repeat(1001) } });
  assertMatches(await refusal(long), { code: 400 });
});

drives('alt text on v1.1', async () => {
  const id = await byOAuth1().v1.uploadMedia(await bytesOf({ kind: 'jpeg', seed: 2 }), { mimeType: 'image/jpeg' });
  await byOAuth1().v1.createMediaMetadata(id, { alt_text: { text: 'A chair' } });
  assert.equal(context.sandbox.ledger.media(id).altText, 'A chair');
});

drives('look-up of one', async () => {
  const { data } = await byOAuth2().v2.tweet('Seen by https://shop.example.com #shop $ABC');
  for (const client of [byOAuth1(), byOAuth2()]) {
    const read = await client.v2.singleTweet(data.id, {
      'tweet.fields': ['created_at', 'entities', 'public_metrics', 'author_id', 'edit_controls'],
      'user.fields': ['created_at', 'public_metrics'],
      expansions: ['author_id'],
    });
    assertMatches(read.data, {
      author_id: context.user.id,
      public_metrics: { retweet_count: 0 },
      entities: {
        urls: [{ expanded_url: 'https://shop.example.com', display_url: 'shop.example.com' }],
        hashtags: [{ tag: 'shop' }],
        cashtags: [{ tag: 'ABC' }],
      },
    });
    assertMatches(read.includes, { users: [{ id: context.user.id, public_metrics: { followers_count: 0 } }] });
  }
});

drives('look-up of several', async () => {
  const ids = [];
  for (const text of ['First of two', 'Second of two']) ids.push((await byOAuth2().v2.tweet(text)).data.id);
  const read = await byOAuth1().v2.tweets([...ids, '12'], { 'tweet.fields': 'created_at' });
  assertMatches(read, { data: [{ id: ids[0] }, { id: ids[1] }], errors: [{ resource_id: '12' }] });
});

drives('timeline', async () => {
  const { id, oauth2 } = context.sandbox.seedUser();
  const client = byOAuth2(oauth2.accessToken);
  for (let number = 1; number <= 7; number += 1) await client.v2.tweet(`Number ${number}`);
  const timeline = await client.v2.userTimeline(id, { max_results: 5, exclude: 'retweets' });
  assert.equal(timeline.tweets.length, 5);
  await timeline.fetchNext();
  assert.deepEqual(
    timeline.tweets.map(({ text }) => text),
    [7, 6, 5, 4, 3, 2, 1].map((number) => `Number ${number}`),
  );
});

drives('users/me', async () => {
  for (const client of [byOAuth1(), byOAuth2()]) {
    const { data } = await client.v2.me({ 'user.fields': ['verified', 'public_metrics'] });
    assertMatches(data, { id: context.user.id, username: context.user.username, verified: false });
  }
});

drives('refusals', async () => {
  await byOAuth2().v2.tweet('Only once');
  assertMatches(await refusal(byOAuth2().v2.tweet('Only once')), {
    code: 403,
    data: { detail: 'You are not allowed to create a Tweet with duplicate content.' },
  });
  assertMatches(await refusal(byOAuth2().v2.tweet('a'.repeat(281))), { code: 403 });
  assertMatches(await refusal(byOAuth2('other').v2.me()), { code: 401, data: { title: 'Unauthorized' } });
  const { oauth1Credentials } = context.user;
  const forged = byOAuth1({ ...context.user, oauth1Credentials: { ...oauth1Credentials, accessTokenSecret: 'other' } });
  assertMatches(await refusal(forged.v2.me()), { code: 401, data: { errors: [{ code: 32 }] } });
  const reader = context.sandbox.seedUser({ scopes: 'tweet.read users.read' });
  assertMatches(await refusal(byOAuth2(reader.oauth2.accessToken).v2.tweet('No scope')), { code: 403 });
  const unknown = byOAuth2().v2.tweet('With an unknown medium', { media: { media_ids: ['12'] } });
  assertMatches(await refusal(unknown), { code: 400, data: { errors: [{ message: 'Your media IDs are invalid.' }] } });
});

drives('rate limit', async (t) => {
  const own = await ownSandbox(t, { tls: true, rateLimits: { me: { user: [1, 60_000] } } });
  const client = new TwitterApi(own.token(), settings(own.sandbox));
  await client.v2.me();
  const error = await client.v2.me().then(
    () => assert.fail('it was not refused'),
    (/** @type {any} */ thrown) => thrown,
  );
  assertMatches(
    { code: error.code, isLimit: error.rateLimitError, limit: error.rateLimit },
    { code: 429, isLimit: true, limit: { limit: 1, remaining: 0 } },
  );
  assert.ok(error.rateLimit.reset * 1000 > own.sandbox.clock.now());
  own.sandbox.clock.advance(60_000);
  assert.equal((await client.v2.me()).data.id, own.user.id);
});
