'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf } = require('./support/media.js');
const { raw } = require('./support/raw.js');

const context = useSandbox();
let count = 0;
/** A URL that no other test asks for. @param {string} path */
const fresh = (path) => {
  count += 1;
  return `${context.sandbox.url}/media/${path}${path.includes('?') ? '&' : '?'}n=${count}`;
};
/** @param {string} url */
const journal = (url) => context.sandbox.mediaJournal.filter((entry) => url.endsWith(entry.url));

test('cut: the connection breaks after so many bytes, and the rest can be had', async () => {
  const whole = await bytesOf({ kind: 'mp4' });
  const url = fresh('mp4?cut=10000');
  const first = await raw(url);
  assert.deepEqual([first.status, first.error, first.headers['content-length']], [200, 'ECONNRESET', '65536']);
  assert.deepEqual(first.body, whole.subarray(0, 10_000));
  const rest = await raw(url, { headers: { range: 'bytes=10000-', 'if-range': String(first.headers.etag) } });
  assert.deepEqual([rest.status, rest.error], [206, null]);
  assert.deepEqual(Buffer.concat([first.body, rest.body]), whole);
  assertMatches(journal(url), [
    { range: undefined, sent: 10_000, aborted: true },
    { range: 'bytes=10000-', sent: 55_536, aborted: false },
  ]);
});

test('cutTimes: it breaks as often as that', async () => {
  const url = fresh('mp4?cut=100&cutTimes=2');
  const errors = [];
  for (let request = 0; request < 3; request += 1) errors.push((await raw(url)).error);
  assert.deepEqual(errors, ['ECONNRESET', 'ECONNRESET', null]);
});

test('stall: so many bytes come, and then nothing, until the client gives up', async () => {
  const url = fresh('mp4?stall=20000');
  const controller = new AbortController();
  const onChunk = (/** @type {number} */ sum) => sum >= 20_000 && controller.abort();
  const { status, error, body } = await raw(url, { signal: controller.signal, onChunk });
  assert.deepEqual([status, body.length], [200, 20_000]);
  assert.notEqual(error, null);
});

test('drip: a medium comes in small pieces, and whole', async () => {
  const { status, body, chunks, error } = await raw(fresh('vtt?drip=1'));
  assert.deepEqual([status, error, body], [200, null, await bytesOf({ kind: 'vtt' })]);
  assert.equal(chunks.length, 1);
  const image = await raw(fresh('still-gif?width=16&height=16&drip=1'));
  assert.deepEqual([image.error, image.body], [null, await bytesOf({ kind: 'still-gif', width: 16, height: 16 })]);
  assert.ok(image.chunks.length > 3);
});

test('changed: it is another medium from the second request on', async () => {
  for (const kind of ['png', 'mp4']) {
    const url = fresh(`${kind}?changed=1`);
    const [first, second, third] = [await raw(url), await raw(url), await raw(url)];
    assert.notDeepEqual(second.body, first.body);
    assert.deepEqual(third.body, second.body);
    const headers = { range: 'bytes=100-', 'if-range': String(first.headers.etag) };
    assertMatches(await raw(url, { headers }), { status: 200 });
  }
});

test('type: the header lies about what it is', async () => {
  const { headers, body } = await raw(fresh('png?type=video/mp4'));
  assert.equal(headers['content-type'], 'video/mp4');
  assert.deepEqual(body, await bytesOf({ kind: 'png' }));
});

test('length: the header says less or more than there is', async () => {
  const short = await raw(fresh('mp4?length=1000'));
  assert.deepEqual([short.headers['content-length'], short.body.length], ['1000', 1000]);
  const controller = new AbortController();
  const onChunk = (/** @type {number} */ sum) => sum >= 65_536 && controller.abort();
  const long = await raw(fresh('mp4?length=70000'), { signal: controller.signal, onChunk });
  assert.deepEqual([long.headers['content-length'], long.body.length], ['70000', 65_536]);
  assert.notEqual(long.error, null);
});

test('chunked: nobody says how long it is', async () => {
  const { headers, body } = await raw(fresh('mp4?chunked=1'));
  assertMatches(headers, { 'content-length': undefined, 'transfer-encoding': 'chunked' });
  assert.equal(body.length, 65_536);
});

test('endless: it goes on and on', async () => {
  const url = fresh('png?endless=1');
  const controller = new AbortController();
  const onChunk = (/** @type {number} */ sum) => sum >= 3_000_000 && controller.abort();
  const { headers, body } = await raw(url, { signal: controller.signal, onChunk });
  assert.equal(headers['content-length'], undefined);
  assert.ok(body.length >= 3_000_000);
});

test('html and status: an error page, with or without saying so', async () => {
  const page = await raw(fresh('png?html=1'));
  assertMatches(page, { status: 200, headers: { 'content-type': /^text\/html/ } });
  assert.match(page.body.toString(), /^<!DOCTYPE html>/);
  assertMatches(await raw(fresh('png?html=1&type=image/png')), { headers: { 'content-type': /^image\/png/ } });
  assertMatches(await raw(fresh('png?status=503')), { status: 503 });
});

test('redirect and redirects: it is elsewhere, or some steps away', async () => {
  const elsewhere = 'http://169.254.169.254/latest';
  const { status, headers } = await raw(fresh(`png?redirect=${encodeURIComponent(elsewhere)}`));
  assert.deepEqual([status, headers.location], [302, elsewhere]);
  const url = fresh('png?redirects=3&width=20');
  const response = await fetch(url);
  assert.equal(response.redirected, true);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), await bytesOf({ kind: 'png', width: 20 }));
  const n = new URL(url).searchParams.get('n');
  const steps = context.sandbox.mediaJournal.filter(
    (entry) => new URLSearchParams(entry.url.split('?')[1]).get('n') === n,
  );
  assert.equal(steps.length, 4);
});

test('encoding: it claims to be compressed', async () => {
  const { headers, body } = await raw(fresh('png?encoding=gzip'));
  assert.equal(headers['content-encoding'], 'gzip');
  assert.deepEqual(body, await bytesOf({ kind: 'png' }));
});

test('noRange and noValidator: it can not be taken up again, or not safely', async () => {
  const range = 'bytes=100-';
  const whole = await raw(fresh('mp4?noRange=1'), { headers: { range } });
  assertMatches(whole, { status: 200, headers: { 'accept-ranges': undefined, 'content-range': undefined } });
  assert.equal(whole.body.length, 65_536);
  const part = await raw(fresh('mp4?noValidator=1'), { headers: { range } });
  assertMatches(part, { status: 206, headers: { etag: undefined, 'last-modified': undefined } });
});

test('the journal has the headers of each request', async () => {
  const url = fresh('png');
  await raw(url, { headers: { 'user-agent': 'a client', authorization: 'a secret' } });
  assertMatches(journal(url), [{ headers: { 'user-agent': 'a client', authorization: 'a secret' }, aborted: false }]);
});

test('a redirect may lead to another server', async (t) => {
  const server = createServer((_request, response) => response.end('there')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const target = encodeURIComponent(`http://127.0.0.1:${port}/`);
  assert.equal(
    await (await fetch(fresh(`png?redirect=${target}`), { headers: { connection: 'close' } })).text(),
    'there',
  );
});
