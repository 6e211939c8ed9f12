'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { describeMedia } = require('../index.js');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf } = require('./support/media.js');
const { raw } = require('./support/raw.js');
const { structure } = require('./support/structure.js');

const context = useSandbox();
/** @param {string} path @param {Record<string, string>} [headers] */
const get = (path, headers) => raw(`${context.sandbox.url}/media/${path}`, { headers });

for (const [
  path,
  contentType,
  check,
  expected,
] of /** @type {Array<[string, string, (bytes: Buffer) => object, object]>} */ ([
  ['png', 'image/png', structure.png, { width: 640, height: 480 }],
  ['png?width=30&height=20&bytes=5000', 'image/png', structure.png, { width: 30, height: 20 }],
  ['jpeg', 'image/jpeg', structure.jpeg, { width: 640, height: 480 }],
  ['jpeg?width=33&height=17&bytes=200000', 'image/jpeg', structure.jpeg, { width: 33, height: 17 }],
  ['gif', 'image/gif', structure.gif, { width: 160, height: 120, frames: 8 }],
  ['gif?frames=3&width=20&height=10&bytes=9000', 'image/gif', structure.gif, { width: 20, height: 10, frames: 3 }],
  ['still-gif', 'image/gif', structure.gif, { width: 160, height: 120, frames: 1 }],
  ['webp', 'image/webp', structure.webp, { width: 640, height: 480 }],
  ['webp?width=9&height=8&bytes=3000', 'image/webp', structure.webp, { width: 9, height: 8 }],
  [
    'mp4',
    'video/mp4',
    structure.movie,
    { boxes: ['ftyp', 'moov', 'mdat'], durationMs: 10_000, width: 1280, height: 720 },
  ],
  ['mp4?moov=end&durationMs=1500', 'video/mp4', structure.movie, { boxes: ['ftyp', 'mdat', 'moov'], durationMs: 1500 }],
  ['mov?width=90&height=160&bytes=70000', 'video/quicktime', structure.movie, { width: 90, height: 160 }],
  ['mp4.mp4?bytes=100000', 'video/mp4', structure.movie, {}],
])) {
  test(`/media/${path} is a sound file`, async () => {
    const { status, headers, body } = await get(path);
    const size = new URLSearchParams(path.split('?')[1]).get('bytes') ?? String(body.length);
    assert.equal(status, 200);
    assertMatches(headers, {
      'content-type': contentType,
      'content-length': size,
      'accept-ranges': 'bytes',
      etag: /^".+"$/,
    });
    assert.equal(String(body.length), size);
    assertMatches(check(body), expected);
  });
}

for (const [kind, contentType, head] of [
  ['srt', 'text/srt', '1\n00:00:00,000 --> 00:00:02,000\n'],
  ['vtt', 'text/vtt', 'WEBVTT\n\n00:00.000 --> 00:02.000\n'],
]) {
  test(`/media/${kind} has subtitles`, async () => {
    const { headers, body } = await get(kind);
    assert.equal(headers['content-type'], contentType);
    assert.ok(body.toString().startsWith(head));
  });
}

test('a medium is the same each time, and another with each seed', async () => {
  for (const kind of ['png', 'jpeg', 'gif', 'webp', 'mp4']) {
    const [first, again, other] = [
      await get(`${kind}?seed=2`),
      await get(`${kind}?seed=2`),
      await get(`${kind}?seed=3`),
    ];
    assert.deepEqual(again.body, first.body);
    assert.equal(again.headers.etag, first.headers.etag);
    assert.notDeepEqual(other.body, first.body);
    assert.notEqual(other.headers.etag, first.headers.etag);
  }
});

test('nearly every size above the smallest can be had of an image with comments', async () => {
  const smallest = { jpeg: (await get('jpeg')).body.length, gif: (await get('gif')).body.length };
  for (const more of [5, 255, 256, 257, 258, 259, 260, 261, 516, 65_536, 65_537, 65_538, 65_541, 131_075]) {
    for (const kind of /** @type {const} */ (['jpeg', 'gif'])) {
      const bytes = await bytesOf({ kind, bytes: smallest[kind] + more });
      assert.equal(bytes.length, smallest[kind] + more);
      structure[kind](bytes);
    }
  }
});

test('a video of 16 GB can be read anywhere, and is held by nobody', async () => {
  const size = 16_000_000_000;
  const media = describeMedia({ kind: 'mp4', bytes: size });
  assert.equal(media.size, size);
  /** @param {number} start @param {number} end */
  const read = async (start, end) => {
    const chunks = [];
    for await (const chunk of media.read(start, end)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  assertMatches(structure.movie(await read(0, 4096), size), { boxes: ['ftyp', 'moov', 'mdat'] });
  const tail = await read(size - 1000, size);
  assert.equal(tail.length, 1000);
  assert.deepEqual(await read(size - 500, size - 100), tail.subarray(500, 900));
});

test('what can not be made is refused', async () => {
  for (const path of ['exe', 'png?bytes=10', 'jpeg?bytes=100', 'gif?bytes=100', 'mp4?bytes=100', 'srt?bytes=5']) {
    assertMatches(await get(path), { status: 400 });
  }
  assert.throws(() => describeMedia({ kind: 'png', bytes: 10 }), /can't be made/);
});

for (const [title, range, expected] of /** @type {Array<[string, string, [number, number]]>} */ ([
  ['the beginning', 'bytes=0-99', [0, 99]],
  ['the middle', 'bytes=1000-1999', [1000, 1999]],
  ['the rest', 'bytes=60000-', [60_000, 65_535]],
  ['one byte', 'bytes=65535-65535', [65_535, 65_535]],
  ['more than there is', 'bytes=65000-99999', [65_000, 65_535]],
])) {
  test(`a range is answered: ${title}`, async () => {
    const whole = await bytesOf({ kind: 'mp4' });
    const { status, headers, body } = await get('mp4', { range });
    const [start, end] = expected;
    assert.equal(status, 206);
    assertMatches(headers, {
      'content-range': `bytes ${start}-${end}/65536`,
      'content-length': String(end - start + 1),
    });
    assert.deepEqual(body, whole.subarray(start, end + 1));
  });
}

test('a range after the end can not be had', async () => {
  const { status, headers } = await get('mp4', { range: 'bytes=65536-' });
  assert.deepEqual([status, headers['content-range']], [416, 'bytes */65536']);
});

test('If-Range gives the range of the same medium, and the whole of another', async () => {
  const { headers, body } = await get('mp4');
  const range = 'bytes=65000-';
  assertMatches(await get('mp4', { range, 'if-range': String(headers.etag) }), { status: 206 });
  const changed = await get('mp4', { range, 'if-range': '"another"' });
  assert.deepEqual([changed.status, changed.body], [200, body]);
});
