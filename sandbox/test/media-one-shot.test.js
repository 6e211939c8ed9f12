'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, sha256, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false });
const upload = uploader(context, context.token);
/** @param {import('./support/harness.js').Call} call */
const send = (call) => context.call('POST', '/2/media/upload', { as: context.token(), ...call });
const png = () => bytesOf({ kind: 'png', width: 30, height: 20 });

for (const [title, call] of /** @type {Array<[string, (bytes: Buffer) => import('./support/harness.js').Call]>} */ ([
  ['as a part', (media) => ({ parts: { media, media_category: 'tweet_image' } })],
  ['in base64', (bytes) => ({ json: { media: bytes.toString('base64'), media_category: 'tweet_image' } })],
])) {
  test(`an image that is sent ${title} is ready at once`, async () => {
    const bytes = await png();
    const { status, body } = await send(call(bytes));
    assert.equal(status, 200);
    const { id } = body.data;
    assert.deepEqual(body.data, {
      id,
      media_key: `3_${id}`,
      size: bytes.length,
      expires_after_secs: 86_400,
      image: { image_type: 'image/png', w: 30, h: 20 },
    });
    assertMatches(context.sandbox.ledger.media(id), { sha256: sha256(bytes), finalized: true, owner: context.user.id });
    assertMatches(await upload.post([id]), { status: 201 });
  });
}

for (const [kind, category, expected] of /** @type {Array<[any, string, object]>} */ ([
  ['jpeg', 'tweet_image', { media_key: /^3_/, image: { image_type: 'image/jpeg', w: 640, h: 480 } }],
  ['webp', 'dm_image', { media_key: /^3_/, image: { image_type: 'image/webp', w: 640, h: 480 } }],
  [
    'gif',
    'tweet_gif',
    { media_key: /^16_/, image: { image_type: 'image/gif' }, processing_info: { state: 'pending' } },
  ],
  ['gif', 'dm_gif', { media_key: /^16_/, processing_info: { state: 'pending' } }],
  [
    'mp4',
    'tweet_video',
    { media_key: /^7_/, video: { video_type: 'video/mp4' }, processing_info: { state: 'pending' } },
  ],
  ['mov', 'dm_video', { video: { video_type: 'video/quicktime' }, image: undefined }],
  ['srt', 'subtitles', { image: undefined, video: undefined, processing_info: undefined }],
  ['vtt', 'subtitles', { processing_info: undefined }],
])) {
  test(`a medium of kind ${kind} goes up as ${category}`, async () => {
    assertMatches(await upload.oneShot(await bytesOf({ kind }), category), { status: 200, body: { data: expected } });
  });
}

test('a GIF of 15 MB goes up either way', async () => {
  const bytes = await bytesOf({ kind: 'gif', bytes: 15_000_000 });
  assertMatches(await upload.oneShot(bytes, 'tweet_gif'), { status: 200, body: { data: { size: 15_000_000 } } });
  const json = { media: bytes.toString('base64'), media_category: 'tweet_gif' };
  assertMatches(await send({ json }), { status: 200, body: { data: { size: 15_000_000 } } });
});

for (const [kind, category, most] of /** @type {Array<[any, string, number]>} */ ([
  ['jpeg', 'tweet_image', 5_000_000],
  ['gif', 'tweet_gif', 15_000_000],
])) {
  test(`more than ${most} bytes are too many for ${category}`, async () => {
    assertMatches(await upload.oneShot(await bytesOf({ kind, bytes: most + 1 }), category), { status: 413, body: '' });
    assertMatches(await upload.oneShot(await bytesOf({ kind, bytes: most }), category), { status: 200 });
  });
}

test('a JSON body that no medium needs is too large', async () => {
  assertMatches(await send({ json: { media: 'A'.repeat(26_000_000) } }), { status: 413, body: '' });
});

const MEDIA = { media: Buffer.from('x') };
const IMAGE = { media_category: 'tweet_image' };
for (const [title, call, message] of /** @type {Array<[string, import('./support/harness.js').Call, RegExp]>} */ ([
  ['no file', { parts: IMAGE }, /^\$\.media: is missing/],
  ['an empty file', { parts: { media: Buffer.alloc(0), ...IMAGE } }, /^\$\.media: is missing/],
  ['a file of another name', { parts: { file: Buffer.from('x'), ...IMAGE } }, /^\$\.media: is missing/],
  ['no category', { parts: MEDIA }, /^\$\.media_category: undefined found/],
  ['the category for advertisers', { parts: { ...MEDIA, media_category: 'amplify_video' } }, /enumeration/],
  ['a media type', { parts: { ...MEDIA, ...IMAGE, media_type: 'image/png' } }, /^\$\.media_type: is not defined/],
  ['a media type in JSON', { json: { media: 'eA==', ...IMAGE, media_type: 'image/png' } }, /^\$\.media_type: is not/],
  ['owners as a list', { json: { media: 'eA==', ...IMAGE, additional_owners: ['1'] } }, /array found, string expected/],
  ['what is not base64', { json: { media: 'é', ...IMAGE } }, /base64/],
  ['a file of no known kind', { parts: { media: Buffer.from('Hello, world'), ...IMAGE } }, /not supported/],
])) {
  test(`refused: ${title}`, async () => {
    assertMatches(await send(call), {
      status: 400,
      body: { type: /\/invalid-request$/, errors: [{ message }] },
    });
  });
}

for (const [title, call, detail] of /** @type {Array<[string, import('./support/harness.js').Call, RegExp]>} */ ([
  ['a form', { form: IMAGE }, /application\/json or multipart\/form-data/],
  ['no body', {}, /application\/json or multipart\/form-data/],
  ['bytes', { body: 'x', headers: { 'content-type': 'image/png' } }, /application\/json or multipart\/form-data/],
  ['parts without a boundary', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }, /malformed/],
  [
    'parts that break off',
    { body: '--b\r\n', headers: { 'content-type': 'multipart/form-data; boundary=b' } },
    /malformed/,
  ],
])) {
  test(`refused: ${title}`, async () => {
    assertMatches(await send(call), { status: 400, body: { detail } });
  });
}

test('commands in the query are gone', async () => {
  const call = { as: context.token(), form: { command: 'INIT' } };
  assertMatches(await context.call('POST', '/2/media/upload', call), { status: 400 });
  const parts = { ...MEDIA, ...IMAGE };
  assertMatches(await context.call('POST', '/2/media/upload?command=INIT', { as: context.token(), parts }), {
    status: 400,
  });
});
