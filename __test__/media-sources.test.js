'use strict';

const { createReadStream } = require('node:fs');
const { mkdtemp, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Readable } = require('node:stream');
const { uploadMedia, uploadMediaDetailed } = require('twitter-native');
const { describeMedia } = require('twitter-native-sandbox');
const { useSandbox } = require('./support/harness.js');
const { bytesOf, nodeStream, pieces, sha256, webStream } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;

/** One medium that goes up at once, and one in segments. */
const MEDIA = {
  'a picture': { kind: 'jpeg', bytes: 60_000, seed: 3 },
  'a video': { kind: 'mp4', bytes: 700_001 },
};
const contents = {};
let folder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-sources-'));
  for (const [name, spec] of Object.entries(MEDIA)) {
    contents[name] = await bytesOf(spec);
    await writeFile(join(folder, describeMedia(spec).filename), contents[name]);
  }
});

afterAll(() => rm(folder, { recursive: true }));

const urlOf = ({ kind, ...query }) => context.url(`/media/${kind}?${new URLSearchParams(query)}`);
const pathOf = (spec) => join(folder, describeMedia(spec).filename);

/** Inside of a larger one, as the bytes of a parsed form are. */
function partOfLarger(bytes) {
  const larger = Buffer.alloc(bytes.length + 300, 0xee);
  bytes.copy(larger, 100);
  return larger.subarray(100, 100 + bytes.length);
}

const SOURCES = [
  ['a URL', (_bytes, spec) => urlOf(spec)],
  ['an object with a URL', (_bytes, spec) => ({ url: urlOf(spec) })],
  ['a URL whose server gives no length', (_bytes, spec) => ({ url: `${urlOf(spec)}&chunked=1` })],
  ['a file', (_bytes, spec) => ({ path: pathOf(spec) })],
  ['a Buffer', (bytes) => ({ data: bytes })],
  ['a Uint8Array', (bytes) => ({ data: new Uint8Array(bytes) })],
  ['a part of a larger buffer', (bytes) => ({ data: partOfLarger(bytes) })],
  ['a Node stream', (bytes) => ({ stream: nodeStream(bytes) })],
  ['a Node stream with its size', (bytes) => ({ stream: nodeStream(bytes), size: bytes.length })],
  ['a Node stream in object mode', (bytes) => ({ stream: Readable.from(pieces(bytes, 500)) })],
  ['a stream of a file', (_bytes, spec) => ({ stream: createReadStream(pathOf(spec)) })],
  ['a web stream', (bytes) => ({ stream: webStream(bytes) })],
  ['a web stream with its size', (bytes) => ({ stream: webStream(bytes), size: bytes.length })],
];

describe.each(Object.entries(MEDIA))('%s', (name, spec) => {
  test.each(SOURCES)('out of %s arrives byte for byte', async (_source, sourceOf) => {
    const bytes = contents[name];
    const client = { upload: { segmentBytes: 100_000 } };
    const id = await uploadMedia(sourceOf(bytes, spec), token(), { client });
    expect(context.sandbox.ledger.media(id)).toMatchObject({
      bytes: bytes.length,
      sha256: sha256(bytes),
      conflicts: 0,
      finalizeCalls: 1,
      mismatch: false,
    });
  });
});

test('a stream that memory does not hold arrives byte for byte', async () => {
  const bytes = await bytesOf({ kind: 'mp4', bytes: 3_500_000 });
  const client = { upload: { maxBufferedBytes: 1024 * 1024 } };
  const id = await uploadMedia({ stream: webStream(bytes) }, token(), { client });
  expect(context.sandbox.ledger.media(id)).toMatchObject({ sha256: sha256(bytes), bytes: 3_500_000 });
});

test.each([
  ['a JPEG', { kind: 'jpeg' }, 'image/jpeg', 'tweet_image', '3_'],
  ['a PNG', { kind: 'png' }, 'image/png', 'tweet_image', '3_'],
  ['a WebP', { kind: 'webp' }, 'image/webp', 'tweet_image', '3_'],
  ['a GIF of one frame', { kind: 'still-gif' }, 'image/gif', 'tweet_image', '3_'],
  ['an animated GIF', { kind: 'gif' }, 'image/gif', 'tweet_gif', '16_'],
  ['an MP4', { kind: 'mp4', moov: 'start' }, 'video/mp4', 'tweet_video', '7_'],
  ['an MP4 with its movie box at the end', { kind: 'mp4', moov: 'end' }, 'video/mp4', 'tweet_video', '7_'],
  ['a QuickTime movie', { kind: 'mov' }, 'video/quicktime', 'tweet_video', '7_'],
  ['SRT subtitles', { kind: 'srt' }, 'text/srt', 'subtitles', '3_'],
  ['WebVTT subtitles', { kind: 'vtt' }, 'text/vtt', 'subtitles', '3_'],
])('%s is known by its bytes, and X gets it as what it is', async (_name, spec, contentType, category, prefix) => {
  const bytes = await bytesOf(spec);
  const before = Date.now();
  const uploaded = await uploadMediaDetailed({ data: bytes }, token());
  const after = Date.now();
  const slow = ['tweet_gif', 'tweet_video'].includes(category);
  expect(uploaded).toEqual({
    mediaId: expect.stringMatching(/^\d{1,19}$/),
    mediaKey: `${prefix}${uploaded.mediaId}`,
    source: 'buffer',
    category,
    contentType,
    bytes: bytes.length,
    expiresAt: expect.any(Number),
    ...(slow ? { processing: 'succeeded' } : {}),
  });
  // X gives whole seconds.
  const day = 24 * 3600 * 1000;
  expect(uploaded.expiresAt).toBeGreaterThanOrEqual(before + day - 1000);
  expect(uploaded.expiresAt).toBeLessThanOrEqual(after + day + 1000);
  const kept = context.sandbox.ledger.media(uploaded.mediaId);
  expect(kept).toMatchObject({ category, sha256: sha256(bytes), mismatch: false });
  expect([null, undefined, contentType]).toContain(kept.mediaType);
});

test.each([
  ['a URL without its query', () => context.url('/media/jpeg?signature=abc'), () => context.url('/media/jpeg')],
  ['the name of a file without its folder', () => ({ path: pathOf(MEDIA['a picture']) }), () => 'media.jpeg'],
  ['the name given with bytes', () => ({ data: contents['a picture'], filename: 'lamp.jpg' }), () => 'lamp.jpg'],
  [
    'the name given with a stream',
    () => ({ stream: nodeStream(contents['a picture']), filename: 'lamp.jpg' }),
    () => 'lamp.jpg',
  ],
  ['a word for a stream without a name', () => ({ stream: nodeStream(contents['a picture']) }), () => 'stream'],
])('the result names its source: %s', async (_name, sourceOf, shown) => {
  await expect(uploadMediaDetailed(sourceOf(), token())).resolves.toMatchObject({ source: shown() });
});

test.each([
  ['oauth2', 'an OAuth 2.0 token', () => token()],
  ['oauth1', 'OAuth 1.0a credentials', () => context.user.oauth1Credentials],
])('%s: with %s all calls of an upload are made', async (auth, _name, credentials) => {
  for (const name of Object.keys(MEDIA)) {
    const id = await uploadMedia({ data: contents[name] }, credentials());
    expect(context.sandbox.ledger.media(id)).toMatchObject({ owner: context.user.id });
  }
  const calls = context.sandbox.ledger.requests();
  expect(new Set(calls.map((call) => call.endpoint))).toEqual(
    new Set(['uploadMedia', 'initializeUpload', 'appendUpload', 'finalizeUpload']),
  );
  expect(calls.map((call) => [call.auth, call.userId])).toEqual(calls.map(() => [auth, context.user.id]));
});

test('bytes that are uploaded twice at once stay what they are', async () => {
  const data = contents['a video'];
  const ids = await Promise.all([uploadMedia({ data }, token()), uploadMedia({ data }, token())]);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(context.sandbox.ledger.media(id).sha256).toBe(sha256(data));
});
