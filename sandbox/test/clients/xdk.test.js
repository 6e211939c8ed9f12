'use strict';

const assert = require('node:assert/strict');
const { ApiError, Client, OAuth1, OAuth2, generateCodeVerifier } = require('@xdevplatform/xdk');
const { after } = require('node:test');
const { ownSandbox, useSandbox } = require('../support/harness.js');
const { ALL_SCOPES, CALLBACK, basic } = require('../support/login.js');
const { assertMatches } = require('../support/matches.js');
const { bytesOf, sha256 } = require('../support/media.js');
const { receiver } = require('../support/receiver.js');
const { leadFetchTo, open } = require('./support/address.js');
const { operationsOf } = require('./support/coverage.js');

let lead = async () => {};
const context = useSandbox({ tls: true, rateLimits: false, processingMs: 1, enterprise: true }, () => {
  lead = leadFetchTo(context.sandbox);
});
after(() => lead());
const { drives } = operationsOf('@xdevplatform/xdk');

/** Its types leave out most members. @param {object} config @returns {any} */
const clientWith = (config) => new Client(/** @type {any} */ (config));
const byOAuth2 = (token = context.token()) => clientWith({ accessToken: token });

/** @param {object} [more] */
const oauth1 = (more) => {
  const { X_API_KEY: apiKey, X_API_SECRET: apiSecret } = context.sandbox.env;
  return new OAuth1(/** @type {any} */ ({ apiKey, apiSecret, callback: CALLBACK, ...more }));
};

/** The client with a user's OAuth 1.0a credentials. */
function byOAuth1({ oauth1Credentials: { accessToken, accessTokenSecret } } = context.user) {
  return clientWith({ oauth1: oauth1({ accessToken, accessTokenSecret }) });
}

/** How X refuses a call. @param {Promise<unknown>} call @returns {Promise<any>} */
async function refusal(call) {
  const error = await call.then(
    () => assert.fail('it was not refused'),
    (thrown) => thrown,
  );
  assert.ok(error instanceof ApiError, String(error));
  return { status: error.status, data: error.data };
}

/** Gets a user's credentials in three steps. @param {InstanceType<typeof OAuth1>} flow @param {string} page @param {(opened: { location: URL | null, text: string }) => string} verifierOf */
async function threeSteps(flow, page, verifierOf) {
  const { username, id } = context.sandbox.seedUser();
  const verifier = verifierOf(await open(context.sandbox, `${page}&screen_name=${username}`));
  await assert.rejects(flow.getAccessToken('wrong'), /401/);
  const { accessToken, accessTokenSecret } = await flow.getAccessToken(verifier);
  // Its flow signs on with the temporary token's secret, so what comes of it is given to another one.
  const client = clientWith({ oauth1: oauth1({ accessToken, accessTokenSecret }) });
  assert.equal((await client.users.getMe()).data.id, id);
  assertMatches(await refusal(clientWith({ oauth1: flow }).users.getMe()), {
    status: 401,
    data: { errors: [{ code: 32 }] },
  });
}

drives('OAuth 1.0a in three steps', async () => {
  for (const withX of [false, true]) {
    const flow = oauth1();
    const page = await flow.startOAuthFlow(withX);
    await threeSteps(flow, page, ({ location }) => String(location?.searchParams.get('oauth_verifier')));
  }
});

drives('OAuth 1.0a with a PIN', async () => {
  const flow = oauth1({ callback: 'oob' });
  await threeSteps(flow, await flow.startOAuthFlow(), ({ text }) => text);
});

/** Logs a user in on X's page, of their own. */
async function logIn() {
  const { username, id } = context.sandbox.seedUser();
  const { X_CLIENT_ID: clientId, X_CLIENT_SECRET: clientSecret } = context.sandbox.env;
  const flow = new OAuth2({ clientId, clientSecret, redirectUri: CALLBACK, scope: ALL_SCOPES.split(' ') });
  const verifier = generateCodeVerifier();
  await flow.setPkceParameters(verifier);
  const page = await flow.getAuthorizationUrl('a state');
  assert.equal(new URL(page).searchParams.get('code_challenge_method'), 'S256');
  const { location } = await open(context.sandbox, `${page}&username=${username}`);
  assert.equal(location?.searchParams.get('state'), 'a state');
  const code = String(location?.searchParams.get('code'));
  const token = await flow.exchangeCode(code, verifier);
  return { flow, id, code, verifier, token };
}

drives('OAuth 2.0 with PKCE', async () => {
  const { flow, id, code, verifier, token } = await logIn();
  assertMatches(token, { token_type: 'bearer', expires_in: 7200, scope: ALL_SCOPES });
  assert.equal((await byOAuth2(token.access_token).users.getMe()).data.id, id);
  await assert.rejects(flow.exchangeCode(code, verifier), /400.*authorization code was invalid/s);
});

drives('refresh', async () => {
  const { flow, id, token } = await logIn();
  const fresh = await flow.refreshToken();
  assert.notEqual(fresh.refresh_token, token.refresh_token);
  assert.equal((await byOAuth2(fresh.access_token).users.getMe()).data.id, id);
  await assert.rejects(flow.refreshToken(token.refresh_token), /400.*token was invalid/s);
});

for (const [kind, client] of /** @type {Array<[string, () => any]>} */ ([
  ['1.0a', byOAuth1],
  ['2.0', byOAuth2],
])) {
  drives('text', async () => {
    const text = `Prices, 100% “fair” & <square> – OAuth ${kind}! (it's * ~ true)`;
    const { data } = await client().posts.create({ text });
    assertMatches(data, { text, editHistoryTweetIds: [data.id] });
    assertMatches(context.sandbox.ledger.tweets().at(-1), { id: data.id, body: { text } });
  });
}

drives('reply', async () => {
  const { oauth2, username } = context.sandbox.seedUser();
  const { data: question } = await byOAuth2(oauth2.accessToken).posts.create({ text: 'Anybody?' });
  const reply = { inReplyToTweetId: question.id };
  const { data } = await byOAuth1().posts.create({ text: 'Somebody', reply });
  const read = await byOAuth2().posts.getById(data.id, { postFields: ['referenced_posts', 'entities'] });
  assertMatches(read.data, {
    text: `@${username} Somebody`,
    referencedPosts: [{ type: 'replied_to', id: question.id }],
    entities: { mentions: [{ start: 0, username }] },
  });
});

drives('quote', async () => {
  const { data: first } = await byOAuth2().posts.create({ text: 'Quotable' });
  const { data } = await byOAuth2().posts.create({ text: 'As I said', quoteTweetId: first.id });
  const read = await byOAuth2().posts.getById(data.id, {
    postFields: ['referenced_posts'],
    expansions: ['referenced_posts'],
  });
  assertMatches(read, {
    data: { text: /^As I said https:\/\/t\.co\/\w+$/, referencedPosts: [{ type: 'quoted', id: first.id }] },
    includes: { posts: [{ id: first.id, text: 'Quotable' }] },
  });
});

drives('poll', async () => {
  const poll = { options: ['Yes', 'No'], durationMinutes: 60 };
  const { data } = await byOAuth1().posts.create({ text: 'A question', poll });
  const read = await byOAuth2().posts.getById(data.id, {
    expansions: ['attachments.poll_ids'],
    pollFields: ['duration_minutes'],
  });
  assertMatches(read.includes.polls, [{ options: [{ label: 'Yes' }, { label: 'No' }], durationMinutes: 60 }]);
});

drives('delete', async () => {
  for (const client of [byOAuth1(), byOAuth2()]) {
    const { data } = await client.posts.create({ text: 'Soon gone' });
    assertMatches(await client.posts.delete(data.id), { data: { deleted: true } });
    assertMatches(await client.posts.getById(data.id), { data: undefined, errors: [{ resourceId: data.id }] });
    context.sandbox.duplicates.refused = false;
  }
  context.sandbox.duplicates.refused = true;
});

for (const [name, type, spec, category] of /** @type {const} */ ([
  ['image', 'image/png', { kind: 'png' }, 'tweet_image'],
  ['GIF', 'image/gif', { kind: 'gif', frames: 3 }, 'tweet_gif'],
  ['video', 'video/mp4', { kind: 'mp4', bytes: 2_500_000 }, 'tweet_video'],
])) {
  drives(`${name} on v2`, async () => {
    const bytes = await bytesOf(spec);
    for (const { media, posts } of [byOAuth1(), byOAuth2()]) {
      const begun = await media.initializeUpload({
        mediaType: type,
        totalBytes: bytes.length,
        mediaCategory: category,
      });
      const { id } = begun.data;
      for (let index = 0; index * 1_000_000 < bytes.length; index += 1) {
        const segment = bytes.subarray(index * 1_000_000, (index + 1) * 1_000_000);
        await media.appendUpload(id, { media: segment.toString('base64'), segmentIndex: index });
      }
      await media.finalizeUpload(id);
      if (name !== 'image') {
        context.sandbox.clock.advance(1);
        const { data } = await media.getUploadStatus(id, { command: 'STATUS' });
        assertMatches(data, { id, processingInfo: { state: 'succeeded' } });
      }
      assertMatches(context.sandbox.ledger.media(id), { category, sha256: sha256(bytes), finalized: true });
      const post = await posts.create({ text: `A ${name}`, media: { mediaIds: [id] } });
      assert.match(post.data.id, /^\d+$/);
    }
  });
}

/** @param {any} spec @param {string} category @returns {Promise<string>} */
async function uploaded(spec, category) {
  const media = (await bytesOf(spec)).toString('base64');
  return (await byOAuth2().media.upload({ media, mediaCategory: category })).data.id;
}

drives('one-shot image on v2', async () => {
  const id = await uploaded({ kind: 'jpeg' }, 'tweet_image');
  const { data } = await byOAuth2().posts.create({ text: 'In one', media: { mediaIds: [id] } });
  const read = await byOAuth2().posts.getById(data.id, {
    expansions: ['attachments.media_keys'],
    mediaFields: ['width', 'height'],
  });
  assertMatches(read.includes.media, [{ type: 'photo', mediaKey: `3_${id}` }]);
});

drives('alt text on v2', async () => {
  const id = await uploaded({ kind: 'jpeg' }, 'tweet_image');
  const metadata = { altText: { text: 'A lamp' } };
  const answer = await byOAuth1().media.createMetadata({ id, metadata });
  assertMatches(answer, { data: { id, associatedMetadata: metadata } });
  assert.equal(context.sandbox.ledger.media(id).altText, 'A lamp');
});

drives('subtitles on v2', async () => {
  const [video, track] = [await uploaded({ kind: 'mp4' }, 'tweet_video'), await uploaded({ kind: 'srt' }, 'subtitles')];
  const subtitles = { id: track, languageCode: 'EN', displayName: 'English' };
  await byOAuth1().media.createSubtitles({ id: video, mediaCategory: 'TweetVideo', subtitles });
  assertMatches(context.sandbox.ledger.media(video).subtitles, [{ mediaId: track, language: 'EN' }]);
  const gone = { id: video, mediaCategory: 'TweetVideo', languageCode: 'EN' };
  assertMatches(await byOAuth2().media.deleteSubtitles(gone), { data: { deleted: true } });
});

drives('look-up of one', async () => {
  const { data } = await byOAuth2().posts.create({ text: 'Seen by https://shop.example.com' });
  for (const client of [byOAuth1(), byOAuth2()]) {
    const read = await client.posts.getById(data.id, {
      postFields: ['created_at', 'public_metrics', 'entities', 'edit_controls'],
      userFields: ['public_metrics'],
      expansions: ['author_id'],
    });
    assertMatches(read, {
      data: { publicMetrics: { repostCount: 0 }, entities: { urls: [{ expandedUrl: 'https://shop.example.com' }] } },
      includes: { users: [{ id: context.user.id, publicMetrics: { followersCount: 0 } }] },
    });
  }
});

drives('look-up of several', async () => {
  const ids = [];
  for (const text of ['First of two', 'Second of two']) ids.push((await byOAuth2().posts.create({ text })).data.id);
  for (const client of [byOAuth1(), byOAuth2()]) {
    const read = await client.posts.getByIds([...ids, '12'], { postFields: ['created_at', 'public_metrics'] });
    assertMatches(read, { data: [{ id: ids[0] }, { id: ids[1] }], errors: [{ resourceId: '12' }] });
  }
});

drives('timeline', async () => {
  const { id, oauth2, oauth1Credentials } = context.sandbox.seedUser();
  const client = byOAuth2(oauth2.accessToken);
  for (let number = 1; number <= 7; number += 1) await client.posts.create({ text: `Number ${number}` });
  const first = await client.users.getPosts(id, { maxResults: 5, exclude: ['retweets'] });
  assertMatches(first, { meta: { resultCount: 5 } });
  const signed = byOAuth1({ ...context.user, oauth1Credentials });
  const second = await signed.users.getPosts(id, { maxResults: 5, paginationToken: first.meta.nextToken });
  assertMatches(second.data, [{ text: 'Number 2' }, { text: 'Number 1' }]);
});

drives('users/me', async () => {
  for (const client of [byOAuth1(), byOAuth2()]) {
    const { data } = await client.users.getMe({ userFields: ['verified', 'created_at'] });
    assertMatches(data, { id: context.user.id, username: context.user.username, verified: false });
  }
});

drives('refusals', async () => {
  await byOAuth2().posts.create({ text: 'Only once' });
  assertMatches(await refusal(byOAuth2().posts.create({ text: 'Only once' })), {
    status: 403,
    data: { detail: 'You are not allowed to create a Tweet with duplicate content.' },
  });
  const member = byOAuth2().posts.create({ text: 'x', colour: 'red' });
  assertMatches(await refusal(member), { status: 400, data: { errors: [{ message: /colour/ }] } });
  assertMatches(await refusal(byOAuth2('other').users.getMe()), { status: 401, data: { title: 'Unauthorized' } });
  const analytics = byOAuth2().posts.getAnalytics(['1'], '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z');
  assertMatches(await refusal(analytics), { status: 403, data: { reason: 'client-not-enrolled' } });
});

drives('rate limit', async (t) => {
  const own = await ownSandbox(t, { tls: true, rateLimits: { me: { user: [1, 60_000] } } });
  t.after(leadFetchTo(own.sandbox));
  const client = byOAuth2(own.token());
  await client.users.getMe();
  const error = await client.users.getMe().then(assert.fail, (/** @type {any} */ thrown) => thrown);
  assertMatches(
    { status: error.status, data: error.data, left: error.headers.get('x-rate-limit-remaining') },
    { status: 429, data: { title: 'Too Many Requests' }, left: '0' },
  );
  own.sandbox.clock.advance(60_000);
  assert.equal((await client.users.getMe()).data.id, own.user.id);
});

/** The client as the app itself. */
async function byApp() {
  const { X_API_KEY, X_API_SECRET } = context.sandbox.env;
  const answer = await context.call('POST', '/oauth2/token', {
    headers: basic(X_API_KEY, X_API_SECRET),
    form: { grant_type: 'client_credentials' },
  });
  return clientWith({ bearerToken: answer.body.access_token });
}

drives('webhooks', async (t) => {
  const client = await byApp();
  const server = await receiver(t, context.sandbox.env.X_API_SECRET);
  const { data } = await client.webhooks.create({ url: server.url });
  assertMatches(data, { url: server.url, valid: true });
  assertMatches((await client.webhooks.get()).data, [{ id: data.id, valid: true }]);
  assertMatches(await client.webhooks.validate(data.id), { data: { valid: true } });
  const now = new Date(context.sandbox.clock.now()).toISOString().replace(/\D/g, '').slice(0, 12);
  const replay = await client.webhooks.createWebhookReplayJob({ webhook_id: data.id, from_date: now, to_date: now });
  assertMatches(replay.data, { jobId: /^\d+$/ });
  assertMatches(await client.webhooks.delete(data.id), { data: { deleted: true } });
  assertMatches(await refusal(client.webhooks.validate(data.id)), {
    status: 400,
    data: { errors: [{ message: /^WebhookIdInvalid: / }] },
  });
});

drives('subscriptions', async () => {
  const client = await byApp();
  const subscribe = (/** @type {string} */ type) =>
    client.activity.createSubscription({ event_type: type, filter: { user_id: context.user.id } });
  const { data } = await subscribe('post.create');
  const id = data.subscription.subscriptionId;
  assertMatches(await client.activity.updateSubscription(id, { tag: 'ours' }), {
    data: { subscription: { tag: 'ours' } },
  });
  assertMatches((await client.activity.getSubscriptions()).data, [{ subscriptionId: id, tag: 'ours' }]);
  assertMatches(await client.activity.deleteSubscription(id), { data: { deleted: true } });
  const other = (await subscribe('post.delete')).data.subscription.subscriptionId;
  assertMatches((await client.activity.deleteSubscriptionsByIds([other])).data, [{ deleted: true }]);
});
