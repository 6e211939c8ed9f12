'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, stopClock, useSandbox } = require('./support/harness.js');
const { basic } = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');

const QUARTER = 15 * 60 * 1000;
const context = useSandbox();

/** What the headers say. @param {import('./support/harness.js').Answer} answer */
const limits = ({ headers }) =>
  ['limit', 'remaining', 'reset'].map((name) => {
    const value = headers.get(`x-rate-limit-${name}`);
    return value === null ? null : Number(value);
  });

/** @param {Pick<Awaited<ReturnType<typeof ownSandbox>>, 'sandbox' | 'call'>} context @returns {Promise<string>} */
async function appToken({ sandbox, call }) {
  const headers = basic(sandbox.env.X_API_KEY, sandbox.env.X_API_SECRET);
  const { body } = await call('POST', '/oauth2/token', { headers, form: { grant_type: 'client_credentials' } });
  return body.access_token;
}

for (const [method, path, most] of /** @type {Array<[string, string, number]>} */ ([
  ['POST', '/2/tweets', 100],
  ['DELETE', '/2/tweets/1', 50],
  ['GET', '/2/tweets?ids=1', 3500],
  ['GET', '/2/tweets/1', 450],
  ['GET', '/2/users/1/tweets', 900],
  ['GET', '/2/users/me', 75],
  ['GET', '/2/tweets/analytics', 300],
  ['POST', '/2/media/upload', 500],
  ['GET', '/2/media/upload?media_id=1', 1000],
  ['POST', '/2/media/upload/initialize', 1875],
  ['POST', '/2/media/upload/1/append', 1875],
  ['POST', '/2/media/upload/1/finalize', 1875],
  ['POST', '/2/media/metadata', 500],
  ['POST', '/2/media/subtitles', 100],
  ['DELETE', '/2/media/subtitles', 100],
])) {
  test(`${method} ${path} says how much is left, also in a refusal`, async () => {
    const before = context.sandbox.clock.now();
    const call = method === 'GET' ? {} : { json: {} };
    const first = await context.call(method, path, { as: context.token(), ...call });
    const [limit, remaining, reset] = limits(first);
    assert.ok([most, { 3500: 5000, 450: 900 }[most]].includes(Number(limit)));
    assert.equal(remaining, Number(limit) - 1);
    assert.ok(Math.abs(Number(reset) * 1000 - before - QUARTER) < 5000);
    const second = await context.call(method, path, { as: context.token(), ...call });
    assert.deepEqual(limits(second), [limit, Number(limit) - 2, reset]);
  });
}

test('a request without a good token gets no limits, and counts for nobody', async () => {
  assert.deepEqual(limits(await context.call('GET', '/2/users/me')), [null, null, null]);
  assert.deepEqual(limits(await context.call('GET', '/2/users/me', { as: 'other' })), [null, null, null]);
  const { accessToken } = context.sandbox.seedUser().oauth2;
  assert.equal(limits(await context.call('GET', '/2/users/me', { as: accessToken }))[1], 74);
});

test('the request after the last is refused until the window ends', async (t) => {
  const own = await ownSandbox(t, { rateLimits: { me: { user: [2, QUARTER] } } });
  stopClock(t, own.sandbox);
  const ask = () => own.call('GET', '/2/users/me', { as: own.token() });
  assert.deepEqual(limits(await ask()).slice(0, 2), [2, 1]);
  own.sandbox.clock.advance(QUARTER - 1);
  const last = await ask();
  assert.deepEqual(limits(last).slice(0, 2), [2, 0]);
  const refused = await ask();
  assert.equal(refused.status, 429);
  assert.deepEqual(refused.body, {
    title: 'Too Many Requests',
    detail: 'Too Many Requests',
    type: 'about:blank',
    status: 429,
  });
  assert.deepEqual(limits(refused), limits(last));
  own.sandbox.clock.advance(1);
  assertMatches(await ask(), { status: 200 });
});

test('each user has windows of their own, and each endpoint', async (t) => {
  const own = await ownSandbox(t, { rateLimits: { me: { user: [1, QUARTER] } } });
  const other = own.sandbox.seedUser();
  const statuses = [];
  for (const as of [own.token(), own.token(), other.oauth2.accessToken, other.oauth1Credentials]) {
    statuses.push((await own.call('GET', '/2/users/me', { as })).status);
  }
  assert.deepEqual(statuses, [200, 429, 200, 429]);
  assertMatches(await own.call('GET', '/2/tweets/1', { as: own.token() }), { status: 200 });
});

test("the app's own requests have windows of their own", async (t) => {
  const own = await ownSandbox(t, { rateLimits: { getTweet: { user: [5, QUARTER], app: [2, QUARTER] } } });
  const as = await appToken(own);
  const seen = [];
  for (let count = 0; count < 3; count += 1)
    seen.push(limits(await own.call('GET', '/2/tweets/1', { as })).slice(0, 2));
  assert.deepEqual(seen, [
    [2, 1],
    [2, 0],
    [2, 0],
  ]);
  assertMatches(await own.call('GET', '/2/tweets/1', { as }), { status: 429 });
});

test('the requests of all users count for the app too', async (t) => {
  const own = await ownSandbox(t, { rateLimits: { getTweet: { user: [5, QUARTER], app: [3, QUARTER] } } });
  const seen = [];
  for (let count = 0; count < 4; count += 1) {
    const { accessToken } = own.sandbox.seedUser().oauth2;
    const answer = await own.call('GET', '/2/tweets/1', { as: accessToken });
    seen.push([answer.status, ...limits(answer).slice(0, 2)]);
  }
  assert.deepEqual(seen, [
    [200, 5, 4],
    [200, 5, 4],
    [200, 3, 0],
    [429, 3, 0],
  ]);
});

test('limits can be turned off', async (t) => {
  const own = await ownSandbox(t, { rateLimits: false });
  const statuses = new Set();
  for (let count = 0; count < 80; count += 1) {
    const answer = await own.call('GET', '/2/users/me', { as: own.token() });
    statuses.add(answer.status);
    assert.deepEqual(limits(answer), [null, null, null]);
  }
  assert.deepEqual([...statuses], [200]);
});

for (const [kind, status, body] of /** @type {Array<['usage-cap' | 'credits' | 'spend-cap', number, object]>} */ ([
  ['usage-cap', 429, { title: 'UsageCapExceeded', period: 'Monthly', scope: 'Product', type: /\/usage-capped$/ }],
  ['credits', 402, { title: 'Payment Required', detail: 'credits depleted', type: /\/credits-depleted$/, status: 402 }],
  ['spend-cap', 403, { title: 'Forbidden', type: /\/spend-cap-reached$/ }],
])) {
  test(`when ${kind} is reached, nothing is done`, async (t) => {
    const own = await ownSandbox(t);
    own.sandbox.exhaust(kind);
    const post = () => own.call('POST', '/2/tweets', { as: own.token(), json: { text: 'Too much' } });
    const refused = await post();
    assertMatches(refused, { status, body });
    assert.deepEqual(limits(refused), [null, null, null]);
    assert.deepEqual(own.sandbox.ledger.tweets(), []);
    assertMatches(await own.call('GET', '/2/users/me'), { status: 401 });
    own.sandbox.exhaust(null);
    assertMatches(await post(), { status: 201 });
  });
}
