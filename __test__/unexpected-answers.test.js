'use strict';

const {
  activitySubscriptions,
  getAppBearerToken,
  getTweetMetrics,
  getTweetsMetrics,
  getUsage,
  getUserProfile,
  publishTweetWithMedia,
  refreshAccessToken,
  uploadMedia,
  webhooks,
} = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
const client = { retry: { baseDelayMs: 1, maxDelayMs: 1, maxAttempts: 1 } };

/** @param {string} endpoint @param {unknown} body */
const answer = (endpoint, body) =>
  context.sandbox.faults.add({ endpoint, fault: { kind: 'status', status: 200, body } });

test.each([
  ['the app’s own', () => getAppBearerToken({ apiKey: 'another-app', apiSecret: 'its-secret' })],
  ['a refreshed one', () => refreshAccessToken('a-refresh-token', { clientId: 'client' })],
])('a token that is no bearer token: %s', async (_name, ask) => {
  answer('*', { token_type: 'mac', access_token: 'x-token-of-another-kind' });
  const error = await rejectionOf(ask());
  expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE', message: expect.stringMatching(/not a bearer token/) });
  expect(JSON.stringify([error.message, error.detail])).not.toContain('x-token-of-another-kind');
});

test('metrics of a post that X does not mention', async () => {
  answer('lookupTweets', { data: [] });
  expect(await rejectionOf(getTweetMetrics('20', token()))).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringMatching(/does not mention the post/),
  });
  const [one] = Object.values(await getTweetsMetrics(['20'], token()));
  expect(one).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test('an error that names no post says nothing of any', async () => {
  const public_metrics = { like_count: 3, retweet_count: 0, reply_count: 0, quote_count: 0 };
  answer('lookupTweets', { data: [{ id: '20', text: 'x', public_metrics }], errors: [{ title: 'Internal' }] });
  await expect(getTweetMetrics('20', token())).resolves.toMatchObject({ likes: 3 });
});

test('usage and credits in which some values are of another kind are given without these', async () => {
  answer('usage', { data: { project_id: [7], project_usage: '12', project_cap: 3_000_000 } });
  answer('credits', { data: { prepaid_balance: { usd: 1 }, free_balance: '2.5', total_balance: true } });
  await expect(getUsage()).resolves.toEqual({
    postsRead: 12,
    cap: 3_000_000,
    days: [],
    apps: [],
    credits: { freeUsd: 2.5 },
  });
});

test.each([
  ['webhooks', 'listWebhooks', () => webhooks.list()],
  ['subscriptions', 'listSubscriptions', () => activitySubscriptions.list()],
])('a list of %s that is nothing but errors is no empty list', async (_name, endpoint, list) => {
  answer(endpoint, { errors: [{ title: 'Internal', detail: 'The list could not be made.' }] });
  expect(await rejectionOf(list())).toMatchObject({ message: expect.stringMatching(/The list could not be made/) });
});

test('an answer that is longer than any of X’s', async () => {
  answer('me', JSON.stringify({ data: { id: '1', username: 'x'.repeat(20_000_000) } }));
  expect(await rejectionOf(getUserProfile(token(), { client }))).toMatchObject({
    code: 'UNEXPECTED_RESPONSE',
    message: expect.stringMatching(/more than \d+ bytes/),
  });
});

test('an account without an id: nothing is posted for it', async () => {
  const { oauth2 } = context.sandbox.seedUser();
  answer('me', { data: { id: 'me', name: 'Somebody', username: 'somebody' } });
  const kept = { onCheckpoint: () => {} };
  const error = await rejectionOf(
    publishTweetWithMedia({ text: 'Whose is it?' }, oauth2.accessToken, null, { ...kept, client }),
  );
  expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE', message: expect.stringMatching(/no user id/) });
  expect(context.sandbox.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(0);
});

test('a description that X answers with nothing but errors is not attached', async () => {
  answer('mediaMetadata', { errors: [{ title: 'Invalid Request', detail: 'The text is not a description.' }] });
  const upload = uploadMedia({ url: context.url('/media/png') }, token(), { altText: 'A lamp', client });
  expect(await rejectionOf(upload)).toMatchObject({
    code: 'UNEXPECTED_RESPONSE',
    message: expect.stringMatching(/contains only errors.*not a description/),
  });
});
