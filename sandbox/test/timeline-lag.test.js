'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, stopClock } = require('./support/harness.js');

/** @typedef {Awaited<ReturnType<typeof ownSandbox>>} Own */

/** @param {Own} own @param {string} text @returns {Promise<string>} */
const post = async (own, text, as = own.token()) =>
  (await own.call('POST', '/2/tweets', { as, json: { text } })).body.data.id;

/** The texts on a timeline. @param {Own} own @returns {Promise<string[]>} */
async function texts(own, id = own.user.id) {
  const { body } = await own.call('GET', `/2/users/${id}/tweets`, { as: own.token() });
  return (body.data ?? []).map((/** @type {{ text: string }} */ { text }) => text);
}

test('a post shows so long after it was committed, and can be looked up before', async (t) => {
  const own = await ownSandbox(t, { timelineLag: { ms: 5000 } });
  stopClock(t, own.sandbox);
  const id = await post(own, 'Late');
  own.sandbox.clock.advance(4999);
  assert.deepEqual(await texts(own), []);
  assert.equal((await own.call('GET', `/2/tweets/${id}`, { as: own.token() })).body.data.text, 'Late');
  own.sandbox.clock.advance(1);
  assert.deepEqual(await texts(own), ['Late']);
});

test('a post shows after so many reads', async (t) => {
  const own = await ownSandbox(t, { timelineLag: { reads: 2 } });
  await post(own, 'First');
  assert.deepEqual(await texts(own), []);
  await post(own, 'Second');
  assert.deepEqual([await texts(own), await texts(own), await texts(own)], [[], ['First'], ['Second', 'First']]);
});

test('both may be asked of it', async (t) => {
  const own = await ownSandbox(t, { timelineLag: { reads: 1, ms: 1000 } });
  stopClock(t, own.sandbox);
  await post(own, 'Late');
  own.sandbox.clock.advance(1000);
  assert.deepEqual([await texts(own), await texts(own)], [[], ['Late']]);
});

test('one user or one post may be late, and it can be taken back', async (t) => {
  const own = await ownSandbox(t);
  const other = own.sandbox.seedUser();
  own.sandbox.timelineLag.set({ userId: own.user.id, reads: 1000 });
  const first = await post(own, 'First');
  await post(own, 'Second');
  await post(own, 'Of another', other.oauth2.accessToken);
  assert.deepEqual([await texts(own), await texts(own, other.id)], [[], ['Of another']]);
  own.sandbox.timelineLag.set({ postId: first, reads: 0 });
  assert.deepEqual(await texts(own), ['First']);
  own.sandbox.timelineLag.clear();
  assert.deepEqual(await texts(own), ['Second', 'First']);
});

test('it is set over HTTP, too', async (t) => {
  const own = await ownSandbox(t);
  await post(own, 'Late');
  await own.call('POST', '/_sandbox/timeline-lag', { json: { userId: own.user.id, reads: 1 } });
  assert.deepEqual([await texts(own), await texts(own)], [[], ['Late']]);
  await own.call('POST', '/_sandbox/timeline-lag', { json: { reads: 5 } });
  await own.call('DELETE', '/_sandbox/timeline-lag');
  await post(own, 'In time');
  assert.deepEqual(await texts(own), ['In time', 'Late']);
});
