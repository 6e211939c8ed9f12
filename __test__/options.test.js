'use strict';

const twitterNative = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const TOKEN = 'a-token';
const POST = { text: 'Hello' };

/** A call, the field that can't be used as it is, and what its message says of the limit. */
test.each([
  ['createTweet', [POST, TOKEN, { timeoutMs: 0 }], 'options.timeoutMs', /at least 1/],
  ['createTweet', [POST, TOKEN, { timeoutMs: 1.5 }], 'options.timeoutMs', /whole number/],
  ['createTweet', [POST, TOKEN, { client: { proxy: 'ftp://proxy.example' } }], 'client.proxy', /http/],
  ['createTweet', [POST, 'ä'], 'credentials', /ASCII/],
  ['getUserTweets', ['1', TOKEN, { maxResults: 4 }], 'options.maxResults', /from 5 to 100/],
  ['getUserTweets', ['1', TOKEN, { maxResults: 101 }], 'options.maxResults', /from 5 to 100/],
  ['getUserTweets', ['1', TOKEN, { exclude: ['replies', 'quotes'] }], 'options.exclude[1]', /'replies' or 'retweets'/],
  ['getUserTweets', ['1', TOKEN, { sinceId: 'yesterday' }], 'options.sinceId', /digits/],
  ['getTweetMetrics', ['1', TOKEN, { scope: 'all' }], 'options.scope', /'public' or 'owner'/],
  ['uploadMedia', [{ url: '' }, TOKEN], 'source.url', /empty/],
  ['uploadMedia', [{ path: '' }, TOKEN], 'source.path', /empty/],
  ['refreshAccessToken', ['', { clientId: 'c' }], 'refreshToken', /empty/],
  ['revokeToken', ['', { clientId: 'c' }], 'token', /empty/],
  [
    'publishThread',
    [[POST, { text: 'Two', replyTo: '20' }], TOKEN, null],
    'parts[1].replyTo',
    /is set by the thread itself/,
  ],
])('%s%j', async (name, given, field, says) => {
  const error = await rejectionOf(twitterNative[name](...given));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', type: 'invalid_data', field, operation: name });
  expect(error.message).toMatch(says);
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test('an object with far more than its options is read all the same', async () => {
  const junk = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`mine${index}`, index]));
  const { user } = context;
  const { id } = await twitterNative.createTweet({ ...junk, text: 'Amid much' }, user.oauth2.accessToken, junk);
  expect(context.sandbox.ledger.tweets()).toMatchObject([{ id, text: 'Amid much' }]);
  const error = await rejectionOf(twitterNative.createTweet(POST, TOKEN, { ...junk, timeoutMs: 0 }));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options.timeoutMs' });
});
