'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false, processingMs: 0 });
const upload = uploader(context, context.token);

/** @param {any} kind @param {string} category @returns {Promise<string>} */
const uploaded = async (kind, category) => (await upload.oneShot(await bytesOf({ kind }), category)).body.data.id;
/** @param {unknown} json */
const describe = (json, as = context.token()) => context.call('POST', '/2/media/metadata', { as, json });
const withText = (/** @type {string} */ id, /** @type {unknown} */ text) => ({ id, metadata: { alt_text: { text } } });
/** @param {'POST' | 'DELETE'} method @param {unknown} json */
const subtitles = (method, json, as = context.token()) => context.call(method, '/2/media/subtitles', { as, json });

test('a text is set and replaced', async () => {
  const id = await uploaded('png', 'tweet_image');
  for (const text of ['A lamp', '💡'.repeat(1000)]) {
    const { status, body } = await describe(withText(id, text));
    assert.equal(status, 200);
    assert.deepEqual(body, { data: { id, associated_metadata: { alt_text: { text } } } });
    assert.equal(context.sandbox.ledger.media(id).altText, text);
  }
});

test('other metadata are taken', async () => {
  const id = await uploaded('mp4', 'tweet_video');
  const metadata = {
    allow_download_status: { allow_download: true },
    sensitive_media_warning: { adult_content: false, graphic_violence: false, other: true },
  };
  assertMatches(await describe({ id, metadata }), { status: 200, body: { data: { associated_metadata: metadata } } });
});

for (const [title, metadata, path] of /** @type {Array<[string, unknown, RegExp]>} */ ([
  ['a text of 1001 characters', { alt_text: { text: 'a'.repeat(1001) } }, /^\$\.metadata\.alt_text\.text: must be/],
  ['a text that is a number', { alt_text: { text: 1 } }, /^\$\.metadata\.alt_text\.text: integer found/],
  ['no text', { alt_text: {} }, /^\$\.metadata\.alt_text\.text: is missing/],
  ['a text without its object', { alt_text: 'A lamp' }, /^\$\.metadata\.alt_text: string found/],
  ['another member', { title: 'A lamp' }, /^\$\.metadata\.title: is not defined/],
])) {
  test(`metadata refuse ${title}`, async () => {
    const id = await uploaded('png', 'tweet_image');
    assertMatches(await describe({ id, metadata }), { status: 400, body: { errors: [{ message: path }] } });
    assert.equal(context.sandbox.ledger.media(id).altText, undefined);
  });
}

test('metadata need an id, a finalized medium, and its owner', async () => {
  assertMatches(await describe({ metadata: {} }), { status: 400 });
  assertMatches(await describe(withText('12', 'A lamp')), { status: 404 });
  const id = await uploaded('png', 'tweet_image');
  const other = context.sandbox.seedUser().oauth2.accessToken;
  assertMatches(await describe(withText(id, 'A lamp'), other), { status: 404 });
  const { id: begun } = (await upload.initialize({ media_type: 'image/png', total_bytes: 10 })).body.data;
  assertMatches(await describe(withText(begun, 'A lamp')), { status: 400, body: { detail: /not finalized/ } });
});

/** @param {string} video @param {string} file @param {object} [changes] @param {object} [trackChanges] */
const track = (video, file, changes, trackChanges) => ({
  id: video,
  media_category: 'TweetVideo',
  subtitles: { id: file, language_code: 'EN', display_name: 'English', ...trackChanges },
  ...changes,
});

test('subtitles are added to a video, one of each language, and taken away', async () => {
  const video = await uploaded('mp4', 'tweet_video');
  const [english, better, german] = [
    await uploaded('srt', 'subtitles'),
    await uploaded('vtt', 'subtitles'),
    await uploaded('srt', 'subtitles'),
  ];
  const added = await subtitles('POST', track(video, english));
  assert.deepEqual(added.body, {
    data: {
      id: video,
      media_category: 'TweetVideo',
      associated_subtitles: { id: english, language_code: 'EN', display_name: 'English' },
    },
  });
  await subtitles('POST', track(video, german, {}, { language_code: 'DE', display_name: 'Deutsch' }));
  await subtitles('POST', track(video, better));
  const languages = () =>
    context.sandbox.ledger
      .media(video)
      .subtitles.map((/** @type {any} */ { language, mediaId }) => [language, mediaId]);
  assert.deepEqual(languages(), [
    ['DE', german],
    ['EN', better],
  ]);
  const gone = { id: video, media_category: 'TweetVideo', language_code: 'DE' };
  assertMatches(await subtitles('DELETE', gone), { status: 200, body: { data: { deleted: true } } });
  assert.deepEqual(languages(), [['EN', better]]);
  assertMatches(await subtitles('DELETE', gone), { status: 404 });
});

for (const [title, changes, trackChanges] of /** @type {Array<[string, object, object?]>} */ ([
  ['a language in small letters', {}, { language_code: 'en' }],
  ['a language of three letters', {}, { language_code: 'ENG' }],
  ['no name', {}, { display_name: undefined }],
  ['the name of the category of the upload', { media_category: 'tweet_video' }],
  ['a list of subtitles', { subtitles: [] }],
  ['no subtitles', { subtitles: undefined }],
  ['another member', { language: 'EN' }],
])) {
  test(`subtitles refuse ${title}`, async () => {
    const [video, file] = [await uploaded('mp4', 'tweet_video'), await uploaded('srt', 'subtitles')];
    assertMatches(await subtitles('POST', track(video, file, changes, trackChanges)), { status: 400 });
    assert.deepEqual(context.sandbox.ledger.media(video).subtitles, []);
  });
}

test('subtitles are for videos, and are files of subtitles, of one owner', async () => {
  const [video, file] = [await uploaded('mp4', 'tweet_video'), await uploaded('srt', 'subtitles')];
  const [image, wrong] = [await uploaded('png', 'tweet_image'), await uploaded('png', 'subtitles')];
  assertMatches(await subtitles('POST', track(image, file)), { status: 400 });
  assertMatches(await subtitles('POST', track(video, image)), { status: 400 });
  assertMatches(await subtitles('POST', track(video, wrong)), { status: 400 });
  assertMatches(await subtitles('POST', track(video, '12')), { status: 404 });
  const other = context.sandbox.seedUser().oauth2.accessToken;
  assertMatches(await subtitles('POST', track(video, file), other), { status: 404 });
  assert.deepEqual(context.sandbox.ledger.media(video).subtitles, []);
});
