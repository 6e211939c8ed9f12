'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

/** Seven posts, a second between them; the fifth is a reply, the sixth is for ads. */
const NUMBERS = [1, 2, 3, 4, 5, 6, 7];
const SHOWN = [7, 5, 4, 3, 2, 1];
/** @type {string[]} */
const ids = [];
/** @type {string[]} */
const times = [];

const context = useSandbox({ rateLimits: false }, async () => {
  context.sandbox.clock.freeze();
  for (const number of NUMBERS) {
    context.sandbox.clock.advance(1000);
    times[number] = new Date(context.sandbox.clock.now()).toISOString();
    const reply = number === 5 ? { reply: { in_reply_to_tweet_id: ids[1] } } : {};
    const json = { text: `Number ${number}`, ...reply, ...(number === 6 ? { nullcast: true } : {}) };
    ids[number] = (await context.call('POST', '/2/tweets', { as: context.token(), json })).body.data.id;
  }
  const other = context.sandbox.seedUser().oauth2.accessToken;
  await context.call('POST', '/2/tweets', { as: other, json: { text: "Someone else's" } });
});

/** @param {string} [query] */
const read = (query = '') =>
  context.call('GET', `/2/users/${context.user.id}/tweets?${query}`, { as: context.token() });

/** The numbers of the posts on a page. @param {string} [query] @returns {Promise<number[]>} */
async function numbers(query) {
  const { status, body } = await read(query);
  assert.equal(status, 200);
  return (body.data ?? []).map((/** @type {{ id: string }} */ { id }) => ids.indexOf(id));
}

test('a timeline has the newest first, and no posts for ads', async () => {
  assert.deepEqual(await numbers(), SHOWN);
  const meta = { result_count: 6, newest_id: ids[7], oldest_id: ids[1] };
  assert.deepEqual((await read()).body.meta, meta);
});

for (const [title, query, expected] of /** @type {Array<[string, () => string, number[]]>} */ ([
  ['after an id', () => `since_id=${ids[3]}`, [7, 5, 4]],
  ['before an id', () => `until_id=${ids[3]}`, [2, 1]],
  ['between two ids', () => `since_id=${ids[2]}&until_id=${ids[5]}`, [4, 3]],
  ['from a time on, inclusive', () => `start_time=${times[4]}`, [7, 5, 4]],
  ['until a time, exclusive', () => `end_time=${times[4]}`, [3, 2, 1]],
  ['between two times', () => `start_time=${times[2]}&end_time=${times[5]}`, [4, 3, 2]],
  ['without replies', () => 'exclude=replies,retweets', [7, 4, 3, 2, 1]],
  ['after the last one', () => `since_id=${ids[7]}`, []],
])) {
  test(`posts ${title}`, async () => {
    assert.deepEqual(await numbers(query()), expected);
  });
}

test('a timeline is read page by page, there and back', async () => {
  const first = (await read('max_results=5')).body;
  assertMatches(first, { meta: { result_count: 5, newest_id: ids[7], oldest_id: ids[2], previous_token: undefined } });
  const second = (await read(`max_results=5&pagination_token=${first.meta.next_token}`)).body;
  assertMatches(second, {
    data: [{ id: ids[1] }],
    meta: { result_count: 1, newest_id: ids[1], oldest_id: ids[1], next_token: undefined },
  });
  const back = (await read(`max_results=5&pagination_token=${second.meta.previous_token}`)).body;
  assert.deepEqual(back, first);
});

test('a user without posts has an empty page', async () => {
  const { id } = context.sandbox.seedUser();
  const { body } = await context.call('GET', `/2/users/${id}/tweets`, { as: context.token() });
  assert.deepEqual(body, { meta: { result_count: 0 } });
});

for (const query of [
  'max_results=4',
  'max_results=101',
  'max_results=7.5',
  'max_results=many',
  'since_id=yesterday',
  'until_id=123456789012345678901',
  'start_time=yesterday',
  'start_time=2026-11-24',
  'end_time=2026-13-41T25:61:61Z',
  'pagination_token=next',
]) {
  test(`refused: ${query}`, async () => {
    const [name, value] = query.split('=');
    assertMatches(await read(query), {
      status: 400,
      body: { type: /\/invalid-request$/, errors: [{ parameters: { [name]: [value] } }] },
    });
  });
}
