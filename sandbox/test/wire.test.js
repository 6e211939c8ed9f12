'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox } = require('./support/harness.js');
const { PROTOCOLS, optionsFor, postOver } = require('./support/protocols.js');

/** @typedef {typeof PROTOCOLS[number]} Protocol */

/**
 * Posts with a fault: what arrived, and how many posts are there.
 * @param {import('node:test').TestContext} t @param {Protocol} protocol @param {import('../index.js').Fault} [fault]
 */
async function prepare(t, protocol, fault) {
  const { sandbox, token } = await ownSandbox(t, { rateLimits: false, ...optionsFor(protocol) });
  if (fault) sandbox.faults.add({ endpoint: 'createTweet', fault, times: 1 });
  const post = (/** @type {string} */ text, ca = sandbox.caCertificate) =>
    postOver(protocol)(`${sandbox.url}/2/tweets`, {
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      ca,
    });
  return { sandbox, post, posts: () => sandbox.ledger.tweets().length };
}

/** What each fault looks like from outside, and whether the post is there. @type {Array<[import('../index.js').Fault['kind'], { posts: number, status: number | null, text?: RegExp, isEnd?: boolean }]>} */
const FAULTS = [
  ['resetBeforeRead', { posts: 0, status: null }],
  ['resetAfterRead', { posts: 0, status: null }],
  ['closeAfterRead', { posts: 0, status: null }],
  ['commitThenReset', { posts: 1, status: null }],
  ['commitThenClose', { posts: 1, status: null }],
  ['headThenReset', { posts: 1, status: 201, text: /^$/ }],
  ['truncate', { posts: 1, status: 201, text: /^\{"data":\{"id":"1$/ }],
  ['truncateThenClose', { posts: 1, status: 201, text: /^\{"data":\{"id":"1$/ }],
];

for (const protocol of PROTOCOLS) {
  test(`${protocol}: a post, and nothing goes wrong`, async (t) => {
    const { post, posts } = await prepare(t, protocol);
    const { status, text, error } = await post('All is well');
    assert.deepEqual([status, error, posts()], [201, null, 1]);
    assert.match(text, /"text":"All is well"/);
  });

  for (const [kind, expected] of FAULTS) {
    test(`${protocol}: ${kind}`, async (t) => {
      const { post, posts } = await prepare(t, protocol, { kind });
      const { status, text, error } = await post('A post');
      assert.deepEqual([status, posts()], [expected.status, expected.posts]);
      assert.notEqual(error, null);
      if (expected.text) assert.match(text, expected.text);
    });
  }

  test(`${protocol}: silence, before and after the work`, async (t) => {
    for (const [kind, count] of /** @type {const} */ ([
      ['hang', 0],
      ['commitThenHang', 1],
    ])) {
      const { sandbox, post, posts } = await prepare(t, protocol, { kind });
      const waiting = post('Hello?');
      const end = new AbortController();
      const stop = setTimeout(() => end.abort(), 5000);
      await sandbox.ledger.waitFor(() => sandbox.ledger.requests().length === 1 && posts() === count, end);
      clearTimeout(stop);
      sandbox.door.hangUp();
      await sandbox.close();
      assert.equal((await waiting).status, null);
    }
  });

  test(`${protocol}: it hangs up after an answer, and the next connection fails`, async (t) => {
    const shut = protocol === 'HTTP/1.1' ? 'resetHandshake' : 'badCertificate';
    const { sandbox, post } = await prepare(t, protocol, { kind: 'hangUp', shut, connections: 1 });
    assert.equal((await post('First')).status, 201);
    const second = await post('Second');
    assert.equal(second.status, null);
    assert.match(String(second.error), protocol === 'HTTP/1.1' ? /ECONNRESET/ : /UNABLE_TO|SELF_SIGNED|CERT/);
    assert.equal((await post('Third')).status, 201);
    assert.equal(sandbox.door.connections, 3);
  });
}

test('HTTP/1.1: a first line, and then the end', async (t) => {
  for (const protocol of /** @type {const} */ (['HTTP/1.1', 'HTTPS'])) {
    const { post, posts } = await prepare(t, protocol, { kind: 'statusLine' });
    const { status, error } = await post('A post');
    assert.equal(posts(), 1);
    assert.ok(status === null && error !== null, `${status} ${error}`);
  }
});

test('HTTP/2: a stream that is refused was not worked on', async (t) => {
  const { post, posts } = await prepare(t, 'HTTP/2', { kind: 'refuseStream' });
  assert.deepEqual([(await post('A post')).error, posts()], ['RST_STREAM 7', 0]);
});

test('HTTP/2: GOAWAY that names the stream, which is answered by nothing', async (t) => {
  const { post, posts } = await prepare(t, 'HTTP/2', { kind: 'commitThenGoAway' });
  assert.deepEqual([(await post('A post')).error, posts()], ['GOAWAY 0 behind 1', 1]);
});

test('refused: nobody listens for a while', async (t) => {
  const { sandbox, post } = await prepare(t, 'HTTPS');
  sandbox.door.shut('refused');
  assert.equal((await post('A post')).error, 'ECONNREFUSED');
  await sandbox.door.unlock();
  assert.equal((await post('A post')).status, 201);
});

test('blackhole: a handshake is never answered', async (t) => {
  const { sandbox, post } = await prepare(t, 'HTTPS');
  sandbox.door.shut('blackhole', { connections: 1 });
  const waiting = post('A post');
  while (sandbox.door.open === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal((await post('Another')).status, 201);
  sandbox.door.hangUp();
  assert.equal((await waiting).status, null);
});

test('a certificate is trusted by those who know its root, and by nobody else', async (t) => {
  const { sandbox, post } = await prepare(t, 'HTTPS');
  assert.match(sandbox.url, /^https:/);
  assert.equal((await post('A post')).status, 201);
  assert.notEqual((await post('A post', '')).error, null);
});
