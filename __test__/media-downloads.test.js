'use strict';

const { publishTweetWithMedia, uploadMedia, uploadMediaDetailed } = require('twitter-native');
const { describeMedia } = require('twitter-native-sandbox');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, quickly, sha256 } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;

/** Each URL is asked for by one test alone: the sandbox counts requests by URL. */
let seed = 1000;
function source(query, { kind = 'jpeg', bytes = 300_000 } = {}) {
  seed += 1;
  const spec = { kind, bytes, seed };
  const url = context.url(`/media/${kind}?${new URLSearchParams({ bytes, seed, ...query })}`);
  return {
    url,
    hash: async () => sha256(await bytesOf(spec)),
    etag: describeMedia(spec).etag,
    /** What was asked of it. */
    asked: () => context.sandbox.mediaJournal.filter((entry) => context.url(entry.url) === url),
  };
}

const upload = (url, options) => uploadMedia(url, token(), { client: quickly, ...options });

/** The medium is refused by both, and nothing of it reaches X. */
async function expectRefused(url, expected, client = quickly) {
  const alone = await rejectionOf(uploadMedia(url, token(), { client }));
  expect(alone).toMatchObject({ ...expected, operation: 'uploadMedia' });
  expect(alone.message).toMatch(/^Media upload failed: /);
  const content = { text: 'A picture', imageUrls: [url] };
  const posted = await rejectionOf(publishTweetWithMedia(content, token(), null, { client }));
  expect(posted).toMatchObject({ ...expected, mediaIndex: 0, operation: 'uploadMedia' });
  expect(callsToX(context.sandbox)).toEqual([]);
  return alone;
}

describe('a source that answers with an error', () => {
  test.each([400, 401, 403, 404, 410, 416, 204, 304])('%i is final', async (status) => {
    const { url, asked } = source({ status });
    await expectRefused(url, { code: 'MEDIA_SOURCE', type: 'invalid_data', status, retryable: false });
    expect(asked()).toHaveLength(2);
  });

  test.each([408, 425, 429, 500, 502, 503, 504])('%i is tried again, three times in all', async (status) => {
    const { url, asked } = source({ status });
    await expectRefused(url, { code: 'MEDIA_SOURCE', status, retryable: true });
    expect(asked()).toHaveLength(6);
  });

  test.each([
    ['500', { kind: 'status', status: 500 }],
    ['429', { kind: 'status', status: 429 }],
    ['a web page with 503', { kind: 'html', status: 503 }],
    ['a reset before it is read', { kind: 'resetBeforeRead' }],
    ['a reset after it', { kind: 'resetAfterRead' }],
    ['nothing', { kind: 'hang' }],
  ])('%s is no matter when it is fine the third time', async (_name, fault) => {
    const { url, hash } = source();
    const rule = context.sandbox.faults.add({ endpoint: 'source', fault, times: 2 });
    // A slow machine has to answer within it, too.
    const client = { ...quickly, requestTimeoutMs: 2000 };
    const id = await uploadMedia(url, token(), { client });
    expect(rule.hits).toBe(2);
    expect(context.sandbox.ledger.media(id).sha256).toBe(await hash());
  });

  test('that asks to wait for long is not waited for', async () => {
    const { url } = source();
    const fault = { kind: 'status', status: 503, headers: { 'retry-after': '120' } };
    const rule = context.sandbox.faults.add({ endpoint: 'source', fault });
    const error = await rejectionOf(upload(url));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', status: 503, retryable: true });
    const wait = error.retryAt.getTime() - Date.now();
    expect(wait).toBeGreaterThan(110_000);
    expect(wait).toBeLessThanOrEqual(120_000);
    expect(rule.hits).toBe(1);
  });

  test('nobody listens there', async () => {
    await expectRefused('http://127.0.0.1:1/a.jpg', { code: 'MEDIA_SOURCE', retryable: true });
  });
});

describe('a source that lies', () => {
  test.each([
    ['a web page', { html: 1 }, 'INVALID_MEDIA', ['text/html']],
    [
      'a web page under the name of a picture',
      { html: 1, type: 'image/jpeg' },
      'INVALID_MEDIA',
      ['image/jpeg', 'text/html'],
    ],
    ['another type', { type: 'image/png' }, 'INVALID_MEDIA', ['image/png', 'image/jpeg']],
    ["a video's type", { type: 'video/mp4' }, 'INVALID_MEDIA', ['video/mp4', 'image/jpeg']],
    ['an encoding', { encoding: 'gzip' }, 'MEDIA_SOURCE', ['content encoding']],
    ['a newer encoding', { encoding: 'br' }, 'MEDIA_SOURCE', ['content encoding']],
    ['a length that is too short', { length: 1000 }, 'INVALID_MEDIA', ['ends in the middle']],
  ])('is refused: %s', async (_name, query, code, words) => {
    const { url } = source(query);
    const error = await expectRefused(url, { code, type: 'invalid_data', retryable: false });
    for (const word of words) expect(error.message).toContain(word);
  });

  test('about its length is refused when that is too long', async () => {
    const { url } = source({ length: 300_001 });
    await expectRefused(url, { code: 'MEDIA_SOURCE' }, { ...quickly, requestTimeoutMs: 150 });
  });

  test('leaves nothing of itself in the answer to the next', async () => {
    await rejectionOf(upload(source({ length: 1000 }).url));
    for (let times = 0; times < 3; times++) {
      const { url, hash } = source();
      expect(context.sandbox.ledger.media(await upload(url)).sha256).toBe(await hash());
    }
  });
});

describe('a connection that breaks', () => {
  test.each([
    ['a picture', { kind: 'jpeg', bytes: 300_000 }, 100_000],
    ['a video', { kind: 'mp4', bytes: 2_000_000 }, 1_300_000],
  ])('is resumed where it broke off: %s', async (_name, spec, cut) => {
    const { url, hash, etag, asked } = source({ cut }, spec);
    const id = await upload(url, { client: { ...quickly, upload: { segmentBytes: 200_000 } } });
    expect(context.sandbox.ledger.media(id)).toMatchObject({ sha256: await hash(), conflicts: 0 });
    const [first, second, ...more] = asked();
    expect(more).toEqual([]);
    expect([first.range, first.headers['if-range']]).toEqual([undefined, undefined]);
    expect(second.headers['if-range']).toBe(etag);
    // A reset throws away what a slow machine has not read yet, so it may go on before the cut, and never at the start.
    const from = Number(/^bytes=(\d+)-$/.exec(second.range)?.[1]);
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(cut);
    expect(second.sent).toBe(spec.bytes - from);
  });

  test('again and again is resumed as long as it gets on', async () => {
    const { url, hash, asked } = source({ cut: 70_000, cutTimes: 99 }, { kind: 'mp4', bytes: 700_000 });
    expect(context.sandbox.ledger.media(await upload(url)).sha256).toBe(await hash());
    expect(asked().map(({ range }) => range)).toEqual([
      undefined,
      ...Array.from({ length: 9 }, (_, index) => `bytes=${70_000 * (index + 1)}-`),
    ]);
  });

  test('again and again without getting on is given up', async () => {
    const { url, asked } = source({ cut: 1000, cutTimes: 99 });
    const error = await rejectionOf(upload(url));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', retryable: true });
    expect(error.message).toContain('broke off after 4000 of 300000 bytes');
    expect(asked()).toHaveLength(4);
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test.each([
    ['without a validator', { noValidator: 1 }],
    ['and a server that gives no parts', { noRange: 1 }],
    ['without either', { noValidator: 1, noRange: 1 }],
    ['without a validator or a length', { noValidator: 1, chunked: 1 }],
    ['with a validator and no length', { chunked: 1 }],
  ])('%s is read again from the start, where parts are not to be trusted', async (_name, query) => {
    const { url, hash, asked } = source({ cut: 100_000, ...query });
    const id = await upload(url);
    expect(context.sandbox.ledger.media(id)).toMatchObject({ sha256: await hash(), bytes: 300_000 });
    expect(asked()).toHaveLength(2);
    if (query.noValidator) expect(asked().map(({ range }) => range)).toEqual([undefined, undefined]);
  });

  test.each([
    ['by its validator', {}],
    ['by its validator, from the start', { noRange: 1 }],
    ['by its bytes', { noValidator: 1 }],
    ['by its bytes, without a length', { noValidator: 1, chunked: 1 }],
  ])('and another medium after it is found out %s', async (_name, query) => {
    const { url } = source({ cut: 100_000, changed: 1, ...query });
    const error = await rejectionOf(upload(url));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', type: 'invalid_data', retryable: false });
    expect(error.message).toContain('changed while it was read');
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('and another medium after it leaves an upload that is never finished', async () => {
    const { url } = source({ cut: 1_000_000, changed: 1 }, { kind: 'mp4', bytes: 2_000_000 });
    const client = { ...quickly, upload: { segmentBytes: 200_000 } };
    const content = { text: 'Changed', videoUrl: url };
    const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client }));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 0 });
    const calls = callsToX(context.sandbox);
    expect(calls).toContain('appendUpload');
    for (const later of ['finalizeUpload', 'createTweet']) expect(calls).not.toContain(later);
  });
});

describe('a source that is slow', () => {
  test.each([
    ['stalls', { stall: 1000 }],
    ['stalls before its first byte', { stall: 0 }],
    ['drips', { drip: 20 }],
  ])("and %s ends with the call's time", async (_name, query) => {
    const { url } = source(query);
    const error = await rejectionOf(uploadMedia(url, token(), { timeoutMs: 200 }));
    expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true, operation: 'uploadMedia' });
    expect(callsToX(context.sandbox)).not.toContain('uploadMedia');
    const closed = (ledger) => ledger.requests({ endpoint: 'source', aborted: true }).length === 1;
    await context.sandbox.ledger.waitFor(closed);
  });

  test('and stalls is resumed, and given up where that does not help', async () => {
    const { url, asked } = source({ stall: 1000 });
    const error = await rejectionOf(upload(url, { client: { ...quickly, requestTimeoutMs: 1500 } }));
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', retryable: true });
    expect(error.cause.message).toContain('nothing came for 1500 ms');
    expect(asked().map(({ range }) => range)).toEqual([undefined, 'bytes=1000-', 'bytes=2000-', 'bytes=3000-']);
  });
});

describe('redirects', () => {
  test.each([1, 2, 3])('%i are followed', async (redirects) => {
    const { url, hash } = source({ redirects });
    const { mediaId, source: shown } = await uploadMediaDetailed(url, token());
    expect(context.sandbox.ledger.media(mediaId).sha256).toBe(await hash());
    expect(shown).toBe(context.url('/media/jpeg'));
  });

  test.each([
    [4, undefined],
    [1, 0],
    [3, 2],
  ])('%i are too many when %p are allowed', async (redirects, maxRedirects) => {
    const { url } = source({ redirects });
    const client = { ...quickly, mediaPolicy: { maxRedirects } };
    const error = await expectRefused(url, { code: 'MEDIA_SOURCE', retryable: false }, client);
    expect(error.message).toContain(`more than ${maxRedirects ?? 3} times (mediaPolicy.maxRedirects)`);
  });

  test('as many as are allowed are followed', async () => {
    const { url } = source({ redirects: 6 });
    await expect(upload(url, { client: { mediaPolicy: { maxRedirects: 6 } } })).resolves.toMatch(/^\d+$/);
  });

  test.each([
    ['without end', '/media/jpeg?redirects=99', 'redirects more than 3 times'],
    ['to what is no URL', 'http://[', 'redirects to an invalid URL'],
    ['to an error', '/media/jpeg?status=404', 'answered with status 404'],
    ['to a web page', '/media/jpeg?html=1', 'is text/html'],
  ])('%s end in an error', async (_name, redirect, words) => {
    const error = await rejectionOf(upload(source({ redirect }).url));
    expect(error.message).toContain(words);
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});

test('a source learns nothing about the caller, also after a redirect', async () => {
  const { url, asked } = source({ redirects: 1 });
  await upload(url);
  await uploadMedia(url, context.user.oauth1Credentials);
  const entries = context.sandbox.mediaJournal.slice(-4);
  expect(asked()).toHaveLength(2);
  for (const { headers } of entries) {
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'host', 'user-agent']);
    expect(headers).toMatchObject({ accept: '*/*', 'accept-encoding': 'identity' });
  }
});
