'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, stopClock } = require('./support/harness.js');
const { basic } = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');

const DAY = 24 * 3600 * 1000;

/** @param {Awaited<ReturnType<typeof ownSandbox>>} own @returns {Promise<string>} */
async function appToken({ sandbox, call }) {
  const headers = basic(sandbox.env.X_API_KEY, sandbox.env.X_API_SECRET);
  const { body } = await call('POST', '/oauth2/token', { headers, form: { grant_type: 'client_credentials' } });
  return body.access_token;
}

/** @param {Awaited<ReturnType<typeof ownSandbox>>} own @param {string} text @param {object} [more] @returns {Promise<string>} */
async function post(own, text, more) {
  const { status, body } = await own.call('POST', '/2/tweets', { as: own.token(), json: { text, ...more } });
  assert.equal(status, 201, JSON.stringify(body));
  return body.data.id;
}

test('the usage has the posts that were read, by day', async (t) => {
  const own = await ownSandbox(t);
  stopClock(t, own.sandbox);
  const as = await appToken(own);
  const ids = [await post(own, 'One'), await post(own, 'Two')];
  // The same posts again on the same day, and on the next one.
  for (let times = 0; times < 2; times += 1) await own.call('GET', `/2/tweets?ids=${ids}`, { as: own.token() });
  own.sandbox.clock.advance(DAY);
  const yesterday = new Date(own.sandbox.clock.now() - DAY).toISOString().slice(0, 10);
  const today = new Date(own.sandbox.clock.now()).toISOString().slice(0, 10);
  await own.call('GET', `/2/tweets/${ids[0]}`, { as: await appToken(own) });
  const { status, body } = await own.call('GET', '/2/usage/tweets?days=2', { as });
  assert.equal(status, 200);
  const usage = [
    { date: `${yesterday}T00:00:00.000Z`, usage: '2' },
    { date: `${today}T00:00:00.000Z`, usage: '1' },
  ];
  const inCycle = yesterday.slice(0, 7) === today.slice(0, 7) ? '3' : '1';
  assertMatches(body.data, {
    project_usage: inCycle,
    project_cap: '3000000',
    cap_reset_day: 1,
    daily_project_usage: { usage },
    daily_client_app_usage: [{ usage_result_count: 2, usage }],
  });
});

test('the usage has what is asked for alone', async (t) => {
  const own = await ownSandbox(t, { usageCap: 7 });
  const as = await appToken(own);
  const { body } = await own.call('GET', '/2/usage/tweets?usage.fields=project_cap,cap_reset_day', { as });
  assert.deepEqual(body, { data: { project_cap: '7', cap_reset_day: 1 } });
  const whole = await own.call('GET', '/2/usage/tweets', { as });
  assert.equal(whole.body.data.daily_project_usage.usage.length, 7);
  for (const days of ['0', '91', '1.5', 'all']) {
    assertMatches(await own.call('GET', `/2/usage/tweets?days=${days}`, { as }), {
      status: 400,
      body: { errors: [{ parameters: { days: [days] } }] },
    });
  }
});

test('usage and credits are for the app alone', async (t) => {
  const own = await ownSandbox(t, { credits: {} });
  const refused = {
    status: 403,
    body: { type: /\/unsupported-authentication$/, detail: /\[OAuth 2.0 Application-Only\]/ },
  };
  for (const path of ['/2/usage/tweets', '/2/usage/credits']) {
    assertMatches(await own.call('GET', path), { status: 401 });
    for (const as of [own.token(), own.user.oauth1Credentials]) {
      assertMatches(await own.call('GET', path, { as }), refused);
    }
    assertMatches(await own.call('GET', path, { as: await appToken(own) }), { status: 200 });
  }
});

test('the usage may be asked for 50 times in a quarter', async (t) => {
  const own = await ownSandbox(t);
  const as = await appToken(own);
  for (let times = 0; times < 50; times += 1) await own.call('GET', '/2/usage/tweets', { as });
  assertMatches(await own.call('GET', '/2/usage/tweets', { as }), { status: 429 });
});

test('credits are reported only if the sandbox is given some', async (t) => {
  const without = await ownSandbox(t);
  assertMatches(await without.call('GET', '/2/usage/credits', { as: await appToken(without) }), { status: 404 });
  const own = await ownSandbox(t, { credits: { prepaid: 12.5, free: 2.25 } });
  const { body } = await own.call('GET', '/2/usage/credits', { as: await appToken(own) });
  assert.deepEqual(body, { data: { prepaid_balance: 12.5, free_balance: 2.25, total_balance: 14.75 } });
});

test('what is written is billed by kind', async (t) => {
  const own = await ownSandbox(t);
  const { sandbox, call, token, user } = own;
  const plain = await post(own, 'No link here');
  await post(own, 'With https://shop.example.com/lamp');
  await post(own, 'And example.com without a scheme');
  // The own thread is no summoned reply.
  await post(own, 'More of it', { reply: { in_reply_to_tweet_id: plain } });
  const other = sandbox.seedUser();
  const call2 = { as: other.oauth2.accessToken, json: { text: `Hello @${user.username}` } };
  const { body } = await call('POST', '/2/tweets', call2);
  await post(own, 'You are welcome https://shop.example.com', { reply: { in_reply_to_tweet_id: body.data.id } });
  await call('DELETE', `/2/tweets/${plain}`, { as: token() });
  // What fails is not billed.
  await call('DELETE', `/2/tweets/${plain}`, { as: token() });
  await call('POST', '/2/tweets', { as: token(), json: { text: 'x'.repeat(300) } });
  await call('POST', '/2/tweets', { json: { text: 'No token' } });
  const billed = sandbox.ledger.billed();
  assertMatches(billed, {
    post: { requests: 3, resources: 3, billed: 3 },
    post_with_link: { billed: 2 },
    summoned_reply: { billed: 1 },
    delete: { billed: 1 },
    post_read: { requests: 0, resources: 0, billed: 0 },
  });
});

test('media are billed by their metadata', async (t) => {
  const own = await ownSandbox(t);
  const { bytesOf, uploader } = require('./support/media.js');
  const upload = uploader(own, own.token);
  const { id } = (await upload.oneShot(await bytesOf({ kind: 'png' }), 'tweet_image')).body.data;
  const json = { id, metadata: { alt_text: { text: 'A lamp' } } };
  await own.call('POST', '/2/media/metadata', { as: own.token(), json });
  assertMatches(own.sandbox.ledger.billed(), { media_upload: { billed: 1 }, alt_text: { billed: 1 } });
});

test('what is read is billed by the resource, once a UTC day', async (t) => {
  const own = await ownSandbox(t);
  const { sandbox, call, token, user } = own;
  stopClock(t, sandbox);
  const ids = [await post(own, 'One'), await post(own, 'Two')];
  await call('GET', `/2/tweets?ids=${ids},20`, { as: token() });
  await call('GET', `/2/tweets/${ids[0]}`, { as: token() });
  await call('GET', `/2/users/${user.id}/tweets`, { as: token() });
  await call('GET', '/2/users/me', { as: token() });
  assertMatches(sandbox.ledger.billed(), {
    post_read: { requests: 3, resources: 5, billed: 2 },
    owned_read: { requests: 0 },
    user_read: { requests: 1, resources: 1, billed: 1 },
  });
  sandbox.ledger.clear();
  assertMatches(sandbox.ledger.billed(), { post_read: { requests: 0, resources: 0, billed: 0 } });
  await call('GET', `/2/tweets/${ids[0]}`, { as: token() });
  assertMatches(sandbox.ledger.billed(), { post_read: { requests: 1, resources: 1, billed: 0 } });
  sandbox.clock.advance(DAY);
  const { oauth2 } = sandbox.seedUser();
  await call('GET', `/2/tweets/${ids[0]}`, { as: oauth2.accessToken });
  assertMatches(sandbox.ledger.billed(), { post_read: { requests: 2, resources: 2, billed: 1 } });
});

test("only the app's owner reads own posts for less", async (t) => {
  const own = await ownSandbox(t);
  const owner = own.sandbox.seedUser({ ownsApp: true });
  const as = owner.oauth2.accessToken;
  const { body } = await own.call('POST', '/2/tweets', { as, json: { text: 'Mine' } });
  const timeline = `/2/users/${owner.id}/tweets`;
  await own.call('GET', timeline, { as });
  assertMatches(own.sandbox.ledger.billed(), { owned_read: { billed: 1 }, post_read: { billed: 0 } });
  await own.call('GET', timeline, { as: await appToken(own) });
  await own.call('GET', `/2/tweets/${body.data.id}`, { as });
  assertMatches(own.sandbox.ledger.billed(), {
    owned_read: { requests: 1, billed: 1 },
    post_read: { requests: 2, billed: 1 },
  });
});

test('a lost answer is billed, a request that X did not work on is not', async (t) => {
  const own = await ownSandbox(t);
  const { sandbox, call, token } = own;
  const asked = () => call('POST', '/2/tweets', { as: token(), json: { text: 'Lost' } }).catch(() => {});
  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
  await asked();
  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 503 }, times: 1 });
  await asked();
  const body = { data: { id: '1234567890', text: 'Made up' } };
  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 201, body }, times: 1 });
  assertMatches(await call('POST', '/2/tweets', { as: token(), json: { text: 'Lost' } }), { status: 201, body });
  assertMatches(sandbox.ledger.billed(), { post: { billed: 0 } });
  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
  await asked();
  assertMatches(sandbox.ledger.billed(), { post: { billed: 1 } });
});

test('the bill is there over HTTP', async (t) => {
  const own = await ownSandbox(t);
  await post(own, 'One');
  const { status, body } = await own.call('GET', '/_sandbox/billed');
  assert.equal(status, 200);
  assert.deepEqual(body, own.sandbox.ledger.billed());
  assert.deepEqual(body.post, { requests: 1, resources: 1, billed: 1 });
});

test('credits and owners that can not be are refused', async (t) => {
  const { startSandbox } = require('../index.js');
  for (const options of [{ credits: { prepaid: '1' } }, { credits: { paid: 1 } }, { usageCap: -1 }]) {
    await assert.rejects(startSandbox(/** @type {any} */ (options)), TypeError);
  }
  const own = await ownSandbox(t);
  assert.throws(() => own.sandbox.seedUser(/** @type {any} */ ({ owns: true })), TypeError);
});
