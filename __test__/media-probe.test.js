'use strict';

const { mkdtemp, readFile, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { ReadableStream } = require('node:stream/web');
const { probeMedia, publishTweetWithMedia, uploadMedia } = require('twitter-native');
const { describeMedia } = require('twitter-native-sandbox');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, nodeStream, webStream } = require('./support/media.js');

const context = useSandbox();
const urlOf = ({ kind, ...query }) => context.url(`/media/${kind}?${new URLSearchParams(query)}`);
const journalOf = (spec) => context.sandbox.mediaJournal.filter(({ url }) => context.url(url) === urlOf(spec));
const codes = (problems) => problems.map(({ code }) => code);

let folder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-probe-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => expect(callsToX(context.sandbox)).toEqual([]));

const IMAGE = { category: 'tweet_image', width: 640, height: 480 };
const VIDEO = { category: 'tweet_video', width: 1280, height: 720, durationMs: 10_000 };
const PORTRAIT = { width: 720, height: 1280, durationMs: 61_234 };
const KINDS = [
  ['a JPEG', { kind: 'jpeg' }, { contentType: 'image/jpeg', ...IMAGE }],
  [
    'a JPEG with its picture after other segments',
    { kind: 'jpeg', bytes: 900_000 },
    { contentType: 'image/jpeg', ...IMAGE },
  ],
  ['a PNG', { kind: 'png', width: 33, height: 44 }, { contentType: 'image/png', ...IMAGE, width: 33, height: 44 }],
  [
    'a WebP',
    { kind: 'webp', width: 4000, height: 50 },
    { contentType: 'image/webp', ...IMAGE, width: 4000, height: 50 },
  ],
  [
    'a GIF of one frame',
    { kind: 'still-gif' },
    { contentType: 'image/gif', category: 'tweet_image', width: 160, height: 120, frames: 1 },
  ],
  [
    'an animated GIF',
    { kind: 'gif', frames: 13, width: 50, height: 40 },
    { contentType: 'image/gif', category: 'tweet_gif', width: 50, height: 40, frames: 13 },
  ],
  ['an MP4', { kind: 'mp4', ...PORTRAIT }, { contentType: 'video/mp4', ...VIDEO, ...PORTRAIT }],
  ['an MP4 with its movie box at the end', { kind: 'mp4', moov: 'end' }, { contentType: 'video/mp4', ...VIDEO }],
  ['a QuickTime movie', { kind: 'mov' }, { contentType: 'video/quicktime', ...VIDEO }],
  ['a movie with its box at the end', { kind: 'mov', moov: 'end' }, { contentType: 'video/quicktime', ...VIDEO }],
  ['SRT', { kind: 'srt' }, { contentType: 'text/srt', category: 'subtitles' }],
  ['WebVTT', { kind: 'vtt' }, { contentType: 'text/vtt', category: 'subtitles' }],
];

describe.each(KINDS)('%s is known by its bytes', (_name, spec, facts) => {
  const whole = () => {
    const { contentType, width, height } = facts;
    const bytes = describeMedia(spec).size;
    const form = { contentType, width, height, bytes };
    // For a picture it also says what would be done with it.
    const isPicture = contentType.startsWith('image/');
    const prepare = isPicture ? { action: 'none', removes: [], from: form, to: form } : undefined;
    return { ...facts, bytes, problems: [], warnings: [], prepare };
  };

  test('at a URL', async () => {
    await expect(probeMedia(urlOf(spec))).resolves.toEqual(whole());
  });

  test('in a file, in memory and in streams', async () => {
    const bytes = await bytesOf(spec);
    const path = join(folder, describeMedia(spec).filename);
    await writeFile(path, bytes);
    const sources = [
      { path },
      { data: bytes },
      { data: new Uint8Array(bytes) },
      { stream: nodeStream(bytes), size: bytes.length },
      { stream: webStream(bytes), size: bytes.length },
    ];
    for (const source of sources) await expect(probeMedia(source)).resolves.toEqual(whole());
    const { bytes: reported, ...probe } = await probeMedia({ stream: nodeStream(bytes) });
    expect({ ...probe, bytes: whole().bytes }).toEqual(whole());
    expect([undefined, bytes.length]).toContain(reported);
  });
});

describe('no more is read than it takes', () => {
  // What a server has sent into buffers counts, so the media are larger than any.
  const LARGE = 200_000_000;
  const BUFFERS = 20_000_000;

  test.each([
    ['a WebP, though it is too large', { kind: 'webp', bytes: LARGE }, 1],
    ['a video with its movie box at the start', { kind: 'mp4', bytes: LARGE }, 1],
    ['a GIF of too many frames', { kind: 'gif', frames: 400, width: 8, height: 8, bytes: 14_000_000, chunked: 1 }, 1],
    ['what never ends', { kind: 'png', width: 64, height: 48, endless: 1 }, 1],
  ])('%s', async (_name, spec, requests) => {
    await probeMedia(urlOf(spec));
    await context.sandbox.ledger.waitFor(
      (ledger) => ledger.requests({ endpoint: 'source', status: null, aborted: false }).length === 0,
    );
    const entries = journalOf(spec);
    expect(entries).toHaveLength(requests);
    for (const { sent } of entries) expect(sent).toBeLessThan(BUFFERS);
  });

  test('of a video with its movie box at the end, the end is asked for', async () => {
    const spec = { kind: 'mp4', bytes: LARGE, moov: 'end', seed: 2 };
    await expect(probeMedia(urlOf(spec))).resolves.toMatchObject({ ...VIDEO, bytes: LARGE, problems: [] });
    const [first, second, ...more] = journalOf(spec);
    expect(more).toEqual([]);
    expect(first.range).toBeUndefined();
    expect(first.sent).toBeLessThan(BUFFERS);
    const [, from] = /^bytes=(\d+)-$/.exec(second.range);
    expect(LARGE - Number(from)).toBeLessThan(2000);
    expect(second.sent).toBe(LARGE - Number(from));
  });

  test('of a picture that is not to be prepared, what comes before its data is skipped', async () => {
    const spec = { kind: 'png', bytes: 4_000_000, width: 64, height: 48, seed: 3 };
    const off = { media: { prepare: 'off' } };
    await expect(probeMedia(urlOf(spec), off)).resolves.toMatchObject({ width: 64, height: 48 });
    expect(journalOf(spec).map(({ range }) => range === undefined)).toEqual([true, false]);
  });

  test('a server that gives no parts is read through', async () => {
    const spec = { kind: 'mp4', bytes: 3_000_000, moov: 'end', noRange: 1 };
    await expect(probeMedia(urlOf(spec))).resolves.toMatchObject({ ...VIDEO, problems: [] });
    expect(Math.max(...journalOf(spec).map(({ sent }) => sent))).toBe(3_000_000);
  });

  test('a file is not read through', async () => {
    const path = join(folder, 'large.mp4');
    await writeFile(path, await bytesOf({ kind: 'mp4', bytes: 30_000_000, moov: 'end' }));
    await expect(probeMedia({ path })).resolves.toMatchObject({ ...VIDEO, bytes: 30_000_000 });
  });
});

describe('a problem', () => {
  test.each([
    ['too many frames', { kind: 'gif', frames: 351, width: 8, height: 8 }, [['gif_too_many_frames', 350, 351]]],
    ['a GIF too wide', { kind: 'gif', frames: 2, width: 1281, height: 8 }, [['gif_too_wide', 1280, 1281]]],
    ['a GIF too tall', { kind: 'gif', frames: 2, width: 8, height: 1081 }, [['gif_too_tall', 1080, 1081]]],
    ['too small a picture', { kind: 'png', width: 3, height: 4 }, [['image_too_small', 4, 3]]],
    ['too wide a picture', { kind: 'webp', width: 8193, height: 4 }, [['image_too_wide', 8192, 8193]]],
    ['too large a picture', { kind: 'webp', bytes: 5_000_001 }, [['too_large', 5_000_000, 5_000_001]]],
    ['too large a video', { kind: 'mp4', bytes: 16_000_000_001 }, [['too_large', 16_000_000_000, 16_000_000_001]]],
    ['too many segments', { kind: 'mp4', bytes: 5_000_000_001 }, [['too_many_segments', 5_000_000_000, 5_000_000_001]]],
    ['too short a video', { kind: 'mp4', durationMs: 499 }, [['video_too_short', 500, 499]]],
    ['too long a video', { kind: 'mp4', durationMs: 7_500_001 }, [['video_too_long', 7_500_000, 7_500_001]]],
    ['too small a video', { kind: 'mov', width: 31, height: 90 }, [['video_too_small', 32, 31]]],
    ['too narrow a video', { kind: 'mp4', width: 100, height: 301 }, [['video_aspect', 3, undefined]]],
    [
      'two rules at once',
      { kind: 'mp4', width: 100, height: 301, durationMs: 100, moov: 'end' },
      [
        ['video_too_short', 500, 100],
        ['video_aspect', 3, undefined],
      ],
    ],
  ])('%s is reported with both figures, and an upload is refused for it', async (_name, spec, expected) => {
    const { problems } = await probeMedia(urlOf(spec));
    expect(problems.map(({ code, limit, actual }) => [code, limit, actual])).toEqual(expected);
    for (const { message, actual } of problems) expect(message).toContain(String(actual ?? ''));
    if (spec.moov === 'end') return;
    const error = await rejectionOf(uploadMedia(urlOf(spec), context.user.oauth2.accessToken));
    expect(['INVALID_MEDIA', 'MEDIA_TOO_LARGE']).toContain(error.code);
    context.sandbox.ledger.clear();
  });

  test.each([
    ['longer than without a subscription', { kind: 'mp4', durationMs: 1_200_001 }, ['long_without_subscription']],
    ['larger than X states', { kind: 'mp4', width: 1920, height: 1080 }, ['larger_than_stated', 'larger_than_stated']],
  ])('is not what depends on the account: %s', async (_name, spec, warnings) => {
    const probe = await probeMedia(urlOf(spec));
    expect([codes(probe.problems), codes(probe.warnings)]).toEqual([[], warnings]);
  });
});

describe("a video's codecs", () => {
  // The commands of ffmpeg that made the files are beside them, with what ffprobe says of each.
  const FOLDER = join(__dirname, '../crates/core/tests/data/video');
  const SAMPLES = require('../crates/core/tests/data/video/samples.json');
  const path = (file) => ({ path: join(FOLDER, file) });

  /** [file, problems, warnings] */
  const JUDGED = [
    ['h264-aac.mp4', [], []],
    ['h264-aac.mov', [], []],
    ['h264-60fps.mp4', [], []],
    ['h264-vfr.mp4', [], []],
    ['h264-scaling-lists.mp4', [], []],
    ['h264-fragments.mp4', [], []],
    ['h264-main-29.97fps.mp4', [], ['video_profile']],
    ['h264-baseline.mov', [], ['video_profile']],
    ['h264-interlaced.mp4', [], ['video_may_be_interlaced']],
    ['h264-10bit.mp4', [], ['video_profile', 'video_bit_depth']],
    ['h264-120fps.mp4', [['video_frame_rate', 'video.frameRate', 60, 120]], []],
    ['h264-yuv422p.mp4', [['video_chroma', 'video.chroma']], ['video_profile']],
    ['h264-yuv444p.mp4', [['video_chroma', 'video.chroma']], ['video_profile']],
    ['h264-pixels-4-3.mp4', [['video_pixel_aspect', 'video.pixelAspect']], []],
    ['h264-aac-5.1.mp4', [['audio_channels', 'audio.channels', 2, 6]], []],
    ['h264-pcm.mov', [['audio_codec', 'audio.codec']], []],
    ['hevc-10bit.mp4', [['video_codec', 'video.codec']], ['video_bit_depth']],
    ['av1.mp4', [['video_codec', 'video.codec']], []],
    [
      'vp9.mp4',
      [
        ['video_codec', 'video.codec'],
        ['video_chroma', 'video.chroma'],
      ],
      [],
    ],
    [
      'prores-interlaced.mov',
      [
        ['video_codec', 'video.codec'],
        ['video_interlaced', 'video.interlaced'],
      ],
      [],
    ],
    ['vp9-opus.webm', [['video_pixel_aspect', 'video.pixelAspect']], ['video_codec', 'audio_codec']],
    ['vp8-live.webm', [], ['video_codec']],
  ];

  test('every sample is judged', () => {
    expect(JUDGED.map(([file]) => file).sort()).toEqual(SAMPLES.map(({ file }) => file).sort());
  });

  test.each(JUDGED)('%s', async (file, expected, warnings) => {
    const probe = await probeMedia(path(file));
    const rows = probe.problems.map(({ code, field, limit, actual }) => [code, field, limit, actual]);
    expect(rows).toEqual(expected.map(([code, field, limit, actual]) => [code, field, limit, actual]));
    expect(codes(probe.warnings)).toEqual(warnings);

    const { video, audio } = SAMPLES.find((sample) => sample.file === file).ffprobe;
    expect(probe.video.codec).toBe(video.codec_name);
    if (probe.video.codec === 'h264') {
      expect(probe.video).toMatchObject({ profile: video.profile, pixelAspect: video.sample_aspect_ratio });
      const interlaced = video.field_order === 'progressive' ? false : undefined;
      expect(probe.video.interlaced).toBe(interlaced);
    }
    const [frames, seconds] = video.avg_frame_rate.split('/');
    if (probe.video.frameRate) expect(probe.video.frameRate).toBeCloseTo(frames / seconds, 2);
    expect(probe.audio?.channels).toBe(audio?.channels);
    expect(probe.audio?.profile).toBe(audio?.profile);
  });

  const refused = JUDGED.filter(([, problems]) => problems.length > 0);
  test.each(refused)('%s is refused before X is asked for anything', async (file) => {
    const { problems } = await probeMedia(path(file));
    const error = await rejectionOf(uploadMedia(path(file), context.user.oauth2.accessToken));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA' });
    for (const { message } of problems) expect(error.message).toContain(message);
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('a movie box that comes a little later is waited for', async () => {
    const bytes = await readFile(path('h264-120fps.mp4').path);
    const padding = Buffer.alloc(600_000);
    padding.writeUInt32BE(padding.length);
    padding.write('free', 4, 'latin1');
    const after = bytes.readUInt32BE();
    const padded = Buffer.concat([bytes.subarray(0, after), padding, bytes.subarray(after)]);
    const file = join(folder, 'padded.mp4');
    await writeFile(file, padded);
    for (const source of [{ stream: nodeStream(padded), size: padded.length }, { path: file }]) {
      const error = await rejectionOf(uploadMedia(source, context.user.oauth2.accessToken));
      expect(error).toMatchObject({ code: 'INVALID_MEDIA' });
      expect(error.message).toContain('frame rate is 120');
      expect(callsToX(context.sandbox)).toEqual([]);
    }
  });

  test('a post is refused in a dry run too', async () => {
    const content = { text: 'Fast', media: [path('h264-120fps.mp4')] };
    const error = await rejectionOf(
      publishTweetWithMedia(content, context.user.oauth2.accessToken, null, { dryRun: true }),
    );
    expect(error).toMatchObject({ code: 'INVALID_MEDIA', mediaIndex: 0 });
    expect(error.message).toContain('frame rate is 120');
  });

  test('what is only advised against goes up', async () => {
    await uploadMedia(path('h264-interlaced.mp4'), context.user.oauth2.accessToken);
    expect(callsToX(context.sandbox)).toContain('finalizeUpload');
    context.sandbox.ledger.clear();
  });
});

describe('a lie', () => {
  test.each([
    [
      'the type of a server',
      () => `${urlOf({ kind: 'jpeg' })}&type=image/png`,
      'Content-Type: image/png',
      'image/jpeg',
    ],
    ['a video for a picture', () => `${urlOf({ kind: 'mp4' })}&type=image/gif`, 'Content-Type: image/gif', 'video/mp4'],
    ['a web page for a picture', () => `${urlOf({ kind: 'jpeg' })}&html=1&type=image/jpeg`, 'image/jpeg', 'text/html'],
    [
      'the name of a file',
      async () => ({ data: await bytesOf({ kind: 'png' }), filename: 'a.JPG' }),
      '.jpg',
      'image/png',
    ],
    [
      'the name of a stream',
      async () => ({ stream: nodeStream(await bytesOf({ kind: 'gif' })), filename: 'a.mp4' }),
      '.mp4',
      'image/gif',
    ],
  ])('is a problem, with both: %s', async (_name, source, said, is) => {
    const probe = await probeMedia(await source());
    expect(probe.contentType).toBe(is);
    const [problem] = probe.problems.filter(({ code }) => code === 'wrong_type');
    for (const words of [said, is]) expect(problem.message).toContain(words);
    const error = await rejectionOf(uploadMedia(await source(), context.user.oauth2.accessToken));
    expect(error.code).toBe('INVALID_MEDIA');
    for (const words of [said, is]) expect(error.message).toContain(words);
  });

  test.each([
    ['a QuickTime movie for an MP4', () => `${urlOf({ kind: 'mov' })}&type=video/mp4`],
    ['an older name of a type', () => `${urlOf({ kind: 'jpeg' })}&type=image/pjpeg`],
    [
      'a type with a parameter',
      () => `${urlOf({ kind: 'png', width: 9, height: 9 })}&type=${encodeURIComponent('IMAGE/PNG; q=1')}`,
    ],
    ['a type that says nothing', () => `${urlOf({ kind: 'webp' })}&type=application/octet-stream`],
    ['an unknown extension', async () => ({ data: await bytesOf({ kind: 'jpeg' }), filename: 'a.backup' })],
  ])('is not %s', async (_name, source) => {
    await expect(probeMedia(await source())).resolves.toMatchObject({ problems: [] });
  });
});

describe('what is no medium', () => {
  const garbage = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 167 + 13) % 251));

  test.each([
    ['a web page', () => urlOf({ kind: 'jpeg', html: 1 }), 'text/html'],
    [
      'an XML message',
      () => ({ data: Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>') }),
      'text/xml',
    ],
    ['garbage', () => ({ data: garbage }), 'application/octet-stream'],
    ['a text', () => ({ data: Buffer.from('Hello, reader') }), 'application/octet-stream'],
    ['a BMP', () => ({ data: Buffer.concat([Buffer.from('BM\x64\0\0\0\0\0\0\0', 'latin1'), garbage]) }), 'image/bmp'],
    ['a HEIC', () => ({ data: Buffer.concat([Buffer.from('\0\0\0\x18ftypheic', 'latin1'), garbage]) }), 'image/heic'],
  ])('%s has no category', async (_name, source, contentType) => {
    const probe = await probeMedia(source());
    expect(probe).toMatchObject({ contentType, warnings: [] });
    expect(probe).not.toHaveProperty('category');
    expect(probe.problems).toEqual([
      { code: 'unsupported', field: 'contentType', message: `X does not accept ${contentType}` },
    ]);
    const error = await rejectionOf(uploadMedia(source(), context.user.oauth2.accessToken));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA' });
    expect(error.message).toContain(contentType);
  });

  test.each([
    ['a JPEG', { kind: 'jpeg', bytes: 20_000 }, 9000],
    ['a PNG', { kind: 'png', width: 64, height: 48 }, 20],
    ['a WebP', { kind: 'webp' }, 22],
    ['a GIF', { kind: 'gif' }, 5000],
    ['an MP4 whose movie box is cut', { kind: 'mp4' }, 200],
    ['an MP4 whose movie box is missing', { kind: 'mp4', moov: 'end' }, 60_000],
    ['an MP4 of little more than its name', { kind: 'mp4' }, 24],
  ])('nor is %s that was cut off', async (_name, spec, length) => {
    const data = (await bytesOf(spec)).subarray(0, length);
    const probe = await probeMedia({ data });
    expect(probe).toMatchObject({ contentType: describeMedia(spec).contentType, bytes: length });
    expect(codes(probe.problems)).toContain('broken');
    const error = await rejectionOf(uploadMedia({ data }, context.user.oauth2.accessToken));
    expect(error).toMatchObject({ code: 'INVALID_MEDIA' });
    expect(error.message).toContain('is broken: ');
    expect(callsToX(context.sandbox)).not.toContain('finalizeUpload');
    context.sandbox.ledger.clear();
  });
});

function failingStream() {
  return new ReadableStream({
    pull() {
      throw new Error('gone');
    },
  });
}

test.each([
  ['404', () => urlOf({ kind: 'jpeg', status: 404 }), { code: 'MEDIA_SOURCE', status: 404 }],
  ['no file', () => ({ path: '/nowhere/lamp.jpg' }), { code: 'MEDIA_SOURCE' }],
  ['a stream that fails', () => ({ stream: failingStream() }), { code: 'MEDIA_SOURCE' }],
])('what can not be read is an error: %s', async (_name, source, expected) => {
  await expect(rejectionOf(probeMedia(source()))).resolves.toMatchObject({ ...expected, operation: 'probeMedia' });
});
