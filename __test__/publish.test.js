'use strict';

const { getUserTweets, publishTweetWithMedia, uploadMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const image = (seed) => context.url(`/media/jpeg?bytes=20000&seed=${seed}`);

/** What the sandbox holds of a post. */
const committed = (id) => context.sandbox.ledger.tweets().find((tweet) => tweet.id === id);

test('a text becomes a post', async () => {
  const published = await publishTweetWithMedia({ text: 'Hello' }, context.user.oauth2.accessToken);
  expect(published).toMatchObject({
    tweetUrl: `https://twitter.com/i/web/status/${published.tweetId}`,
    text: 'Hello',
    mediaIds: [],
    media: [],
    reconciled: false,
    attempts: 1,
  });
  expect(committed(published.tweetId)).toMatchObject({ text: 'Hello' });
});

test("today's callers: OAuth 1.0a uploads, OAuth 2.0 posts", async () => {
  const { sandbox, user } = context;
  const content = { text: 'Two pictures', imageUrls: [image(1), image(2)], videoUrl: undefined };
  const published = await publishTweetWithMedia(content, user.oauth2.accessToken, user.oauth1Credentials);

  const calls = sandbox.ledger.requests().filter(({ endpoint }) => endpoint !== 'source');
  const authentication = new Map(calls.map(({ endpoint, auth }) => [endpoint, auth]));
  expect(Object.fromEntries(authentication)).toEqual({ uploadMedia: 'oauth1', createTweet: 'oauth2' });
  expect(committed(published.tweetId).body).toEqual({ text: 'Two pictures', media: { media_ids: published.mediaIds } });
  expect(published.mediaIds).toHaveLength(2);
});

test('a video the same way', async () => {
  const { sandbox, user } = context;
  const content = { text: 'A video', imageUrls: [], videoUrl: context.url('/media/mp4?bytes=3000000') };
  const published = await publishTweetWithMedia(content, user.oauth2.accessToken, user.oauth1Credentials);
  expect(published.media).toMatchObject([
    { category: 'tweet_video', contentType: 'video/mp4', bytes: 3_000_000, processing: 'succeeded' },
  ]);
  const endpoints = sandbox.ledger.requests({ auth: 'oauth1' }).map(({ endpoint }) => endpoint);
  expect(endpoints).toEqual(
    expect.arrayContaining(['initializeUpload', 'appendUpload', 'finalizeUpload', 'mediaStatus']),
  );
});

test.each([
  ['null', null],
  ['an empty string', ''],
  ['undefined', undefined],
])('with %s for the OAuth 2.0 token, OAuth 1.0a does both', async (name, token) => {
  const { sandbox, user } = context;
  await publishTweetWithMedia({ text: `Signed, ${name}`, imageUrls: [image(3)] }, token, user.oauth1Credentials);
  const calls = sandbox.ledger.requests().filter(({ endpoint }) => endpoint !== 'source');
  expect(calls.map(({ endpoint, auth, status }) => [endpoint, auth, status])).toEqual([
    ['uploadMedia', 'oauth1', 200],
    ['createTweet', 'oauth1', 201],
  ]);
});

test('media are in the order given, whatever finishes first', async () => {
  const { sandbox, user } = context;
  const large = context.url('/media/png?bytes=4000000&seed=10');
  const published = await publishTweetWithMedia(
    { text: 'In order', imageUrls: [large, image(11), image(12)], media: [{ url: image(13), altText: 'the last' }] },
    user.oauth2.accessToken,
  );
  const media = published.mediaIds.map((id) => sandbox.ledger.media(id));
  expect(media.map(({ bytes }) => bytes)).toEqual([4_000_000, 20_000, 20_000, 20_000]);
  expect(media.map(({ altText }) => altText)).toEqual([undefined, undefined, undefined, 'the last']);
  expect(published.media.map(({ mediaId }) => mediaId)).toEqual(published.mediaIds);
});

test('every field of a post reaches X', async () => {
  const { user } = context;
  const token = user.oauth2.accessToken;
  const first = await publishTweetWithMedia({ text: 'The first' }, token);
  const reply = await publishTweetWithMedia(
    {
      text: 'A reply',
      replyTo: first.tweetId,
      excludeReplyUserIds: ['12'],
      replySettings: 'following',
      madeWithAi: true,
      paidPartnership: true,
    },
    token,
  );
  expect(committed(reply.tweetId).body).toEqual({
    text: 'A reply',
    reply: { in_reply_to_tweet_id: first.tweetId, exclude_reply_user_ids: ['12'] },
    reply_settings: 'following',
    made_with_ai: true,
    paid_partnership: true,
  });

  const poll = { options: ['yes', 'no'], durationMinutes: 60 };
  const asked = await publishTweetWithMedia({ text: 'A poll?', poll, replySettings: 'everyone' }, token);
  expect(committed(asked.tweetId).body).toEqual({
    text: 'A poll?',
    poll: { options: ['yes', 'no'], duration_minutes: 60 },
  });

  const mediaId = await uploadMedia(image(20), token);
  const tagged = await publishTweetWithMedia({ mediaIds: [mediaId], taggedUserIds: ['12', '13'] }, token);
  expect(committed(tagged.tweetId).body.media).toEqual({ media_ids: [mediaId], tagged_user_ids: ['12', '13'] });

  const quoting = await publishTweetWithMedia({ text: 'Look', quoteTweetId: first.tweetId }, token);
  expect(committed(quoting.tweetId).body).toEqual({ text: 'Look', quote_tweet_id: first.tweetId });

  const presentation = {
    title: 'The lamp',
    description: 'It turns',
    embeddable: true,
    previewMediaId: mediaId,
    callToAction: { visitSite: 'https://www.example.com/lamp' },
  };
  const presented = await publishTweetWithMedia({ text: 'See it', mediaIds: [mediaId], presentation }, token);
  expect(committed(presented.tweetId).body.media).toEqual({
    media_ids: [mediaId],
    title: 'The lamp',
    description: 'It turns',
    embeddable: true,
    preview_media_id: mediaId,
    call_to_actions: { visit_site: { url: 'https://www.example.com/lamp' } },
  });

  const community = await publishTweetWithMedia({ text: 'Us', communityId: '77', shareWithFollowers: true }, token);
  expect(committed(community.tweetId).body).toEqual({ text: 'Us', community_id: '77', share_with_followers: true });
});

test('what breaks a rule is refused whole, before anything is sent', async () => {
  const { sandbox, user } = context;
  const content = {
    text: 'x'.repeat(281),
    imageUrls: [1, 2, 3, 4, 5].map(image),
    poll: { options: ['a'], durationMinutes: 1 },
  };
  const error = await rejectionOf(publishTweetWithMedia(content, user.oauth2.accessToken));
  expect(error).toMatchObject({ code: 'INVALID_TWEET', type: 'invalid_data', retryable: false, field: 'text' });
  for (const words of ['280', '281', 'at most 4', 'poll']) expect(error.message).toContain(words);
  expect(sandbox.ledger.requests()).toEqual([]);
});

test('media that turn out not to go together are refused before any is uploaded', async () => {
  const { sandbox, user } = context;
  const media = [context.url('/media/jpeg'), context.url('/media/gif')];
  const error = await rejectionOf(publishTweetWithMedia({ text: 'Mixed', media }, user.oauth2.accessToken));
  expect(error).toMatchObject({ code: 'INVALID_TWEET', type: 'invalid_data' });
  expect(new Set(sandbox.ledger.requests().map(({ endpoint }) => endpoint))).toEqual(new Set(['source']));
});

test('a dry run checks everything and sends nothing to X', async () => {
  const { sandbox, user } = context;
  const content = { text: 'Not yet', imageUrls: [image(30)] };
  const result = await publishTweetWithMedia(content, user.oauth2.accessToken, null, { dryRun: true });
  expect(result).toMatchObject({ tweetId: '', tweetUrl: '', mediaIds: [], attempts: 0 });
  expect(new Set(sandbox.ledger.requests().map(({ endpoint }) => endpoint))).toEqual(new Set(['source']));
  const missing = { text: 'Not yet', imageUrls: [context.url('/media/jpeg?status=404')] };
  const error = await rejectionOf(publishTweetWithMedia(missing, user.oauth2.accessToken, null, { dryRun: true }));
  expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 0 });
});

test('subscribers may write more', async () => {
  const { sandbox } = context;
  const subscriber = sandbox.seedUser({ premium: true });
  const text = 'long '.repeat(100).trim();
  const published = await publishTweetWithMedia({ text, maxWeightedLength: 25_000 }, subscriber.oauth2.accessToken);
  expect(committed(published.tweetId).text).toBe(text);
});

test('many at once, each on its own', async () => {
  const { sandbox } = context;
  const users = Array.from({ length: 5 }, () => sandbox.seedUser());
  const posts = users.flatMap((user) => Array.from({ length: 10 }, (_, index) => ({ user, text: `Number ${index}` })));
  const published = await Promise.all(
    posts.map(({ user, text }) => publishTweetWithMedia({ text }, user.oauth2.accessToken)),
  );
  for (const [index, { tweetId }] of published.entries()) {
    expect(committed(tweetId)).toMatchObject({ text: posts[index].text, user: { id: posts[index].user.id } });
  }
  const [user] = users;
  const page = await getUserTweets(user.id, user.oauth2.accessToken, { maxResults: 100 });
  expect(page).toHaveLength(10);
});
