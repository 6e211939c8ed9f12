'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, sha256, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false, processingMs: 0 });
const PATH = '/1.1/media/upload.json';
const credentials = () => context.user.oauth1Credentials;
/** @param {import('./support/harness.js').Call} call */
const send = (call) => context.call('POST', PATH, { as: credentials(), ...call });
const { post } = uploader(context, credentials);
/** @param {string} id */
const status = (id) => context.call('GET', `${PATH}?command=STATUS&media_id=${id}`, { as: credentials() });

const VIDEO = { media_type: 'video/mp4', media_category: 'tweet_video' };
/** @param {number} bytes @param {object} [changes] @returns {Promise<string>} */
const begin = async (bytes, changes) =>
  (await send({ form: { command: 'INIT', total_bytes: String(bytes), ...VIDEO, ...changes } })).body.media_id_string;
/** @param {string} id @param {number} index @param {Buffer} media */
const append = (id, index, media) =>
  send({ parts: { command: 'APPEND', media_id: id, segment_index: String(index), media } });

for (const [title, part] of /** @type {Array<[string, (bytes: Buffer) => Record<string, string | Buffer>]>} */ ([
  ['as it is', (media) => ({ media })],
  ['in base64', (bytes) => ({ media_data: bytes.toString('base64') })],
])) {
  test(`an image goes up in one request, ${title}`, async () => {
    const bytes = await bytesOf({ kind: 'jpeg', bytes: 1_500_000 });
    const { status: code, body } = await send({ parts: part(bytes) });
    const image = { image_type: 'image/jpeg', w: 640, h: 480 };
    assertMatches([code, body], [200, { size: bytes.length, expires_after_secs: 86_400, image }]);
    assert.equal(context.sandbox.ledger.media(body.media_id_string).sha256, sha256(bytes));
    assertMatches(await post([body.media_id_string]), { status: 201 });
  });
}

test('the id is a number with all its digits, and a text', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const form = { command: 'INIT', total_bytes: '10', ...VIDEO };
  const { signedHeader } = require('./support/sign.js');
  const url = `${context.sandbox.url}${PATH}`;
  const authorization = signedHeader({ method: 'POST', url, form }, credentials());
  const body = new URLSearchParams(form).toString();
  const text = await (await fetch(url, { method: 'POST', body, headers: { ...headers, authorization } })).text();
  const [, number, string] = /^\{"media_id":(\d+),"media_id_string":"(\d+)"/.exec(text) ?? [];
  assert.equal(number, string);
  assert.ok(context.sandbox.ledger.media(string));
});

test('a video goes up in segments', async () => {
  const bytes = await bytesOf({ kind: 'mp4', bytes: 250_000 });
  const begun = await send({ form: { command: 'INIT', total_bytes: '250000', ...VIDEO } });
  assertMatches(begun, { status: 202, body: { media_id_string: /^\d+$/, expires_after_secs: 86_400 } });
  const id = begun.body.media_id_string;
  for (const index of [1, 0]) {
    const segment = bytes.subarray(index * 125_000, (index + 1) * 125_000);
    assertMatches(await append(id, index, segment), { status: 204, body: '' });
  }
  const ended = await send({ form: { command: 'FINALIZE', media_id: id } });
  const processing = { size: 250_000, processing_info: { state: 'succeeded' } };
  assertMatches(ended, { status: 201, body: { media_id_string: id, ...processing } });
  assertMatches(await status(id), { status: 200, body: { media_id_string: id, ...processing } });
  assert.equal(context.sandbox.ledger.media(id).sha256, sha256(bytes));
  assertMatches(await post([id]), { status: 201 });
});

test('additional owners may use the medium', async () => {
  const other = context.sandbox.seedUser();
  const bytes = await bytesOf({ kind: 'png' });
  const facts = { media_type: 'image/png', media_category: 'tweet_image', additional_owners: other.id };
  const id = await begin(bytes.length, facts);
  await append(id, 0, bytes);
  await send({ form: { command: 'FINALIZE', media_id: id } });
  assertMatches(await uploader(context, () => other.oauth1Credentials).post([id]), { status: 201 });
});

for (const [
  title,
  call,
  expected,
] of /** @type {Array<[string, () => Promise<import('./support/harness.js').Call>, object]>} */ ([
  ['no command', async () => ({ form: { media_id: '1' } }), { status: 400, body: { errors: [{ code: 38 }] } }],
  [
    'an unknown command',
    async () => ({ parts: { command: 'BEGIN' } }),
    { status: 400, body: { errors: [{ code: 38 }] } },
  ],
  [
    'an unknown category',
    async () => ({ form: { command: 'INIT', total_bytes: '10', ...VIDEO, media_category: 'TweetFilm' } }),
    { status: 400, body: { errors: [{ code: 324 }] } },
  ],
  ['no size', async () => ({ form: { command: 'INIT', ...VIDEO } }), { status: 400 }],
  ['an unknown id', async () => ({ form: { command: 'FINALIZE', media_id: '12' } }), { status: 404 }],
  [
    'a segment of more than 5 MB',
    async () => ({
      parts: { command: 'APPEND', media_id: await begin(10), segment_index: '0', media: Buffer.alloc(5_000_001) },
    }),
    { status: 413, body: '' },
  ],
  [
    'the index 1000',
    async () => ({
      parts: { command: 'APPEND', media_id: await begin(10), segment_index: '1000', media: Buffer.from('x') },
    }),
    { status: 400 },
  ],
  [
    'a sum that is not what was said',
    async () => ({ form: { command: 'FINALIZE', media_id: await begin(10) } }),
    { status: 400, body: { detail: 'Segments do not add up to provided total file size.' } },
  ],
])) {
  test(`refused: ${title}`, async () => {
    assertMatches(await send(await call()), expected);
  });
}

test('a category may be written in the older way', async () => {
  for (const [written, category] of [
    ['TweetVideo', 'tweet_video'],
    ['AmplifyVideo', 'amplify_video'],
  ]) {
    const form = { command: 'INIT', total_bytes: '10', ...VIDEO, media_category: written };
    const { media_id_string: id } = (await send({ form })).body;
    assert.equal(context.sandbox.ledger.media(id).category, category);
  }
});

test('every command is taken as multipart too', async () => {
  const bytes = await bytesOf({ kind: 'mp4' });
  const init = { command: 'INIT', total_bytes: String(bytes.length), ...VIDEO };
  const begun = await send({ parts: init });
  assertMatches(begun, { status: 202, body: { media_id_string: /^\d+$/ } });
  const { media_id_string: id } = begun.body;
  await send({ parts: { command: 'APPEND', media_id: id, segment_index: '0', media: bytes } });
  assertMatches(await send({ parts: { command: 'FINALIZE', media_id: id } }), {
    status: 201,
    body: { media_id_string: id, size: bytes.length },
  });
});

test('a text is set', async () => {
  const id = (await send({ parts: { media: await bytesOf({ kind: 'png' }) } })).body.media_id_string;
  /** @param {string} text */
  const describe = (text) =>
    context.call('POST', '/1.1/media/metadata/create.json', {
      as: credentials(),
      json: { media_id: id, alt_text: { text } },
    });
  assertMatches(await describe('A lamp'), { status: 200, body: '' });
  assertMatches(await describe('a'.repeat(1001)), { status: 400 });
  assert.equal(context.sandbox.ledger.media(id).altText, 'A lamp');
  assertMatches(await status(id), { status: 400 });
});

test('subtitles are added', async () => {
  /** @param {any} kind @param {string} category @returns {Promise<string>} */
  const uploaded = async (kind, category) =>
    (await send({ parts: { media: await bytesOf({ kind }), media_category: category } })).body.media_id_string;
  const [video, file] = [await uploaded('mp4', 'tweet_video'), await uploaded('srt', 'subtitles')];
  const track = { media_id: file, language_code: 'EN', display_name: 'English' };
  const json = { media_id: video, media_category: 'TweetVideo', subtitle_info: { subtitles: [track] } };
  const answer = await context.call('POST', '/1.1/media/subtitles/create.json', { as: credentials(), json });
  assertMatches(answer, { status: 200, body: '' });
  assertMatches(context.sandbox.ledger.media(video).subtitles, [{ mediaId: file, language: 'EN', name: 'English' }]);
});
