'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { raw } = require('./support/raw.js');

const context = useSandbox({ rateLimits: false });

/**
 * Posts once with a fault, in a sandbox of its own: what arrived, and what was done.
 * @param {import('node:test').TestContext} t
 * @param {import('../index.js').Fault} fault
 * @param {string} [text]
 */
async function postWith(t, fault, text = 'A post') {
  const { sandbox, token } = await ownSandbox(t, { rateLimits: false });
  sandbox.faults.add({ endpoint: 'createTweet', fault });
  const received = await raw(`${sandbox.url}/2/tweets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  const entry = () => sandbox.ledger.requests({ endpoint: 'createTweet' })[0];
  await sandbox.ledger.waitFor(() => entry().status !== null || entry().aborted);
  return { ...received, text: received.body.toString(), posts: sandbox.ledger.tweets().length, entry: entry() };
}

for (const kind of /** @type {const} */ (['resetBeforeRead', 'resetAfterRead'])) {
  test(`${kind}: the connection is reset and nothing is done`, async (t) => {
    const { status, error, posts, entry } = await postWith(t, { kind });
    assert.deepEqual([status, error, posts], [null, 'ECONNRESET', 0]);
    assertMatches(entry, { fault: kind, status: null, aborted: true });
  });

  test(`${kind}: with a body of megabytes too`, async (t) => {
    const { status, error, posts } = await postWith(t, { kind }, 'x'.repeat(4_000_000));
    assert.deepEqual([status, posts], [null, 0]);
    assert.match(String(error), /ECONNRESET|EPIPE/);
  });
}

test('commitThenReset: the post is there, the answer is lost', async (t) => {
  const { status, error, posts, entry } = await postWith(t, { kind: 'commitThenReset' });
  assert.deepEqual([status, error, posts], [null, 'ECONNRESET', 1]);
  assertMatches(entry, { fault: 'commitThenReset', status: null, aborted: true, details: { tweetId: /^\d+$/ } });
});

test('commitThenStatus: the post is there, the answer says otherwise', async (t) => {
  const fault = { status: 503, body: { title: 'Service Unavailable' }, headers: { 'retry-after': '3' } };
  const { status, headers, text, posts } = await postWith(t, { kind: 'commitThenStatus', ...fault });
  assert.deepEqual([status, headers['retry-after'], text, posts], [503, '3', '{"title":"Service Unavailable"}', 1]);
  assertMatches(await postWith(t, { kind: 'commitThenStatus', status: 504 }), { status: 504, text: '', posts: 1 });
});

test('status: nothing is done, and the answer is what is asked for', async (t) => {
  const fault = { status: 429, body: { title: 'Too Many Requests' }, headers: { 'x-rate-limit-remaining': '0' } };
  const answer = await postWith(t, { kind: 'status', ...fault });
  assertMatches(answer, { status: 429, text: '{"title":"Too Many Requests"}', posts: 0, entry: { status: 429 } });
  assert.equal(answer.headers['x-rate-limit-remaining'], '0');
  assertMatches(await postWith(t, { kind: 'status', status: 500 }), { status: 500, text: '', posts: 0 });
});

test('html: a page instead of an answer, and nothing is done', async (t) => {
  const page = await postWith(t, { kind: 'html', status: 502 });
  assertMatches(page, { status: 502, headers: { 'content-type': /^text\/html/ }, text: /^<html>/, posts: 0 });
  assertMatches(await postWith(t, { kind: 'html' }), { status: 200, text: /^<html>/, posts: 0 });
});

test('garbage: the post is there, the answer is no JSON', async (t) => {
  const { status, text, posts } = await postWith(t, { kind: 'garbage' });
  assert.deepEqual([status, posts], [201, 1]);
  assert.throws(() => JSON.parse(text), SyntaxError);
});

test('truncate: the post is there, the answer breaks off', async (t) => {
  const { status, error, headers, body, posts, entry } = await postWith(t, { kind: 'truncate' });
  assertMatches(entry, { fault: 'truncate', status: null, aborted: true });
  assert.deepEqual([status, error, posts], [201, 'ECONNRESET', 1]);
  assert.ok(body.length < Number(headers['content-length']));
});

test('drip: the answer comes letter by letter', async (t) => {
  const { status, text, chunks, posts } = await postWith(t, { kind: 'drip', ms: 1 });
  assert.deepEqual([status, posts], [201, 1]);
  assert.equal(JSON.parse(text).data.text, 'A post');
  assert.ok(chunks.length > 5);
});

test('delay: the request waits, then goes on', async (t) => {
  const before = performance.now();
  const { status, posts } = await postWith(t, { kind: 'delay', ms: 60 });
  assert.ok(performance.now() - before >= 59);
  assert.deepEqual([status, posts], [201, 1]);
});

test('gather: the first requests wait for each other, and none after them', async (t) => {
  const { sandbox, call, token } = await ownSandbox(t);
  sandbox.faults.add({ endpoint: 'me', fault: { kind: 'gather', count: 3 } });
  const ask = () => call('GET', '/2/users/me', { as: token() });
  const first = [ask(), ask()];
  await sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'me' }).length === 2);
  assert.deepEqual(
    sandbox.ledger.requests({ endpoint: 'me' }).map(({ status }) => status),
    [null, null],
  );
  const all = await Promise.all([...first, ask()]);
  assert.deepEqual(
    [...all, await ask()].map(({ status }) => status),
    [200, 200, 200, 200],
  );
});

test('gather: without a number they wait until the rule is removed, or all are', async (t) => {
  const { sandbox, call, token } = await ownSandbox(t);
  const ask = () => call('GET', '/2/users/me', { as: token() });
  const fault = /** @type {const} */ ({ kind: 'gather' });
  for (const end of [(/** @type {{ remove(): void }} */ rule) => rule.remove(), () => sandbox.faults.clear()]) {
    sandbox.ledger.clear();
    const rule = sandbox.faults.add({ endpoint: 'me', fault });
    const answer = ask();
    await sandbox.ledger.waitFor(() => rule.hits === 1);
    // Others are answered meanwhile.
    assert.equal((await call('GET', '/2/tweets/1', { as: token() })).status, 200);
    assert.equal(sandbox.ledger.requests({ endpoint: 'me' })[0].status, null);
    end(rule);
    assert.deepEqual([(await answer).status, (await ask()).status], [200, 200]);
  }
});

test('hang: there is no answer until the client gives up, and nothing is done', async (t) => {
  const { sandbox, call, token } = await ownSandbox(t);
  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'hang' } });
  const controller = new AbortController();
  const json = { text: 'A post' };
  const answer = call('POST', '/2/tweets', { as: token(), json, signal: controller.signal });
  await sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'createTweet' }).length === 1);
  controller.abort();
  await assert.rejects(answer, { name: 'AbortError' });
  await sandbox.ledger.waitFor((ledger) => ledger.requests({ aborted: true }).length === 1);
  assert.deepEqual(sandbox.ledger.tweets(), []);
});

test('a sandbox closes while a request hangs', async (t) => {
  const { sandbox, call } = await ownSandbox(t);
  sandbox.faults.add({ endpoint: '*', fault: { kind: 'hang' } });
  const answer = assert.rejects(call('GET', '/2/users/me'));
  await sandbox.ledger.waitFor((ledger) => ledger.requests().length === 1);
  await sandbox.close();
  await answer;
});

const TEAPOT = /** @type {const} */ ({ kind: 'status', status: 418 });
/** The statuses of so many requests. @param {import('node:test').TestContext} t @param {number} count @param {Array<Partial<import('../index.js').FaultRule>>} rules */
async function statuses(t, count, rules) {
  const { sandbox, call, token } = await ownSandbox(t, { rateLimits: false });
  const added = rules.map((rule) => sandbox.faults.add({ endpoint: 'me', fault: TEAPOT, ...rule }));
  const seen = [];
  for (let request = 0; request < count; request += 1) {
    await call('GET', '/2/tweets/1', { as: token() });
    seen.push((await call('GET', '/2/users/me', { as: token() })).status);
  }
  return { seen, hits: added.map(({ hits }) => hits) };
}

for (const [
  title,
  rules,
  seen,
  hits,
] of /** @type {Array<[string, Array<Partial<import('../index.js').FaultRule>>, number[], number[]]>} */ ([
  ['every request', [{}], [418, 418, 418], [3]],
  ['the first requests', [{ times: 2 }], [418, 418, 200], [2]],
  ['one request', [{ attempt: 2 }], [200, 418, 200], [1]],
  ['none of another endpoint', [{ endpoint: 'createTweet' }], [200, 200, 200], [0]],
  [
    'one request each',
    [{ attempt: 1 }, { attempt: 2, fault: { kind: 'status', status: 500 } }],
    [418, 500, 200],
    [1, 1],
  ],
  ['what the rule before leaves', [{ times: 1 }, { fault: { kind: 'status', status: 500 } }], [418, 500, 500], [1, 2]],
])) {
  test(`a rule hits ${title}`, async (t) => {
    assert.deepEqual(await statuses(t, seen.length, rules), { seen, hits });
  });
}

test('a star is every endpoint, and rules can be taken away', async (t) => {
  const { sandbox, call } = await ownSandbox(t);
  const all = sandbox.faults.add({ endpoint: '*', fault: TEAPOT });
  const paths = ['/2/users/me', '/oauth/request_token', '/media/png', '/nowhere'];
  const ask = async () => Promise.all(paths.map(async (path) => (await call('GET', path)).status));
  assert.deepEqual(await ask(), [418, 418, 418, 418]);
  all.remove();
  assert.deepEqual(await ask(), [401, 404, 200, 404]);
  sandbox.faults.add({ endpoint: '*', fault: TEAPOT });
  sandbox.faults.clear();
  assert.deepEqual(await ask(), [401, 404, 200, 404]);
});

test('a fault comes before the question who asks', async (t) => {
  const { sandbox, call } = await ownSandbox(t);
  sandbox.faults.add({
    endpoint: 'token',
    fault: { kind: 'status', status: 503, body: { error: 'temporarily_unavailable' } },
  });
  const answer = await call('POST', '/2/oauth2/token', { form: {} });
  assertMatches(answer, { status: 503, body: { error: 'temporarily_unavailable' } });
});

test('an upload is read before it is refused or reset', async () => {
  for (const fault of /** @type {const} */ ([{ kind: 'status', status: 500 }, { kind: 'resetAfterRead' }])) {
    const rule = context.sandbox.faults.add({ endpoint: 'uploadMedia', fault, times: 1 });
    const parts = { media: Buffer.alloc(4_000_000), media_category: 'tweet_image' };
    const answer = context.call('POST', '/2/media/upload', { as: context.token(), parts });
    if (fault.kind === 'status') assertMatches(await answer, { status: 500 });
    else await assert.rejects(answer);
    assert.equal(rule.hits, 1);
  }
});
