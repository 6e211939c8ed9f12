'use strict';

const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Readable } = require('node:stream');
const { describeMedia } = require('twitter-native-sandbox');
const { publishTweetWithMedia } = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, sha256 } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const client = {
  retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 },
  upload: { segmentBytes: 100_000, concurrency: 4 },
};
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const folder = mkdtempSync(join(tmpdir(), 'twitter-native-resume-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SPEC = { kind: 'mp4', bytes: 1_050_000, durationMs: 3000 };
const SEGMENTS = 11;
const video = (seed) => context.url(`/media/mp4?bytes=${SPEC.bytes}&durationMs=3000&seed=${seed}`);

const madeOf = (seed) => bytesOf({ ...SPEC, seed });

/** How many segments a checkpoint says that X has. */
function acknowledged(text) {
  const { bits = '' } = JSON.parse(text).media[0].upload?.acknowledged ?? {};
  return [...Buffer.from(bits, 'base64url')].reduce(
    (sum, byte) => sum + byte.toString(2).replaceAll('0', '').length,
    0,
  );
}

/** Uploads until X has so many segments, then dies. Gives the last checkpoint. */
async function interruptedAfter(count, content, options = {}) {
  const kept = keeper((_state, checkpoint) => {
    if (acknowledged(JSON.stringify(checkpoint)) > count) throw new Error('dead');
  });
  const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...options, ...kept }));
  expect(error.cause.message).toBe('dead');
  expect(acknowledged(kept.last)).toBe(count);
  return kept.last;
}

const resentOf = ({ segments }) => [...segments.values()].reduce((sum, { times }) => sum + times - 1, 0);

describe('an upload goes on with the segments that are missing', () => {
  const sources = [
    ['a URL', async (seed) => ({ url: video(seed) })],
    ['a URL without a validator', async (seed) => ({ url: `${video(seed)}&noValidator=1` })],
    ['a URL without ranges', async (seed) => ({ url: `${video(seed)}&noRange=1` })],
    ['a URL that does not tell its length', async (seed) => ({ url: `${video(seed)}&chunked=1` })],
    [
      'a file',
      async (seed) => {
        const path = join(folder, `${seed}.mp4`);
        writeFileSync(path, await madeOf(seed));
        return { path };
      },
    ],
    ['memory', async (seed) => ({ data: await madeOf(seed) })],
    ['a stream', async (seed) => ({ stream: Readable.from([await madeOf(seed)]), size: SPEC.bytes })],
    ['a stream of unknown size', async (seed) => ({ stream: Readable.from([await madeOf(seed)]) })],
  ];
  test.each(sources.map((source, index) => [source[0], source[1], index + 100]))('from %s', async (name, at, seed) => {
    const { ledger } = context.sandbox;
    const text = `Resumed from ${name}`;
    const checkpoint = await interruptedAfter(5, { text, media: [await at(seed)] });
    const kept = keeper();
    const again = { text, media: [await at(seed)] };
    const { media } = await publishTweetWithMedia(again, token(), null, { client, checkpoint, ...kept });
    const uploaded = ledger.media(media[0].mediaId);
    expect(uploaded).toMatchObject({ sha256: sha256(await madeOf(seed)), conflicts: 0, finalizeCalls: 1 });
    expect(uploaded.segments.size).toBe(SEGMENTS);
    expect(resentOf(uploaded)).toBeLessThanOrEqual(1);
    expect(requestsTo('initializeUpload')).toHaveLength(1);
  });

  test('and the part of a URL that X has is not even read', async () => {
    const url = video(120);
    const checkpoint = await interruptedAfter(5, { text: 'Not read', media: [url] });
    const { mediaJournal } = context.sandbox;
    mediaJournal.length = 0;
    await publishTweetWithMedia({ text: 'Not read', media: [url] }, token(), null, { client, checkpoint });
    const [, range] = /^bytes=(\d+)-$/.exec(mediaJournal.at(-1).range);
    expect(Number(range)).toBeGreaterThanOrEqual(400_000);
    expect(mediaJournal.at(-1).headers['if-range']).toBe(describeMedia({ ...SPEC, seed: 120 }).etag);
  });

  test('segments go up side by side, and one at a time is acknowledged', async () => {
    const kept = keeper();
    const content = { text: 'Side by side', media: [video(121)] };
    const { media } = await publishTweetWithMedia(content, token(), null, { client, ...kept });
    expect(context.sandbox.ledger.media(media[0].mediaId).maxInFlight).toBeGreaterThan(1);
    const counts = kept.all.map(acknowledged);
    for (const [index, count] of counts.entries()) expect(count - (counts[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(Math.max(...counts)).toBe(SEGMENTS);
  });

  test('also where segments became smaller on the way', async () => {
    const { sandbox } = context;
    const tooLarge = { kind: 'status', status: 413, body: '' };
    sandbox.faults.add({ endpoint: 'appendUpload', fault: tooLarge, attempt: 3 });
    const content = { text: 'Smaller', media: [video(122)] };
    const big = { ...client, upload: { segmentBytes: 200_000, concurrency: 1 } };
    const checkpoint = await interruptedAfter(4, content, { client: big });
    sandbox.faults.clear();
    const { media } = await publishTweetWithMedia(content, token(), null, { client: big, checkpoint });
    const uploaded = sandbox.ledger.media(media[0].mediaId);
    expect(uploaded).toMatchObject({ sha256: sha256(await madeOf(122)), conflicts: 0 });
    expect(requestsTo('initializeUpload')).toHaveLength(1);
  });
});

describe('an upload begins anew', () => {
  test.each([
    ['with a validator', ''],
    ['without one', '&noValidator=1'],
  ])('when its source has changed (%s)', async (name, query) => {
    const content = { text: `Changed ${name}`, media: [`${video(130)}&changed=1${query}&name=${name.length}`] };
    const checkpoint = await interruptedAfter(3, content);
    const { media } = await publishTweetWithMedia(content, token(), null, { client, checkpoint });
    const uploaded = context.sandbox.ledger.media(media[0].mediaId);
    // Each of its segments differs, whichever of them X had.
    expect(uploaded).toMatchObject({ sha256: sha256(await madeOf(99)), conflicts: 0 });
    expect(requestsTo('initializeUpload')).toHaveLength(2);
  });

  test('when X has forgotten its session', async () => {
    const { user, sandbox } = context;
    const content = { text: 'Forgotten', media: [video(131)] };
    const kept = keeper((_state, checkpoint) => {
      if (acknowledged(JSON.stringify(checkpoint)) > 3) throw new Error('dead');
    });
    await rejectionOf(publishTweetWithMedia(content, '', user.oauth1Credentials, { client, ...kept }));
    const [lost] = sandbox.ledger.media().slice(-1);
    lost.expiresAt = 0;
    const options = { client, checkpoint: kept.last };
    const { media } = await publishTweetWithMedia(content, '', user.oauth1Credentials, options);
    expect(media[0].mediaId).not.toBe(lost.id);
    expect(sandbox.ledger.media(media[0].mediaId).sha256).toBe(sha256(await madeOf(131)));
  });

  test('when X is about to forget it', async () => {
    const content = { text: 'Ends soon', media: [video(132)] };
    const kept = keeper((state, { media }) => {
      if (state === 'MEDIA_READY') throw new Error('dead');
      // What X says when the upload ends.
      const soon = context.sandbox.clock.now() + 9 * 60_000;
      if (media[0].phase === 'FINALIZE') context.sandbox.ledger.media(media[0].upload.id).expiresAt = soon;
    });
    await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
    const { phase, upload } = JSON.parse(kept.last).media[0];
    expect(phase).toBe('READY');
    const { media } = await publishTweetWithMedia(content, token(), null, { client, checkpoint: kept.last });
    expect(media[0].mediaId).not.toBe(upload.id);
  });
});

describe('an upload whose end is in doubt', () => {
  test.each([
    ['X heard of it', { kind: 'commitThenReset' }, 1],
    ['X did not hear of it', { kind: 'resetAfterRead' }, 2],
    ['X says 503', { kind: 'status', status: 503 }, 2],
  ])('is asked about (%s)', async (name, fault, finalizations) => {
    const rule = context.sandbox.faults.add({ endpoint: 'finalizeUpload', fault, times: 1 });
    const content = { text: `Finalized: ${name}`, media: [video(140)] };
    await publishTweetWithMedia(content, token(), null, { client });
    expect(rule.hits).toBe(1);
    expect(requestsTo('finalizeUpload')).toHaveLength(finalizations);
    const order = context.sandbox.ledger.requests().map(({ endpoint }) => endpoint);
    expect(order[order.indexOf('finalizeUpload') + 1]).toBe('mediaStatus');
  });

  test.each(['FINALIZE', 'PROCESSING', 'READY'])('is not uploaded again by the next process (%s)', async (phase) => {
    const content = { text: `Stopped at ${phase}`, media: [{ url: video(141), altText: 'A lamp that turns' }] };
    let stopped = false;
    const kept = keeper((_state, checkpoint) => {
      if (stopped) throw new Error('dead');
      stopped = checkpoint.media[0].phase === phase;
    });
    await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
    expect(JSON.parse(kept.last).media[0].phase).toBe(phase);
    const before = requestsTo('appendUpload').length;
    const { media } = await publishTweetWithMedia(content, token(), null, { client, checkpoint: kept.last });
    expect(requestsTo('appendUpload')).toHaveLength(before);
    // Once to upload it, once to see that it is still the same.
    expect(requestsTo('source')).toHaveLength(2);
    expect(context.sandbox.ledger.media(media[0].mediaId).altText).toBe('A lamp that turns');
    expect(media[0]).toMatchObject({ category: 'tweet_video', bytes: SPEC.bytes, contentType: 'video/mp4' });
  });

  test('a description is attached once', async () => {
    const content = { text: 'Described', imageUrls: [], media: [{ url: context.url('/media/png'), altText: 'Once' }] };
    const kept = keeper((state) => {
      if (state === 'MEDIA_READY') throw new Error('dead');
    });
    await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
    await publishTweetWithMedia(content, token(), null, { client, checkpoint: kept.last });
    expect(requestsTo('mediaMetadata')).toHaveLength(1);
    expect(requestsTo('uploadMedia')).toHaveLength(1);
  });

  test('segments that do not add up go up again, one at a time', async () => {
    const detail = 'Segments do not add up to provided total file size.';
    const fault = { kind: 'status', status: 400, body: { title: 'Bad Request', detail, type: 'about:blank' } };
    context.sandbox.faults.add({ endpoint: 'finalizeUpload', fault, times: 1 });
    const content = { text: 'One at a time', media: [video(142)] };
    const { media } = await publishTweetWithMedia(content, token(), null, { client });
    expect(context.sandbox.ledger.media(media[0].mediaId)).toMatchObject({ maxInFlight: 1, conflicts: 0 });
    expect(requestsTo('initializeUpload')).toHaveLength(2);
  });
});

test('an upload that X has lost after its end is brought again, with all that belongs to it', async () => {
  const { sandbox } = context;
  const subtitles = [
    { data: Buffer.from('1\n00:00:00,000 --> 00:00:01,000\nHello\n'), languageCode: 'EN', displayName: 'E' },
  ];
  const content = { text: 'Lost after its end', media: [{ url: video(150), altText: 'A lamp', subtitles }] };
  let stopped = false;
  const kept = keeper((_state, { media }) => {
    if (stopped) throw new Error('dead');
    stopped = media[0].phase === 'PROCESSING';
  });
  await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
  const [lost] = sandbox.ledger
    .media()
    .filter(({ category }) => category === 'tweet_video')
    .slice(-1);
  lost.expiresAt = 0;
  const checkpoint = kept.last;
  const { media } = await publishTweetWithMedia(content, token(), null, { client, checkpoint });
  expect(media[0].mediaId).not.toBe(lost.id);
  expect(sandbox.ledger.media(media[0].mediaId)).toMatchObject({ altText: 'A lamp', subtitles: [{ language: 'EN' }] });
});

test('media that X refused in a post go up anew, with the checkpoint of the refusal', async () => {
  const detail = 'Your media IDs are invalid.';
  const body = { title: 'Invalid Request', type: 'about:blank', status: 400, detail, errors: [{ message: detail }] };
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 400, body }, times: 1 });
  const content = { text: 'Refused with its picture', imageUrls: [context.url('/media/jpeg?seed=151')] };
  const kept = keeper();
  const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
  expect(error).toMatchObject({ code: 'INVALID_MEDIA' });
  const [refused] = JSON.parse(error.checkpoint).media;
  const { media } = await publishTweetWithMedia(content, token(), null, { client, checkpoint: error.checkpoint });
  expect(media[0].mediaId).not.toBe(refused.upload.id);
  expect(requestsTo('uploadMedia')).toHaveLength(2);
  expect(requestsTo('createTweet')).toHaveLength(2);
});
