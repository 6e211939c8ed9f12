'use strict';

const { uploadMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, nodeStream, quickly, segmentsOf, sha256 } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const client = { ...quickly, upload: { segmentBytes: 300_000 } };
const SIZES = [300_000, 300_000, 300_000, 300_000, 300_000, 300_000, 200_000];

let video;
beforeAll(async () => {
  video = await bytesOf({ kind: 'mp4', bytes: 2_000_000 });
});

const fails = (endpoint, fault, rule) => context.sandbox.faults.add({ endpoint, fault, ...rule });
const count = (endpoint) => context.sandbox.ledger.requests({ endpoint }).length;
const ofSession = () => context.sandbox.ledger.media();
/** The media of this test's sessions, the oldest first. */
function sessions() {
  const ids = context.sandbox.ledger.requests({ endpoint: 'initializeUpload' }).map(({ details }) => details.mediaId);
  return ofSession().filter(({ id }) => ids.includes(id));
}

/** It is whole, and as if nothing had happened. */
function expectWhole(id) {
  const media = context.sandbox.ledger.media(id);
  expect(media).toMatchObject({ sha256: sha256(video), bytes: video.length, conflicts: 0, finalized: true });
  expect(segmentsOf(media).map(({ index, bytes }) => [index, bytes])).toEqual([...SIZES.entries()]);
}

const NOT_ADDED_UP = {
  kind: 'status',
  status: 400,
  body: {
    title: 'Bad Request',
    type: 'about:blank',
    status: 400,
    detail: 'Segments do not add up to provided total file size.',
  },
};
const FORGOTTEN = { kind: 'status', status: 404, body: { title: 'Not Found', type: 'about:blank', status: 404 } };

/** What breaks a request, and how often X may have taken it. */
const BREAKS = [
  ['is answered 503', { kind: 'status', status: 503 }, 0],
  ['is answered 500 by a web page', { kind: 'html', status: 500 }, 0],
  ['is answered 408', { kind: 'status', status: 408 }, 0],
  ['meets a connection that closes before it is read', { kind: 'resetBeforeRead' }, 0],
  ['meets a connection that closes after it was read', { kind: 'resetAfterRead' }, 0],
  ['loses its answer, though X has it', { kind: 'commitThenReset' }, 1],
  ['gets half an answer, though X has it', { kind: 'truncate' }, 1],
  ['is answered 503, though X has it', { kind: 'commitThenStatus', status: 503 }, 1],
];

describe('a segment that', () => {
  test.each(BREAKS)('%s is sent again alone, with the same bytes', async (_name, fault, taken) => {
    for (const attempt of [1, 3, 7]) {
      const rule = fails('appendUpload', fault, { attempt });
      const id = await uploadMedia({ data: video }, token(), { client });
      expectWhole(id);
      expect(rule.hits).toBe(1);
      expect(count('appendUpload')).toBe(SIZES.length + 1);
      const times = segmentsOf(context.sandbox.ledger.media(id)).map((segment) => segment.times);
      expect(times.sort()).toEqual([1, 1, 1, 1, 1, 1, 1 + taken]);
      expect([count('initializeUpload'), count('finalizeUpload')]).toEqual([1, 1]);
      context.sandbox.faults.clear();
      context.sandbox.ledger.clear();
    }
  });

  test('out of a stream that is read once is sent again too', async () => {
    fails('appendUpload', { kind: 'commitThenReset' }, { attempt: 2 });
    expectWhole(await uploadMedia({ stream: nodeStream(video), size: video.length }, token(), { client }));
    expect(count('appendUpload')).toBe(SIZES.length + 1);
  });

  test('fails again and again ends the upload', async () => {
    fails('appendUpload', { kind: 'status', status: 503 });
    const error = await rejectionOf(
      uploadMedia({ data: video }, token(), { client: { ...client, userAgent: 'ends' } }),
    );
    expect(error).toMatchObject({ code: 'UPSTREAM', status: 503, retryable: true, operation: 'uploadMedia' });
    expect(count('finalizeUpload')).toBe(0);
  });

  test('X refuses ends the upload at once', async () => {
    fails('appendUpload', { kind: 'status', status: 400, body: { detail: 'no such thing' } });
    const error = await rejectionOf(uploadMedia({ data: video }, token(), { client }));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', status: 400, detail: 'no such thing', retryable: false });
    expect([count('initializeUpload'), count('finalizeUpload')]).toEqual([1, 0]);
  });
});

describe.each([
  ['the beginning', 'initializeUpload'],
  ['the end', 'finalizeUpload'],
])('%s of an upload that', (_name, endpoint) => {
  test.each([...BREAKS, ['gets garbage, though X has it', { kind: 'garbage' }, 1]])(
    '%s is made good, and no segment sent twice',
    async (_break, fault, taken) => {
      const rule = fails(endpoint, fault, { times: 1 });
      const id = await uploadMedia({ data: video }, token(), { client });
      expectWhole(id);
      expect(rule.hits).toBe(1);
      // What became of an end that was lost is asked for; only one that X never heard of is sent again.
      const isKnown = endpoint === 'finalizeUpload' && taken > 0;
      expect(count(endpoint)).toBe(isKnown ? 1 : 2);
      // Those of an earlier test's upload, which was given up, may still arrive.
      const appends = context.sandbox.ledger.requests({ endpoint: 'appendUpload' });
      expect(appends.filter(({ path }) => path.includes(`/${id}/`))).toHaveLength(SIZES.length);
    },
  );
});

test.each(BREAKS)('a picture whose upload %s is sent again', async (_name, fault) => {
  const bytes = await bytesOf({ kind: 'jpeg', bytes: 50_000 });
  fails('uploadMedia', fault, { times: 1 });
  const id = await uploadMedia({ stream: nodeStream(bytes) }, token(), { client });
  expect(context.sandbox.ledger.media(id)).toMatchObject({ sha256: sha256(bytes), bytes: 50_000 });
  expect(callsToX(context.sandbox)).toEqual(['uploadMedia', 'uploadMedia']);
});

/** Sources that can be read again, and one that can't. */
const AGAIN = [
  ['bytes', () => ({ data: video })],
  ['a URL', () => context.url('/media/mp4?bytes=2000000')],
  ['a URL whose server gives no length', () => context.url('/media/mp4?bytes=2000000&chunked=1')],
  ['a stream without a size', () => ({ stream: nodeStream(video) })],
];
const once = () => ({ stream: nodeStream(video), size: video.length });

describe('an upload that X forgot', () => {
  test.each(AGAIN)('starts over: %s', async (_name, source) => {
    fails('appendUpload', FORGOTTEN, { attempt: 3 });
    const id = await uploadMedia(source(), token(), { client });
    expectWhole(id);
    expect(
      sessions()
        .map((media) => media.id)
        .at(-1),
    ).toBe(id);
    expect(sessions().map((media) => media.finalizeCalls)).toEqual([0, 1]);
  });

  test('fails when its stream can be read only once', async () => {
    fails('appendUpload', FORGOTTEN, { attempt: 3 });
    const error = await rejectionOf(uploadMedia(once(), token(), { client }));
    expect(error).toMatchObject({ code: 'NOT_FOUND', status: 404, operation: 'uploadMedia', retryable: false });
    expect(sessions().map((media) => media.finalizeCalls)).toEqual([0]);
  });

  test('is begun three times at most', async () => {
    fails('appendUpload', FORGOTTEN);
    const error = await rejectionOf(uploadMedia({ data: video }, token(), { client }));
    expect(error).toMatchObject({ code: 'NOT_FOUND', status: 404 });
    expect(count('initializeUpload')).toBe(3);
  });
});

describe('segments that do not add up', () => {
  test.each(AGAIN)('go up again one at a time: %s', async (_name, source) => {
    fails('finalizeUpload', NOT_ADDED_UP, { times: 1 });
    const id = await uploadMedia(source(), token(), { client });
    expectWhole(id);
    const [first, second] = sessions();
    expect(first.maxInFlight).toBeGreaterThan(1);
    expect(second).toMatchObject({ id, maxInFlight: 1, finalizeCalls: 1 });
    // By the id, since a segment that an earlier test gave up may arrive late.
    const appended = context.sandbox.ledger.requests({ endpoint: 'appendUpload' });
    const again = appended.filter(({ path }) => path.includes(id));
    expect(again.map(({ details }) => details.segmentIndex)).toEqual([...SIZES.keys()]);
  });

  test('go up again when X acknowledged a segment that it did not keep', async () => {
    fails('appendUpload', { kind: 'html' }, { attempt: 4 });
    expectWhole(await uploadMedia({ data: video }, token(), { client }));
    expect(count('initializeUpload')).toBe(2);
  });

  test("fail with X's words when their stream can be read only once", async () => {
    fails('finalizeUpload', NOT_ADDED_UP, { times: 1 });
    const error = await rejectionOf(uploadMedia(once(), token(), { client }));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', status: 400, detail: NOT_ADDED_UP.body.detail });
    expect(count('initializeUpload')).toBe(1);
  });

  test('fail in the end', async () => {
    fails('finalizeUpload', NOT_ADDED_UP);
    const error = await rejectionOf(uploadMedia({ data: video }, token(), { client }));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', detail: NOT_ADDED_UP.body.detail });
    expect([count('initializeUpload'), count('finalizeUpload')]).toEqual([3, 3]);
  });
});
