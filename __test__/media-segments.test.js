'use strict';

const { publishTweetWithMedia, uploadMedia } = require('twitter-native');
const { describeMedia } = require('twitter-native-sandbox');
const { useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, gather, mostAtOnce, segmentsOf, sha256 } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const MIB = 1024 * 1024;

const urlOf = ({ kind, ...query }) => context.url(`/media/${kind}?${new URLSearchParams(query)}`);
const upload = (spec, options) => uploadMedia(urlOf(spec), token(), { client: { upload: options } });

/** Makes requests overlap for certain: a segment may otherwise be gone before the next one is sent. */
const slowly = () => context.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'delay', ms: 20 } });

/** The sizes of equal segments with the rest after them. */
function cut(total, size) {
  const sizes = [];
  for (let left = total; left > 0; left -= size) sizes.push(Math.min(left, size));
  return sizes;
}

test.each([
  ['a JPEG', { kind: 'jpeg' }],
  ['a JPEG of 5 MB', { kind: 'jpeg', bytes: 5_000_000 }],
  ['a PNG', { kind: 'png', width: 64, height: 48 }],
  ['a WebP of 5 MB', { kind: 'webp', bytes: 5_000_000 }],
  ['a GIF of one frame', { kind: 'still-gif' }],
  ['a larger GIF of one frame', { kind: 'still-gif', bytes: 900_000 }],
])('%s goes up in one request, whatever the size of segments', async (_name, spec) => {
  const id = await upload(spec, { segmentBytes: 1000 });
  expect(callsToX(context.sandbox)).toEqual(['uploadMedia']);
  expect(context.sandbox.ledger.media(id)).toMatchObject({ category: 'tweet_image', bytes: describeMedia(spec).size });
});

test.each([
  ['an animated GIF', { kind: 'gif' }],
  ['a small video', { kind: 'mp4' }],
  ['subtitles', { kind: 'srt' }],
  ['a picture that memory may not hold', { kind: 'jpeg', bytes: 1_200_000 }],
])('%s goes up in segments', async (_name, spec) => {
  const id = await upload(spec, { maxBufferedBytes: MIB });
  const calls = callsToX(context.sandbox);
  const segments = calls.filter((endpoint) => endpoint === 'appendUpload');
  expect(calls).toEqual(['initializeUpload', ...segments, 'finalizeUpload']);
  expect(context.sandbox.ledger.media(id).segments.size).toBe(segments.length);
  expect(segments.length).toBe(Math.ceil(describeMedia(spec).size / MIB));
});

describe('segments have one size but for the last, and indices from 0 without gaps', () => {
  test.each([
    ['smaller than a segment', 70_000, 100_000],
    ['as large as a segment', 100_000, 100_000],
    ['as large as three', 300_000, 100_000],
    ['one byte larger than three', 300_001, 100_000],
    ['one byte smaller than three', 299_999, 100_000],
    ['of odd sizes', 1_000_003, 77_777],
    ['of a thousand segments', 999_001, 1000],
    ['of the largest segments', 10_000_001, 5_000_000],
  ])('%s: %i bytes by %i', async (_name, bytes, segmentBytes) => {
    const id = await upload({ kind: 'mp4', bytes }, { segmentBytes });
    const media = context.sandbox.ledger.media(id);
    expect(segmentsOf(media)).toEqual(
      cut(bytes, segmentBytes).map((size, index) => ({ index, bytes: size, times: 1 })),
    );
    expect(media).toMatchObject({ sha256: sha256(await bytesOf({ kind: 'mp4', bytes })), conflicts: 0 });
  });

  test.each([
    ['at the usual memory', 20_000_000, undefined, 5_000_000],
    ['with little memory', 5_000_000, MIB, MIB],
    ['with much memory', 30_000_000, 256 * MIB, 5_000_000],
  ])('%s the size is chosen within bounds', async (_name, bytes, maxBufferedBytes, most) => {
    const id = await upload({ kind: 'mp4', bytes }, { maxBufferedBytes });
    const segments = segmentsOf(context.sandbox.ledger.media(id));
    const [{ bytes: size }] = segments;
    expect(size).toBeLessThanOrEqual(most);
    expect(size).toBeGreaterThanOrEqual(Math.min(MIB, most));
    expect(segments.map((segment) => [segment.index, segment.bytes])).toEqual([...cut(bytes, size).entries()]);
  });
});

describe('segments at once', () => {
  test('a large video goes up in parallel', async () => {
    gather(context.sandbox, 'appendUpload', 4);
    const most = mostAtOnce(context.sandbox.ledger, 'appendUpload');
    await upload({ kind: 'mp4', bytes: 8_000_000 }, { segmentBytes: 200_000 });
    expect(most()).toBeGreaterThan(2);
    expect(most()).toBeLessThanOrEqual(8);
  });

  test.each([1, 2, 3, 12])('at most %i, where that is asked for', async (concurrency) => {
    // It begins with four, and has grown to all of them when these are there.
    gather(context.sandbox, 'appendUpload', concurrency, 12);
    const most = mostAtOnce(context.sandbox.ledger, 'appendUpload');
    const id = await upload({ kind: 'mp4', bytes: 4_000_000 }, { segmentBytes: 100_000, concurrency });
    expect(most()).toBe(concurrency);
    expect(context.sandbox.ledger.media(id).maxInFlight).toBeLessThanOrEqual(concurrency);
  });

  test('one at a time they go up in order', async () => {
    await upload({ kind: 'mp4', bytes: 1_000_000 }, { segmentBytes: 100_000, concurrency: 1 });
    const indices = context.sandbox.ledger
      .requests({ endpoint: 'appendUpload' })
      .map(({ details }) => details.segmentIndex);
    expect(indices).toEqual([...cut(1_000_000, 100_000).keys()]);
  });

  test('no more than memory may hold', async () => {
    gather(context.sandbox, 'appendUpload', 4);
    const most = mostAtOnce(context.sandbox.ledger, 'appendUpload');
    await upload({ kind: 'mp4', bytes: 5_000_000 }, { segmentBytes: 250_000, maxBufferedBytes: MIB, concurrency: 64 });
    expect(most()).toBe(4);
  });

  test('fewer, once some had to be sent again', async () => {
    // None of the first four is sent again before the last of them was refused.
    const refusal = { kind: 'status', status: 503, headers: { 'retry-after': '1' } };
    context.sandbox.faults.add({ endpoint: 'appendUpload', fault: refusal, times: 4 });
    slowly();
    const client = { upload: { segmentBytes: 200_000 } };
    /** @type {(() => number) | undefined} */
    let most;
    let acknowledged = 0;
    const onProgress = () => {
      acknowledged += 1;
      if (acknowledged === 4) most = mostAtOnce(context.sandbox.ledger, 'appendUpload');
    };
    await uploadMedia(urlOf({ kind: 'mp4', bytes: 1_200_000 }), token(), { client, onProgress });
    expect(most()).toBeLessThanOrEqual(2);
  });

  // Each medium of a post counts for itself, though the option is documented to count for the whole publish.
  test('no more than asked for, of all media of a post together', async () => {
    slowly();
    const most = mostAtOnce(context.sandbox.ledger, 'appendUpload');
    const imageUrls = [1, 2].map((seed) => urlOf({ kind: 'jpeg', bytes: 1_200_000, seed }));
    const client = { upload: { segmentBytes: 100_000, concurrency: 1, maxBufferedBytes: MIB } };
    await publishTweetWithMedia({ text: 'One at a time', imageUrls }, token(), null, { client });
    expect(most()).toBe(1);
  });
});
