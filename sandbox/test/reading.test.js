'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false });
const upload = uploader(context, context.token);

/** @param {object} json @returns {Promise<string>} */
const post = async (json, as = context.token()) => (await context.call('POST', '/2/tweets', { as, json })).body.data.id;
/** @param {string} path */
const get = async (path, as = context.token()) => {
  const { status, body } = await context.call('GET', path, { as });
  assert.equal(status, 200);
  return body;
};

const ALL = [
  ...['attachments', 'author_id', 'conversation_id', 'created_at', 'entities', 'in_reply_to_user_id', 'note_post'],
  ...['note_tweet', 'public_metrics', 'referenced_posts', 'referenced_tweets'],
].join();

test('a post has its id, its text and its history, and what was asked for', async () => {
  const id = await post({ text: 'Plain' });
  assert.deepEqual(await get(`/2/tweets/${id}`), { data: { id, text: 'Plain', edit_history_tweet_ids: [id] } });
  const { data } = await get(`/2/tweets/${id}?tweet.fields=created_at,author_id`);
  assert.deepEqual(Object.keys(data).sort(), ['author_id', 'created_at', 'edit_history_tweet_ids', 'id', 'text']);
  assert.equal(data.author_id, context.user.id);
  assert.match(data.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

for (const [parameter, names, others] of /** @type {Array<[string, string[], string[]]>} */ ([
  [
    'tweet.fields',
    ['edit_history_tweet_ids', 'referenced_tweets', 'retweet_count'],
    ['edit_history_post_ids', 'referenced_posts', 'repost_count'],
  ],
  [
    'post.fields',
    ['edit_history_post_ids', 'referenced_posts', 'repost_count'],
    ['edit_history_tweet_ids', 'referenced_tweets', 'retweet_count'],
  ],
])) {
  test(`who asks with ${parameter} is answered with ${names.join(', ')}`, async () => {
    const first = await post({ text: `First, for ${parameter}` });
    const id = await post({ text: 'Second', reply: { in_reply_to_tweet_id: first } });
    for (const path of [`/2/tweets/${id}?`, `/2/tweets?ids=${id}&`, `/2/users/${context.user.id}/tweets?`]) {
      const { data } = await get(`${path}${parameter}=${ALL}`);
      const tweet = Array.isArray(data) ? data[0] : data;
      const found = [...Object.keys(tweet), ...Object.keys(tweet.public_metrics)];
      assert.deepEqual(
        names.filter((name) => found.includes(name)),
        names,
      );
      assert.deepEqual(
        others.filter((name) => found.includes(name)),
        [],
      );
    }
  });
}

test('a text comes with entities of HTML, and with links whose targets are reported', async () => {
  const id = await post({ text: 'a < b & c > d: shop.example.com and https://shop.example.org/?x=1&y=2' });
  const { data } = await get(`/2/tweets/${id}?tweet.fields=entities`);
  const [first, second] = data.entities.urls;
  assert.equal(data.text, `a &lt; b &amp; c &gt; d: ${first.url} and ${second.url}`);
  assert.deepEqual(
    [first.expanded_url, second.expanded_url],
    ['http://shop.example.com', 'https://shop.example.org/?x=1&y=2'],
  );
});

test('a long text is cut; the whole one is in the note', async () => {
  const { accessToken } = context.sandbox.seedUser({ premium: true }).oauth2;
  const text = `Long & longer: ${'word '.repeat(100)}the end`;
  const id = await post({ text }, accessToken);
  for (const [parameter, name] of [
    ['tweet.fields', 'note_tweet'],
    ['post.fields', 'note_post'],
  ]) {
    const { data } = await get(`/2/tweets/${id}?${parameter}=${ALL}`);
    assert.ok(data.text.length < 300);
    assert.match(data.text, /^Long &amp; longer: .*… https:\/\/t\.co\/\w+$/);
    assert.equal(data[name].text, text.replace('&', '&amp;'));
  }
  const { data } = await get(`/2/tweets/${await post({ text: 'Short' })}?tweet.fields=${ALL}`);
  assert.equal('note_tweet' in data, false);
});

test('media are reported if they are asked for, with the fields that are asked for', async () => {
  const bytes = await bytesOf({ kind: 'png', width: 30, height: 20 });
  const { id: mediaId, media_key: key } = (await upload.oneShot(bytes, 'tweet_image')).body.data;
  const json = { id: mediaId, metadata: { alt_text: { text: 'A lamp' } } };
  await context.call('POST', '/2/media/metadata', { as: context.token(), json });
  const id = await post({ text: 'With a picture', media: { media_ids: [mediaId] } });

  const plain = await get(`/2/tweets/${id}?tweet.fields=attachments`);
  assertMatches(plain, { data: { attachments: { media_keys: [key] } }, includes: undefined });
  assert.match(plain.data.text, /^With a picture https:\/\/t\.co\/\w+$/);
  const expanded = `/2/tweets?ids=${id}&expansions=attachments.media_keys`;
  assert.deepEqual((await get(expanded)).includes, { media: [{ media_key: key, type: 'photo' }] });
  const { includes } = await get(`${expanded}&media.fields=alt_text,width,height,public_metrics`);
  const view = { width: 30, height: 20, public_metrics: { view_count: 0 } };
  assert.deepEqual(includes.media, [{ media_key: key, type: 'photo', alt_text: 'A lamp', ...view }]);
});

test('ids that lead nowhere are errors beside the posts that were found, in a 200', async () => {
  const id = await post({ text: 'Found' });
  const gone = await post({ text: 'Gone' });
  await context.call('DELETE', `/2/tweets/${gone}`, { as: context.token() });
  const both = await get(`/2/tweets?ids=12,${id},${gone}`);
  const missing = (/** @type {string} */ value) => ({
    type: /\/resource-not-found$/,
    title: 'Not Found Error',
    resource_id: value,
    value,
  });
  assertMatches(both, { data: [{ id }], errors: [missing('12'), missing(gone)] });
  assertMatches(await get(`/2/tweets?ids=12,${gone}`), { data: undefined, errors: [missing('12'), missing(gone)] });
  assertMatches(await get('/2/tweets/12'), { data: undefined, errors: [missing('12')] });
});

for (const [title, path] of [
  ['no ids', '/2/tweets'],
  ['an empty list of ids', '/2/tweets?ids='],
  ['101 ids', `/2/tweets?ids=${Array(101).fill('1').join()}`],
  ['an id that is none among ids', '/2/tweets?ids=1,two'],
  ['an id that is none', '/2/tweets/two'],
  ['an id of 20 digits', `/2/tweets/${'1'.repeat(20)}`],
]) {
  test(`refused: ${title}`, async () => {
    const answer = await context.call('GET', path, { as: context.token() });
    assertMatches(answer, { status: 400, body: { type: /\/invalid-request$/, errors: [{ message: /./ }] } });
  });
}

test('100 ids are taken', async () => {
  const ids = Array.from({ length: 100 }, (_, index) => String(index + 1));
  assert.equal((await get(`/2/tweets?ids=${ids.join()}`)).errors.length, 100);
});

test("a user's profile has id, name and username, and what was asked for", async () => {
  const { oauth2, id } = context.sandbox.seedUser({ name: 'A Shop', username: 'a_shop', premium: true });
  await post({ text: 'Counted' }, oauth2.accessToken);
  const own = { id, name: 'A Shop', username: 'a_shop' };
  assert.deepEqual(await get('/2/users/me', oauth2.accessToken), { data: own });
  const fields = [
    ...['created_at', 'description', 'profile_image_url', 'protected', 'public_metrics', 'subscription_type'],
    ...['verified', 'verified_type'],
  ];
  const { data } = await get(`/2/users/me?user.fields=${fields.join()}`, oauth2.accessToken);
  assert.deepEqual(Object.keys(data).sort(), [...Object.keys(own), ...fields].sort());
  assertMatches(data, {
    ...own,
    created_at: /Z$/,
    profile_image_url: /^https:/,
    public_metrics: { tweet_count: 1 },
    protected: false,
    verified: true,
    verified_type: 'blue',
    subscription_type: 'Premium',
  });
  assertMatches(await get('/2/users/me?user.fields=verified'), { data: { verified: false } });
});
