'use strict';

const vm = require('node:vm');
const { Readable } = require('node:stream');
const {
  publishThread,
  publishTweetWithMedia,
  TwitterError,
  uploadMedia,
  validateTweet,
  verifyWebhookSignature,
} = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, sha256, segmentsOf } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;

/** More than is copied at the call. */
const LARGE = 2_500_000;
const SEGMENT_BYTES = 400_000;
const client = { upload: { segmentBytes: SEGMENT_BYTES, concurrency: 1 } };
const MIB = 1024 * 1024;
/** There is space for one segment at a time, so that the second one is read when the first one is at X. */
const tight = { upload: { segmentBytes: MIB, maxBufferedBytes: MIB } };

let video;
let picture;
beforeAll(async () => {
  video = await bytesOf({ kind: 'mp4', bytes: LARGE });
  picture = await bytesOf({ kind: 'jpeg', bytes: 60_000 });
});

/** Memory of its own that holds some bytes. */
function memoryOf(bytes, { Kind = ArrayBuffer, maxByteLength = undefined } = {}) {
  const buffer = new Kind(bytes.length, maxByteLength === undefined ? undefined : { maxByteLength });
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

const transfer = (buffer) => structuredClone(buffer, { transfer: [buffer] });
const upload = (source, options) => uploadMedia(source, token(), { client, ...options });
const arrives = async (uploading, bytes) =>
  expect(context.sandbox.ledger.media(await uploading)).toMatchObject({
    sha256: sha256(bytes),
    bytes: bytes.length,
    conflicts: 0,
  });

describe.each([
  ['small', () => picture],
  ['large', () => video],
])('bytes arrive out of any memory: %s', (_size, bytes) => {
  test.each([
    ['an ArrayBuffer', () => memoryOf(bytes())],
    ['a SharedArrayBuffer', () => memoryOf(bytes(), { Kind: SharedArrayBuffer })],
    ['a Buffer', () => Buffer.from(bytes())],
    ['a Buffer over shared memory', () => Buffer.from(memoryOf(bytes(), { Kind: SharedArrayBuffer }))],
    ['a Uint8ClampedArray', () => new Uint8ClampedArray(memoryOf(bytes()))],
    ['a Uint16Array', () => new Uint16Array(memoryOf(bytes()))],
    ['a Float32Array', () => new Float32Array(memoryOf(bytes()))],
    ['a DataView', () => new DataView(memoryOf(bytes()))],
    ['a DataView of a part', () => new DataView(memoryOf(Buffer.concat([picture, bytes()])), picture.length)],
    ['a resizable ArrayBuffer', () => memoryOf(bytes(), { maxByteLength: 2 * LARGE })],
    ['a view that follows a resizable one', () => new Uint8Array(memoryOf(bytes(), { maxByteLength: 2 * LARGE }))],
    ['an ArrayBuffer of another realm', () => memoryOf(bytes(), { Kind: vm.runInNewContext('ArrayBuffer') })],
    ['a view of another realm', () => new (vm.runInNewContext('Uint8Array'))(bytes())],
  ])('%s', (_name, dataOf) => arrives(upload({ data: dataOf() }), bytes()));

  test('a view that says something else of itself', async () => {
    const data = new Uint8Array(memoryOf(bytes()));
    for (const name of ['buffer', 'byteOffset', 'byteLength', 'length'])
      Object.defineProperty(data, name, { value: 7 });
    await arrives(upload({ data }), bytes());
  });
});

test.each([
  ['a text', 'GIF89a'],
  ['a number', 5],
  ['an object', {}],
  ['a list of bytes', [1, 2, 3]],
  ['a function', () => picture],
  ['what a Buffer is as JSON', { type: 'Buffer', data: [1] }],
  ['a proxy of a Buffer', new Proxy(Buffer.alloc(8), {})],
  ['a Map', new Map()],
  ['what the package makes of data', { size: 1, isBlob: false, ask: () => {} }],
])('%s is no data, and is refused by name', async (_name, data) => {
  const error = await rejectionOf(publishTweetWithMedia({ text: 'No data', media: [{ data }] }, token()));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'content.media[0].data' });
  expect(error.message).toBe(
    'content.media[0].data must be a Buffer, a typed array, a DataView, an ArrayBuffer, a SharedArrayBuffer, a Blob or a File',
  );
  expect(thrownBy(() => validateTweet({ media: [{ data }] }))).toMatchObject({ field: 'content.media[0].data' });
});

test('a function is no stream', async () => {
  const error = await rejectionOf(upload({ stream: async () => null }));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'source.stream' });
});

const DETACHED = 'is detached: its ArrayBuffer was transferred, or its WebAssembly memory grew';
const SHRUNK = 'has become too short: its ArrayBuffer was resized to';

describe('memory that is taken away', () => {
  const takers = [
    ['transferred', undefined, transfer, DETACHED],
    ['made smaller', 2 * LARGE, (buffer) => buffer.resize(100_000), `${SHRUNK} 100000 bytes`],
    ['emptied', 2 * LARGE, (buffer) => buffer.resize(0), `${SHRUNK} 0 bytes`],
  ];

  test.each(takers)('%s right after the call: nothing goes up', async (_name, maxByteLength, take, why) => {
    for (const viewOf of [(buffer) => buffer, (buffer) => Buffer.from(buffer), (buffer) => new DataView(buffer)]) {
      const buffer = memoryOf(video, { maxByteLength });
      const uploading = upload({ data: viewOf(buffer), filename: 'lamp.mp4' });
      take(buffer);
      const error = await rejectionOf(uploading);
      expect(error).toBeInstanceOf(TwitterError);
      expect(error).toMatchObject({ code: 'MEDIA_SOURCE', type: 'invalid_data', retryable: false });
      expect(error.message).toBe(`Media upload failed: lamp.mp4 ${why}`);
    }
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test.each(takers)('%s in the middle: nothing else goes up', async (_name, maxByteLength, take, why) => {
    const buffer = memoryOf(video, { maxByteLength });
    const onProgress = jest.fn(() => onProgress.mock.calls.length === 1 && take(buffer));
    const content = { text: 'Taken away', media: [{ data: buffer }] };
    const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client: tight, onProgress }));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 0 });
    expect(error.message).toBe(`Media upload failed: buffer ${why}`);
    const medium = context.sandbox.ledger.media().at(-1);
    expect(medium).toMatchObject({ finalizeCalls: 0, totalBytes: LARGE });
    expect(segmentsOf(medium)).toEqual([{ index: 0, bytes: MIB, times: 1 }]);
    expect(medium.segments.get(0).sha256).toBe(sha256(video.subarray(0, MIB)));
    expect(context.sandbox.ledger.requests({ endpoint: 'createTweet' })).toEqual([]);
  });

  test.each(takers)('%s before the call', async (_name, maxByteLength, take, why) => {
    for (const viewOf of [
      (buffer) => new Uint8Array(buffer, 0, 200_000),
      (buffer) => new DataView(buffer, 0, 200_000),
    ]) {
      const buffer = memoryOf(video, { maxByteLength });
      const data = viewOf(buffer);
      take(buffer);
      const error = await rejectionOf(upload({ data }));
      expect(error).toMatchObject({ code: 'MEDIA_SOURCE', message: `Media upload failed: source.data ${why}` });
    }
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('by an argument that is read after it', async () => {
    const buffer = memoryOf(picture);
    const later = {
      get data() {
        transfer(buffer);
        return picture;
      },
    };
    const content = { text: 'Read after', media: [{ data: buffer }, later] };
    const error = await rejectionOf(publishTweetWithMedia(content, token()));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE' });
    expect(error.message).toContain('content.media[0].data changed while it was read');
  });

  test('of WebAssembly, by its growing', async () => {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(LARGE / 65_536), maximum: 100 });
    const data = new Uint8Array(memory.buffer, 0, LARGE);
    data.set(video);
    const uploading = upload({ data });
    memory.grow(1);
    expect(await rejectionOf(uploading)).toMatchObject({ code: 'MEDIA_SOURCE' });
  });

  test('small memory is copied at the call, so that it may go away after it', async () => {
    const buffers = [1, 2, 3].map(() => memoryOf(picture, { maxByteLength: LARGE }));
    const uploads = buffers.map((buffer) => upload({ data: buffer }));
    transfer(buffers[0]);
    buffers[1].resize(0);
    new Uint8Array(buffers[2]).fill(0);
    for (const uploading of uploads) await arrives(uploading, picture);
  });

  test('of what a call copies there is no more than 4 MiB', async () => {
    const large = await bytesOf({ kind: 'jpeg', bytes: 900_000 });
    const buffers = [1, 2, 3, 4, 5].map(() => memoryOf(large));
    const parts = buffers.map((data, index) => ({ text: `Part ${index}`, media: [{ data }] }));
    const publishing = publishThread(parts, token(), null, { client });
    for (const buffer of buffers) transfer(buffer);
    const error = await rejectionOf(publishing);
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', failedIndex: 4 });
    expect(error.message).toContain(DETACHED);
    expect(error.published).toHaveLength(4);
  });
});

describe('memory that stays', () => {
  test('may grow', async () => {
    const buffer = memoryOf(video, { maxByteLength: 2 * LARGE });
    const uploading = upload({ data: buffer });
    buffer.resize(2 * LARGE);
    await arrives(uploading, video);
  });

  test('may be shared, and grow', async () => {
    const buffer = memoryOf(video, { Kind: SharedArrayBuffer, maxByteLength: 2 * LARGE });
    const uploading = upload({ data: buffer });
    buffer.grow(2 * LARGE);
    await arrives(uploading, video);
  });

  test('is read again where X takes its segments only in smaller pieces', async () => {
    const tooLarge = { kind: 'status', status: 413, body: '' };
    context.sandbox.faults.add({ endpoint: 'appendUpload', fault: tooLarge, attempt: 3 });
    await arrives(upload({ data: memoryOf(video) }), video);
  });
});

describe('chunks of streams', () => {
  const streams = [
    ['a Node stream', (chunks) => Readable.from(chunks, { highWaterMark: 16 })],
    ['a web stream', (chunks) => Readable.toWeb(Readable.from(chunks), { strategy: { highWaterMark: 16 } })],
  ];

  test.each(streams)('%s: one that is larger than a slice arrives', async (_name, streamOf) => {
    await arrives(upload({ stream: streamOf([new Uint8Array(memoryOf(video))]), size: LARGE }), video);
  });

  test.each(streams)('%s: shared memory arrives', async (_name, streamOf) => {
    const chunk = new Uint8Array(memoryOf(video, { Kind: SharedArrayBuffer }));
    await arrives(upload({ stream: streamOf([chunk]), size: LARGE }), video);
  });

  test.each(streams)('%s: one that is transferred before it is read', async (_name, streamOf) => {
    const buffer = memoryOf(picture);
    const stream = streamOf([picture, new Uint8Array(buffer)]);
    const uploading = upload({ stream });
    transfer(buffer);
    const error = await rejectionOf(uploading);
    expect(error.message).toBe(`Media upload failed: stream gave a chunk that ${DETACHED}`);
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test.each(streams)('%s: one that is made smaller before it is read', async (_name, streamOf) => {
    const buffer = memoryOf(picture, { maxByteLength: LARGE });
    const stream = streamOf([picture, new Uint8Array(buffer, 0, picture.length)]);
    const uploading = upload({ stream });
    buffer.resize(10);
    const error = await rejectionOf(uploading);
    expect(error.message).toBe(`Media upload failed: stream gave a chunk that ${SHRUNK} 10 bytes`);
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test.each(streams)('%s: one that is transferred while it is read', async (_name, streamOf) => {
    const buffer = memoryOf(video);
    const onProgress = jest.fn(() => onProgress.mock.calls.length === 1 && transfer(buffer));
    const source = { stream: streamOf([new Uint8Array(buffer)]), size: LARGE };
    const error = await rejectionOf(upload(source, { client: tight, onProgress }));
    expect(error.message).toBe(`Media upload failed: stream gave a chunk that ${DETACHED}`);
    expect(context.sandbox.ledger.media().at(-1)).toMatchObject({ finalizeCalls: 0 });
  });
});

describe('memory that is written to between two calls of one post', () => {
  const segments = Math.ceil(LARGE / SEGMENT_BYTES);

  /** Publishes until X has some segments, then dies. Gives the last checkpoint. */
  async function interrupted(content) {
    let steps = 0;
    const kept = keeper(() => {
      steps += 1;
      if (steps > 4) throw new Error('dead');
    });
    await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
    return kept.last;
  }

  test.each([
    ['not at all: the upload goes on', undefined, 1],
    ['where X has the bytes: it begins anew', 100, 2],
    ['where X does not: it goes on with the new bytes', LARGE - 100, 1],
  ])('%s', async (name, at, sessions) => {
    const data = memoryOf(video);
    const content = { text: `Written to, ${name}`, media: [{ data }] };
    const checkpoint = await interrupted(content);
    expect(segmentsOf(context.sandbox.ledger.media().at(-1)).length).toBeLessThan(segments);
    if (at !== undefined) new Uint8Array(data)[at] ^= 1;
    const { mediaIds } = await publishTweetWithMedia(content, token(), null, { client, checkpoint });
    expect(context.sandbox.ledger.media(mediaIds[0])).toMatchObject({
      sha256: sha256(Buffer.from(data)),
      conflicts: 0,
    });
    expect(context.sandbox.ledger.requests({ endpoint: 'initializeUpload' })).toHaveLength(sessions);
  });
});

test('a webhook is verified out of shared memory too', () => {
  const body = Buffer.from('{"event":1}');
  const shared = Buffer.from(memoryOf(body, { Kind: SharedArrayBuffer }));
  const signature = `sha256=${require('node:crypto').createHmac('sha256', 'secret').update(body).digest('base64')}`;
  for (const rawBody of [body, shared]) expect(verifyWebhookSignature(rawBody, signature, 'secret')).toBe(true);
  shared[2] ^= 1;
  expect(verifyWebhookSignature(shared, signature, 'secret')).toBe(false);
});
