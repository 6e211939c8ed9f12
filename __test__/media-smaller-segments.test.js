'use strict';

const { publishTweetWithMedia, uploadMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, nodeStream, quickly, segmentsOf, sha256 } = require('./support/media.js');

// X's own limit is not documented; this one takes less than it is sent.
const context = useSandbox({ processingMs: 0, maxSegmentBytes: 300_000 });
const token = () => context.user.oauth2.accessToken;
const MIB = 1024 * 1024;
const options = (upload) => ({ client: { ...quickly, upload } });

let video;
beforeAll(async () => {
  video = await bytesOf({ kind: 'mp4', bytes: 2_500_000 });
});

const count = (endpoint) => context.sandbox.ledger.requests({ endpoint }).length;

/** The medium is whole, in segments of this size, in one session. */
function expectSegments(id, size) {
  const media = context.sandbox.ledger.media(id);
  expect(media).toMatchObject({ sha256: sha256(video), conflicts: 0, finalizeCalls: 1 });
  const sizes = Array.from({ length: Math.ceil(video.length / size) }, (_, index) =>
    Math.min(size, video.length - index * size),
  );
  expect(segmentsOf(media).map(({ index, bytes, times }) => [index, bytes, times])).toEqual(
    sizes.map((bytes, index) => [index, bytes, 1]),
  );
}

const SOURCES = [
  ['bytes', () => ({ data: video })],
  ['a URL', () => context.url('/media/mp4?bytes=2500000')],
  ['a stream that is read once', () => ({ stream: nodeStream(video), size: video.length })],
];

describe.each(SOURCES)('segments that X finds too large: %s', (_name, source) => {
  test('are halved, and the upload goes on', async () => {
    const id = await uploadMedia(source(), token(), options({ segmentBytes: 500_000 }));
    expectSegments(id, 250_000);
    expect(count('initializeUpload')).toBe(1);
  });

  test('are halved as often as it takes', async () => {
    const id = await uploadMedia(source(), token(), options({ segmentBytes: 2_000_000 }));
    expectSegments(id, 250_000);
    expect(count('initializeUpload')).toBe(1);
  });
});

test('a segment in the middle is halved with those after it', async () => {
  const tooLarge = { kind: 'status', status: 413 };
  context.sandbox.faults.add({ endpoint: 'appendUpload', attempt: 4, fault: tooLarge });
  const upload = { segmentBytes: 200_000, concurrency: 1 };
  const id = await uploadMedia({ data: video }, token(), options(upload));
  const media = context.sandbox.ledger.media(id);
  expect(media).toMatchObject({ sha256: sha256(video), conflicts: 0 });
  expect(segmentsOf(media).map(({ bytes }) => bytes)).toEqual([...Array(3).fill(200_000), ...Array(19).fill(100_000)]);
});

describe('a segment that is refused when a later one was taken', () => {
  // The last segment is the only one that is small enough, and the first one's answer comes later.
  beforeEach(() => {
    const { faults, ledger } = context.sandbox;
    const held = faults.add({ endpoint: 'appendUpload', attempt: 1, fault: { kind: 'gather' } });
    const isTaken = () => ledger.requests({ endpoint: 'appendUpload' }).some(({ status }) => status === 200);
    ledger.waitFor(isTaken).then(() => held.remove());
  });
  const upload = { segmentBytes: 400_000, concurrency: 2 };
  const twoSegments = (bytes) => bytesOf({ kind: 'mp4', bytes });

  test('starts the upload over with smaller ones', async () => {
    const bytes = await twoSegments(500_000);
    const id = await uploadMedia({ data: bytes }, token(), options(upload));
    const media = context.sandbox.ledger.media(id);
    expect(media).toMatchObject({ sha256: sha256(bytes), conflicts: 0 });
    expect(segmentsOf(media).map((segment) => segment.bytes)).toEqual([200_000, 200_000, 100_000]);
    expect(count('initializeUpload')).toBe(2);
  });

  test('ends it, with the reason, when its stream can be read only once', async () => {
    const bytes = await twoSegments(500_000);
    const source = { stream: nodeStream(bytes), size: bytes.length };
    const error = await rejectionOf(uploadMedia(source, token(), options(upload)));
    expect(error).toMatchObject({ code: 'MEDIA_TOO_LARGE', status: 413, retryable: false });
    expect(error.message).toContain('segments of 400000 bytes');
    expect(count('finalizeUpload')).toBe(0);
  });
});

test('X that takes no segment at all is given up', async () => {
  context.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'status', status: 413 } });
  const error = await rejectionOf(uploadMedia({ data: video }, token(), options({ segmentBytes: 500_000 })));
  expect(error).toMatchObject({ code: 'MEDIA_TOO_LARGE', status: 413, type: 'invalid_data' });
  expect(error.message).toMatch(/^Media upload failed: 413 - .*125000 bytes/);
  expect(count('finalizeUpload')).toBe(0);
});

test('segments that would be too many are not made smaller', async () => {
  const upload = { segmentBytes: 2600, maxBufferedBytes: MIB };
  context.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'status', status: 413 } });
  const error = await rejectionOf(uploadMedia({ data: video }, token(), options(upload)));
  expect(error).toMatchObject({ code: 'MEDIA_TOO_LARGE', status: 413 });
});

describe('with memory for one segment', () => {
  // The refused segment keeps its space while the next one waits for it, so neither ever goes on.
  test('segments that X finds too large are halved, and the upload goes on', async () => {
    const upload = { segmentBytes: 600_000, maxBufferedBytes: MIB };
    const id = await uploadMedia({ data: video }, token(), options(upload));
    expectSegments(id, 300_000);
  });

  // What is left of a refused segment's space does not hold the next half, and the other medium waits before it.
  test('the media of a post do not wait for each other', async () => {
    const imageUrls = [1, 2].map((seed) => context.url(`/media/jpeg?bytes=1500000&seed=${seed}`));
    const upload = { segmentBytes: 1_000_001, maxBufferedBytes: MIB, concurrency: 1 };
    const call = publishTweetWithMedia({ text: 'Both', imageUrls }, token(), null, options(upload));
    const { mediaIds } = await call;
    expect(mediaIds).toHaveLength(2);
  });
});
