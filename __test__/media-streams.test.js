'use strict';

const { join } = require('node:path');
const { Readable } = require('node:stream');
const { ReadableStream } = require('node:stream/web');
const { publishTweetWithMedia, TwitterError, uploadMedia, uploadMediaDetailed } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { runProgram } = require('./support/run.js');
const { bytesOf, callsToX, nodeStream, pieces, sha256, webStream } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;

let picture;
let video;
beforeAll(async () => {
  picture = await bytesOf({ kind: 'jpeg', bytes: 60_000 });
  video = await bytesOf({ kind: 'mp4', bytes: 3_000_000 });
});

/** A stream that gives some chunks and then does something else. */
function nodeStreamThen(chunks, end) {
  return Readable.from(
    (async function* () {
      yield* chunks;
      await end();
    })(),
  );
}

function webStreamThen(chunks, end) {
  const left = [...chunks];
  return new ReadableStream({
    async pull(controller) {
      if (left.length > 0) return controller.enqueue(left.shift());
      await end();
      return undefined;
    },
  });
}

const never = () => new Promise(() => {});

const fail = () => {
  throw new Error('the disk is gone');
};

describe.each([
  ['a Node stream', nodeStreamThen],
  ['a web stream', webStreamThen],
])('%s that fails', (_name, streamThen) => {
  test.each([
    ['before its first chunk', () => []],
    ['in the middle', () => [picture.subarray(0, 30_000)]],
    ['after its last byte', () => [picture]],
  ])('%s uploads nothing and says why', async (_when, chunks) => {
    const error = await rejectionOf(uploadMedia({ stream: streamThen(chunks(), fail), filename: 'lamp.jpg' }, token()));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', type: 'invalid_data', operation: 'uploadMedia' });
    expect(error.message).toBe('Media upload failed: lamp.jpg failed');
    expect(error.cause.message).toContain('the disk is gone');
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('leaves no post behind', async () => {
    const media = [{ stream: streamThen([picture.subarray(0, 100)], fail) }];
    const error = await rejectionOf(publishTweetWithMedia({ text: 'With a broken stream', media }, token()));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 0 });
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});

describe('the size that was said', () => {
  test.each([
    ['a picture that is shorter', 1, '60000 bytes; its size was said to be 60001'],
    ['a picture where nothing was said to come', -60_000, '7000 or more bytes; its size was said to be 0'],
    ['a picture that is longer', -1, '60000 or more bytes; its size was said to be 59999'],
  ])('%s is refused, with both figures', async (_name, difference, figures) => {
    for (const stream of [nodeStream(picture), webStream(picture)]) {
      const error = await rejectionOf(uploadMedia({ stream, size: picture.length + difference }, token()));
      expect(error).toMatchObject({ code: 'MEDIA_SOURCE', message: `Media upload failed: stream gave ${figures}` });
    }
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test.each([
    ['half a byte', 0.5],
    ['less than nothing', -1],
    ['a text', '60000'],
  ])('%s is no size', async (_name, size) => {
    const error = await rejectionOf(uploadMedia({ stream: nodeStream(picture), size }, token()));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'source.size' });
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});

describe('chunks', () => {
  const TEXT = '1\n00:00:00,000 --> 00:00:02,000\nGrüße, 你好\n';

  test.each([
    ['a Node stream', () => Readable.from([TEXT.slice(0, 20), TEXT.slice(20)])],
    ['a Node stream with an encoding', () => Readable.from([Buffer.from(TEXT)]).setEncoding('utf8')],
    ['a web stream', () => Readable.toWeb(Readable.from([TEXT]))],
  ])('that are texts are taken as UTF-8: %s', async (_name, streamOf) => {
    const size = Buffer.byteLength(TEXT);
    const uploaded = await uploadMediaDetailed({ stream: streamOf(), size }, token());
    expect(uploaded).toMatchObject({ contentType: 'text/srt', category: 'subtitles', bytes: size });
    expect(context.sandbox.ledger.media(uploaded.mediaId).sha256).toBe(sha256(Buffer.from(TEXT)));
  });

  test.each([
    ['objects', { a: 1 }],
    ['numbers', 5],
    ['null in a list', [null]],
  ])('that are %s fail', async (_name, chunk) => {
    for (const stream of [Readable.from([picture, chunk]), webStreamThen([picture, chunk], fail)]) {
      const error = await rejectionOf(uploadMedia({ stream }, token()));
      expect(error).toMatchObject({ code: 'MEDIA_SOURCE', message: 'Media upload failed: stream failed' });
      expect(error.cause.message).toContain('neither bytes nor text');
    }
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('that are empty or views of other kinds count for what they hold', async () => {
    const even = picture.buffer.slice(picture.byteOffset, picture.byteOffset + picture.length);
    const chunks = [
      new Uint8Array(0),
      new Uint16Array(even, 0, 100),
      new DataView(even, 200, 800),
      picture.subarray(1000),
    ];
    const id = await uploadMedia({ stream: Readable.from(chunks) }, token());
    expect(context.sandbox.ledger.media(id).sha256).toBe(sha256(picture));
  });
});

describe('after the call', () => {
  test('a stream that was read to its end is at its end', async () => {
    const stream = nodeStream(picture);
    await uploadMedia({ stream }, token());
    expect(stream.destroyed).toBe(true);
    expect(stream.errored).toBeNull();
  });

  test.each([
    ['a Node stream', nodeStreamThen],
    ['a web stream', webStreamThen],
  ])('%s that gives nothing more ends at an abort', async (name, streamThen) => {
    const controller = new AbortController();
    const stream = streamThen([picture.subarray(0, 100)], () => {
      controller.abort();
      return never();
    });
    const error = await rejectionOf(uploadMedia({ stream }, token(), { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'ABORTED' });
    if (name === 'a Node stream') expect(stream.destroyed).toBe(true);
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});

// The stream's error is first listened for when its first chunk is asked for, which is too late.
test.each(['uploadMedia', 'publishThread'])(
  'a stream that fails before its first chunk is asked for does not end the process: %s',
  async (call) => {
    const { code, stdout, stderr } = await runProgram('media-stream.cjs', { args: [token(), call] });
    expect([code, stdout, stderr]).toEqual([0, 'MEDIA_SOURCE\n', '']);
  },
);

test('a stream that can not be kept in a temporary file is an error that says so', async () => {
  const nowhere = join(__dirname, 'nowhere');
  const env = { TMPDIR: nowhere, TMP: nowhere, TEMP: nowhere };
  const { code, stdout, stderr } = await runProgram('unkept.cjs', { args: [token()], env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { code: reason, message } = JSON.parse(stdout);
  expect(reason).toBe('MEDIA_SOURCE');
  expect(message).toMatch(/lamp\.mp4 could not be kept in a temporary file$/);
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test('a stream is read no further ahead of X than memory may hold', async () => {
  const budget = 1024 * 1024;
  const chunk = 50_000;
  const { ledger } = context.sandbox;
  let pulled = 0;
  let furthest = 0;
  const reachedX = () =>
    ledger.requests({ endpoint: 'appendUpload' }).reduce((sum, { details }) => sum + (details.bytes ?? 0), 0);
  const stream = Readable.from(
    (function* () {
      for (const piece of pieces(video, chunk)) {
        pulled += piece.length;
        furthest = Math.max(furthest, pulled - reachedX());
        yield piece;
      }
    })(),
    { highWaterMark: 1 },
  );
  context.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'delay', ms: 10 } });
  const client = { upload: { segmentBytes: 200_000, maxBufferedBytes: budget } };
  await uploadMedia({ stream, size: video.length }, token(), { client });
  expect(pulled).toBe(video.length);
  // One chunk more is under way in the stream itself, and one in the call.
  expect(furthest).toBeLessThanOrEqual(budget + 2 * chunk);
  expect(furthest).toBeGreaterThan(200_000);
});

// A sandbox of its own: requests of an upload that was given up may still come in when the test is over.
describe('segments that went up before a stream went wrong', () => {
  const own = useSandbox({ processingMs: 0 });
  const upload = (source) =>
    rejectionOf(uploadMedia(source, own.user.oauth2.accessToken, { client: { upload: { segmentBytes: 300_000 } } }));

  test.each([
    ['fails', () => nodeStreamThen([video.subarray(0, 1_000_000)], fail), 0, 'failed'],
    ['fails, a web stream', () => webStreamThen([video.subarray(0, 1_000_000)], fail), 0, 'failed'],
    ['is shorter than its size', () => nodeStream(video), 1, 'gave 3000000 bytes; its size was said to be 3000001'],
    ['is longer', () => webStream(video), -1, 'gave 3000000 or more bytes; its size was said to be 2999999'],
  ])('are never put together when it %s', async (_name, streamOf, difference, why) => {
    const error = await upload({ stream: streamOf(), size: video.length + difference });
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', message: `Media upload failed: stream ${why}` });
    expect(own.sandbox.ledger.media().at(-1)).toMatchObject({
      totalBytes: video.length + difference,
      finalizeCalls: 0,
    });
  });

  test('X refuses them: a Node stream is destroyed', async () => {
    refuseSegments();
    const stream = nodeStreamThen(pieces(video), never);
    await expect(upload({ stream, size: 16_000_000 })).resolves.toMatchObject({ code: 'FORBIDDEN' });
    expect(stream.destroyed).toBe(true);
  });

  test('X refuses them: a web stream is canceled', async () => {
    refuseSegments();
    const cancel = jest.fn();
    const chunks = pieces(video);
    const pull = (controller) => controller.enqueue(chunks.next().value ?? new Uint8Array(100_000));
    const stream = new ReadableStream({ pull, cancel });
    await expect(upload({ stream, size: 16_000_000 })).resolves.toMatchObject({ code: 'FORBIDDEN' });
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  const refuseSegments = () =>
    own.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'status', status: 403, body: {} } });
});
