'use strict';

const { Readable } = require('node:stream');
const { publishThread, publishTweetWithMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, gather, mostAtOnce, pieces, sha256 } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const MIB = 1024 * 1024;
const image = (seed, query = '') => context.url(`/media/jpeg?bytes=400000&seed=${seed}${query}`);
const publish = (content, upload) => publishTweetWithMedia(content, token(), null, { client: { upload } });

let picture;
/** Its first bytes tell what it is. */
let png;
beforeAll(async () => {
  png = await bytesOf({ kind: 'png', bytes: 400_000, width: 64, height: 48 });
  picture = await bytesOf({ kind: 'jpeg', bytes: 400_000, seed: 77 });
});

/** A stream that gives the first bytes, waits, and goes on as it is told. */
function streamThatWaits(bytes, until, then) {
  return Readable.from(
    (async function* () {
      const [first, ...rest] = pieces(bytes, 20_000);
      yield first;
      await until();
      then();
      yield* rest;
    })(),
  );
}

test('the media of a post are read and go up at the same time', async () => {
  gather(context.sandbox, 'source', 4);
  gather(context.sandbox, 'uploadMedia', 4);
  const reading = mostAtOnce(context.sandbox.ledger, 'source');
  const uploading = mostAtOnce(context.sandbox.ledger, 'uploadMedia');
  const imageUrls = [1, 2, 3, 4].map((seed) => image(seed));
  const { mediaIds } = await publish({ text: 'Four at once', imageUrls });
  expect([reading(), uploading()]).toEqual([4, 4]);
  expect(new Set(mediaIds).size).toBe(4);
  expect(callsToX(context.sandbox).at(-1)).toBe('createTweet');
});

test.each([
  ['two', 400_000, 2],
  ['one', 600_000, 1],
])('memory for %s at a time lets no more go up at once', async (name, bytes, count) => {
  gather(context.sandbox, 'uploadMedia', count);
  const most = mostAtOnce(context.sandbox.ledger, 'uploadMedia');
  const specs = [1, 2, 3, 4].map((seed) => ({ kind: 'jpeg', bytes, seed }));
  const imageUrls = specs.map(({ seed }) => context.url(`/media/jpeg?bytes=${bytes}&seed=${seed}`));
  const { mediaIds } = await publish({ text: `Memory for ${name}`, imageUrls }, { maxBufferedBytes: MIB });
  expect(most()).toBe(count);
  const hashes = await Promise.all(specs.map(async (spec) => sha256(await bytesOf(spec))));
  expect(mediaIds.map((id) => context.sandbox.ledger.media(id).sha256)).toEqual(hashes);
});

test('pictures that memory does not hold whole go up next to each other', async () => {
  const specs = [5, 6, 7].map((seed) => ({ kind: 'jpeg', bytes: 1_300_000, seed }));
  const imageUrls = specs.map(({ seed }) => context.url(`/media/jpeg?bytes=1300000&seed=${seed}`));
  const upload = { maxBufferedBytes: MIB, segmentBytes: 200_000 };
  const { mediaIds } = await publish({ text: 'In pieces', imageUrls }, upload);
  for (const [index, spec] of specs.entries()) {
    const media = context.sandbox.ledger.media(mediaIds[index]);
    expect(media).toMatchObject({ sha256: sha256(await bytesOf(spec)), category: 'tweet_image', conflicts: 0 });
  }
});

test('media of every source go together', async () => {
  const media = [image(8), { data: picture, altText: 'a lamp' }, { stream: Readable.from(pieces(picture)) }];
  const published = await publish({ text: 'Of every source', imageUrls: [image(9)], media });
  expect(published.media.map(({ source }) => source)).toEqual([
    context.url('/media/jpeg'),
    context.url('/media/jpeg'),
    'buffer',
    'stream',
  ]);
  const kept = published.mediaIds.map((id) => context.sandbox.ledger.media(id));
  expect(kept.map(({ altText }) => altText)).toEqual([undefined, undefined, 'a lamp', undefined]);
  expect(kept.slice(2).map((medium) => medium.sha256)).toEqual([sha256(picture), sha256(picture)]);
});

describe('one that fails', () => {
  test.each([0, 1, 3])('because its source does, number %i, is named, and none goes up', async (failing) => {
    const imageUrls = [0, 1, 2, 3].map((index) => image(20 + index, index === failing ? '&status=404' : ''));
    const error = await rejectionOf(publish({ text: 'One is missing', imageUrls }));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: failing, operation: 'uploadMedia', status: 404 });
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('while the others are read stops them', async () => {
    const media = [
      {
        stream: streamThatWaits(
          picture,
          () => new Promise(() => {}),
          () => {},
        ),
      },
      image(30, '&stall=1000&chunked=1'),
      image(31, '&status=404'),
    ];
    const error = await rejectionOf(publish({ text: 'Stopped while read', media }));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 2 });
    expect(media[0].stream.destroyed).toBe(true);
    const isClosed = ({ aborted, status }) => aborted || status !== null;
    await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'source' }).every(isClosed));
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('while the others go up is named, and stops them', async () => {
    context.sandbox.faults.add({ endpoint: 'uploadMedia', fault: { kind: 'hang' } });
    const { ledger } = context.sandbox;
    const broken = streamThatWaits(
      png,
      () => ledger.waitFor(() => ledger.requests({ endpoint: 'uploadMedia' }).length === 2),
      () => {
        throw new Error('gone');
      },
    );
    const media = [image(40), { stream: broken, size: png.length }, image(41)];
    const error = await rejectionOf(publish({ text: 'Stopped on the way', media }));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 1, operation: 'uploadMedia' });
    await ledger.waitFor(() => ledger.requests({ endpoint: 'uploadMedia', aborted: true }).length === 2);
    expect(callsToX(context.sandbox)).not.toContain('createTweet');
    expect(ledger.tweets().map(({ text }) => text)).not.toContain('Stopped on the way');
  });

  test('in a thread says what exists, and which medium it was', async () => {
    const parts = [
      { text: 'The first part', imageUrls: [image(50)] },
      { text: 'The second part', imageUrls: [image(51), image(52, '&status=410')] },
    ];
    const error = await rejectionOf(publishThread(parts, token()));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', failedIndex: 1, mediaIndex: 1, status: 410 });
    expect(error.published.map(({ text }) => text)).toEqual(['The first part']);
  });
});

describe('what does not go together', () => {
  const VIDEO = () => context.url('/media/mp4');
  const GIF = () => context.url('/media/gif');
  const STILL = () => context.url('/media/still-gif');

  test.each([
    ['five pictures', () => [1, 2, 3, 4, 5].map((seed) => image(seed))],
    ['two videos', () => [VIDEO(), VIDEO()]],
    ['two animated GIFs', () => [GIF(), GIF()]],
    ['a video and a picture', () => [VIDEO(), image(60)]],
    ['an animated GIF and a picture', () => [image(61), GIF()]],
    ['an animated GIF and a video', () => [VIDEO(), GIF()]],
  ])('is refused before any of it goes up: %s', async (_name, media) => {
    const error = await rejectionOf(publish({ text: 'Mixed', media: media() }));
    expect(error).toMatchObject({ code: 'INVALID_TWEET', type: 'invalid_data' });
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('GIFs of one frame are pictures, and go together', async () => {
    const { media } = await publish({ text: 'Still', media: [STILL(), image(62), STILL()] });
    expect(media.map(({ category }) => category)).toEqual(Array(3).fill('tweet_image'));
  });
});
