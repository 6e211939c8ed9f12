'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, stopClock, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

const DAY = 24 * 3600 * 1000;
const context = useSandbox({ rateLimits: false, accessTokenLifeMs: 365 * DAY });

/** @param {unknown} json */
const post = (json, as = context.token()) => context.call('POST', '/2/tweets', { as, json });
/** @param {string} id */
const remove = (id, as = context.token()) => context.call('DELETE', `/2/tweets/${id}`, { as });
const DUPLICATE = { status: 403, body: { detail: 'You are not allowed to create a Tweet with duplicate content.' } };
const NOT_PERMITTED = { status: 403, body: { detail: 'You are not permitted to perform this action.' } };

test('the answer has the id, the text and the history of edits', async () => {
  const { status, body } = await post({ text: 'Hello' });
  assert.equal(status, 201);
  const { id } = body.data;
  assert.deepEqual(body, { data: { id, text: 'Hello', edit_history_tweet_ids: [id] } });
  assertMatches(context.sandbox.ledger.tweets().at(-1), { id, text: 'Hello', deleted: false });
});

test('an id has the time of the post, and ids grow', async (t) => {
  stopClock(t, context.sandbox);
  context.sandbox.clock.advance(60_000);
  const ids = [];
  for (const text of ['At once', 'and at once again']) ids.push(BigInt((await post({ text })).body.data.id));
  assert.equal((ids[0] >> 22n) + 1288834974657n, BigInt(context.sandbox.clock.now()));
  assert.ok(ids[1] > ids[0]);
});

test('links come back as short ones', async () => {
  const text = 'See https://shop.example.com/a?b=c, or shop.example.org! Not a@shop.example.com';
  const { body } = await post({ text });
  assert.match(body.data.text, /^See https:\/\/t\.co\/\w+, or https:\/\/t\.co\/\w+! Not a@shop\.example\.com$/);
  assert.equal(context.sandbox.ledger.tweets().at(-1).text, text);
});

const MESSAGE = 'm'.repeat(256);
for (const [title, text] of [
  ['280 letters', 'a'.repeat(280)],
  ['140 Japanese letters', 'あ'.repeat(140)],
  ['a link of any length that counts 23', `${MESSAGE} https://shop.example.com/${'p'.repeat(300)}`],
  ['140 emoji of several code points each', '👩‍👩‍👧'.repeat(140)],
]) {
  test(`a post has room for ${title}, and for nothing more`, async () => {
    assertMatches(await post({ text }), { status: 201 });
    assertMatches(await post({ text: `+${text}` }), NOT_PERMITTED);
  });
}

test('a premium account has room for 25,000', async () => {
  const { accessToken } = context.sandbox.seedUser({ premium: true }).oauth2;
  assertMatches(await post({ text: 'a'.repeat(25_000) }, accessToken), { status: 201 });
  assertMatches(await post({ text: 'b'.repeat(25_001) }, accessToken), NOT_PERMITTED);
});

for (const [name, character] of [
  ['U+FFFE', '\ufffe'],
  ['U+FEFF', '\ufeff'],
  ['U+FFFF', '\uffff'],
]) {
  test(`a post may not hold ${name}`, async () => {
    assertMatches(await post({ text: `a${character}b` }), NOT_PERMITTED);
  });
}

test('a post has one cashtag at most, unless the app has another plan', async (t) => {
  assertMatches(await post({ text: 'One $ABC' }), { status: 201 });
  assertMatches(await post({ text: '$ABC and $XYZ' }), { status: 403, body: { detail: /maximum of one cashtag/ } });
  const own = await ownSandbox(t, { enterprise: true });
  const answer = await own.call('POST', '/2/tweets', { as: own.token(), json: { text: '$ABC and $XYZ' } });
  assertMatches(answer, { status: 201 });
});

test('a text is taken once a day, also if the first post was deleted', async (t) => {
  stopClock(t, context.sandbox);
  const { body } = await post({ text: 'Once' });
  assertMatches(await post({ text: 'Once' }), DUPLICATE);
  await remove(body.data.id);
  assertMatches(await post({ text: 'Once' }), DUPLICATE);
  context.sandbox.clock.advance(DAY - 1);
  assertMatches(await post({ text: 'Once' }), DUPLICATE);
  context.sandbox.clock.advance(1);
  assertMatches(await post({ text: 'Once' }), { status: 201 });
});

test('the same text is no duplicate as a reply, or of another user', async () => {
  const { body } = await post({ text: 'Again' });
  const reply = { in_reply_to_tweet_id: body.data.id };
  assertMatches(await post({ text: 'Again', reply }), { status: 201 });
  assertMatches(await post({ text: 'Again', reply }), DUPLICATE);
  assertMatches(await post({ text: 'Again' }, context.sandbox.seedUser().oauth2.accessToken), { status: 201 });
});

test('a post is deleted once, by its author', async () => {
  const { id } = (await post({ text: 'Soon gone' })).body.data;
  const other = context.sandbox.seedUser().oauth2.accessToken;
  assertMatches(await remove(id, other), { status: 403, body: { title: 'Forbidden' } });
  assertMatches(await remove(id), { status: 200, body: { data: { deleted: true } } });
  assertMatches(await remove(id), { status: 404 });
  assertMatches(await remove('12'), { status: 404 });
  const kept = context.sandbox.ledger.tweets().find((tweet) => tweet.id === id);
  assertMatches(kept, { text: 'Soon gone', deleted: true });
});
