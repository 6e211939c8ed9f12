'use strict';

const { createTweet, getAppBearerToken, getTweetMetrics, getTweetsMetrics } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;

/** Makes a post and sets its counts. */
async function postWith(counts) {
  const { id } = await createTweet({ text: `Post ${Math.random()}` }, token());
  const tweet = context.sandbox.ledger.tweets().find((other) => other.id === id);
  Object.assign(tweet.metrics, counts);
  return id;
}

test('public metrics', async () => {
  const counts = {
    impression_count: 1000,
    like_count: 7,
    reply_count: 3,
    retweet_count: 2,
    quote_count: 1,
    bookmark_count: 4,
  };
  const id = await postWith(counts);
  await expect(getTweetMetrics(id, token())).resolves.toMatchObject({
    impressions: 1000,
    likes: 7,
    replies: 3,
    retweets: 2,
    quotes: 1,
    bookmarks: 4,
  });
});

test("the owner's groups", async () => {
  const id = await postWith({ impression_count: 50 });
  const metrics = await getTweetMetrics(id, context.user.oauth1Credentials, { scope: 'owner' });
  expect(metrics).toMatchObject({
    impressions: 50,
    organicImpressions: 50,
    userProfileClicks: 2,
    urlLinkClicks: 1,
    engagements: 3,
  });
  expect(metrics.unavailable ?? []).toEqual([]);
});

test.each([
  ['another user', async () => context.sandbox.seedUser().oauth2.accessToken],
  ['the app', async () => (await getAppBearerToken()).access_token],
])('for %s the public ones, and a word on the others', async (_name, credentialsOf) => {
  const id = await postWith({ like_count: 5 });
  const metrics = await getTweetMetrics(id, await credentialsOf(), { scope: 'owner' });
  expect(metrics).toMatchObject({ likes: 5, unavailable: ['non_public_metrics', 'organic_metrics'] });
});

test('the public ones are not lost where X refuses the owner’s as a whole', async () => {
  const id = await postWith({ like_count: 3 });
  const refusal = {
    kind: 'status',
    status: 403,
    body: { title: 'Forbidden', status: 403, detail: 'Not these fields.' },
  };
  context.sandbox.faults.add({ endpoint: 'lookupTweets', fault: refusal, times: 1 });
  await expect(getTweetMetrics(id, token(), { scope: 'owner' })).resolves.toMatchObject({ likes: 3 });
  context.sandbox.faults.add({ endpoint: 'lookupTweets', fault: { kind: 'status', status: 404, body: '' } });
  expect((await rejectionOf(getTweetMetrics(id, token(), { scope: 'owner' }))).code).toBe('NOT_FOUND');
});

test('after 30 days the owner gets the public ones only', async () => {
  const id = await postWith({ like_count: 6 });
  const tweet = context.sandbox.ledger.tweets().find((other) => other.id === id);
  tweet.committedAt -= 31 * 24 * 3600 * 1000;
  const metrics = await getTweetMetrics(id, token(), { scope: 'owner' });
  expect(metrics).toMatchObject({ likes: 6, unavailable: ['non_public_metrics', 'organic_metrics'] });
});

test('a result for each id in the order given, 100 a request', async () => {
  const user = context.sandbox.seedUser();
  const known = [];
  for (let number = 0; number < 130; number++) {
    known.push((await createTweet({ text: `Many ${number}` }, user.oauth2.accessToken)).id);
  }
  const ids = [known[129], '1', ...known.slice(0, 129), known[0]];
  context.sandbox.ledger.clear();
  const results = await getTweetsMetrics(ids, user.oauth2.accessToken);
  expect(results.map(({ tweetId }) => tweetId)).toEqual(ids);
  expect(results.filter(({ metrics }) => metrics)).toHaveLength(131);
  expect(results[1].metrics).toBeUndefined();
  expect(results[1].error).toMatchObject({ code: 'NOT_FOUND', type: 'not_found', name: 'TwitterError' });
  expect(results[1].error).toBeInstanceOf(Error);
  expect(context.sandbox.ledger.requests({ endpoint: 'lookupTweets' })).toHaveLength(2);
});

test('no ids, no request', async () => {
  await expect(getTweetsMetrics([], token())).resolves.toEqual([]);
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test('one post that is not there', async () => {
  const error = await rejectionOf(getTweetMetrics('12', token()));
  expect(error).toMatchObject({ code: 'NOT_FOUND', operation: 'getTweetMetrics' });
  expect(error.message).toMatch(/^Failed to get tweet metrics: /);
});
