'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, uploader } = require('./support/media.js');

test('users are seeded', async (t) => {
  const { call } = await ownSandbox(t);
  const options = { username: 'demo_shop', name: 'Demo Shop', premium: true, scopes: 'tweet.read users.read' };
  const { body } = await call('POST', '/_sandbox/users', { json: options });
  assertMatches(body, { username: 'demo_shop', oauth1Credentials: {}, oauth2: { scope: 'tweet.read users.read' } });
  const { data } = (await call('GET', '/2/users/me?user.fields=verified', { as: body.oauth2.accessToken })).body;
  assert.deepEqual(data, { id: body.id, name: 'Demo Shop', username: 'demo_shop', verified: true });
  assertMatches(await call('POST', '/_sandbox/users'), { status: 200, body: { username: /^user_\d+$/ } });
});

test('requests are picked, also by numbers', async (t) => {
  const { call, token } = await ownSandbox(t);
  await call('GET', '/2/users/me', { as: token() });
  await call('GET', '/2/users/me');
  const { body: all } = await call('GET', '/_sandbox/requests');
  assertMatches(all, [
    { endpoint: 'me', status: 200, auth: 'oauth2' },
    { endpoint: 'me', status: 401, auth: null },
  ]);
  assert.deepEqual((await call('GET', '/_sandbox/requests?endpoint=me&status=401')).body, [all[1]]);
  assert.deepEqual((await call('GET', '/_sandbox/requests?aborted=false&status=200')).body, [all[0]]);
});

test('posts and media are reported', async (t) => {
  const own = await ownSandbox(t);
  const upload = uploader(own, own.token);
  const { id: mediaId } = (
    await upload.oneShot(await bytesOf({ kind: 'png' }), 'tweet_image', { additional_owners: '12' })
  ).body.data;
  const { id } = (await upload.post([mediaId], 'A lamp')).body.data;
  assertMatches((await own.call('GET', '/_sandbox/tweets')).body, [
    {
      id,
      text: 'A lamp',
      userId: own.user.id,
      body: { text: 'A lamp' },
      createdAt: /Z$/,
      deleted: false,
      mediaIds: [mediaId],
    },
  ]);
  assertMatches((await own.call('GET', '/_sandbox/media')).body, [
    {
      id: mediaId,
      category: 'tweet_image',
      owner: own.user.id,
      owners: [own.user.id, '12'],
      segments: [[0, { times: 1 }]],
    },
  ]);
});

test('faults are added and taken away', async (t) => {
  const { call, token } = await ownSandbox(t);
  const rule = { endpoint: 'me', fault: { kind: 'status', status: 418 }, times: 2 };
  assertMatches(await call('POST', '/_sandbox/faults', { json: rule }), { status: 200 });
  assertMatches(await call('GET', '/2/users/me', { as: token() }), { status: 418 });
  assertMatches(await call('DELETE', '/_sandbox/faults'), { status: 200 });
  assertMatches(await call('GET', '/2/users/me', { as: token() }), { status: 200 });
});

test('the clock is moved, by numbers alone', async (t) => {
  const { sandbox, call, token } = await ownSandbox(t);
  const { status, body } = await call('POST', '/_sandbox/clock', { json: { advanceMs: 7_200_000 } });
  assert.equal(status, 200);
  assert.ok(Math.abs(body.now - sandbox.clock.now()) < 1000);
  assertMatches(await call('GET', '/2/users/me', { as: token() }), { status: 401 });
  for (const json of [{}, { advanceMs: 'an hour' }]) {
    assertMatches(await call('POST', '/_sandbox/clock', { json }), { status: 400 });
  }
  assert.ok(sandbox.clock.now() > Date.now());
});

test('credits end and come back', async (t) => {
  const { call, token } = await ownSandbox(t);
  /** @param {object} json */
  const exhaust = (json) => call('POST', '/_sandbox/exhaust', { json });
  assertMatches(await exhaust({ kind: 'patience' }), { status: 400 });
  assertMatches(await exhaust({ kind: 'credits' }), { status: 200 });
  assertMatches(await call('GET', '/2/users/me', { as: token() }), { status: 402 });
  assertMatches(await exhaust({ kind: null }), { status: 200 });
  assertMatches(await call('GET', '/2/users/me', { as: token() }), { status: 200 });
});
