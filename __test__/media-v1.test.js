'use strict';

const { publishTweetWithMedia, uploadMedia, uploadMediaDetailed } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, nodeStream, quickly, segmentsOf, sha256 } = require('./support/media.js');

const context = useSandbox({ processingMs: 0 });
const signing = () => context.user.oauth1Credentials;
const v1 = (options) => ({ mediaApi: 'v1.1', client: quickly, ...options });
const kept = (id) => context.sandbox.ledger.media(id);

let srt;
beforeAll(async () => {
  srt = await bytesOf({ kind: 'srt' });
});

/** X's API itself is nowhere: all calls have to go to the base URL for uploads. */
function withoutApi() {
  const { X_API_BASE_URL } = process.env;
  process.env.X_API_BASE_URL = 'http://127.0.0.1:1';
  return () => {
    process.env.X_API_BASE_URL = X_API_BASE_URL;
  };
}

describe('v1.1, to the base URL for uploads alone', () => {
  let restore;
  beforeEach(() => {
    restore = withoutApi();
  });
  afterEach(() => restore());

  test.each([
    ['a picture', { kind: 'jpeg', bytes: 300_000 }, 'tweet_image', ['uploadMediaV1']],
    ['an animated GIF', { kind: 'gif' }, 'tweet_gif', Array(4).fill('uploadMediaV1')],
    ['a video', { kind: 'mp4', bytes: 300_000 }, 'tweet_video', Array(5).fill('uploadMediaV1')],
    ['a movie', { kind: 'mov', bytes: 300_000 }, 'tweet_video', Array(5).fill('uploadMediaV1')],
    ['subtitles', { kind: 'vtt' }, 'subtitles', Array(3).fill('uploadMediaV1')],
  ])('%s arrives byte for byte', async (_name, spec, category, calls) => {
    const bytes = await bytesOf(spec);
    const client = { upload: { segmentBytes: 100_000 } };
    const uploaded = await uploadMediaDetailed({ data: bytes }, signing(), v1({ client }));
    expect(uploaded).toMatchObject({ category, bytes: bytes.length, mediaId: expect.stringMatching(/^\d{15,}$/) });
    expect(kept(uploaded.mediaId)).toMatchObject({ sha256: sha256(bytes), category, conflicts: 0, mismatch: false });
    expect(callsToX(context.sandbox)).toEqual(calls);
    const requests = context.sandbox.ledger.requests();
    expect(new Set(requests.map(({ auth, userId }) => `${auth} ${userId}`))).toEqual(
      new Set([`oauth1 ${context.user.id}`]),
    );
  });

  test('the id keeps all its digits, which a number of JavaScript can not', async () => {
    const id = await uploadMedia({ data: await bytesOf({ kind: 'jpeg' }) }, signing(), v1());
    expect(Number.isSafeInteger(Number(id))).toBe(false);
    expect(kept(id).id).toBe(id);
  });

  test('it is good for as long as X says', async () => {
    const before = Date.now();
    const { expiresAt } = await uploadMediaDetailed(context.url('/media/jpeg'), signing(), v1());
    expect(expiresAt - before).toBeGreaterThan(86_390_000);
    expect(expiresAt - before).toBeLessThan(86_410_000);
  });

  test.each([
    ['a picture', '/media/jpeg'],
    ['an animated GIF', '/media/gif'],
    ['a video', '/media/mp4'],
  ])('a description of %s', async (_name, path) => {
    const altText = 'Eine Lampe & „Licht“ \u{1f4a1}';
    const id = await uploadMedia(context.url(path), signing(), v1({ altText }));
    expect(kept(id).altText).toBe(altText);
    expect(callsToX(context.sandbox).at(-1)).toBe('mediaMetadataV1');
  });

  test('segments have one size but for the last, and a failed one is sent again alone', async () => {
    const rule = context.sandbox.faults.add({
      endpoint: 'uploadMediaV1',
      attempt: 3,
      fault: { kind: 'commitThenReset' },
    });
    const client = { ...quickly, upload: { segmentBytes: 150_000 } };
    const bytes = await bytesOf({ kind: 'mp4', bytes: 500_001 });
    const source = { stream: nodeStream(bytes), size: bytes.length };
    const id = await uploadMedia(source, signing(), v1({ client }));
    expect(rule.hits).toBe(1);
    const segments = segmentsOf(kept(id));
    expect(segments.map((segment) => [segment.index, segment.bytes])).toEqual([
      [0, 150_000],
      [1, 150_000],
      [2, 150_000],
      [3, 50_001],
    ]);
    expect(segments.map(({ times }) => times).sort()).toEqual([1, 1, 1, 2]);
    expect(kept(id)).toMatchObject({ conflicts: 0, sha256: sha256(bytes) });
  });

  test.each([
    ['too large', '/media/jpeg?bytes=5000001', 'MEDIA_TOO_LARGE'],
    ['of no kind that X takes', '/media/jpeg?html=1', 'INVALID_MEDIA'],
  ])('what is %s is refused before anything is sent', async (_name, path, code) => {
    await expect(rejectionOf(uploadMedia(context.url(path), signing(), v1()))).resolves.toMatchObject({ code });
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});

describe('a post whose media go by v1.1', () => {
  test('is created by v2, with either credentials', async () => {
    const imageUrls = [1, 2].map((seed) => context.url(`/media/jpeg?bytes=30000&seed=${seed}`));
    const { accessToken } = context.user.oauth2;
    for (const token of [accessToken, null]) {
      const content = { text: `By ${token ? 'both' : 'one'}`, imageUrls };
      const { mediaIds } = await publishTweetWithMedia(content, token, signing(), v1());
      expect(mediaIds.map((id) => kept(id).bytes)).toEqual([30_000, 30_000]);
    }
    const calls = context.sandbox.ledger.requests().filter(({ endpoint }) => endpoint !== 'source');
    expect(calls.map(({ path, auth }) => `${auth} ${path}`)).toEqual([
      'oauth1 /1.1/media/upload.json',
      'oauth1 /1.1/media/upload.json',
      'oauth2 /2/tweets',
      'oauth1 /1.1/media/upload.json',
      'oauth1 /1.1/media/upload.json',
      'oauth1 /2/tweets',
    ]);
  });

  test.each(['tweet_video', 'amplify_video'])('a %s has its subtitles and its description', async (category) => {
    const subtitles = [
      { data: srt, languageCode: 'EN', displayName: 'English' },
      { url: context.url('/media/vtt'), languageCode: 'DE', displayName: 'Deutsch' },
    ];
    const media = [{ url: context.url('/media/mp4'), category, altText: 'a lamp', subtitles }];
    const content = { text: `Subtitled ${category}`, media };
    const { mediaIds } = await publishTweetWithMedia(content, null, signing(), v1());
    const video = kept(mediaIds[0]);
    expect(video).toMatchObject({ category, altText: 'a lamp' });
    expect(video.subtitles.map(({ language, name, mediaId }) => [language, name, kept(mediaId).mediaType])).toEqual([
      ['EN', 'English', 'text/srt'],
      ['DE', 'Deutsch', 'text/vtt'],
    ]);
  });

  test('is not created when X refuses the media', async () => {
    const refusal = { kind: 'status', status: 400, body: { errors: [{ code: 324, message: 'Unsupported media' }] } };
    context.sandbox.faults.add({ endpoint: 'uploadMediaV1', fault: refusal });
    const content = { text: 'Refused', imageUrls: [context.url('/media/jpeg')] };
    const error = await rejectionOf(publishTweetWithMedia(content, null, signing(), v1()));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', status: 400, mediaIndex: 0, detail: 'Unsupported media' });
    expect(callsToX(context.sandbox)).not.toContain('createTweet');
  });
});

test('an OAuth 2.0 token is no good for v1.1, and nothing is read', async () => {
  const call = uploadMedia({ data: srt }, context.user.oauth2.accessToken, v1());
  const error = await rejectionOf(call);
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options.mediaApi' });
  expect(callsToX(context.sandbox)).toEqual([]);
});

describe('processing', () => {
  const slow = useSandbox({ processingMs: 1000 });

  test('is awaited by v1.1 too', async () => {
    slow.sandbox.clock.freeze();
    const call = uploadMediaDetailed(slow.url('/media/mp4'), slow.user.oauth1Credentials, v1());
    await slow.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'uploadMediaV1', status: 201 }).length);
    slow.sandbox.clock.advance(1000);
    await expect(call).resolves.toMatchObject({ processing: 'succeeded', category: 'tweet_video' });
    expect(callsToX(slow.sandbox).at(-1)).toBe('mediaStatusV1');
  });
});
