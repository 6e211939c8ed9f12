'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { stopClock, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

let editor = '';
const context = useSandbox({ rateLimits: false, accessTokenLifeMs: 365 * 24 * 3600 * 1000 }, () => {
  editor = context.sandbox.seedUser({ premium: true }).oauth2.accessToken;
});

const NOT_PERMITTED = { status: 403, body: { detail: 'You are not permitted to perform this action.' } };
let count = 0;
/** A post with a text of its own, which may edit another. @param {string} [previous] */
const post = (previous, as = editor) => {
  count += 1;
  const edit = previous ? { edit_options: { previous_post_id: previous } } : {};
  return context.call('POST', '/2/tweets', { as, json: { text: `Text ${count}`, ...edit } });
};
/** @param {string} [previous] @returns {Promise<string>} */
const idOf = async (previous) => (await post(previous)).body.data.id;
/** @param {string} id */
const read = (id) => context.call('GET', `/2/tweets/${id}`, { as: editor });

test('an edit is a new post that knows the ones before, and they know it', async () => {
  const first = await idOf();
  const { status, body } = await post(first);
  const versions = [first, body.data.id];
  assertMatches({ status, body }, { status: 201, body: { data: { edit_history_tweet_ids: versions } } });
  for (const id of versions) {
    assertMatches((await read(id)).body, { data: { id, edit_history_tweet_ids: versions } });
  }
});

test('readers of a timeline see the last version alone', async () => {
  const user = context.sandbox.seedUser({ premium: true });
  const { body: first } = await post(undefined, user.oauth2.accessToken);
  const { body: last } = await post(first.data.id, user.oauth2.accessToken);
  const { body } = await context.call('GET', `/2/users/${user.id}/tweets`, { as: editor });
  assertMatches(body.data, [{ id: last.data.id, text: last.data.text }]);
});

test('only a premium account may edit, and only its own last version', async () => {
  const { body } = await post(undefined, context.token());
  assertMatches(await post(body.data.id, context.token()), NOT_PERMITTED);
  const first = await idOf();
  assertMatches(await post(first, context.sandbox.seedUser({ premium: true }).oauth2.accessToken), NOT_PERMITTED);
  await idOf(first);
  assertMatches(await post(first), NOT_PERMITTED);
  assertMatches(await post('12'), NOT_PERMITTED);
});

test('a post can be edited five times', async () => {
  let id = await idOf();
  for (let edit = 1; edit <= 5; edit += 1) id = await idOf(id);
  assertMatches(await post(id), NOT_PERMITTED);
});

test('a post can be edited for an hour from its first version', async (t) => {
  stopClock(t, context.sandbox);
  const first = await idOf();
  context.sandbox.clock.advance(3_600_000);
  const second = await idOf(first);
  context.sandbox.clock.advance(1);
  assertMatches(await post(second), NOT_PERMITTED);
});

test('deleting one version deletes all', async () => {
  const first = await idOf();
  const second = await idOf(first);
  assertMatches(await context.call('DELETE', `/2/tweets/${first}`, { as: editor }), { status: 200 });
  assert.equal((await read(second)).body.data, undefined);
  assertMatches(await post(second), NOT_PERMITTED);
});
