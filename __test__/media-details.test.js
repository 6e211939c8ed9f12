'use strict';

const { mkdtemp, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { publishTweetWithMedia, uploadMedia, uploadMediaDetailed, validateTweet } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, nodeStream, quickly, sha256 } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const kept = (id) => context.sandbox.ledger.media(id);

let picture;
let srt;
let vtt;
beforeAll(async () => {
  picture = await bytesOf({ kind: 'jpeg', bytes: 20_000 });
  srt = await bytesOf({ kind: 'srt' });
  vtt = await bytesOf({ kind: 'vtt' });
});

const PICTURE = () => ({ data: picture });
const VIDEO = () => context.url('/media/mp4');
const EMOJI = '\u{1f600}';

describe('a description', () => {
  test.each([
    ['a picture', PICTURE, 'uploadMedia'],
    ['an animated GIF', () => context.url('/media/gif'), 'finalizeUpload'],
    ['a video', VIDEO, 'finalizeUpload'],
  ])('of %s is attached once X has it', async (_name, source, before) => {
    const altText = 'Eine Lampe, „an“ & <hell>\n灯 \u{1f4a1}';
    const id = await uploadMedia(source(), token(), { altText });
    expect(kept(id).altText).toBe(altText);
    expect(callsToX(context.sandbox).slice(-2)).toEqual([before, 'mediaMetadata']);
  });

  test('is there before the post is sent, for each medium its own', async () => {
    const media = ['one', undefined, 'three'].map((altText) => ({ data: picture, altText }));
    const { mediaIds } = await publishTweetWithMedia({ text: 'Described', media }, token());
    expect(mediaIds.map((id) => kept(id).altText)).toEqual(['one', undefined, 'three']);
    const calls = callsToX(context.sandbox);
    expect(calls.filter((endpoint) => endpoint === 'mediaMetadata')).toHaveLength(2);
    expect(calls.at(-1)).toBe('createTweet');
  });

  test.each([
    ['letters', 'x'.repeat(1000)],
    ['emoji', EMOJI.repeat(1000)],
  ])('may have 1000 characters: %s', async (_name, altText) => {
    const id = await uploadMedia(PICTURE(), token(), { altText });
    expect(kept(id).altText).toBe(altText);
    const { mediaIds } = await publishTweetWithMedia({ media: [{ data: picture, altText }] }, token());
    expect(kept(mediaIds[0]).altText).toBe(altText);
  });

  test.each([
    ['letters', 'x'.repeat(1001)],
    ['emoji', EMOJI.repeat(1001)],
  ])('of 1001 is refused before anything of the post is sent: %s', async (_name, altText) => {
    const content = { text: 'Too much', media: [{ data: picture }, { data: picture, altText }] };
    const error = await rejectionOf(publishTweetWithMedia(content, token()));
    expect(error).toMatchObject({ code: 'INVALID_TWEET', field: 'content.media[1].altText' });
    for (const figure of ['1000', '1001']) expect(error.message).toContain(figure);
    expect(callsToX(context.sandbox)).toEqual([]);
    const [problem] = validateTweet(content).problems;
    expect(problem).toMatchObject({ code: 'alt_text_too_long', limit: 1000, actual: 1001 });
  });

  // The bytes go up, and X's refusal says neither the limit nor which argument it is about.
  test('of 1001 characters is refused before the medium is sent', async () => {
    const error = await rejectionOf(uploadMedia(PICTURE(), token(), { altText: 'x'.repeat(1001) }));
    expect(callsToX(context.sandbox)).toEqual([]);
    expect(error.message).toContain('1000');
  });

  test('without a letter is none', async () => {
    const id = await uploadMedia(PICTURE(), token(), { altText: '' });
    expect(kept(id).altText).toBeUndefined();
    expect(callsToX(context.sandbox)).toEqual(['uploadMedia']);
  });

  test('is attached again when the answer was lost', async () => {
    context.sandbox.faults.add({ endpoint: 'mediaMetadata', fault: { kind: 'commitThenReset' }, times: 1 });
    const id = await uploadMedia(PICTURE(), token(), { altText: 'a lamp', client: quickly });
    expect(kept(id).altText).toBe('a lamp');
    expect(callsToX(context.sandbox)).toEqual(['uploadMedia', 'mediaMetadata', 'mediaMetadata']);
  });

  test('that X refuses keeps the post from being sent', async () => {
    const refusal = { kind: 'status', status: 403, body: { title: 'Forbidden', detail: 'not yours' } };
    context.sandbox.faults.add({ endpoint: 'mediaMetadata', fault: refusal });
    const content = { text: 'Refused', media: [{ data: picture }, { data: picture, altText: 'a lamp' }] };
    const error = await rejectionOf(publishTweetWithMedia(content, token()));
    expect(error).toMatchObject({ code: 'FORBIDDEN', mediaIndex: 1, operation: 'uploadMedia', detail: 'not yours' });
    expect(callsToX(context.sandbox)).not.toContain('createTweet');
  });
});

describe('subtitles of a video', () => {
  let folder;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-details-'));
    await writeFile(join(folder, 'lamp.srt'), srt);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const publish = (subtitles, source = { url: VIDEO() }) =>
    publishTweetWithMedia({ text: 'Subtitled', media: [{ ...source, subtitles }] }, token());

  test('of every kind and source are tied to it, in order', async () => {
    const { mediaIds, media } = await publish([
      { data: srt, languageCode: 'EN', displayName: 'English' },
      { data: vtt, languageCode: 'DE', displayName: 'Deutsch' },
      { url: context.url('/media/vtt'), languageCode: 'FR', displayName: 'Français' },
      { path: join(folder, 'lamp.srt'), languageCode: 'ZH', displayName: '中文' },
      { stream: nodeStream(srt), languageCode: 'ES', displayName: 'Español' },
    ]);
    expect(mediaIds).toHaveLength(1);
    expect(media).toHaveLength(1);
    const { subtitles } = kept(mediaIds[0]);
    expect(subtitles.map(({ language, name }) => [language, name])).toEqual([
      ['EN', 'English'],
      ['DE', 'Deutsch'],
      ['FR', 'Français'],
      ['ZH', '中文'],
      ['ES', 'Español'],
    ]);
    const tracks = subtitles.map(({ mediaId }) => kept(mediaId));
    expect(tracks.map(({ category, mediaType, sha256: hash }) => [category, mediaType, hash])).toEqual(
      [srt, vtt, vtt, srt, srt].map((bytes) => ['subtitles', bytes === srt ? 'text/srt' : 'text/vtt', sha256(bytes)]),
    );
    expect(callsToX(context.sandbox).slice(-2)).toEqual(['mediaSubtitles', 'createTweet']);
  });

  test("go with an advertiser's video too", async () => {
    const track = { data: srt, languageCode: 'EN', displayName: 'English' };
    const { mediaIds } = await publish([track], { url: VIDEO(), category: 'amplify_video' });
    expect(kept(mediaIds[0])).toMatchObject({ category: 'amplify_video', subtitles: [{ language: 'EN' }] });
  });

  test.each(['en', 'E', 'ENG', 'E1', 'ÉN', ''])(
    'in the language %j are refused before anything is sent',
    async (code) => {
      const error = await rejectionOf(publish([{ data: srt, languageCode: code, displayName: 'English' }]));
      expect(error).toMatchObject({ type: 'invalid_data', field: 'content.media[0].subtitles[0].languageCode' });
      expect(context.sandbox.ledger.requests()).toEqual([]);
    },
  );

  test.each([
    [
      'two in one language',
      [
        ['EN', 'English'],
        ['EN', 'American'],
      ],
      'subtitles[1].languageCode',
    ],
    ['without a name', [['EN', '']], 'subtitles[0].displayName'],
  ])('%s are refused before anything is sent', async (_name, tracks, field) => {
    const subtitles = tracks.map(([languageCode, displayName]) => ({ data: srt, languageCode, displayName }));
    const error = await rejectionOf(publish(subtitles));
    expect(error).toMatchObject({ code: 'INVALID_TWEET', field: `content.media[0].${field}` });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test('that are no subtitles are refused, and nothing is posted', async () => {
    for (const data of [picture, Buffer.from('Hello, reader'), Buffer.alloc(0)]) {
      const error = await rejectionOf(publish([{ data, languageCode: 'EN', displayName: 'English' }]));
      expect(error).toMatchObject({ code: 'INVALID_MEDIA', mediaIndex: 0, operation: 'uploadMedia' });
    }
    expect(callsToX(context.sandbox)).not.toContain('createTweet');
  });

  const TRACK = () => ({ data: srt, languageCode: 'EN', displayName: 'English' });

  test('of a picture are refused before anything is sent', async () => {
    const error = await rejectionOf(publish([TRACK()], { data: picture, category: 'tweet_image' }));
    expect(error).toMatchObject({ code: 'INVALID_TWEET', field: 'content.media[0].subtitles' });
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('of what its bytes tell to be a picture keep the post from being sent', async () => {
    await expect(rejectionOf(publish([TRACK()], PICTURE()))).resolves.toMatchObject({ type: 'invalid_data' });
    expect(callsToX(context.sandbox)).not.toContain('createTweet');
  });

  // Once the kinds are known the rules are checked without the subtitles, so picture and subtitles go up first.
  test('of what its bytes tell to be a picture are refused before anything is sent', async () => {
    const error = await rejectionOf(publish([TRACK()], PICTURE()));
    expect(callsToX(context.sandbox)).toEqual([]);
    expect(error).toMatchObject({ code: 'INVALID_TWEET', field: 'content.media[0].subtitles' });
  });

  // They are uploaded, and X refuses the post.
  test('are no medium of a post by themselves', async () => {
    const error = await rejectionOf(publishTweetWithMedia({ text: 'Only words', media: [{ data: srt }] }, token()));
    expect(callsToX(context.sandbox)).toEqual([]);
    expect(error.type).toBe('invalid_data');
  });
});

describe('the category that a caller gives', () => {
  test.each([
    ['dm_image', PICTURE],
    ['tweet_gif', () => context.url('/media/still-gif')],
    ['dm_gif', () => context.url('/media/gif')],
    ['amplify_video', VIDEO],
    ['dm_video', () => context.url('/media/mov')],
    ['tweet_image', () => context.url('/media/still-gif')],
  ])('%s reaches X', async (category, source) => {
    const uploaded = await uploadMediaDetailed(source(), token(), { category });
    expect(uploaded.category).toBe(category);
    expect(kept(uploaded.mediaId)).toMatchObject({ category, mismatch: false });
  });

  test("reaches X with a post's medium", async () => {
    const { media } = await publishTweetWithMedia({ media: [{ url: VIDEO(), category: 'amplify_video' }] }, token());
    expect(media[0].category).toBe('amplify_video');
    expect(kept(media[0].mediaId).category).toBe('amplify_video');
  });

  test.each([
    ['tweet_video', PICTURE, 'image/jpeg'],
    ['tweet_gif', PICTURE, 'image/jpeg'],
    ['tweet_image', VIDEO, 'video/mp4'],
    ['tweet_image', () => context.url('/media/gif'), 'animated image/gif'],
    ['subtitles', PICTURE, 'image/jpeg'],
    ['tweet_video', () => ({ data: srt }), 'text/srt'],
  ])('%s that its bytes do not fit is refused before they are sent', async (category, source, is) => {
    const error = await rejectionOf(uploadMedia(source(), token(), { category }));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', type: 'invalid_data' });
    expect(error.message).toContain(`${is}, which X does not accept as ${category}`);
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('that X does not have is refused', async () => {
    const error = await rejectionOf(uploadMedia(PICTURE(), token(), { category: 'tweet_song' }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options.category' });
  });

  test.each([
    ['imageUrls', (url) => ({ imageUrls: [url] }), '/media/mp4', 'image'],
    ['videoUrl', (url) => ({ videoUrl: url }), '/media/jpeg', 'video'],
    ['gifUrl', (url) => ({ gifUrl: url }), '/media/mp4', 'gif'],
  ])('goes by the field, too: %s', async (_field, contentOf, path, expected) => {
    const error = await rejectionOf(publishTweetWithMedia({ text: 'x', ...contentOf(context.url(path)) }, token()));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', mediaIndex: 0 });
    expect(error.message).toContain(`was given as ${expected}`);
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});

test.each([
  ['can not be read', { url: () => context.url('/media/srt?status=404') }, 'MEDIA_SOURCE'],
  ['are none', { data: Buffer.from('<!doctype html><html></html>') }, 'INVALID_MEDIA'],
  [
    'are too large',
    { data: Buffer.from(`1\n00:00:00,000 --> 00:00:01,000\n${'x'.repeat(1_000_001)}\n`) },
    'MEDIA_TOO_LARGE',
  ],
])('subtitles that %s are refused before their video goes up', async (name, { url, data }, code) => {
  const track = { ...(url ? { url: url() } : { data }), languageCode: 'EN', displayName: 'English' };
  const media = [{ url: context.url('/media/mp4?bytes=500000'), subtitles: [track] }];
  for (const dryRun of [true, false]) {
    const error = await rejectionOf(
      publishTweetWithMedia({ text: `Subtitles ${name}`, media }, token(), null, { dryRun }),
    );
    expect(error).toMatchObject({ code, mediaIndex: 0 });
    expect(callsToX(context.sandbox)).toEqual([]);
  }
});
