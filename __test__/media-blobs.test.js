'use strict';

const buffers = require('node:buffer');
const { openAsBlob } = require('node:fs');
const { appendFile, mkdtemp, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const vm = require('node:vm');
const { probeMedia, publishTweetWithMedia, uploadMediaDetailed, validateTweet } = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, sha256 } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const client = { upload: { segmentBytes: 400_000, concurrency: 2 } };
const upload = (source, options) => uploadMediaDetailed(source, token(), { client, ...options });

let video;
let picture;
let folder;
beforeAll(async () => {
  video = await bytesOf({ kind: 'mp4', bytes: 2_500_000 });
  picture = await bytesOf({ kind: 'jpeg', bytes: 60_000 });
  folder = await mkdtemp(join(tmpdir(), 'media-blobs-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A Blob of another package or realm: whatever acts like one. It notes the slices that it was asked for. */
class OtherBlob {
  asked = [];

  constructor(bytes, size = bytes.length) {
    this.bytes = bytes;
    this.size = size;
  }

  slice(start, end) {
    this.asked.push([start, end]);
    return new OtherBlob(this.bytes.subarray(start, end));
  }

  async arrayBuffer() {
    return new Uint8Array(this.bytes).buffer;
  }
}

const BLOBS = [
  ["node:buffer's Blob", (bytes) => new buffers.Blob([bytes])],
  ['the global Blob', (bytes) => new Blob([bytes])],
  ['a Blob of several parts', (bytes) => new Blob([bytes.subarray(0, 1000), bytes.subarray(1000)])],
  ['a part of a Blob', (bytes) => new Blob([picture, bytes]).slice(picture.length)],
  ["node:buffer's File", (bytes) => new buffers.File([bytes], '')],
  ['the global File', (bytes) => new File([bytes], '')],
  ['a Blob of another package', (bytes) => new OtherBlob(bytes)],
  [
    'a Blob whose bytes are of another realm',
    (bytes) => {
      const Foreign = vm.runInNewContext('ArrayBuffer');
      const blob = new OtherBlob(bytes);
      blob.slice = (start, end) => ({
        arrayBuffer: async () => {
          const foreign = new Foreign(end - start);
          new Uint8Array(foreign).set(bytes.subarray(start, end));
          return foreign;
        },
      });
      return blob;
    },
  ],
];

describe.each([
  ['a picture', () => picture],
  ['a video', () => video],
])('%s', (_name, bytes) => {
  test.each(BLOBS)('out of %s arrives byte for byte', async (_kind, blobOf) => {
    for (const source of [{ data: blobOf(bytes()) }, { stream: blobOf(bytes()) }]) {
      const uploaded = await upload(source);
      expect(uploaded).toMatchObject({ source: 'blob', bytes: bytes().length });
      expect(context.sandbox.ledger.media(uploaded.mediaId)).toMatchObject({ sha256: sha256(bytes()), conflicts: 0 });
    }
  });
});

test('a Blob is asked for each slice once, and for no more than 256 KiB', async () => {
  const blob = new OtherBlob(video);
  await upload({ data: blob });
  expect(Math.max(...blob.asked.map(([start, end]) => end - start))).toBeLessThanOrEqual(256 * 1024);
  const starts = blob.asked.map(([start]) => start);
  expect(starts).toEqual([0, ...blob.asked.map(([, end]) => end)].slice(0, starts.length));
  expect(blob.asked.at(-1)[1]).toBe(video.length);
});

test('a Blob that is only looked at is asked for what that needs', async () => {
  const blob = new OtherBlob(await bytesOf({ kind: 'mp4', bytes: 20_000_000, moov: 'end', durationMs: 5000 }));
  expect(await probeMedia({ data: blob })).toMatchObject({
    contentType: 'video/mp4',
    durationMs: 5000,
    bytes: 20_000_000,
  });
  expect(blob.asked.length).toBeLessThan(10);
  expect(validateTweet({ media: [{ data: new Blob([picture]) }] })).toMatchObject({ valid: true });
});

describe('a name', () => {
  test.each([
    ["a File's", () => ({ data: new File([picture], 'lamp.jpg') }), 'lamp.jpg'],
    ["a File's, as a stream", () => ({ stream: new File([picture], 'lamp.jpg') }), 'lamp.jpg'],
    ['the one that is given beside a File', () => ({ data: new File([picture], 'a.jpg'), filename: 'b.jpg' }), 'b.jpg'],
    ['none', () => ({ data: new Blob([picture]) }), 'blob'],
  ])('is %s', async (_name, sourceOf, source) => {
    expect(await upload(sourceOf())).toMatchObject({ source });
  });

  test('is a claim, which is held against the bytes', async () => {
    const error = await rejectionOf(upload({ data: new File([picture], 'lamp.gif') }));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA' });
    expect(error.message).toContain('lamp.gif says the extension .gif, but its bytes are image/jpeg');
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});

describe('a Blob that can not be read', () => {
  test('a file that was written to meanwhile', async () => {
    const path = join(folder, 'written.mp4');
    await writeFile(path, video);
    const data = await openAsBlob(path);
    await appendFile(path, 'more');
    const error = await rejectionOf(upload({ data, filename: 'written.mp4' }));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE' });
    expect(error.message).toBe('Media upload failed: written.mp4 could not be read');
    expect(error.cause.message).toMatch(/could not be read/i);
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test.each([
    ['one that fails', { arrayBuffer: () => Promise.reject(new Error('the disk is gone')) }, 'the disk is gone'],
    ['one that gives no bytes', { arrayBuffer: async () => 'bytes' }, 'its arrayBuffer() did not give an ArrayBuffer'],
  ])('%s', async (_name, slice, cause) => {
    const data = Object.assign(new OtherBlob(video), { slice: () => slice });
    const error = await rejectionOf(publishTweetWithMedia({ text: 'No blob', media: [{ data }] }, token()));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 0 });
    expect([error.message, error.cause.message]).toEqual(['Media upload failed: blob could not be read', cause]);
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test.each([
    ['less than it says', 1, 'gave 60000 bytes at offset 0 instead of 60001'],
    ['more than it says', -100, 'gave 59901 bytes at offset 0 instead of 59900'],
  ])('one that gives %s', async (_name, difference, why) => {
    const data = new OtherBlob(picture, picture.length + difference);
    data.slice = () => new OtherBlob(picture);
    expect(await rejectionOf(upload({ data }))).toMatchObject({ message: `Media upload failed: blob ${why}` });
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('what throws when it is looked at is none', async () => {
    const data = {
      ...{ slice: () => data, arrayBuffer: async () => new ArrayBuffer(1) },
      get size() {
        throw new Error('a canary');
      },
    };
    const error = await rejectionOf(upload({ data: /** @type {any} */ (data) }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'source.data' });
    expect(`${error.message}${error.cause}`).not.toContain('canary');
  });

  test('one that never answers ends with the call', async () => {
    const data = Object.assign(new OtherBlob(video), { slice: () => ({ arrayBuffer: () => new Promise(() => {}) }) });
    const controller = new AbortController();
    const uploading = rejectionOf(upload({ data }, { signal: controller.signal }));
    controller.abort();
    expect(await uploading).toMatchObject({ code: 'ABORTED' });
  });
});

test('an upload from a Blob is resumed from memory', async () => {
  let steps = 0;
  const kept = keeper(() => {
    steps += 1;
    if (steps > 4) throw new Error('dead');
  });
  const content = (data) => ({ text: 'Out of a Blob', media: [{ data }] });
  await rejectionOf(publishTweetWithMedia(content(new Blob([video])), token(), null, { client, ...kept }));
  const { mediaIds } = await publishTweetWithMedia(content(video), token(), null, { client, checkpoint: kept.last });
  expect(context.sandbox.ledger.media(mediaIds[0])).toMatchObject({ sha256: sha256(video), conflicts: 0 });
  expect(context.sandbox.ledger.requests({ endpoint: 'initializeUpload' })).toHaveLength(1);
});
