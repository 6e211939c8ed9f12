'use strict';

const { publishTweetWithMedia } = require('twitter-native');
const { useSandbox } = require('./support/harness.js');

const context = useSandbox();

test('a text becomes a post', async () => {
  const { sandbox, user } = context;
  const published = await publishTweetWithMedia({ text: 'Hello' }, user.oauth2.accessToken);
  expect(published).toMatchObject({
    tweetUrl: `https://twitter.com/i/web/status/${published.tweetId}`,
    text: 'Hello',
    mediaIds: [],
    media: [],
    reconciled: false,
    attempts: 1,
  });
  expect(sandbox.ledger.tweets().map((tweet) => [tweet.id, tweet.text])).toEqual([[published.tweetId, 'Hello']]);
});
