'use strict';

const { once } = require('node:events');
const { createServer } = require('node:http');
const { Readable } = require('node:stream');
const { probeMedia, publishTweetWithMedia, uploadMediaDetailed } = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, pieces, quickly } = require('./support/media.js');
const { PLACE, WRITERS, boxesOf, placed } = require('./support/movies.js');
const { received } = require('./support/pictures.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const atX = (id) => received(context.sandbox.ledger.media(id));
const off = { media: { prepare: 'off' } };

/** A film with its place at the front or at the end. */
const film = async (writer = 'android', moov = 'end', bytes = 40_000) =>
  placed(await bytesOf({ kind: writer === 'apple' ? 'mov' : 'mp4', durationMs: 2000, bytes, moov }), writer);

/** What another reader sees: boxes of the same sizes at the same places, one of them empty, and the rest as it was. */
function expectBlanked(blanked, original) {
  expect(blanked.length).toBe(original.length);
  expect(blanked.includes(PLACE)).toBe(false);
  const places = boxesOf(original).filter(({ path }, index) => path !== boxesOf(blanked)[index].path);
  const edges = (bytes) => boxesOf(bytes).map(({ start, end }) => [start, end]);
  // What was in the box is gone with it.
  const ownEdges = edges(original).filter(
    ([start, end]) => !places.some((place) => start > place.start && end <= place.end),
  );
  expect(edges(blanked)).toEqual(ownEdges);
  expect(places).toHaveLength(1);
  const [{ start, end }] = places;
  expect(blanked.subarray(start, end)).toEqual(
    Buffer.concat([original.subarray(start, start + 4), Buffer.from('free'), Buffer.alloc(end - start - 8)]),
  );
  const others = (bytes) => Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  expect(others(blanked).equals(others(original))).toBe(true);
}

describe('the place in a film is blanked', () => {
  test.each(
    WRITERS.flatMap((writer) => [
      [writer, 'start'],
      [writer, 'end'],
    ]),
  )('as %s writes it, at the %s', async (writer, moov) => {
    const bytes = await film(writer, moov);
    expect(bytes.includes(PLACE)).toBe(true);
    const { mediaId, prepared, ...detailed } = await uploadMediaDetailed({ data: bytes }, token());
    expect([detailed.bytes, prepared]).toEqual([bytes.length, 'strip']);
    expectBlanked(atX(mediaId), bytes);
  });

  test.each([
    ['a stream', (bytes) => ({ stream: Readable.from(pieces(bytes, 11)), size: bytes.length })],
    ['a stream of unknown length', (bytes) => ({ stream: Readable.from(pieces(bytes, 7)) })],
  ])('from %s, in whatever pieces it comes', async (_, sourceOf) => {
    const bytes = await film('apple');
    const { mediaId, prepared } = await uploadMediaDetailed(sourceOf(bytes), token());
    expect(prepared).toBe('strip');
    expectBlanked(atX(mediaId), bytes);
  });

  test('wherever the segments are cut', async () => {
    const bytes = await film('apple', 'end', 3000);
    for (const segmentBytes of [61, 67, 71, 73]) {
      const client = { ...quickly, upload: { segmentBytes, concurrency: 3, maxBufferedBytes: 1024 * 1024 } };
      const { mediaId } = await uploadMediaDetailed({ data: bytes }, token(), { client });
      expectBlanked(atX(mediaId), bytes);
    }
  });

  test('unless it is to stay; and a film without one goes up as it is', async () => {
    const bytes = await film();
    const kept = await uploadMediaDetailed({ data: bytes }, token(), off);
    expect([kept.prepared, atX(kept.mediaId).equals(bytes)]).toEqual([undefined, true]);
    const plain = await bytesOf({ kind: 'mov', durationMs: 2000 });
    const same = await uploadMediaDetailed({ data: plain }, token());
    expect([same.prepared, atX(same.mediaId).equals(plain)]).toEqual([undefined, true]);
  });
});

describe('what would be blanked is reported', () => {
  test.each(['start', 'end'])('with the movie box at the %s', async (moov) => {
    const data = await film('apple', moov, 2_000_000);
    const form = { contentType: 'video/quicktime', bytes: data.length, width: 1280, height: 720 };
    const stripping = { action: 'strip', removes: ['GPS'] };
    expect((await probeMedia({ data })).prepare).toEqual({ ...stripping, from: form, to: form });
    expect((await probeMedia({ data }, off)).prepare).toMatchObject({ action: 'none', removes: [] });
    const content = { text: 'Dry', media: [{ data }, { data: await bytesOf({ kind: 'mp4', durationMs: 2000 }) }] };
    const dry = async (options) =>
      (
        await publishTweetWithMedia({ ...content, media: [content.media[0]] }, token(), null, {
          dryRun: true,
          ...options,
        })
      ).prepare;
    expect(await dry()).toMatchObject([stripping]);
    expect(await dry(off)).toMatchObject([{ action: 'none', removes: [] }]);
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});

describe('a checkpoint', () => {
  const client = { ...quickly, upload: { segmentBytes: 64 * 1024, concurrency: 1, maxBufferedBytes: 1024 * 1024 } };
  const content = (data, text) => ({ text, media: [{ data }] });

  /** Publishes until `ends` says so, and gives the last checkpoint. */
  async function broken(post, ends, options) {
    const kept = keeper((state, { media }) => {
      if (ends(state, media[0])) throw new Error('dead');
    });
    const error = await rejectionOf(publishTweetWithMedia(post, token(), null, { client, ...options, ...kept }));
    expect(error.cause?.message).toBe('dead');
    return kept.last;
  }
  const halfway = (_state, medium) => medium?.phase === 'APPEND' && medium.upload?.segments && --halfway.left < 0;
  const uploaded = (state) => state === 'ARMED';

  test.each([
    ['the same way', undefined, undefined, 'strip'],
    ['kept first, blanked now', off, undefined, 'strip'],
    ['blanked first, kept now', undefined, off, undefined],
  ])('of a half upload goes on without the place: %s', async (name, first, second, prepared) => {
    halfway.left = 3;
    const data = await film('apple', 'start', 400_000);
    const checkpoint = await broken(content(data, name), halfway, first);
    const { media } = await publishTweetWithMedia(content(data, name), token(), null, {
      client,
      ...second,
      checkpoint,
    });
    expect(media[0].prepared).toBe(prepared);
    const bytes = atX(media[0].mediaId);
    if (prepared) expectBlanked(bytes, data);
    else expect(bytes.equals(data)).toBe(true);
    const begun = context.sandbox.ledger.requests({ endpoint: 'initializeUpload' }).length;
    expect(begun).toBe(first === second ? 1 : 2);
  });

  test('does not trust the tag of an address for what an earlier call sent of it', async () => {
    const bytes = await film('android', 'start', 400_000);
    const server = createServer(({ headers }, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
      const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
      const length = { 'content-type': 'video/mp4', 'content-length': bytes.length - from, etag: '"same"' };
      response.writeHead(from > 0 ? 206 : 200, { ...length, 'accept-ranges': 'bytes', ...(from > 0 ? range : {}) });
      response.end(bytes.subarray(from));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const post = { text: 'By its tag', media: [`http://127.0.0.1:${server.address().port}/film.mp4`] };
    halfway.left = 3;
    const checkpoint = await broken(post, halfway, off);
    const { media } = await publishTweetWithMedia(post, token(), null, { client, checkpoint });
    server.closeAllConnections();
    server.close();
    expect(media[0].prepared).toBe('strip');
    expectBlanked(atX(media[0].mediaId), bytes);
  });

  test.each([
    ['the same way', undefined],
    ['another way', off],
  ])('of a whole upload knows the film by its source: %s', async (name, second) => {
    const data = await film('android', 'end', 300_000);
    const checkpoint = await broken(content(data, name), uploaded);
    const { media } = await publishTweetWithMedia(content(data, name), token(), null, {
      client,
      ...second,
      checkpoint,
    });
    expect(media[0].prepared).toBe('strip');
    expectBlanked(atX(media[0].mediaId), data);
    expect(context.sandbox.ledger.requests({ endpoint: 'initializeUpload' })).toHaveLength(1);
  });

  test('refuses another film', async () => {
    const data = await film('android', 'end', 300_000);
    const checkpoint = await broken(content(data, 'Another'), uploaded);
    const other = Buffer.from(data);
    other[150_000] ^= 1;
    const error = await rejectionOf(
      publishTweetWithMedia(content(other, 'Another'), token(), null, { client, checkpoint }),
    );
    expect(error.code).toBe('CHECKPOINT_MISMATCH');
  });
});
