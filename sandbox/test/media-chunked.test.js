'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, sha256, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false });
const upload = uploader(context, context.token);
const video = (/** @type {number} */ bytes) => bytesOf({ kind: 'mp4', bytes });
const VIDEO = { media_type: 'video/mp4', media_category: 'tweet_video' };
const DO_NOT_ADD_UP = { status: 400, body: { detail: 'Segments do not add up to provided total file size.' } };

/** Begins the upload of a video; gives its id. @param {number} bytes @returns {Promise<string>} */
const begin = async (bytes) => (await upload.initialize({ ...VIDEO, total_bytes: bytes })).body.data.id;

test('a video goes up in segments', async () => {
  const bytes = await video(2_500_000);
  const from = Math.floor(context.sandbox.clock.now() / 1000);
  const begun = await upload.initialize({ ...VIDEO, total_bytes: bytes.length });
  const { id } = begun.body.data;
  assert.deepEqual(begun.body, { data: { id, media_key: `7_${id}`, expires_after_secs: 86_400 } });
  for (const index of [0, 1, 2]) {
    const { status, body } = await upload.append(id, index, bytes.subarray(index * 1_000_000, (index + 1) * 1_000_000));
    const now = Math.ceil(context.sandbox.clock.now() / 1000);
    assert.deepEqual([status, Object.keys(body), Object.keys(body.data)], [200, ['data'], ['expires_at']]);
    const since = body.data.expires_at - 86_400;
    assert.ok(since >= from && since <= now);
  }
  const { status, body } = await upload.finalize(id);
  assertMatches(
    { status, body },
    {
      status: 200,
      body: { data: { id, media_key: `7_${id}`, size: 2_500_000, video: { video_type: 'video/mp4' } } },
    },
  );
  assertMatches(context.sandbox.ledger.media(id), { sha256: sha256(bytes), bytes: 2_500_000, finalizeCalls: 1 });
});

test('segments may come in any order, all at once, and again', async () => {
  const bytes = await video(700_000);
  const id = await begin(bytes.length);
  const segments = [6, 2, 0, 5, 2, 1, 4, 3];
  const answers = await Promise.all(
    segments.map((index) => upload.append(id, index, bytes.subarray(index * 100_000, (index + 1) * 100_000))),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assertMatches(await upload.finalize(id), { status: 200, body: { data: { size: 700_000 } } });
  const media = context.sandbox.ledger.media(id);
  assertMatches(media, { sha256: sha256(bytes), conflicts: 0 });
  assert.equal(media.segments.get(2).times, 2);
  assert.ok(media.maxInFlight >= 1);
});

test('a segment that is sent again with other bytes replaces the first, and is noted', async () => {
  const bytes = await video(100_000);
  const id = await begin(bytes.length);
  await upload.append(id, 0, Buffer.alloc(100_000));
  await upload.append(id, 0, bytes);
  await upload.finalize(id);
  assertMatches(context.sandbox.ledger.media(id), { sha256: sha256(bytes), conflicts: 1 });
});

test('a segment may be sent in base64', async () => {
  const bytes = await video(100_000);
  const id = await begin(bytes.length);
  const json = { media: bytes.toString('base64'), segment_index: 0 };
  assertMatches(await context.call('POST', `/2/media/upload/${id}/append`, { as: context.token(), json }), {
    status: 200,
  });
  await upload.finalize(id);
  assert.equal(context.sandbox.ledger.media(id).sha256, sha256(bytes));
});

test('the sum of the segments has to be what was said, and can be put right', async () => {
  const bytes = await video(100_000);
  const id = await begin(bytes.length);
  assertMatches(await upload.finalize(id), DO_NOT_ADD_UP);
  await upload.append(id, 0, bytes.subarray(0, 60_000));
  assertMatches(await upload.finalize(id), DO_NOT_ADD_UP);
  await upload.append(id, 1, bytes);
  assertMatches(await upload.finalize(id), DO_NOT_ADD_UP);
  assert.equal(context.sandbox.ledger.media(id).finalized, false);
  await upload.append(id, 1, bytes.subarray(60_000));
  assertMatches(await upload.finalize(id), { status: 200 });
  assert.equal(context.sandbox.ledger.media(id).sha256, sha256(bytes));
});

test('finalizing again changes nothing; what comes after is refused', async () => {
  const bytes = await bytesOf({ kind: 'png' });
  const id = await upload.chunked(bytes, { media_type: 'image/png', media_category: 'tweet_image' });
  assertMatches(await upload.finalize(id), { status: 200, body: { data: { id, size: bytes.length } } });
  assertMatches(await upload.append(id, 1, bytes), { status: 400, body: { detail: /finalized already/ } });
  assertMatches(context.sandbox.ledger.media(id), { finalizeCalls: 2, sha256: sha256(bytes) });
});

for (const [mediaType, prefix] of [
  ['image/png', '3_'],
  ['image/gif', '16_'],
  ['video/quicktime', '7_'],
]) {
  test(`without a category ${mediaType} is for a post`, async () => {
    const { body } = await upload.initialize({ media_type: mediaType, total_bytes: 1000 });
    assert.ok(body.data.media_key.startsWith(prefix));
  });
}

test("the advertisers' category has a key of its own", async () => {
  const { body } = await upload.initialize({ ...VIDEO, media_category: 'amplify_video', total_bytes: 1000 });
  assert.match(body.data.media_key, /^13_/);
});

for (const [title, json, name] of /** @type {Array<[string, object, string]>} */ ([
  ['a negative size', { total_bytes: -1 }, 'total_bytes'],
  ['a size that is a text', { total_bytes: '100' }, 'total_bytes'],
  ['more than 16 GiB', { total_bytes: 17_179_869_185 }, 'total_bytes'],
  ['a video of more than 8 GB', { total_bytes: 8_000_000_001 }, 'total_bytes'],
  ['an image of more than 5 MB', { media_category: 'tweet_image', total_bytes: 5_000_001 }, 'total_bytes'],
  ['a GIF of more than 15 MB', { media_category: 'tweet_gif', total_bytes: 15_000_001 }, 'total_bytes'],
  ['an unknown category', { media_category: 'TweetVideo' }, 'media_category'],
  ['an unknown type', { media_type: 'video/x-msvideo' }, 'media_type'],
  ['owners that are a text', { additional_owners: '1,2' }, 'additional_owners'],
  ['an owner that is a number', { additional_owners: [1] }, 'additional_owners[0]'],
  ['101 owners', { additional_owners: Array(101).fill('1') }, 'additional_owners'],
  ['another member', { command: 'INIT' }, 'command'],
])) {
  test(`initialize refuses ${title}`, async () => {
    const { status, body } = await upload.initialize({ ...VIDEO, total_bytes: 1000, ...json });
    assert.equal(status, 400);
    assert.deepEqual(Object.keys(body.errors[0].parameters), [name]);
  });
}

test('a premium account may upload videos of 16 GB', async () => {
  const premium = context.sandbox.seedUser({ premium: true });
  const { initialize } = uploader(context, () => premium.oauth2.accessToken);
  assertMatches(await initialize({ ...VIDEO, total_bytes: 16_000_000_000 }), { status: 200 });
  assertMatches(await initialize({ ...VIDEO, total_bytes: 16_000_000_001 }), { status: 400 });
  assertMatches(await upload.initialize({ ...VIDEO, total_bytes: 8_000_000_000 }), { status: 200 });
});

test('initialize takes JSON alone', async () => {
  const fields = { ...VIDEO, total_bytes: '1000' };
  for (const call of [{ form: fields }, { parts: fields }, {}]) {
    const answer = await context.call('POST', '/2/media/upload/initialize', { as: context.token(), ...call });
    const detail = 'Requests with bodies must have content-type of application/json.';
    assertMatches(answer, { status: 400, body: { detail } });
  }
});

const FILE = { media: Buffer.from('x') };
for (const [title, call] of /** @type {Array<[string, import('./support/harness.js').Call]>} */ ([
  ['the index 1000', { parts: { ...FILE, segment_index: '1000' } }],
  ['a negative index', { parts: { ...FILE, segment_index: '-1' } }],
  ['half an index', { parts: { ...FILE, segment_index: '1.5' } }],
  ['an empty index', { parts: { ...FILE, segment_index: '' } }],
  ['no index', { parts: FILE }],
  ['no file', { parts: { segment_index: '0' } }],
  ['another part', { parts: { ...FILE, segment_index: '0', media_id: '1' } }],
  ['the index 1000 in JSON', { json: { media: 'eA==', segment_index: 1000 } }],
  ['an index that is a text', { json: { media: 'eA==', segment_index: '0' } }],
  ['no index in JSON', { json: { media: 'eA==' } }],
])) {
  test(`append refuses ${title}`, async () => {
    const answer = await context.call('POST', `/2/media/upload/${await begin(10)}/append`, {
      as: context.token(),
      ...call,
    });
    assertMatches(answer, { status: 400, body: { errors: [{}] } });
  });
}

test('the last index is 999', async () => {
  assertMatches(await upload.append(await begin(10), 999, Buffer.from('x')), { status: 200 });
});

test('the index belongs into the body', async () => {
  const path = `/2/media/upload/${await begin(10)}/append?segment_index=0`;
  assertMatches(await context.call('POST', path, { as: context.token(), parts: FILE }), { status: 400 });
});

test('a segment of more than 5 MB is too large, and nothing of it is kept', async () => {
  const id = await begin(6_000_000);
  assertMatches(await upload.append(id, 0, Buffer.alloc(5_000_001)), { status: 413, body: '' });
  assertMatches(await upload.finalize(id), DO_NOT_ADD_UP);
  assertMatches(await upload.append(id, 0, Buffer.alloc(5_000_000)), { status: 200 });
});

test('the size of a segment can be set', async (t) => {
  const own = await ownSandbox(t, { maxSegmentBytes: 1000 });
  const other = uploader(own, own.token);
  const { id } = (await other.initialize({ ...VIDEO, total_bytes: 5000 })).body.data;
  assertMatches(await other.append(id, 0, Buffer.alloc(1001)), { status: 413, body: '' });
  assertMatches(await other.append(id, 0, Buffer.alloc(1000)), { status: 200 });
});
