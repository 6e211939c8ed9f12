'use strict';

const { randomUUID } = require('node:crypto');
const { configure, publishTweetWithMedia, uploadMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { callsToX, gather, mostAtOnce } = require('./support/media.js');
const { runProgram } = require('./support/run.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const MIB = 1024 * 1024;
const videoUrl = (bytes, seed = 1) => context.url(`/media/mp4?bytes=${bytes}&durationMs=10000&seed=${seed}`);
const upload = (bytes, processBufferedBytes, options) =>
  uploadMedia(videoUrl(bytes), token(), { client: { upload: { processBufferedBytes } }, ...options });

describe('one budget of the process', () => {
  test('60 videos at once stay under it, and all of them go up', async () => {
    const [count, bytes] = [60, 3 * MIB];
    const urls = Array.from({ length: count }, (_, seed) => [videoUrl(bytes, seed), `${randomUUID()} video`]);
    const job = { token: token(), urls, upload: { processBufferedBytes: 8 * MIB } };
    const { code, stdout, stderr } = await runProgram('videos.cjs', { args: [JSON.stringify(job)] });
    expect([code, stderr]).toEqual([0, '']);
    const { above, mediaIds } = JSON.parse(stdout);
    process.stdout.write(`60 videos of 3 MiB at once: ${above.toFixed(1)} MiB above the idle process\n`);
    expect(new Set(mediaIds).size).toBe(count);
    for (const id of mediaIds) expect(context.sandbox.ledger.media(id)).toMatchObject({ bytes, conflicts: 0 });
    // All of them are 180 MiB; beside 8 MiB of media there are 60 downloads with buffers of their own.
    expect(above).toBeLessThan(112);
  }, 300_000);

  test('of all publishes together no more segments are in flight than it holds', async () => {
    gather(context.sandbox, 'appendUpload', 2);
    const most = mostAtOnce(context.sandbox.ledger, 'appendUpload');
    await Promise.all(Array.from({ length: 6 }, () => upload(3 * MIB, 2 * MIB)));
    expect(most()).toBe(2);
  });

  test('configure() sets it for all calls', async () => {
    context.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'delay', ms: 20 } });
    const most = mostAtOnce(context.sandbox.ledger, 'appendUpload');
    configure({ upload: { processBufferedBytes: MIB } });
    try {
      await Promise.all(Array.from({ length: 3 }, () => uploadMedia(videoUrl(2 * MIB), token())));
    } finally {
      configure({});
    }
    expect(most()).toBe(1);
  });

  test('an abort gives back what its publish held', async () => {
    const hanging = context.sandbox.faults.add({ endpoint: 'appendUpload', attempt: 1, fault: { kind: 'hang' } });
    const controller = new AbortController();
    const stuck = rejectionOf(upload(3 * MIB, MIB, { signal: controller.signal }));
    await context.sandbox.ledger.waitFor(() => hanging.hits > 0);
    const next = upload(2 * MIB, MIB);
    await context.sandbox.ledger.waitFor(
      () => callsToX(context.sandbox).filter((name) => name === 'initializeUpload').length === 2,
    );
    expect(context.sandbox.ledger.requests({ endpoint: 'appendUpload' })).toHaveLength(1);
    controller.abort();
    expect(await stuck).toMatchObject({ code: 'ABORTED' });
    expect(context.sandbox.ledger.media(await next)).toMatchObject({ bytes: 2 * MIB, conflicts: 0 });
  });

  test('where there is space for one segment, everybody has a turn', async () => {
    const content = (seed) => ({ text: `${randomUUID()} in turn`, videoUrl: videoUrl(2 * MIB, seed) });
    const options = { client: { upload: { processBufferedBytes: MIB } } };
    const most = mostAtOnce(context.sandbox.ledger, 'appendUpload');
    const published = await Promise.all(
      Array.from({ length: 8 }, (_, seed) => publishTweetWithMedia(content(seed), token(), null, options)),
    );
    expect(new Set(published.map(({ tweetId }) => tweetId)).size).toBe(8);
    expect(most()).toBe(1);
  });
});

test.each([
  [0, undefined],
  [-1, undefined],
  [MIB - 1, undefined],
  [2 ** 40, undefined],
  ['64 MiB', undefined],
  [3 * MIB, 4_000_000],
])('processBufferedBytes of %p is refused by name (segments of %p)', async (processBufferedBytes, segmentBytes) => {
  const client = { upload: { processBufferedBytes, segmentBytes } };
  const error = await rejectionOf(uploadMedia(videoUrl(MIB), token(), { client }));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', type: 'invalid_data' });
  expect(error.field.endsWith('upload.processBufferedBytes')).toBe(true);
  expect(error.message).toContain(error.field);
  if (segmentBytes)
    expect(error.message).toContain('must hold one segment, which upload.segmentBytes makes 4000000 bytes');
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test('one that is larger than the default is there for a publish that may have more', async () => {
  const client = { upload: { maxBufferedBytes: 128 * MIB } };
  expect(await uploadMedia(videoUrl(MIB), token(), { client })).toBeDefined();
});
