'use strict';

const { once } = require('node:events');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Readable } = require('node:stream');
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
const folder = mkdtempSync(join(tmpdir(), 'twitter-native-sources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SPEC = { kind: 'mp4', bytes: 1_050_000, durationMs: 3000 };
const video = (seed) => context.url(`/media/mp4?bytes=${SPEC.bytes}&durationMs=3000&seed=${seed}`);

const madeOf = (seed, spec = SPEC) => bytesOf({ ...spec, seed });

/** The checkpoint of a process that died when its post was next to be armed, or when its last medium had come so far. */
async function diedAfter(phase, content) {
  let stopped = false;
  const kept = keeper((state, { media }) => {
    if (stopped || state === 'ARMED') throw new Error('dead');
    stopped = phase !== 'MEDIA_READY' && media.at(-1).phase === phase;
  });
  const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
  expect(error.cause.message).toBe('dead');
  context.sandbox.ledger.clear();
  return kept.last;
}

describe('bytes that X has are those of the source', () => {
  const PICTURE = { kind: 'png', bytes: 400_000 };
  const SPECS = { 'a picture': PICTURE, 'a video': SPEC };
  const file = (bytes, seed) => {
    const path = join(folder, `${seed}-bound`);
    writeFileSync(path, bytes);
    return { path };
  };
  /** A URL that leads to other bytes of the same length from its second request on, or to the same ones. */
  const url = (query) => async (spec, seed, other) => {
    const { kind, ...numbers } = spec;
    const text = new URLSearchParams({ ...numbers, seed }).toString();
    return { url: context.url(`/media/${kind}?${text}${query}${other === undefined ? '' : '&changed=1'}`) };
  };
  const sources = [
    ['data', async (spec, seed, other) => ({ data: await madeOf(other ?? seed, spec) })],
    ['a Blob', async (spec, seed, other) => ({ data: new Blob([await madeOf(other ?? seed, spec)]) })],
    ['a file', async (spec, seed, other) => file(await madeOf(other ?? seed, spec), seed)],
    ['a stream', async (spec, seed, other) => ({ stream: Readable.from([await madeOf(other ?? seed, spec)]) })],
    ['a URL', url('')],
    ['a URL without a validator', url('&noValidator=1')],
    ['a URL that does not tell its length', url('&chunked=1')],
  ];
  const cases = sources.flatMap(([name, at]) => [
    [name, 'a picture', 'MEDIA_READY', at],
    ...['FINALIZE', 'PROCESSING', 'READY', 'MEDIA_READY'].map((phase) => [name, 'a video', phase, at]),
  ]);
  const numbered = cases.map((each, index) => [...each, 200 + index]);
  const title = (name, what, phase) => `${what} from ${name}, ${phase}`;
  /** Of a URL, the first request shows what the source is at first. */
  const firstly = (at, spec, seed) => at(spec, seed, undefined);
  const uploads = () => context.sandbox.ledger.requests().filter(({ endpoint }) => /upload|metadata/i.test(endpoint));

  test.each(numbered)('or nothing is sent: %s, %s, %s', async (name, what, phase, at, seed) => {
    const spec = SPECS[what];
    const text = `Other bytes: ${title(name, what, phase)}`;
    const isUrl = name.startsWith('a URL');
    const content = async (other) => ({ text, media: [await at(spec, seed, other)] });
    const first = isUrl ? await content(99) : { text, media: [await firstly(at, spec, seed)] };
    const checkpoint = await diedAfter(phase, first);
    const failed = publishTweetWithMedia(await content(99), token(), null, { client, checkpoint });
    const error = await rejectionOf(failed);
    expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH', mediaIndex: 0, field: 'options.checkpoint' });
    const sent = context.sandbox.ledger.requests().filter(({ endpoint }) => !['source', 'me'].includes(endpoint));
    expect(sent).toEqual([]);
  });

  test.each(numbered)('and then are not sent again: %s, %s, %s', async (name, what, phase, at, seed) => {
    const spec = SPECS[what];
    const content = async () => ({
      text: `Same bytes: ${title(name, what, phase)}`,
      media: [await firstly(at, spec, seed)],
    });
    const checkpoint = await diedAfter(phase, await content());
    const { media } = await publishTweetWithMedia(await content(), token(), null, { client, checkpoint });
    expect(media[0].mediaId).toBe(JSON.parse(checkpoint).media[0].upload.id);
    expect(uploads().filter(({ endpoint }) => endpoint !== 'finalizeUpload')).toEqual([]);
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('of four pictures, the one that differs is named, and none is sent', async () => {
    const content = async (last) => ({
      text: 'The fourth',
      media: await Promise.all([1, 2, 3, last].map(async (seed) => ({ data: await madeOf(seed, PICTURE) }))),
    });
    const checkpoint = await diedAfter('MEDIA_READY', await content(4));
    const failed = publishTweetWithMedia(await content(5), token(), null, { client, checkpoint });
    expect(await rejectionOf(failed)).toMatchObject({ code: 'CHECKPOINT_MISMATCH', mediaIndex: 3 });
    expect(uploads()).toEqual([]);
  });

  const inFile = (bytes) => file(bytes, 305);
  const stream = (bytes) => ({ stream: Readable.from([bytes]) });
  test.each([
    ['fewer bytes in a file', inFile, (bytes) => bytes.subarray(0, -1000)],
    ['more bytes in a file', inFile, (bytes) => Buffer.concat([bytes, bytes])],
    ['fewer bytes of a stream', stream, (bytes) => bytes.subarray(0, -1000)],
    ['more bytes of a stream', stream, (bytes) => Buffer.concat([bytes, bytes])],
  ])('or nothing is sent: %s', async (name, source, change) => {
    const bytes = await madeOf(305);
    const content = (held) => ({ text: `It has ${name}`, media: [source(held)] });
    const checkpoint = await diedAfter('READY', content(bytes));
    const failed = publishTweetWithMedia(content(change(bytes)), token(), null, { client, checkpoint });
    expect(await rejectionOf(failed)).toMatchObject({ code: 'CHECKPOINT_MISMATCH', mediaIndex: 0 });
    expect(uploads()).toEqual([]);
  });

  test('and X says what became of an upload that is not brought again', async () => {
    const failing = { state: 'failed', error: { code: 1, name: 'InvalidMedia', message: 'Not a video.' } };
    const refusal = { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Not yours.' };
    for (const [answer, code] of [
      [{ status: 200, body: { data: { id: '1', processing_info: failing } } }, 'MEDIA_PROCESSING'],
      [{ status: 403, body: refusal }, 'FORBIDDEN'],
    ]) {
      const content = { text: `Ended in ${code}`, media: [{ data: await madeOf(306) }] };
      const checkpoint = await diedAfter('PROCESSING', content);
      const fault = { kind: 'status', ...answer };
      const rule = context.sandbox.faults.add({ endpoint: 'mediaStatus', fault });
      const failed = publishTweetWithMedia(content, token(), null, { client, checkpoint });
      expect(await rejectionOf(failed)).toMatchObject({ code, mediaIndex: 0 });
      expect(requestsTo('appendUpload')).toEqual([]);
      rule.remove();
    }
  });

  test('and are read where X has lost the upload: others than those are not sent in their place', async () => {
    const [first, other] = [await madeOf(307), await madeOf(307, { ...SPEC, bytes: SPEC.bytes + 5000 })];
    let isOther = false;
    const server = createServer((_request, response) => {
      // Its server calls both by one tag, and does not tell how long the second one is.
      const length = isOther ? {} : { 'content-length': first.length };
      response.writeHead(200, { 'content-type': 'video/mp4', etag: '"the same"', ...length });
      response.end(isOther ? other : first);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const content = { text: 'Lost, and another', media: [`http://127.0.0.1:${server.address().port}/lamp.mp4`] };
    const checkpoint = await diedAfter('PROCESSING', content);
    context.sandbox.ledger.media(JSON.parse(checkpoint).media[0].upload.id).expiresAt = 0;
    isOther = true;
    const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client, checkpoint }));
    server.close();
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', message: expect.stringMatching(/changed since it was upl/) });
    expect(requestsTo('initializeUpload')).toEqual([]);
  });

  test('whatever its server says of them: they are read where the tag is another one', async () => {
    const bytes = await madeOf(300);
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes.length, etag: `"${requests}"` });
      response.end(bytes);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const content = { text: 'Another tag', media: [`http://127.0.0.1:${server.address().port}/lamp.mp4`] };
    const checkpoint = await diedAfter('MEDIA_READY', content);
    const { media } = await publishTweetWithMedia(content, token(), null, { client, checkpoint });
    server.close();
    expect(requests).toBe(2);
    expect(media[0].mediaId).toBe(JSON.parse(checkpoint).media[0].upload.id);
  });

  test('or go up again, where nothing is kept that could show it', async () => {
    const { sandbox } = context;
    const content = async (seed) => ({ text: 'Nothing kept', media: [{ data: await madeOf(seed) }] });
    const fault = { kind: 'status', status: 403, body: { title: 'Forbidden', type: 'about:blank', status: 403 } };
    sandbox.faults.add({ endpoint: 'createTweet', fault, times: 1 });
    const { checkpoint } = await rejectionOf(publishTweetWithMedia(await content(301), token(), null, { client }));
    expect(JSON.parse(checkpoint).media[0].phase).toBe('READY');
    const { media } = await publishTweetWithMedia(await content(302), token(), null, { client, checkpoint });
    expect(sandbox.ledger.media(media[0].mediaId).sha256).toBe(sha256(await madeOf(302)));
  });

  test('a stream that was read to see it can be sent, should X have lost the upload', async () => {
    const content = async () => ({ text: 'Read twice', media: [{ stream: Readable.from([await madeOf(303)]) }] });
    const checkpoint = await diedAfter('PROCESSING', await content());
    const { id } = JSON.parse(checkpoint).media[0].upload;
    context.sandbox.ledger.media(id).expiresAt = 0;
    const { media } = await publishTweetWithMedia(await content(), token(), null, { client, checkpoint });
    expect(media[0].mediaId).not.toBe(id);
    expect(context.sandbox.ledger.media(media[0].mediaId).sha256).toBe(sha256(await madeOf(303)));
  });

  test.each(['ARMED', 'PUBLISHED'])('no source is opened for a post that is %s', async (state) => {
    const content = { text: `Not opened: ${state}`, media: [video(304)] };
    const kept = keeper((reached) => {
      if (state === 'ARMED' && reached === 'PUBLISHED') throw new Error('dead');
    });
    const { tweetId } = await publishTweetWithMedia(content, token(), null, { client, ...kept });
    context.sandbox.ledger.clear();
    const again = await publishTweetWithMedia(content, token(), null, { client, checkpoint: kept.last });
    expect(again.tweetId).toBe(tweetId);
    expect(requestsTo('source')).toEqual([]);
  });
});
