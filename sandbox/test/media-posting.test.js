'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false, processingMs: 0 });
const upload = uploader(context, context.token);
let seed = 1;

/** Uploads a medium in one request; gives its id. @param {any} kind @param {string} category @param {Record<string, string>} [fields] @returns {Promise<string>} */
async function uploaded(kind, category, fields) {
  seed += 1;
  return (
    await upload.oneShot(await bytesOf({ kind, seed, ...(kind === 'gif' ? { frames: 2 } : {}) }), category, fields)
  ).body.data.id;
}

const invalid = (/** @type {string} */ id) => ({
  status: 400,
  body: {
    title: 'Invalid Request',
    type: /\/invalid-request$/,
    errors: [{ message: 'Your media IDs are invalid.', parameters: { 'media.media_ids': [id] } }],
  },
});
const MIXED = { status: 403, body: { errors: [{ code: 386 }] } };

for (const [kind, category] of [
  ['png', 'tweet_image'],
  ['still-gif', 'tweet_image'],
  ['gif', 'tweet_gif'],
  ['mp4', 'tweet_video'],
  ['mov', 'tweet_video'],
]) {
  test(`a post may have a medium of kind ${kind} as ${category}, and needs no text`, async () => {
    assertMatches(await upload.post([await uploaded(kind, category)]), { status: 201, body: { data: { text: '' } } });
  });
}

for (const [kind, category] of [
  ['gif', 'tweet_image'],
  ['mp4', 'tweet_image'],
  ['vtt', 'tweet_image'],
  ['png', 'tweet_gif'],
  ['png', 'tweet_video'],
  ['png', 'dm_image'],
  ['gif', 'dm_gif'],
  ['mp4', 'dm_video'],
  ['srt', 'subtitles'],
]) {
  test(`a medium of kind ${kind} goes up as ${category}, but not into a post`, async () => {
    const id = await uploaded(kind, category);
    assertMatches(await upload.post([id], `${kind} as ${category}`), invalid(id));
  });
}

test('a medium of another type than was said goes up, but not into a post', async () => {
  const facts = { media_type: 'image/png', media_category: 'tweet_image' };
  const id = await upload.chunked(await bytesOf({ kind: 'jpeg' }), facts);
  assertMatches(await upload.post([id]), invalid(id));
});

test('a medium has to be there, whole, and of the user', async () => {
  const bytes = await bytesOf({ kind: 'png' });
  const { id: unfinished } = (await upload.initialize({ media_type: 'image/png', total_bytes: bytes.length })).body
    .data;
  await upload.append(unfinished, 0, bytes);
  const other = uploader(context, () => context.sandbox.seedUser().oauth2.accessToken);
  const { id: foreign } = (await other.oneShot(bytes, 'tweet_image')).body.data;
  for (const id of ['12', unfinished, foreign]) assertMatches(await upload.post([id], id), invalid(id));
});

test('one bad id among good ones is enough', async () => {
  const good = await uploaded('png', 'tweet_image');
  assertMatches(await upload.post([good, '12']), invalid('12'));
});

test('additional owners may use a medium, and may not change it', async () => {
  const [second, third] = [context.sandbox.seedUser(), context.sandbox.seedUser()];
  const bytes = await bytesOf({ kind: 'jpeg' });
  const ids = [
    await uploaded('png', 'tweet_image', { additional_owners: `${second.id},${third.id}` }),
    await upload.chunked(bytes, { media_type: 'image/jpeg', additional_owners: [second.id, third.id] }),
  ];
  for (const { oauth2 } of [second, third]) {
    const { post } = uploader(context, () => oauth2.accessToken);
    assertMatches(await post(ids), { status: 201 });
    const json = { id: ids[0], metadata: { alt_text: { text: 'Mine' } } };
    assertMatches(await context.call('POST', '/2/media/metadata', { as: oauth2.accessToken, json }), { status: 404 });
  }
});

test('a post may have four photos, in the order that is given', async () => {
  const ids = [];
  for (const kind of ['png', 'jpeg', 'webp', 'still-gif']) ids.unshift(await uploaded(kind, 'tweet_image'));
  assertMatches(await upload.post(ids), { status: 201 });
  const { media } = context.sandbox.ledger.tweets().at(-1);
  assert.deepEqual(
    media.map((/** @type {{ id: string }} */ { id }) => id),
    ids,
  );
});

for (const [title, kinds] of /** @type {Array<[string, Array<[string, string]>]>} */ ([
  [
    'two GIFs',
    [
      ['gif', 'tweet_gif'],
      ['gif', 'tweet_gif'],
    ],
  ],
  [
    'two videos',
    [
      ['mp4', 'tweet_video'],
      ['mp4', 'tweet_video'],
    ],
  ],
  [
    'a GIF and a photo',
    [
      ['gif', 'tweet_gif'],
      ['png', 'tweet_image'],
    ],
  ],
  [
    'a photo and a video',
    [
      ['png', 'tweet_image'],
      ['mp4', 'tweet_video'],
    ],
  ],
])) {
  test(`a post may not have ${title}`, async () => {
    const ids = [];
    for (const [kind, category] of kinds) ids.push(await uploaded(kind, category));
    assertMatches(await upload.post(ids, title), MIXED);
  });
}

test('a medium may be in more than one post, and makes the same text another post', async () => {
  const [first, second] = [await uploaded('png', 'tweet_image'), await uploaded('png', 'tweet_image')];
  assertMatches(await upload.post([first], 'Same'), { status: 201 });
  assertMatches(await upload.post([second], 'Same'), { status: 201 });
  assertMatches(await upload.post([first], 'Same'), { status: 403, body: { detail: /duplicate/ } });
  assertMatches(await upload.post([first], 'Another'), { status: 201 });
});
