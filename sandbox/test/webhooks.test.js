'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { withReceiver } = require('./support/activity.js');
const { stopClock } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { receiver } = require('./support/receiver.js');

const INVALID = { title: 'Invalid Request', type: /\/invalid-request$/ };
const refused = (/** @type {RegExp} */ message) => ({ status: 400, body: { ...INVALID, errors: [{ message }] } });
const minute = (/** @type {number} */ at) => new Date(at).toISOString().replace(/\D/g, '').slice(0, 12);

test('a URL is registered once it has proved that it knows the secret', async (t) => {
  const { asApp, server } = await withReceiver(t);
  assert.deepEqual((await asApp('GET', '/2/webhooks')).body, { data: [], meta: { result_count: 0 } });
  const { status, body } = await asApp('POST', '/2/webhooks', { url: server.url });
  assert.equal(status, 200);
  assertMatches(body.data, { id: /^\d+$/, url: server.url, valid: true, created_at: /Z$/ });
  assert.equal(server.checks, 1);
  assert.deepEqual((await asApp('GET', '/2/webhooks')).body, { data: [body.data], meta: { result_count: 1 } });
});

for (const [title, proof, what] of /** @type {Array<[string, (token: string) => unknown, RegExp]>} */ ([
  ['another token', () => ({ response_token: 'sha256=AAAA' }), /^CrcValidationFailed: .*Invalid response_token/],
  ['no JSON of the kind', () => 'yes', /Invalid response_token/],
  ['a redirect', () => 302, /redirected/],
  ['an error', () => 500, /Non-200/],
])) {
  test(`a URL that answers with ${title} is refused`, async (t) => {
    const { asApp, server } = await withReceiver(t);
    server.proof = proof;
    assertMatches(await asApp('POST', '/2/webhooks', { url: server.url }), refused(what));
    assert.deepEqual((await asApp('GET', '/2/webhooks')).body.data, []);
  });
}

for (const url of [
  ...['http://shop.example/x', 'https://shop.example:443/x', 'https://shop.example:8443/x', 'https://shop/x'],
  ...['ftp://127.0.0.1/x', 'https://10.0.0.1/x', 'shop.example'],
]) {
  test(`${url} is no URL for events`, async (t) => {
    const { asApp } = await withReceiver(t);
    assertMatches(await asApp('POST', '/2/webhooks', { url }), refused(/^UrlValidationFailed: /));
  });
}

test('what is no body of a webhook is refused', async (t) => {
  const { asApp } = await withReceiver(t);
  for (const json of [{}, { url: 5 }, { url: '' }, { url: `https://shop.example/${'a'.repeat(200)}` }, { uri: 'x' }]) {
    assertMatches(await asApp('POST', '/2/webhooks', json), { status: 400, body: INVALID });
  }
});

test('a plan has so many webhooks, and one for each URL', async (t) => {
  const one = await withReceiver(t);
  await one.register();
  // Where there is room for one, the same URL is one too many.
  assertMatches(await one.asApp('POST', '/2/webhooks', { url: one.server.url }), refused(/^WebhookLimitExceeded: /));
  const two = await withReceiver(t, { maxWebhooks: 2 });
  await two.register();
  assertMatches(await two.asApp('POST', '/2/webhooks', { url: two.server.url }), refused(/^DuplicateUrlFailed: /));
  await two.register(`${two.server.url}/other`);
  assertMatches(await two.asApp('POST', '/2/webhooks', { url: `${two.server.url}/b` }), refused(/^WebhookLimit/));
});

test('a public URL is reached by a route, and not without one', async (t) => {
  const { asApp, server, sandbox } = await withReceiver(t);
  const url = 'https://shop.example/webhooks/x';
  assertMatches(await asApp('POST', '/2/webhooks', { url }), refused(/^CrcValidationFailed: .*request failed/));
  sandbox.webhooks.route('https://shop.example', new URL(server.url).origin);
  assertMatches(await asApp('POST', '/2/webhooks', { url }), { status: 200, body: { data: { url, valid: true } } });
  assert.throws(() => sandbox.webhooks.route('https://shop.example', 'https://other.example'), /on this machine/);
});

test('a check disables a webhook that does not know the secret, and enables it again', async (t) => {
  const { asApp, register, server, sandbox } = await withReceiver(t);
  const { id } = await register();
  const { proof } = server;
  const isValid = async () => (await asApp('GET', '/2/webhooks')).body.data[0].valid;
  server.proof = () => 503;
  assertMatches(await asApp('PUT', `/2/webhooks/${id}`), refused(/^CrcValidationFailed: .*503/));
  // It may pass by itself.
  assert.equal(await isValid(), true);
  server.proof = () => ({ response_token: 'wrong' });
  await sandbox.webhooks.checkAll();
  assert.equal(await isValid(), false);
  server.proof = proof;
  assert.deepEqual((await asApp('PUT', `/2/webhooks/${id}`)).body, { data: { valid: true } });
  assert.equal(await isValid(), true);
});

test('webhooks that there are not can be neither checked, deleted nor replayed', async (t) => {
  const { asApp, register } = await withReceiver(t);
  const { id } = await register();
  assert.deepEqual((await asApp('DELETE', `/2/webhooks/${id}`)).body, { data: { deleted: true } });
  const gone = refused(/^WebhookIdInvalid: /);
  assertMatches(await asApp('DELETE', `/2/webhooks/${id}`), gone);
  assertMatches(await asApp('PUT', `/2/webhooks/${id}`), gone);
  const json = { webhook_id: id, from_date: '202601010000', to_date: '202601010000' };
  assertMatches(await asApp('POST', '/2/webhooks/replay', json), gone);
  assertMatches(await asApp('PUT', '/2/webhooks/mine'), { status: 400, body: INVALID });
});

test('events of a time are delivered again, those that were lost too', async (t) => {
  const own = await withReceiver(t);
  stopClock(t, own.sandbox);
  const { id } = await own.register();
  await own.subscribe(id, 'post.create');
  const before = await own.post('Before');
  own.sandbox.clock.advance(2 * 60_000);
  const from = own.sandbox.clock.now();
  own.sandbox.webhooks.set({ lose: 1 });
  const lost = await own.post('Lost on its way');
  const came = await own.post('Came');
  await own.events();
  own.server.status = 500;
  const refusedOne = await own.post('Refused by the shop');
  await own.events();
  own.server.status = 200;
  assert.deepEqual(
    (await own.events()).map(({ payload }) => payload.id),
    [before, came, refusedOne],
  );
  own.server.received.length = 0;
  const json = { webhook_id: id, from_date: minute(from), to_date: minute(own.sandbox.clock.now()) };
  const { body } = await own.asApp('POST', '/2/webhooks/replay', json);
  assertMatches(body.data, { job_id: /^\d+$/, created_at: /Z$/ });
  assert.deepEqual(
    (await own.events()).map(({ payload }) => payload.id),
    [lost, came, refusedOne],
  );
  assert.deepEqual(
    own.sandbox.webhooks.deliveries().map(({ status, error, isReplay }) => [status, error, isReplay]),
    [
      ...[
        [200, null, false],
        [null, 'lost on its way', false],
        [200, null, false],
        [500, null, false],
      ],
      ...[
        [200, null, true],
        [200, null, true],
        [200, null, true],
      ],
    ],
  );
});

test('a replay covers the last day, and is one at a time', async (t) => {
  const own = await withReceiver(t);
  stopClock(t, own.sandbox);
  const { id } = await own.register();
  await own.subscribe(id, 'post.create');
  const now = own.sandbox.clock.now();
  const replay = (/** @type {string} */ from, /** @type {string} */ to) =>
    own.asApp('POST', '/2/webhooks/replay', { webhook_id: id, from_date: from, to_date: to });
  const day = 24 * 3600_000;
  for (const [from, to] of [
    [minute(now), minute(now + 120_000)],
    [minute(now), minute(now - 120_000)],
    [minute(now - day - 180_000), minute(now)],
    ['202613010000', minute(now)],
    [minute(now), '202602300000'],
  ]) {
    assertMatches(await replay(from, to), refused(/^QueryParamInvalid: /));
  }
  assertMatches(await replay('today', minute(now)), { status: 400, body: INVALID });
  await own.post('Replayed');
  await own.events();
  own.sandbox.webhooks.set({ hold: true });
  assertMatches(await replay(minute(now), minute(now)), { status: 200 });
  assertMatches(await replay(minute(now), minute(now)), refused(/^ReplayConflictError: /));
  own.sandbox.webhooks.release();
  assert.equal((await own.events()).length, 2);
  assertMatches(await replay(minute(now), minute(now)), { status: 200 });
});

test('webhooks are the business of apps alone', async (t) => {
  const own = await withReceiver(t);
  for (const [method, path] of [
    ['POST', '/2/webhooks'],
    ['GET', '/2/webhooks'],
    ['PUT', '/2/webhooks/1'],
    ['DELETE', '/2/webhooks/1'],
    ['POST', '/2/webhooks/replay'],
    ['PUT', '/2/activity/subscriptions/1'],
    ['DELETE', '/2/activity/subscriptions/1'],
    ['DELETE', '/2/activity/subscriptions?ids=1'],
  ]) {
    assertMatches(await own.call(method, path), { status: 401 });
    for (const as of [own.token(), own.user.oauth1Credentials]) {
      assertMatches(await own.call(method, path, { as }), {
        status: 403,
        body: { type: /\/unsupported-authentication$/, detail: /\[OAuth 2\.0 Application-Only\]/ },
      });
    }
  }
});

test('requests are counted for the app', async (t) => {
  const own = await withReceiver(t, { rateLimits: { listWebhooks: { app: [2, 60_000] } } });
  for (const left of ['1', '0']) {
    const { headers } = await own.asApp('GET', '/2/webhooks');
    assert.equal(headers.get('x-rate-limit-remaining'), left);
  }
  assertMatches(await own.asApp('GET', '/2/webhooks'), { status: 429 });
  const { headers } = await own.asApp('GET', '/2/activity/subscriptions');
  assert.equal(headers.get('x-rate-limit-limit'), '500');
});

test('two servers get what is theirs', async (t) => {
  const own = await withReceiver(t, { maxWebhooks: 2 });
  const other = await receiver(t, own.sandbox.env.X_API_SECRET);
  const [here, there] = [await own.register(), await own.register(other.url)];
  await own.subscribe(here.id, 'post.create');
  await own.subscribe(there.id, 'post.delete');
  const id = await own.post('For one of them');
  await own.call('DELETE', `/2/tweets/${id}`, { as: own.token() });
  assert.deepEqual(
    (await own.events()).map(({ event_type: type }) => type),
    ['post.create'],
  );
  assert.deepEqual(
    other.received.map(({ event }) => event.data.event_type),
    ['post.delete'],
  );
});
