'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, uploader } = require('./support/media.js');

const FIELDS = 'tweet.fields=entities,display_text_range,referenced_tweets,in_reply_to_user_id,note_tweet,attachments';
const context = useSandbox({ rateLimits: false, enterprise: true, processingMs: 0 });
let count = 0;
/** Somebody else. */
const alice = () => {
  count += 1;
  return context.sandbox.seedUser({ username: `alice_${count}` });
};

/** @param {object} json @returns {Promise<string>} */
const post = async (json, as = context.token(), own = context) =>
  (await own.call('POST', '/2/tweets', { as, json })).body.data.id;
/** @param {string} id */
const read = async (id, as = context.token(), own = context) =>
  (await own.call('GET', `/2/tweets/${id}?${FIELDS}`, { as })).body.data;

/** The part of a text between two code points. @param {string} text @param {number} start @param {number} [end] */
const between = (text, start, end) => [...text].slice(start, end).join('');

test('a reply to somebody else names them in front, and what is shown begins after', async () => {
  const other = alice();
  const question = await post({ text: 'Anybody?' }, other.oauth2.accessToken);
  const reply = { in_reply_to_tweet_id: question };
  const data = await read(await post({ text: 'I & you', reply }));
  const name = `@${other.username}`;
  assert.equal(data.text, `${name} I &amp; you`);
  assert.deepEqual(data.entities.mentions, [{ start: 0, end: name.length, username: other.username, id: other.id }]);
  assert.deepEqual(data.display_text_range, [name.length + 1, data.text.length]);
  assert.equal(context.sandbox.ledger.tweets().at(-1).text, 'I & you');

  const named = await read(await post({ text: `${name} said so`, reply }));
  assert.equal(named.text, `${name} said so`);
  assert.deepEqual(named.display_text_range, [name.length + 1, named.text.length]);
  const spared = await read(await post({ text: 'Unnamed', reply: { ...reply, exclude_reply_user_ids: [other.id] } }));
  assertMatches(spared, { text: 'Unnamed', in_reply_to_user_id: other.id });
});

test('it names also those whom that post mentions, but never its own author', async () => {
  const [first, second] = [alice(), alice()];
  const text = `With @${second.username} and @${context.user.username}`;
  const question = await post({ text }, first.oauth2.accessToken);
  const data = await read(await post({ text: 'Fine', reply: { in_reply_to_tweet_id: question } }));
  assert.equal(data.text, `@${first.username} @${second.username} Fine`);
  assert.deepEqual(
    data.entities.mentions.map((/** @type {any} */ { id }) => id),
    [first.id, second.id],
  );
});

test('a thread of one author is left as it is', async () => {
  const first = await post({ text: 'Part one' });
  const data = await read(await post({ text: 'Part two', reply: { in_reply_to_tweet_id: first } }));
  assertMatches(data, { text: 'Part two', display_text_range: [0, 8], entities: undefined });
});

test('a quote ends in a link to what it quotes, which is not shown', async () => {
  const other = alice();
  const quoted = await post({ text: 'Quotable' }, other.oauth2.accessToken);
  const data = await read(await post({ text: 'Right', quote_tweet_id: quoted }));
  const [link] = data.entities.urls;
  assert.equal(data.text, `Right ${link.url}`);
  assert.match(link.url, /^https:\/\/t\.co\/\w{10}$/);
  assertMatches(link, { start: 6, end: 29, expanded_url: `https://twitter.com/${other.username}/status/${quoted}` });
  assertMatches(data, { display_text_range: [0, 5], referenced_tweets: [{ type: 'quoted', id: quoted }] });
});

for (const host of ['x.com', 'www.x.com', 'twitter.com']) {
  test(`a text that ends in a link to a post on ${host} is a quote of it`, async () => {
    const other = alice();
    const quoted = await post({ text: 'Linked' }, other.oauth2.accessToken);
    const path = `${other.username}/status/${quoted}`;
    const data = await read(await post({ text: `Look: https://${host}/${path}?s=20` }));
    const expected = host === 'www.x.com' ? 'twitter.com' : host.replace(/^x\./, 'twitter.');
    assertMatches(data, {
      referenced_tweets: [{ type: 'quoted', id: quoted }],
      entities: { urls: [{ expanded_url: `https://${expected}/${path}?s=20` }] },
    });
    const middle = await read(await post({ text: `In https://${host}/${path} the middle` }));
    assertMatches(middle, {
      referenced_tweets: undefined,
      entities: { urls: [{ expanded_url: /^https:\/\/twitter/ }] },
    });
  });
}

test('a link to what is no post, or is gone, quotes nothing', async () => {
  const gone = await post({ text: 'Gone soon' });
  await context.call('DELETE', `/2/tweets/${gone}`, { as: context.token() });
  for (const link of [
    `https://x.com/a/status/${gone}`,
    'https://x.com/a/status/12',
    'https://x.com/a',
    'https://netx.com/',
  ]) {
    assertMatches(await read(await post({ text: `To ${link}` })), { referenced_tweets: undefined });
  }
});

test('every entity is where it says', async () => {
  const other = alice();
  const text = `👩‍👩‍👧 <Hi> @${other.username}, @nobody_here: #lamp & $ABC at shop.example.com or https://www.shop.example.org/a/very/long/path/to/it`;
  const { text: shown, entities } = await read(await post({ text }));
  const { urls, mentions, hashtags, cashtags } = entities;
  const parts = [...urls, ...mentions, ...hashtags, ...cashtags].map(({ start, end }) => between(shown, start, end));
  assert.deepEqual(parts, [urls[0].url, urls[1].url, `@${other.username}`, '#lamp', '$ABC']);
  assertMatches(entities, {
    mentions: [{ username: other.username, id: other.id }],
    hashtags: [{ tag: 'lamp' }],
    cashtags: [{ tag: 'ABC' }],
    urls: [
      {
        expanded_url: 'http://shop.example.com',
        display_url: 'shop.example.com',
        unwound_url: 'http://shop.example.com',
      },
      { display_url: 'shop.example.org/a/very/lo…', status: 200 },
    ],
  });
});

test('a test says what X recognises in a text', async () => {
  const id = await post({ text: 'A & B in Paris' });
  const tweet = context.sandbox.ledger.tweets().at(-1);
  tweet.annotations = [
    { text: 'Paris', type: 'Place', probability: 0.9 },
    { text: 'Rome', type: 'Place', probability: 0.9 },
  ];
  const { text, entities } = await read(id);
  const place = { start: 13, end: 17, probability: 0.9, type: 'Place', normalized_text: 'Paris' };
  assert.deepEqual(entities, { annotations: [place] });
  assert.equal(between(text, 13, 18), 'Paris');
});

test('the link to media has an entity for each of them, and is not shown', async () => {
  const upload = uploader(context, context.token);
  const media = [];
  for (const seed of [1, 2]) {
    media.push((await upload.oneShot(await bytesOf({ kind: 'png', seed }), 'tweet_image')).body.data);
  }
  const id = await post({ text: 'Two pictures', media: { media_ids: media.map((medium) => medium.id) } });
  const data = await read(id);
  const target = `https://twitter.com/${context.user.username}/status/${id}/photo/1`;
  assert.deepEqual(data.display_text_range, [0, 12]);
  assert.equal(data.entities.urls.length, 2);
  for (const [index, link] of data.entities.urls.entries()) {
    assertMatches(link, {
      start: 13,
      end: 36,
      media_key: media[index].media_key,
      expanded_url: target,
      display_url: /^pic\.twitter\.com\//,
    });
    assert.equal(data.text, `Two pictures ${link.url}`);
  }
});

test('a long text has its entities in the note, those of its beginning in the text too', async () => {
  const premium = context.sandbox.seedUser({ premium: true });
  const text = `#first ${'word '.repeat(100)} #last`;
  const { text: shown, entities, note_tweet: note } = await read(await post({ text }, premium.oauth2.accessToken));
  assertMatches(entities, { hashtags: [{ tag: 'first' }], urls: [{ expanded_url: /\/i\/web\/status\/\d+$/ }] });
  assert.equal(entities.hashtags.length, 1);
  assert.equal(between(shown, entities.urls[0].start), entities.urls[0].url);
  assertMatches(note, { text, entities: { hashtags: [{ tag: 'first' }, { tag: 'last', end: text.length }] } });
});

const ODD = 'A\u200b  B \u2764\ufe0f\t C  ';
for (const [title, textChanges, expected] of /** @type {Array<[string, any, string]>} */ ([
  ['nothing more by default', {}, ODD],
  ['characters without width are dropped', { stripInvisible: true }, 'A  B \u2764\t C  '],
  ['spaces collapse', { collapseSpaces: true }, 'A\u200b B \u2764\ufe0f C'],
  ['both', { stripInvisible: true, collapseSpaces: true }, 'A B \u2764 C'],
])) {
  test(`a test may have X change a text further: ${title}`, async (t) => {
    const own = await ownSandbox(t, { textChanges });
    const { body } = await own.call('POST', '/2/tweets', { as: own.token(), json: { text: ODD } });
    assert.equal(body.data.text, expected);
    assert.equal((await read(body.data.id, own.token(), /** @type {any} */ (own))).text, expected);
    assert.equal(own.sandbox.ledger.tweets()[0].text, ODD);
  });
}

test('without changes, links are shortened and nothing else', async (t) => {
  const own = await ownSandbox(t, { textChanges: false, enterprise: true });
  const here = /** @type {any} */ (own);
  const other = own.sandbox.seedUser();
  const question = await post({ text: 'Anybody?' }, other.oauth2.accessToken, here);
  const reply = await read(
    await post({ text: 'Me', reply: { in_reply_to_tweet_id: question } }, own.token(), here),
    own.token(),
    here,
  );
  assert.equal(reply.text, 'Me');
  const link = `https://x.com/a/status/${question}`;
  const linked = await read(await post({ text: link }, own.token(), here), own.token(), here);
  assertMatches(linked, { referenced_tweets: undefined, entities: { urls: [{ expanded_url: link }] } });
  const quote = await post({ text: 'So', quote_tweet_id: question }, own.token(), here);
  assert.equal((await read(quote, own.token(), here)).text, 'So');
});
