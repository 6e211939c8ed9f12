'use strict';

const { once } = require('node:events');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Readable } = require('node:stream');
const { crc32 } = require('node:zlib');
const exifr = require('exifr');
const {
  configure,
  probeMedia,
  publishThread,
  publishTweetWithMedia,
  uploadMedia,
  uploadMediaDetailed,
} = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX, quickly } = require('./support/media.js');
const {
  PLACE,
  bmpOf,
  decoded,
  exif,
  halves,
  ladenJpeg,
  noise,
  pixelAt,
  pngChunk,
  pngOf,
  received,
  tiffOf,
} = require('./support/pictures.js');

const context = useSandbox({ processingMs: 0 });
const token = () => context.user.oauth2.accessToken;
const atX = (id) => received(context.sandbox.ledger.media(id));
const fit = { media: { prepare: 'fit' } };
const off = { media: { prepare: 'off' } };
const metadataOf = (bytes) =>
  exifr.parse(bytes, { xmp: true, iptc: true, icc: false, gps: true, jfif: false, ihdr: false });

const folder = mkdtempSync(join(tmpdir(), 'twitter-native-prepare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let plain;
let laden;
let turned;
let tooManyBytes;
beforeAll(async () => {
  plain = await bytesOf({ kind: 'jpeg', width: 64, height: 32 });
  laden = ladenJpeg(plain);
  turned = ladenJpeg(plain, 6);
  tooManyBytes = await bytesOf({ kind: 'png', bytes: 5_500_000, width: 64, height: 48 });
});

/** A comparison by Jest takes long, and so would what it shows. */
const expectSame = (one, other) => expect([one.length, one.equals(other)]).toEqual([other.length, true]);

/** One after another: red is seen where it should be, and blue. */
function expectHalves(picture, red = [5, 5], blue = [picture.width - 5, 5]) {
  const [redness, , blueness] = pixelAt(picture, ...red);
  expect([redness > 230, blueness < 30]).toEqual([true, true]);
  expect(pixelAt(picture, ...blue)[2]).toBeGreaterThan(230);
}

describe('by default', () => {
  test('a photo of a telephone loses where it was taken, and nothing that is seen', async () => {
    expect(await exifr.gps(laden)).toEqual(PLACE);
    const { mediaId, bytes, prepared, contentType } = await uploadMediaDetailed({ data: laden }, token());
    expect([bytes, prepared, contentType]).toEqual([plain.length, 'strip', 'image/jpeg']);
    expect(await exifr.gps(atX(mediaId))).toBeUndefined();
    expect(await metadataOf(atX(mediaId))).toBeUndefined();
    expectSame(atX(mediaId), plain);
  });

  test.each([
    [
      'a file',
      (bytes) => {
        const path = join(folder, 'photo.jpg');
        writeFileSync(path, bytes);
        return { path };
      },
    ],
    [
      'a stream',
      (bytes) => ({ stream: Readable.from([bytes.subarray(0, 100), bytes.subarray(100)]), size: bytes.length }),
    ],
    ['a stream of unknown length', (bytes) => ({ stream: Readable.from([bytes]) })],
    ['a Blob', (bytes) => ({ data: new Blob([bytes]) })],
  ])('so from %s', async (_name, sourceOf) => {
    expectSame(atX(await uploadMedia(sourceOf(laden), token())), plain);
  });

  test('it is still shown as it was held', async () => {
    const { mediaIds } = await publishTweetWithMedia({ text: 'Turned', media: [{ data: turned }] }, token());
    const bytes = atX(mediaIds[0]);
    expect(await exifr.orientation(bytes)).toBe(6);
    expect(Object.keys(await metadataOf(bytes))).toEqual(['Orientation']);
    expectSame(decoded(bytes).data, decoded(turned).data);
  });

  test('a PNG keeps its pixels', async () => {
    const picture = pngOf(halves(40, 20, 100));
    const dirty = Buffer.concat([
      picture.subarray(0, 33),
      pngChunk('eXIf', exif(1)),
      pngChunk('tEXt', Buffer.from('Author\0me')),
      picture.subarray(33),
    ]);
    expect((await exifr.gps(dirty)).latitude).toBe(PLACE.latitude);
    const bytes = atX(await uploadMedia({ data: dirty }, token()));
    expectSame(bytes, picture);
  });

  test.each(['jpeg', 'png', 'webp', 'still-gif', 'gif'])(
    'a %s without any of it goes up to the last bit',
    async (kind) => {
      const bytes = await bytesOf({ kind });
      const uploaded = await uploadMediaDetailed({ data: bytes }, token());
      expectSame(atX(uploaded.mediaId), bytes);
      expect(uploaded).not.toHaveProperty('prepared');
    },
  );

  test('videos are not touched', async () => {
    const bytes = await bytesOf({ kind: 'mp4' });
    expectSame(atX(await uploadMedia({ data: bytes }, token())), bytes);
  });

  test('a picture whose parts make no sense is as X sees it', async () => {
    const broken = Buffer.concat([laden.subarray(0, laden.length - 100), noise(50)]);
    const cleaned = Buffer.concat([plain.subarray(0, plain.length - 100), noise(50)]);
    expectSame(atX(await uploadMedia({ data: broken }, token())), cleaned);
    const lying = Buffer.concat([
      plain.subarray(0, -2),
      Buffer.from([0xff, 0xe1, 0xff, 0xff]),
      Buffer.from('Exif\0\0'),
    ]);
    expectSame(atX(await uploadMedia({ data: lying }, token())), lying);
  });
});

describe('who wants it otherwise', () => {
  test('says so at the call', async () => {
    expectSame(atX(await uploadMedia({ data: laden }, token(), off)), laden);
    const { media } = await publishTweetWithMedia({ text: 'As it is', media: [{ data: laden }] }, token(), null, off);
    expectSame(atX(media[0].mediaId), laden);
    expect(media[0]).not.toHaveProperty('prepared');
  });

  test('or for a client, which a call goes before', async () => {
    const client = { media: { prepare: 'off' } };
    expectSame(atX(await uploadMedia({ data: laden }, token(), { client })), laden);
    const strip = { client, media: { prepare: 'strip' } };
    expectSame(atX(await uploadMedia({ data: laden }, token(), strip)), plain);
    configure(client);
    try {
      const thread = await publishThread([{ text: 'One', media: [{ data: laden }] }], token());
      expectSame(atX(thread.tweets[0].mediaIds[0]), laden);
    } finally {
      configure({});
    }
  });

  test.each([['all'], [7], [null, true]])('learns what is allowed: %p', async (prepare, isFine = false) => {
    const done = uploadMedia({ data: laden }, token(), { media: { prepare } });
    if (isFine) return expect(typeof (await done)).toBe('string');
    const error = await rejectionOf(done);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('media.prepare') });
  });
});

describe('fit', () => {
  const fitted = async (source, options = fit) => {
    const uploaded = await uploadMediaDetailed(source, token(), options);
    const bytes = atX(uploaded.mediaId);
    expect(uploaded.bytes).toBe(bytes.length);
    expect(bytes.length).toBeLessThanOrEqual(5_000_000);
    return { ...uploaded, picture: decoded(bytes), file: bytes };
  };

  test('what X takes is only stripped', async () => {
    const { file, prepared } = await fitted({ data: turned });
    expect(prepared).toBe('strip');
    expect(await exifr.orientation(file)).toBe(6);
    expectSame(decoded(file).data, decoded(turned).data);
  });

  test('a picture over 5 MB becomes smaller', async () => {
    expect(tooManyBytes.length).toBeGreaterThan(5_000_000);
    const refused = await rejectionOf(uploadMedia({ data: tooManyBytes }, token()));
    expect(refused.code).toBe('MEDIA_TOO_LARGE');
    for (const source of [{ data: tooManyBytes }, { stream: Readable.from([tooManyBytes]) }]) {
      const { picture, prepared, contentType } = await fitted(source);
      expect([picture.width, picture.height, prepared, contentType]).toEqual([64, 48, 'fit', 'image/jpeg']);
    }
  });

  test('a picture over 8,192 pixels is scaled with its aspect', async () => {
    const wide = pngOf(halves(9000, 9));
    expect((await rejectionOf(uploadMedia({ data: wide }, token()))).message).toContain('8192');
    const { picture, contentType } = await fitted({ data: wide });
    expect([picture.width, picture.height, contentType]).toEqual([8192, 8, 'image/jpeg']);
    expectHalves(picture);
    const seeThrough = await fitted({ data: pngOf(halves(9000, 9, 128)) });
    expect(seeThrough.contentType).toBe('image/png');
    expect(pixelAt(seeThrough.picture, 8000, 5)).toEqual([0, 0, 255, 128]);
  });

  test.each([
    ['a BMP', () => ({ data: bmpOf(halves(64, 32)), filename: 'lamp.bmp' })],
    ['a TIFF', () => ({ data: tiffOf(halves(64, 32)), filename: 'lamp.tiff' })],
    ['a stream of a BMP', () => ({ stream: Readable.from([bmpOf(halves(64, 32))]) })],
  ])('%s becomes a JPEG', async (_name, sourceOf) => {
    const refused = await rejectionOf(uploadMedia(sourceOf(), token()));
    expect(refused).toMatchObject({ code: 'INVALID_MEDIA', message: expect.stringMatching(/X does not accept/) });
    const { picture, category, contentType } = await fitted(sourceOf());
    expect([picture.width, picture.height, category, contentType]).toEqual([64, 32, 'tweet_image', 'image/jpeg']);
    expectHalves(picture);
  });

  test('what is encoded anew is turned as its EXIF said', async () => {
    const { picture, file } = await fitted({ data: tiffOf(halves(64, 32), 6) });
    expect([picture.width, picture.height]).toEqual([32, 64]);
    expectHalves(picture, [5, 5], [5, 59]);
    expect(await exifr.orientation(file)).toBeUndefined();
  });

  test('in a post, beside what needs nothing', async () => {
    const content = { text: 'Two', media: [{ data: bmpOf(halves(64, 32)) }, { data: plain }] };
    const { media } = await publishTweetWithMedia(content, token(), null, fit);
    expect(media.map(({ prepared }) => prepared)).toEqual(['fit', undefined]);
    expectHalves(decoded(atX(media[0].mediaId)));
    expectSame(atX(media[1].mediaId), plain);
  });
});

describe('what can not be fitted is refused, and nothing is sent', () => {
  const header = (width, height) => {
    const bytes = pngOf(halves(8, 8));
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
    return bytes;
  };
  const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), noise(500)]);
  const avif = Buffer.concat([Buffer.from('\0\0\0\x18ftypavif\0\0\0\0mif1avif', 'latin1'), noise(500)]);

  test.each([
    ['HEIC', () => heic, 'INVALID_MEDIA', /image\/heic.* save it as JPEG/],
    ['AVIF', () => avif, 'INVALID_MEDIA', /image\/avif.* save it as JPEG/],
    ['3.6 billion pixels', () => header(60_000, 60_000), 'MEDIA_TOO_LARGE', /60000 × 60000 pixels; .*67108864/],
    ['a header that lies', () => header(8_300, 8_000), 'INVALID_MEDIA', /decoded/],
    ['a PNG that is cut off', () => tooManyBytes.subarray(0, 5_400_000), 'INVALID_MEDIA', /decoded/],
    ['a TIFF that is cut off', () => tiffOf(halves(64, 32)).subarray(0, 3000), 'INVALID_MEDIA', /decoded/],
    ['a BMP of noise', () => Buffer.concat([bmpOf(halves(8, 8)).subarray(0, 18), noise(200)]), 'INVALID_MEDIA', /./],
    [
      '64 MB and a byte',
      () => Buffer.concat([bmpOf(halves(8, 8)), Buffer.alloc(64_000_000)]),
      'MEDIA_TOO_LARGE',
      /64000000/,
    ],
  ])('%s', async (_name, bytes, code, words) => {
    const source = { data: bytes() };
    const { rss } = process.memoryUsage();
    const error = await rejectionOf(publishTweetWithMedia({ text: 'Never', media: [source] }, token(), null, fit));
    expect(error).toMatchObject({ code, mediaIndex: 0, message: expect.stringMatching(words) });
    expect(callsToX(context.sandbox)).toEqual([]);
    expect(process.memoryUsage().rss - rss).toBeLessThan(700_000_000);
    const { prepare } = await probeMedia(source, fit);
    if (code === 'MEDIA_TOO_LARGE') expect(prepare.action).toBe('none');
  });

  test('a call that is given up lets go of it', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const error = await rejectionOf(uploadMedia({ data: tooManyBytes }, token(), { ...fit, signal }));
    expect(error.code).toBe('ABORTED');
    const late = await rejectionOf(uploadMedia({ data: tooManyBytes }, token(), { ...fit, timeoutMs: 5 }));
    expect(late.code).toBe('TIMEOUT');
    expect(await uploadMedia({ data: bmpOf(halves(64, 32)) }, token(), fit)).toMatch(/^\d+$/);
  });
});

describe('what would be done is reported', () => {
  const form = { contentType: 'image/jpeg', width: 64, height: 32 };
  const removes = ['EXIF', 'GPS', 'XMP', 'IPTC', 'text'];

  test('by a probe', async () => {
    const from = { ...form, bytes: laden.length };
    expect((await probeMedia({ data: laden })).prepare).toEqual({
      ...{ action: 'strip', removes, from, to: { ...form, bytes: plain.length } },
    });
    expect((await probeMedia({ data: laden }, off)).prepare).toEqual({ action: 'none', removes: [], from, to: from });
    expect((await probeMedia({ data: plain })).prepare).toMatchObject({ action: 'none', removes: [] });
    expect((await probeMedia({ stream: Readable.from([laden]) })).prepare).toMatchObject({ action: 'strip', removes });
    expect(await probeMedia({ data: await bytesOf({ kind: 'mp4' }) })).not.toHaveProperty('prepare');
  });

  test('by a probe of what would be fitted, before it is decoded', async () => {
    const wide = pngOf(halves(9000, 9));
    const probe = await probeMedia({ data: wide }, fit);
    expect(probe.prepare).toMatchObject({
      ...{ action: 'fit', from: { width: 9000, height: 9 }, to: { width: 8192, height: 8 } },
    });
    expect(probe.problems.map(({ code }) => code)).toEqual(['image_too_wide']);
    expect((await probeMedia({ data: wide })).prepare.action).toBe('none');
    expect((await probeMedia({ data: tooManyBytes }, fit)).prepare).toMatchObject({ action: 'fit' });
    expect((await probeMedia({ data: bmpOf(halves(64, 32)) }, fit)).prepare.action).toBe('fit');
  });

  test('by a dry run, with the sizes', async () => {
    const content = { text: 'Dry', media: [{ data: laden }, { data: bmpOf(halves(64, 32)) }, { data: plain }] };
    const { prepare, media } = await publishTweetWithMedia(content, token(), null, { ...fit, dryRun: true });
    expect(media).toEqual([]);
    expect(prepare.map(({ action }) => action)).toEqual(['strip', 'fit', 'none']);
    expect(prepare[0]).toMatchObject({ removes, to: { bytes: plain.length } });
    expect(prepare[1].to).toMatchObject({ ...form, bytes: expect.any(Number) });
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('by a dry run that names the medium which can not be read to its end', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': laden.length });
      response.write(laden.subarray(0, -10), () => response.destroy());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const media = [{ data: laden }, { url: `http://127.0.0.1:${server.address().port}/cut.jpg` }];
    const content = { text: 'Dry', media };
    const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { dryRun: true, client: quickly }));
    server.close();
    expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 1 });
    expect(callsToX(context.sandbox)).toEqual([]);
  });

  test('by a probe of a picture that was jumped through before', async () => {
    const picture = pngOf(halves(40, 20, 100));
    const note = pngChunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), Buffer.alloc(600_000, 'a')]));
    const path = join(folder, 'noted.png');
    writeFileSync(path, Buffer.concat([picture.subarray(0, 33), note, picture.subarray(33)]));
    const { prepare } = await probeMedia({ path });
    expect(prepare).toMatchObject({ action: 'strip', removes: ['text'], to: { bytes: picture.length } });
  });
});

describe('a checkpoint', () => {
  /** Uploads the media, and dies before the post. Gives the last checkpoint. */
  async function uploadedOnly(content, options) {
    const kept = keeper((state) => {
      if (state === 'ARMED') throw new Error('dead');
    });
    const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { ...options, ...kept }));
    expect(error.cause?.message).toBe('dead');
    return kept.last;
  }

  test.each([
    ['the same way', undefined, undefined],
    ['another way', undefined, off],
    ['fitted', fit, fit],
    ['not fitted any more', fit, undefined],
  ])('knows a prepared picture by its source: %s', async (name, first, second) => {
    const data = name.includes('fitted') ? bmpOf(halves(64, 32)) : laden;
    const content = () => ({ text: `Resumed ${name}`, media: [{ data }] });
    const checkpoint = await uploadedOnly(content(), first);
    const { media } = await publishTweetWithMedia(content(), token(), null, { ...second, checkpoint });
    const { ledger } = context.sandbox;
    expect(ledger.requests({ endpoint: 'uploadMedia' })).toHaveLength(1);
    expect(media[0].prepared).toBe(name.includes('fitted') ? 'fit' : 'strip');
    expect(media[0].bytes).toBe(ledger.media(media[0].mediaId).bytes);
  });

  test('refuses another picture', async () => {
    const checkpoint = await uploadedOnly({ text: 'Same', media: [{ data: laden }] });
    const other = Buffer.concat([laden.subarray(0, -3), Buffer.from([0x12, 0xff, 0xd9])]);
    const error = await rejectionOf(
      publishTweetWithMedia({ text: 'Same', media: [{ data: other }] }, token(), null, { checkpoint }),
    );
    expect(error.code).toBe('CHECKPOINT_MISMATCH');
  });

  test('of an upload in segments begins it anew', async () => {
    const noisy = ladenJpeg(await bytesOf({ kind: 'jpeg', bytes: 1_500_000 }));
    const tight = { ...quickly, upload: { segmentBytes: 200_000, concurrency: 1, maxBufferedBytes: 1024 * 1024 } };
    const content = () => ({ text: 'In segments', media: [{ data: noisy }] });
    let count = 0;
    const kept = keeper((_state, { media }) => {
      count += media[0]?.phase === 'APPEND' ? 1 : 0;
      if (count > 3) throw new Error('dead');
    });
    const error = await rejectionOf(publishTweetWithMedia(content(), token(), null, { client: tight, ...kept }));
    expect(error.cause.message).toBe('dead');
    const options = { client: tight, checkpoint: kept.last };
    const { media } = await publishTweetWithMedia(content(), token(), null, options);
    expect(media[0]).toMatchObject({ prepared: 'strip', bytes: 1_500_000 });
    expect(await exifr.gps(atX(media[0].mediaId))).toBeUndefined();
    expect(context.sandbox.ledger.requests({ endpoint: 'initializeUpload' })).toHaveLength(2);
  });
});
