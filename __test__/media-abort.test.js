'use strict';

const { getEventListeners } = require('node:events');
const { probeMedia, publishTweetWithMedia, uploadMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { callsToX, nodeStream } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const inSegments = { client: { upload: { segmentBytes: 100_000 } } };

const VIDEO = () => ({ url: context.url('/media/mp4?bytes=1000000') });
const PICTURE = () => ({ url: context.url('/media/jpeg?bytes=20000') });
const ALT_TEXT = { altText: 'a lamp' };
const SUBTITLES = () => [{ url: context.url('/media/srt'), languageCode: 'EN', displayName: 'English' }];

/** X says that it is still at work, and to ask again at once. */
const busy = { processing_info: { state: 'pending', check_after_secs: 0 } };
const atWork = (endpoint, attempt, body) =>
  context.sandbox.faults.add({ endpoint, attempt, fault: { kind: 'commitThenStatus', status: 200, body } });

/** Each phase by the request that gets no answer: its endpoint, and which request to it. */
const PHASES = [
  ['its source is asked for', 'source', 1, PICTURE, {}],
  ['a picture goes up', 'uploadMedia', 1, PICTURE, {}],
  ['the upload is begun', 'initializeUpload', 1, VIDEO, {}],
  ['the first segments go up', 'appendUpload', 1, VIDEO, {}],
  ['the last segment goes up', 'appendUpload', 10, VIDEO, {}],
  ['the upload is ended', 'finalizeUpload', 1, VIDEO, {}],
  ['X is asked how far it is', 'mediaStatus', 1, VIDEO, {}],
  ['its description is attached', 'mediaMetadata', 1, PICTURE, ALT_TEXT],
];
const V1_PHASES = [
  ['a picture goes up', 'uploadMediaV1', 1, PICTURE, {}],
  ['the upload is begun', 'uploadMediaV1', 1, VIDEO, {}],
  ['a segment goes up', 'uploadMediaV1', 3, VIDEO, {}],
  ['the upload is ended', 'uploadMediaV1', 12, VIDEO, {}],
  ['X is asked how far it is', 'mediaStatusV1', 1, VIDEO, {}],
  ['its description is attached', 'mediaMetadataV1', 1, PICTURE, ALT_TEXT],
];

function hangIn(endpoint, attempt) {
  if (endpoint === 'mediaStatus') atWork('finalizeUpload', 1, { data: { id: '1', ...busy } });
  if (endpoint === 'mediaStatusV1') atWork('uploadMediaV1', 12, { media_id_string: '1', ...busy });
  return context.sandbox.faults.add({ endpoint, attempt, fault: { kind: 'hang' } });
}

/** Waits until nothing that was begun is under way any more. */
const atRest = ({ ledger }) =>
  ledger.waitFor(() => !ledger.requests().some(({ status, aborted }) => status === null && !aborted));

/** Aborts a call in its phase; nothing of it may be left. */
async function abortedIn(endpoint, attempt, begin) {
  const rule = hangIn(endpoint, attempt);
  const controller = new AbortController();
  const call = rejectionOf(begin(controller.signal));
  await context.sandbox.ledger.waitFor(() => rule.hits > 0);
  const reason = new Error('changed my mind');
  controller.abort(reason);
  const error = await call;
  expect(error).toMatchObject({ code: 'ABORTED', type: 'unexpected_state', retryable: false });
  expect(error.cause).toBe(reason);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  await atRest(context.sandbox);
  expect(context.sandbox.ledger.requests({ endpoint, aborted: true }).length).toBeGreaterThan(0);
  return error;
}

describe('aborted while', () => {
  test.each(PHASES)('%s, an upload leaves nothing under way', async (_name, endpoint, attempt, source, details) => {
    const error = await abortedIn(endpoint, attempt, (signal) =>
      uploadMedia(source(), token(), { signal, ...inSegments, ...details }),
    );
    expect(error.operation).toBe('uploadMedia');
  });

  test.each(V1_PHASES)('%s, an upload by v1.1 does not either', async (_name, endpoint, attempt, source, details) => {
    await abortedIn(endpoint, attempt, (signal) =>
      uploadMedia(source(), context.user.oauth1Credentials, { signal, mediaApi: 'v1.1', ...inSegments, ...details }),
    );
  });

  test.each([
    ...PHASES,
    ['its subtitles are read', 'source', 2, VIDEO, SUBTITLES],
    ['its subtitles go up', 'initializeUpload', 2, VIDEO, SUBTITLES],
    ['its subtitles are tied to it', 'mediaSubtitles', 1, VIDEO, SUBTITLES],
  ])('%s, a post is not sent', async (_name, endpoint, attempt, source, details) => {
    const more = details === SUBTITLES ? { subtitles: SUBTITLES() } : details;
    const content = { text: 'Not this one', media: [{ ...source(), ...more }] };
    await abortedIn(endpoint, attempt, (signal) =>
      publishTweetWithMedia(content, token(), null, { signal, ...inSegments }),
    );
    expect(callsToX(context.sandbox)).not.toContain('createTweet');
  });

  test('four pictures go up, none of them goes on', async () => {
    const imageUrls = [1, 2, 3, 4].map((seed) => context.url(`/media/jpeg?bytes=20000&seed=${seed}`));
    context.sandbox.faults.add({ endpoint: 'uploadMedia', fault: { kind: 'hang' } });
    const { ledger } = context.sandbox;
    const controller = new AbortController();
    const { signal } = controller;
    const call = rejectionOf(publishTweetWithMedia({ text: 'Four', imageUrls }, token(), null, { signal }));
    await ledger.waitFor(() => ledger.requests({ endpoint: 'uploadMedia' }).length === 4);
    controller.abort();
    await expect(call).resolves.toMatchObject({ code: 'ABORTED' });
    await ledger.waitFor(() => ledger.requests({ endpoint: 'uploadMedia', aborted: true }).length === 4);
  });

  test('a probe reads, it stops', async () => {
    await abortedIn('source', 1, (signal) => probeMedia(VIDEO(), { signal }));
  });

  test('it waits to send a segment again, an upload ends at once', async () => {
    context.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'status', status: 503 } });
    const client = { ...inSegments.client, retry: { baseDelayMs: 600_000, maxDelayMs: 3_600_000 } };
    const controller = new AbortController();
    const call = rejectionOf(uploadMedia(VIDEO(), token(), { signal: controller.signal, client }));
    // As many as an upload begins with: none of them may still be on its way when the call is aborted.
    await context.sandbox.ledger.waitFor(
      (ledger) => ledger.requests({ endpoint: 'appendUpload', status: 503 }).length === 4,
    );
    controller.abort();
    await expect(call).resolves.toMatchObject({ code: 'ABORTED' });
    await atRest(context.sandbox);
  });
});

test('aborted before it begins, an upload reads nothing', async () => {
  const read = jest.fn();
  const stream = nodeStream(Buffer.alloc(10)).on('data', read).pause();
  for (const source of [PICTURE(), { stream }]) {
    const error = await rejectionOf(uploadMedia(source, token(), { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'ABORTED' });
  }
  expect(read).not.toHaveBeenCalled();
  expect(stream.destroyed).toBe(true);
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test.each(PHASES)(
  'a deadline that comes while %s leaves nothing under way',
  async (_name, endpoint, attempt, source, details) => {
    hangIn(endpoint, attempt);
    const options = { timeoutMs: 250, ...inSegments, ...details };
    const error = await rejectionOf(uploadMedia(source(), token(), options));
    expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true, operation: 'uploadMedia' });
    await atRest(context.sandbox);
  },
);

describe('a medium that X works on', () => {
  const slow = useSandbox({ processingMs: 600_000 });

  test('is not asked after any more when the call is aborted', async () => {
    const controller = new AbortController();
    const source = slow.url('/media/mp4');
    const call = rejectionOf(uploadMedia(source, slow.user.oauth2.accessToken, { signal: controller.signal }));
    await slow.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'finalizeUpload', status: 200 }).length);
    controller.abort();
    await expect(call).resolves.toMatchObject({ code: 'ABORTED' });
    expect(callsToX(slow.sandbox)).toEqual(['initializeUpload', 'appendUpload', 'finalizeUpload']);
  });
});
