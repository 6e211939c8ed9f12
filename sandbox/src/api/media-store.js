'use strict';

const { createHash } = require('node:crypto');
const { createReadStream } = require('node:fs');
const { mkdir, open, rm } = require('node:fs/promises');
const { join } = require('node:path');
const { problems } = require('../problems.js');
const { sniff } = require('../media/sniff.js');

const MB = 1_000_000;
/** @type {Record<string, number>} */
const MAX_BYTES = {
  tweet_image: 5 * MB,
  tweet_gif: 15 * MB,
  tweet_video: 16_000 * MB,
  amplify_video: 16_000 * MB,
  subtitles: MB,
};
/** @type {Record<string, RegExp>} */
const TYPES = {
  tweet_image: /^image\/(jpeg|png|gif|webp)$/,
  tweet_gif: /^image\/gif$/,
  tweet_video: /^video\/(mp4|quicktime)$/,
  amplify_video: /^video\/(mp4|quicktime)$/,
  subtitles: /^text\/(srt|vtt)$/,
};
/** @type {Record<string, string>} */
const KEY_PREFIX = { tweet_image: '3', tweet_gif: '16', tweet_video: '7', amplify_video: '13' };
const LIFE_SECS = 86_400;

/** Uploaded media: on disk while they are uploaded, and for the timeline. */
class MediaStore {
  /** @param {import('../state.js').State} state @param {string} folder */
  constructor(state, folder) {
    this.state = state;
    this.folder = folder;
  }

  /** @param {any} user @param {{ mediaType?: string, totalBytes: number | null, category: string }} facts */
  async begin(user, { mediaType, totalBytes, category }) {
    if (!(category in MAX_BYTES)) throw problems.invalid('$.media_category: does not have a value in the enumeration');
    if (totalBytes !== null && (!Number.isInteger(totalBytes) || totalBytes < 1 || totalBytes > MAX_BYTES[category])) {
      throw problems.invalid('$.total_bytes: exceeds the maximum for the category', { total_bytes: [totalBytes] });
    }
    if (mediaType !== undefined && !TYPES[category].test(mediaType)) {
      throw problems.invalid('$.media_type: does not fit the category', { media_type: [mediaType] });
    }
    const id = this.state.snowflake();
    const media = {
      id,
      key: `${KEY_PREFIX[category] ?? '3'}_${id}`,
      owner: user.id,
      mediaType,
      category,
      totalBytes,
      segments: /** @type {Map<number, any>} */ (new Map()),
      conflicts: 0,
      inFlight: 0,
      maxInFlight: 0,
      finalizeCalls: 0,
      finalized: false,
      processing: /** @type {any} */ (null),
      mismatch: false,
      sniffed: /** @type {any} */ (null),
      sha256: /** @type {string | null} */ (null),
      bytes: 0,
      altText: /** @type {string | undefined} */ (undefined),
      subtitles: /** @type {any[]} */ ([]),
      expiresAt: this.state.clock.now() + LIFE_SECS * 1000,
      stateAt: (/** @type {number} */ now) => stateAt(media, now),
    };
    await mkdir(this.pathOf(id), { recursive: true });
    this.state.media.set(id, media);
    return media;
  }

  /** @param {string} id @param {string | number} [index] */
  pathOf(id, index) {
    return index === undefined ? join(this.folder, id) : join(this.folder, id, String(index));
  }

  /** A medium of this user's that has not expired. @param {any} user @param {string} id */
  find(user, id) {
    const media = this.state.media.get(id);
    if (!media || media.owner !== user.id || media.expiresAt <= this.state.clock.now()) throw problems.notFound();
    return media;
  }

  /** Puts the segments together, in the order of their indices. @param {any} media */
  async finalize(media) {
    media.finalizeCalls += 1;
    if (media.finalized) return;
    const indices = [...media.segments.keys()].sort((a, b) => a - b);
    const sum = indices.reduce((total, index) => total + media.segments.get(index).bytes, 0);
    if (media.totalBytes !== null && sum !== media.totalBytes) {
      throw problems.badRequest('Segments do not add up to provided total file size.');
    }
    const hash = createHash('sha256');
    for (const index of indices) {
      for await (const chunk of createReadStream(this.pathOf(media.id, index), { highWaterMark: 1 << 20 }))
        hash.update(chunk);
    }
    media.sha256 = hash.digest('hex');
    media.bytes = sum;
    media.files = indices.map((index) => ({
      path: this.pathOf(media.id, index),
      bytes: media.segments.get(index).bytes,
    }));
    media.sniffed = sniff(
      await this.head(media, media.category.endsWith('gif') || media.category.endsWith('image') ? sum : 4096),
    );
    media.mismatch = !this.fits(media);
    media.finalized = true;
    const slow = media.category === 'tweet_gif' || media.category.endsWith('video');
    if (slow) this.process(media);
  }

  /** @param {any} media */
  fits(media) {
    const { contentType, animated } = media.sniffed;
    if (media.mediaType !== undefined && media.mediaType !== contentType) return false;
    return TYPES[media.category].test(contentType) && (media.category !== 'tweet_image' || !animated);
  }

  /** @param {any} media */
  process(media) {
    const { processingMs = 400, processingError } = this.state.options;
    const failed = media.mismatch
      ? { code: 1, name: 'InvalidMedia', message: 'Unsupported video format' }
      : processingError;
    media.processing = { startedAt: this.state.clock.now(), ms: processingMs, error: failed };
  }

  /** @param {any} media @param {number} bytes */
  async head(media, bytes) {
    const head = Buffer.alloc(Math.max(Math.min(bytes, 16 * MB), 64));
    let at = 0;
    for (const { path } of media.files) {
      if (at >= bytes) break;
      const file = await open(path);
      at += (await file.read(head, at, Math.max(0, head.length - at), 0)).bytesRead;
      await file.close();
    }
    return head;
  }

  /** What X answers about a medium. @param {any} media */
  describe(media) {
    const now = this.state.clock.now();
    return {
      id: media.id,
      media_key: media.key,
      size: media.bytes,
      expires_after_secs: Math.max(0, Math.round((media.expiresAt - now) / 1000)),
      ...(media.processing ? { processing_info: processingInfo(media, now) } : {}),
    };
  }

  async clear() {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** @param {any} media @param {number} now */
function stateAt(media, now) {
  if (!media.processing) return 'succeeded';
  const { startedAt, ms, error } = media.processing;
  const part = ms === 0 ? 1 : (now - startedAt) / ms;
  if (part >= 1) return error ? 'failed' : 'succeeded';
  return part < 0.3 ? 'pending' : 'in_progress';
}

/** @param {any} media @param {number} now */
function processingInfo(media, now) {
  const state = stateAt(media, now);
  const { startedAt, ms, error } = media.processing;
  if (state === 'succeeded') return { state, progress_percent: 100 };
  if (state === 'failed') return { state, error };
  const left = startedAt + ms - now;
  return {
    state,
    check_after_secs: Math.ceil(left / 1000),
    progress_percent: Math.floor(((now - startedAt) / ms) * 100),
  };
}

module.exports = { MediaStore };
