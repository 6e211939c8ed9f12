'use strict';

const { mkdtemp, open, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { probeMedia, publishTweetWithMedia, uploadMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, nodeStream, webStream } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const urlOf = ({ kind, ...query }) => context.url(`/media/${kind}?${new URLSearchParams(query)}`);

/** The figures are in the message, and nothing was sent to X. */
async function expectTooLarge(call, ...figures) {
  const error = await rejectionOf(call);
  expect(error).toMatchObject({ code: 'MEDIA_TOO_LARGE', type: 'invalid_data', operation: 'uploadMedia' });
  expect(error.retryable).toBe(false);
  for (const figure of figures) expect(error.message).toContain(String(figure));
  expect(callsToX(context.sandbox)).toEqual([]);
  return error;
}

describe('a medium that is too large for its kind is refused with both figures', () => {
  test.each([
    ['a JPEG', { kind: 'jpeg', bytes: 5_000_001 }, 5_000_000],
    ['a PNG', { kind: 'png', bytes: 5_000_001, width: 64, height: 48 }, 5_000_000],
    ['a WebP', { kind: 'webp', bytes: 5_000_001 }, 5_000_000],
    ['an animated GIF', { kind: 'gif', bytes: 15_000_001 }, 15_000_000],
    ['a video', { kind: 'mp4', bytes: 16_000_000_001 }, 16_000_000_000],
    ['a video for its segments', { kind: 'mp4', bytes: 5_000_000_001 }, 5_000_000_000],
    ['a movie', { kind: 'mov', bytes: 5_000_000_001 }, 5_000_000_000],
  ])('%s', async (_name, spec, limit) => {
    await expectTooLarge(uploadMedia(urlOf(spec), token()), spec.bytes, limit);
    const [entry] = context.sandbox.mediaJournal.slice(-1);
    expect(entry.sent).toBeLessThan(20_000_000);
  });

  test.each([
    ['bytes', (bytes) => ({ data: bytes })],
    ['a stream with its size', (bytes) => ({ stream: nodeStream(bytes), size: bytes.length })],
    ['a stream without', (bytes) => ({ stream: webStream(bytes) })],
  ])('out of %s', async (_name, source) => {
    const bytes = await bytesOf({ kind: 'jpeg', bytes: 5_000_001 });
    await expectTooLarge(uploadMedia(source(bytes), token()), 5_000_001, 5_000_000);
  });

  test('out of a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'media-limits-'));
    const path = join(folder, 'long.mp4');
    const file = await open(path, 'w');
    await file.write(await bytesOf({ kind: 'mp4' }));
    // A hole takes no space on the disk.
    await file.truncate(6_000_000_000);
    await file.close();
    await expectTooLarge(uploadMedia({ path }, token()), 6_000_000_000, 5_000_000_000);
    await rm(folder, { recursive: true });
  });

  test.each([
    ['a video in a direct message', { kind: 'mp4', bytes: 1_000_000_001 }, 'dm_video', 1_000_000_000],
    ['a picture in a direct message', { kind: 'jpeg', bytes: 5_000_001 }, 'dm_image', 5_000_000],
    ['a GIF in a direct message', { kind: 'gif', bytes: 15_000_001 }, 'dm_gif', 15_000_000],
  ])('%s', async (_name, spec, category, limit) => {
    await expectTooLarge(uploadMedia(urlOf(spec), token(), { category }), spec.bytes, limit);
  });

  test('subtitles', async () => {
    const data = Buffer.concat([await bytesOf({ kind: 'srt' }), Buffer.alloc(1_000_000, 'a')]);
    await expectTooLarge(uploadMedia({ data }, token()), data.length, 1_000_000);
  });

  test('a medium of a post, which is named', async () => {
    const imageUrls = [urlOf({ kind: 'jpeg' }), urlOf({ kind: 'jpeg', bytes: 5_000_001 })];
    const error = await expectTooLarge(publishTweetWithMedia({ text: 'Too large', imageUrls }, token()), 5_000_001);
    expect(error.mediaIndex).toBe(1);
  });
});

test.each([
  ['a video', { kind: 'mp4', bytes: 2_000_000 }, 1000],
  ['an animated GIF', { kind: 'gif', bytes: 200_000 }, 199],
])('%s that does not fit into a thousand segments of the size asked for', async (_name, spec, segmentBytes) => {
  const client = { upload: { segmentBytes } };
  await expectTooLarge(uploadMedia(urlOf(spec), token(), { client }), spec.bytes, 'segments', segmentBytes);
});

describe('mediaPolicy.maxBytes', () => {
  const client = { mediaPolicy: { maxBytes: 49_999 } };
  const SOURCES = [
    ['a URL', () => urlOf({ kind: 'jpeg', bytes: 50_000 })],
    ['a URL whose server gives no length', () => urlOf({ kind: 'jpeg', bytes: 50_000, chunked: 1 })],
    ['a URL that never ends', () => urlOf({ kind: 'jpeg', endless: 1 })],
    ['bytes', (bytes) => ({ data: bytes })],
    ['a stream with its size', (bytes) => ({ stream: nodeStream(bytes), size: bytes.length })],
    ['a stream without', (bytes) => ({ stream: nodeStream(bytes) })],
  ];

  test.each(SOURCES)('refuses what is larger: %s', async (_name, source) => {
    const bytes = await bytesOf({ kind: 'jpeg', bytes: 50_000 });
    await expectTooLarge(uploadMedia(source(bytes), token(), { client }), 49_999, 'mediaPolicy.maxBytes');
  });

  test('stops reading what never ends', async () => {
    const url = urlOf({ kind: 'png', endless: 1, width: 64, height: 48 });
    await expectTooLarge(uploadMedia(url, token(), { client }), 49_999);
    await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'source', aborted: true }).length > 0);
  });

  test('takes what is as large', async () => {
    const data = await bytesOf({ kind: 'jpeg', bytes: 49_999 });
    await expect(uploadMedia({ data }, token(), { client })).resolves.toMatch(/^\d+$/);
  });

  test('counts for a probe', async () => {
    const error = await rejectionOf(probeMedia(urlOf({ kind: 'jpeg', bytes: 50_000 }), { client }));
    expect(error).toMatchObject({ code: 'MEDIA_TOO_LARGE', operation: 'probeMedia' });
  });
});

describe('a medium without a byte', () => {
  const EMPTY = [
    ['bytes', () => ({ data: Buffer.alloc(0) })],
    ['a stream', () => ({ stream: nodeStream(Buffer.alloc(0)) })],
    ['a stream of size 0', () => ({ stream: webStream(Buffer.alloc(0)), size: 0 })],
  ];

  test.each(EMPTY)('is refused before anything is sent: %s', async (_name, source) => {
    const error = await rejectionOf(uploadMedia(source(), token()));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', retryable: false });
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test.each([[undefined], [{ category: 'tweet_image' }]])('is said to be empty (%j)', async (options) => {
    const error = await rejectionOf(uploadMedia({ data: Buffer.alloc(0) }, token(), options));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA' });
    expect(error.message).toContain('is empty: it has 0 bytes');
  });

  test('is said to be empty by a probe', async () => {
    const { problems } = await probeMedia({ data: Buffer.alloc(0) });
    expect(problems.map(({ code }) => code)).toContain('empty');
  });
});

describe('what breaks another rule of X is refused before anything is sent, with all that it breaks', () => {
  test.each([
    [
      'a picture too small',
      { kind: 'png', width: 3, height: 2 },
      ['width is 3 pixels; X accepts at least 4', 'height is 2'],
    ],
    ['a picture too wide', { kind: 'webp', width: 8193, height: 9000 }, ['width is 8193', 'height is 9000', '8192']],
    ['a video too short', { kind: 'mp4', durationMs: 499 }, ['499 ms', '500']],
    ['a video too long', { kind: 'mp4', durationMs: 7_500_001 }, ['7500001 ms', '7500000']],
    ['a video too long, its movie box at the end', { kind: 'mp4', durationMs: 7_500_001, moov: 'end' }, ['7500001 ms']],
    ['a video too small', { kind: 'mp4', width: 31, height: 31 }, ['31 pixels', '32']],
    ['a video too wide for its height', { kind: 'mov', width: 1000, height: 300 }, ['1000×300', '3:1']],
    ['a GIF too wide', { kind: 'gif', width: 1281, height: 10, frames: 2 }, ['1281', '1280']],
  ])('%s', async (_name, spec, words) => {
    const error = await rejectionOf(uploadMedia({ data: await bytesOf(spec) }, token()));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', type: 'invalid_data' });
    for (const word of words) expect(error.message).toContain(word);
    expect(callsToX(context.sandbox)).not.toContain('finalizeUpload');
    expect(callsToX(context.sandbox)).not.toContain('uploadMedia');
  });
});

test.each([
  ['a picture', '/media/jpeg?endless=1', 5_000_000],
  ['an animation', '/media/gif?frames=3&endless=1', 15_000_000],
])('%s of unknown length is read no further than its kind may be long', async (_name, path, limit) => {
  const { mediaJournal } = context.sandbox;
  const error = await rejectionOf(uploadMedia(context.url(path), token()));
  expect(error).toMatchObject({ code: 'MEDIA_TOO_LARGE' });
  expect(error.message).toContain(String(limit));
  expect(mediaJournal.at(-1).sent).toBeLessThan(3 * limit);
});

test('what is of no use is not read to its end to tell its length', async () => {
  const error = await rejectionOf(uploadMedia(context.url('/media/jpeg?html=1&chunked=1'), token()));
  expect(error).toMatchObject({ code: 'INVALID_MEDIA' });
});
