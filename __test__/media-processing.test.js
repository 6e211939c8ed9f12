'use strict';

const { publishTweetWithMedia, uploadMedia, uploadMediaDetailed } = require('twitter-native');
const { eventKeeper, rejectionOf, useSandbox } = require('./support/harness.js');
const { callsToX, quickly } = require('./support/media.js');

/** A listener for progress. */
function listen() {
  const { keep, until } = eventKeeper();
  return { onProgress: keep, until: (phase) => until((events) => events.some((event) => event.phase === phase)) };
}

const VIDEO = '/media/mp4?bytes=1000000';
const inSegments = { client: { ...quickly, upload: { segmentBytes: 300_000 } } };

describe('a medium that X has to work on', () => {
  const context = useSandbox({ processingMs: 1000 });
  const token = () => context.user.oauth2.accessToken;

  beforeEach(() => context.sandbox.clock.freeze());
  afterEach(() => context.sandbox.clock.resume());

  /** Lets the sandbox's time pass at each step of the work. */
  async function pass(steps) {
    for (const [endpoint, number, ms] of steps) {
      await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint, status: 200 }).length >= number);
      context.sandbox.clock.advance(ms);
    }
  }

  test('is awaited, and its progress is reported in order', async () => {
    const { onProgress, until } = listen();
    const call = uploadMediaDetailed(context.url(VIDEO), token(), { ...inSegments, onProgress });
    // Pending at the end of the upload, then in progress, then done.
    await pass([
      ['finalizeUpload', 1, 500],
      ['mediaStatus', 1, 600],
    ]);
    await expect(call).resolves.toMatchObject({ category: 'tweet_video', processing: 'succeeded' });
    expect(callsToX(context.sandbox).slice(-3)).toEqual(['finalizeUpload', 'mediaStatus', 'mediaStatus']);
    const events = await until('ready');
    const totalBytes = 1_000_000;
    expect(events).toHaveLength(7);
    const sent = events.slice(0, 4).map(({ bytesSent }) => bytesSent);
    expect(sent).toEqual([...sent].sort((one, other) => one - other));
    expect(new Set(sent).size).toBe(4);
    expect(events.slice(0, 4)).toEqual(
      sent.map((bytesSent) => ({ mediaIndex: 0, phase: 'uploading', bytesSent, totalBytes })),
    );
    const whole = { mediaIndex: 0, bytesSent: totalBytes, totalBytes };
    expect(sent.at(-1)).toBe(totalBytes);
    expect(events.slice(4)).toEqual([
      { ...whole, phase: 'processing', processingPercent: 0 },
      { ...whole, phase: 'processing', processingPercent: 50 },
      { ...whole, phase: 'ready' },
    ]);
  });

  test('is ready before the post is sent', async () => {
    const call = publishTweetWithMedia({ text: 'A video', videoUrl: context.url(VIDEO) }, token());
    await pass([['finalizeUpload', 1, 1000]]);
    await call;
    expect(callsToX(context.sandbox).slice(-3)).toEqual(['finalizeUpload', 'mediaStatus', 'createTweet']);
  });

  test('is asked after as long as X says', async () => {
    const call = uploadMedia(context.url(VIDEO), token());
    await context.sandbox.ledger.waitFor(
      (ledger) => ledger.requests({ endpoint: 'finalizeUpload', status: 200 }).length,
    );
    const begun = performance.now();
    await pass([['finalizeUpload', 1, 1000]]);
    await call;
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect(callsToX(context.sandbox).filter((endpoint) => endpoint === 'mediaStatus')).toHaveLength(1);
  });

  test.each([
    ['503', { kind: 'status', status: 503 }],
    ['a reset', { kind: 'resetAfterRead' }],
    ['garbage', { kind: 'garbage' }],
  ])('is asked after again, when the answer is %s', async (_name, fault) => {
    const rule = context.sandbox.faults.add({ endpoint: 'mediaStatus', fault, times: 2 });
    const call = uploadMediaDetailed(context.url('/media/gif'), token(), inSegments);
    await pass([['finalizeUpload', 1, 1000]]);
    await expect(call).resolves.toMatchObject({ category: 'tweet_gif', processing: 'succeeded' });
    expect(rule.hits).toBe(2);
  });

  test('that takes longer than the call may', async () => {
    const error = await rejectionOf(uploadMedia(context.url(VIDEO), token(), { timeoutMs: 300 }));
    expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true, operation: 'uploadMedia' });
    expect(callsToX(context.sandbox)).not.toContain('mediaStatus');
  });
});

describe('a medium that X has done with at once', () => {
  const context = useSandbox({ processingMs: 0 });
  const token = () => context.user.oauth2.accessToken;

  test.each([
    ['a picture', '/media/jpeg?bytes=50000', ['uploadMedia']],
    ['subtitles', '/media/srt', ['initializeUpload', 'appendUpload', 'finalizeUpload']],
    ['a video', '/media/mp4', ['initializeUpload', 'appendUpload', 'finalizeUpload']],
  ])('is not asked after: %s', async (_name, path, calls) => {
    const { onProgress, until } = listen();
    const uploaded = await uploadMediaDetailed(context.url(path), token(), { onProgress });
    expect(callsToX(context.sandbox)).toEqual(calls);
    const whole = { mediaIndex: 0, bytesSent: uploaded.bytes, totalBytes: uploaded.bytes };
    await expect(until('ready')).resolves.toEqual([
      { ...whole, phase: 'uploading' },
      { ...whole, phase: 'ready' },
    ]);
  });

  test('and that says nothing of processing is ready', async () => {
    const uploaded = await uploadMediaDetailed(context.url('/media/png'), token());
    expect(uploaded).not.toHaveProperty('processing');
  });

  test('each medium of a post has its own progress', async () => {
    const { onProgress, until } = listen();
    const imageUrls = [1, 2, 3].map((seed) => context.url(`/media/jpeg?bytes=${20_000 * seed}&seed=${seed}`));
    await publishTweetWithMedia({ text: 'Three', imageUrls }, token(), null, { onProgress });
    const events = await until('ready');
    while (events.length < 6) await new Promise(setImmediate);
    for (const mediaIndex of [0, 1, 2]) {
      const totalBytes = 20_000 * (mediaIndex + 1);
      const own = events.filter((event) => event.mediaIndex === mediaIndex);
      expect(own).toEqual([
        { mediaIndex, phase: 'uploading', bytesSent: totalBytes, totalBytes },
        { mediaIndex, phase: 'ready', bytesSent: totalBytes, totalBytes },
      ]);
    }
  });

  test('what is sent again counts once', async () => {
    const { onProgress, until } = listen();
    context.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'commitThenReset' }, times: 2 });
    await uploadMedia(context.url(VIDEO), token(), { ...inSegments, onProgress });
    const sent = (await until('ready')).map(({ bytesSent }) => bytesSent);
    expect(Math.max(...sent)).toBe(1_000_000);
    expect(sent).toHaveLength(5);
  });

  test('a listener that throws does not disturb the upload', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const { onProgress, until } = listen();
    const id = await uploadMedia(context.url('/media/jpeg'), token(), {
      onProgress(event) {
        onProgress(event);
        throw new Error('the progress bar is gone');
      },
    });
    await until('ready');
    expect(id).toMatch(/^\d+$/);
    expect(warned).toHaveBeenCalledWith('onProgress threw: the progress bar is gone', 'TwitterNativeWarning');
    warned.mockRestore();
  });
});

describe('a medium that X can not process', () => {
  const context = useSandbox({
    processingMs: 0,
    processingError: { code: 3, name: 'UnsupportedMedia', message: 'Video duration exceeded' },
  });
  const token = () => context.user.oauth2.accessToken;
  const reason = 'UnsupportedMedia (code 3): Video duration exceeded';

  test("fails with X's reason", async () => {
    const error = await rejectionOf(uploadMedia(context.url(VIDEO), token(), { client: quickly }));
    expect(error).toMatchObject({
      code: 'MEDIA_PROCESSING',
      type: 'invalid_data',
      operation: 'uploadMedia',
      retryable: false,
      mediaIndex: 0,
      detail: reason,
    });
    expect(error.message).toBe(`Media upload failed: X could not process the medium: ${reason}`);
    expect(callsToX(context.sandbox).filter((endpoint) => endpoint === 'finalizeUpload')).toHaveLength(1);
  });

  test('fails so, when it takes a while', async () => {
    const finalized = context.sandbox.faults.add({
      endpoint: 'finalizeUpload',
      fault: {
        kind: 'commitThenStatus',
        status: 200,
        body: { data: { id: '1', processing_info: { state: 'pending', check_after_secs: 0 } } },
      },
    });
    context.sandbox.faults.add({
      endpoint: 'mediaStatus',
      fault: { kind: 'status', status: 200, body: { data: { id: '1', processing_info: { state: 'failed' } } } },
    });
    const error = await rejectionOf(uploadMedia(context.url(VIDEO), token()));
    expect(finalized.hits).toBe(1);
    expect(error).toMatchObject({ code: 'MEDIA_PROCESSING', detail: 'X gave no reason' });
  });

  test('is not posted', async () => {
    const content = { text: 'A broken video', videoUrl: context.url(VIDEO) };
    const error = await rejectionOf(publishTweetWithMedia(content, token()));
    expect(error).toMatchObject({ code: 'MEDIA_PROCESSING', mediaIndex: 0, operation: 'uploadMedia', detail: reason });
    expect(callsToX(context.sandbox)).not.toContain('createTweet');
  });
});
