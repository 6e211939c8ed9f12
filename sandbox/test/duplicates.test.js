'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, stopClock } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

/** @typedef {Awaited<ReturnType<typeof ownSandbox>>} Own */

/** @param {Own} own @param {string} [text] */
const post = (own, text = 'Again') => own.call('POST', '/2/tweets', { as: own.token(), json: { text } });

test('a test says how long X remembers a post', async (t) => {
  const own = await ownSandbox(t, { duplicateWindowMs: 1000 });
  stopClock(t, own.sandbox);
  assertMatches(await post(own), { status: 201 });
  own.sandbox.clock.advance(999);
  assertMatches(await post(own), { status: 403 });
  own.sandbox.clock.advance(1);
  assertMatches(await post(own), { status: 201 });
  own.sandbox.duplicates.windowMs = 5000;
  own.sandbox.clock.advance(4999);
  assertMatches(await post(own), { status: 403 });
  own.sandbox.clock.advance(1);
  assertMatches(await post(own), { status: 201 });
});

test('a test may turn the guard off and on, here or over HTTP', async (t) => {
  const own = await ownSandbox(t);
  await post(own);
  assertMatches(await post(own), { status: 403 });
  own.sandbox.duplicates.refused = false;
  assertMatches(await post(own), { status: 201 });
  const { body } = await own.call('POST', '/_sandbox/duplicates', { json: { refused: true, windowMs: 60_000 } });
  assert.deepEqual(body, { refused: true, windowMs: 60_000 });
  assertMatches(await post(own), { status: 403 });
  assert.equal((await ownSandbox(t, { allowDuplicates: true })).sandbox.duplicates.refused, false);
});

test('X may post twice what it was asked for once, where the answer is lost', async (t) => {
  const own = await ownSandbox(t);
  const fault = /** @type {const} */ ({ kind: 'commitThenReset', twice: true });
  own.sandbox.faults.add({ endpoint: 'createTweet', fault, times: 1 });
  await assert.rejects(post(own));
  const { body } = await own.call('GET', `/2/users/${own.user.id}/tweets`, { as: own.token() });
  assertMatches(body, { data: [{ text: 'Again' }, { text: 'Again' }], meta: { result_count: 2 } });
  assert.notEqual(body.data[0].id, body.data[1].id);
  assertMatches(await post(own), { status: 403 });
  assertMatches(await post(own, 'Something else'), { status: 201 });
  assert.equal(own.sandbox.ledger.tweets().length, 3);
});
