'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, stopClock, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false });
const upload = uploader(context, context.token);
const GIF = { media_type: 'image/gif', media_category: 'tweet_gif' };
const INVALID = { status: 400, body: { errors: [{ message: 'Your media IDs are invalid.' }] } };

/** A sandbox whose clock stands still, with a client. @param {import('node:test').TestContext} t @param {object} [options] */
async function stopped(t, options) {
  const own = await ownSandbox(t, { accessTokenLifeMs: 1e12, ...options });
  stopClock(t, own.sandbox);
  return {
    ...own,
    upload: uploader(own, own.token),
    advance: (/** @type {number} */ ms) => own.sandbox.clock.advance(ms),
  };
}

test('processing goes by the clock: pending, in progress, succeeded', async (t) => {
  const { upload, advance } = await stopped(t, { processingMs: 10_000 });
  const id = await upload.chunked(await bytesOf({ kind: 'gif' }), GIF);
  const info = async () => (await upload.status(id)).body.data.processing_info;
  assert.deepEqual(await info(), { state: 'pending', check_after_secs: 10, progress_percent: 0 });
  assertMatches(await upload.post([id]), INVALID);
  advance(2999);
  assertMatches(await info(), { state: 'pending', progress_percent: 29 });
  advance(1);
  assert.deepEqual(await info(), { state: 'in_progress', check_after_secs: 7, progress_percent: 30 });
  advance(6999);
  assert.deepEqual(await info(), { state: 'in_progress', check_after_secs: 1, progress_percent: 99 });
  assertMatches(await upload.post([id]), INVALID);
  advance(1);
  assert.deepEqual(await info(), { state: 'succeeded', progress_percent: 100 });
  assertMatches(await upload.post([id]), { status: 201 });
});

test('finalize gives the same as the status', async (t) => {
  const { upload, advance } = await stopped(t);
  const id = await upload.chunked(await bytesOf({ kind: 'gif' }), GIF);
  for (const ms of [0, 200, 200]) {
    advance(ms);
    assert.deepEqual((await upload.finalize(id)).body, (await upload.status(id)).body);
  }
});

test('processing may end with an error that the test chooses', async (t) => {
  const processingError = { code: 3, name: 'UnsupportedMedia', message: 'Duration exceeds the limit' };
  const { upload, advance } = await stopped(t, { processingError });
  const id = await upload.chunked(await bytesOf({ kind: 'gif' }), GIF);
  assertMatches((await upload.status(id)).body, { data: { processing_info: { state: 'pending' } } });
  advance(400);
  assert.deepEqual((await upload.status(id)).body.data.processing_info, { state: 'failed', error: processingError });
  assertMatches(await upload.post([id]), INVALID);
});

test('what is no video fails as one', async (t) => {
  const { upload } = await stopped(t, { processingMs: 0 });
  const facts = { media_type: 'video/mp4', media_category: 'tweet_video' };
  const id = await upload.chunked(await bytesOf({ kind: 'png' }), facts);
  assertMatches(await upload.status(id), {
    status: 200,
    body: { data: { processing_info: { state: 'failed', error: { code: 1, name: 'InvalidMedia', message: /./ } } } },
  });
});

test('an image has no status: it is ready', async () => {
  const { id } = (await upload.oneShot(await bytesOf({ kind: 'png' }), 'tweet_image')).body.data;
  assertMatches(await upload.status(id), { status: 400, body: { detail: 'Not found' } });
});

test('the status needs an id, and knows no command but its own', async () => {
  const id = await upload.chunked(await bytesOf({ kind: 'gif' }), GIF);
  const get = (/** @type {string} */ query) => context.call('GET', `/2/media/upload?${query}`, { as: context.token() });
  assertMatches(await get(`media_id=${id}`), { status: 200, body: { data: { id } } });
  for (const query of [`command=FINALIZE&media_id=${id}`, 'command=STATUS', 'media_id=one']) {
    assertMatches(await get(query), { status: 400 });
  }
});

test('a medium lives for a day', async (t) => {
  const { upload, advance, call, token } = await stopped(t, { processingMs: 0 });
  const bytes = await bytesOf({ kind: 'gif' });
  const { id: begun } = (await upload.initialize({ ...GIF, total_bytes: bytes.length })).body.data;
  const id = await upload.chunked(bytes, GIF);
  advance(86_400_000 - 1000);
  assertMatches(await upload.status(id), { status: 200, body: { data: { expires_after_secs: 1 } } });
  assertMatches(await upload.post([id], 'In time'), { status: 201 });
  advance(1000);
  assertMatches(await upload.post([id], 'Too late'), INVALID);
  const json = { id, metadata: { alt_text: { text: 'Late' } } };
  for (const answer of [
    await upload.status(id),
    await upload.append(begun, 0, bytes),
    await upload.finalize(begun),
    await call('POST', '/2/media/metadata', { as: token(), json }),
  ]) {
    assertMatches(answer, { status: 404 });
  }
});

test("someone else's upload can not be touched, and neither one that is unknown", async () => {
  const other = uploader(context, () => context.sandbox.seedUser().oauth2.accessToken);
  const bytes = await bytesOf({ kind: 'gif' });
  const id = await upload.chunked(bytes, GIF);
  for (const [client, media] of /** @type {const} */ ([
    [other, id],
    [upload, '12'],
    [upload, 'twelve'],
  ])) {
    assertMatches(await client.append(media, 0, bytes), { status: 404 });
    assertMatches(await client.finalize(media), { status: 404 });
  }
  assertMatches(await other.status(id), { status: 404 });
  assertMatches(await upload.status('12'), { status: 404 });
});
