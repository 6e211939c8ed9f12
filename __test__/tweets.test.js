'use strict';

const {
  createTweet,
  deleteTweet,
  getTweet,
  getUserProfile,
  getUserTweets,
  publishTweetWithMedia,
} = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;

test.each([
  ['an OAuth 2.0 token', (user) => user.oauth2.accessToken, 'oauth2'],
  ['OAuth 1.0a credentials', (user) => user.oauth1Credentials, 'oauth1'],
])('createTweet with %s', async (name, credentialsOf, auth) => {
  const { sandbox, user } = context;
  const created = await createTweet({ text: `By ${name}` }, credentialsOf(user));
  expect(created).toEqual({
    id: expect.stringMatching(/^[0-9]{1,19}$/),
    text: `By ${name}`,
    estimatedCost: { usd: 0.015, pricesAsOf: expect.any(String) },
  });
  expect(sandbox.ledger.requests({ endpoint: 'createTweet' })).toMatchObject([{ auth, status: 201 }]);
});

test('a text may hold anything that X takes', async () => {
  const text = '日本語 "quotes" \\ back\n\tslash 👩‍👩‍👧 é https://shop.example/?a=1&b=2#c + % = ★';
  const { id } = await createTweet({ text }, context.user.oauth1Credentials);
  expect(context.sandbox.ledger.tweets().find((tweet) => tweet.id === id).text).toBe(text);
});

test('createTweet takes no media to upload', async () => {
  const error = await rejectionOf(createTweet({ text: 'x', imageUrls: ['https://shop.example/1.jpg'] }, token()));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'content.imageUrls' });
});

test('deleteTweet, and once more', async () => {
  const { id } = await createTweet({ text: 'Soon gone' }, token());
  await expect(deleteTweet(id, token())).resolves.toEqual({ deleted: true });
  await expect(deleteTweet(id, token())).resolves.toEqual({ deleted: true });
  await expect(rejectionOf(getTweet(id, token()))).resolves.toMatchObject({ code: 'NOT_FOUND', type: 'not_found' });
});

test("someone else's post can't be deleted", async () => {
  const other = context.sandbox.seedUser();
  const { id } = await createTweet({ text: 'Mine' }, other.oauth2.accessToken);
  const error = await rejectionOf(deleteTweet(id, token()));
  expect(error).toMatchObject({ code: 'FORBIDDEN', status: 403, type: 'not_allowed', operation: 'deleteTweet' });
});

test('getTweet gives everything about a post', async () => {
  const content = {
    text: 'See https://www.example.com/product',
    media: [{ url: context.url('/media/png?width=30&height=20'), altText: 'A lamp' }],
  };
  const { tweetId, media } = await publishTweetWithMedia(content, token());
  const tweet = await getTweet(tweetId, token());
  expect(tweet).toMatchObject({
    id: tweetId,
    text: expect.stringContaining('https://t.co/'),
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    authorId: context.user.id,
    conversationId: tweetId,
    urls: [
      { url: expect.stringContaining('https://t.co/'), expandedUrl: 'https://www.example.com/product' },
      // X's own link to the media.
      { url: expect.stringContaining('https://t.co/'), expandedUrl: expect.stringContaining(`/${tweetId}/photo/1`) },
    ],
    media: [{ mediaKey: media[0].mediaKey, type: 'photo', altText: 'A lamp', width: 30, height: 20 }],
    references: [],
    metrics: { likes: 0, retweets: 0, replies: 0, quotes: 0 },
  });
});

test('getUserTweets reads page by page, newest first', async () => {
  const user = context.sandbox.seedUser();
  const ids = [];
  for (const number of [1, 2, 3, 4, 5, 6, 7]) {
    ids.unshift((await createTweet({ text: `Number ${number}` }, user.oauth2.accessToken)).id);
  }
  const first = await getUserTweets(user.id, user.oauth2.accessToken, { maxResults: 5 });
  expect(Array.isArray(first)).toBe(true);
  expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 5));
  const options = { maxResults: 5, paginationToken: first.nextToken };
  const second = await getUserTweets(user.id, user.oauth2.accessToken, options);
  expect(second.map(({ id }) => id)).toEqual(ids.slice(5));
  expect(second.nextToken).toBeUndefined();
  const newer = await getUserTweets(user.id, user.oauth2.accessToken, { sinceId: ids[2] });
  expect(newer.map(({ id }) => id)).toEqual(ids.slice(0, 2));
});

test('a user without posts has an empty page', async () => {
  const user = context.sandbox.seedUser();
  const page = await getUserTweets(user.id, user.oauth2.accessToken);
  expect([...page]).toEqual([]);
});

test('getUserProfile', async () => {
  const user = context.sandbox.seedUser({ name: 'A Shop', username: 'a_shop', premium: true });
  await expect(getUserProfile(user.oauth2.accessToken)).resolves.toEqual({
    id: user.id,
    name: 'A Shop',
    username: 'a_shop',
    profile_image_url: expect.stringMatching(/^https:/),
    description: 'The account of A Shop',
    verified: true,
  });
});
