'use strict';

const { createHash } = require('node:crypto');
const { createReadStream } = require('node:fs');
const { mkdir, open } = require('node:fs/promises');
const { join } = require('node:path');
const { problems } = require('../problems.js');
const { CATEGORIES, maxBytes } = require('../media/categories.js');
const { sniff } = require('../media/sniff.js');

const LIFE_SECS = 86_400;

/** Uploaded media: on disk while they are uploaded, and for the timeline. */
class MediaStore {
  /** @param {import('../state.js').State} state @param {string} folder */
  constructor(state, folder) {
    this.state = state;
    this.folder = folder;
  }

  /**
   * Begins an upload.
   * @param {any} user @param {{ mediaType?: string, totalBytes: number | null, category: string, owners?: string[] }} facts
   */
  async begin(user, { mediaType, totalBytes, category, owners = [] }) {
    const most = maxBytes(category, user);
    if (totalBytes !== null && !(totalBytes >= 1 && totalBytes <= most)) {
      throw problems.invalid(`$.total_bytes: must be between 1 and ${most} for ${category}`, {
        total_bytes: [String(totalBytes)],
      });
    }
    const id = this.state.snowflake();
    const media = {
      id,
      key: `${CATEGORIES[category].keyPrefix}_${id}`,
      owner: user.id,
      /** Who may use it in a post. */
      owners: new Set([user.id, ...owners]),
      mediaType,
      category,
      totalBytes,
      segments: /** @type {Map<number, any>} */ (new Map()),
      conflicts: 0,
      inFlight: 0,
      maxInFlight: 0,
      finalizeCalls: 0,
      assembly: /** @type {Promise<void> | null} */ (null),
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

  /** Ends an upload; once more does nothing. @param {any} media */
  async finalize(media) {
    media.finalizeCalls += 1;
    media.assembly ??= this.#assemble(media).catch((error) => {
      media.assembly = null;
      throw error;
    });
    await media.assembly;
  }

  /** Puts the segments together, in the order of their indices. @param {any} media */
  async #assemble(media) {
    const indices = [...media.segments.keys()].sort((a, b) => a - b);
    const files = indices.map((index) => ({
      path: this.pathOf(media.id, index),
      bytes: media.segments.get(index).bytes,
    }));
    const sum = files.reduce((total, { bytes }) => total + bytes, 0);
    if (sum === 0 || (media.totalBytes !== null && sum !== media.totalBytes)) {
      throw problems.badRequest('Segments do not add up to provided total file size.');
    }
    const hash = createHash('sha256');
    for (const { path } of files) {
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
    }
    const head = await readHead(files, /(gif|image)$/.test(media.category) ? sum : 4096);
    Object.assign(media, { sha256: hash.digest('hex'), bytes: sum, files, sniffed: sniff(head) });
    media.mismatch = !this.fits(media);
    media.finalized = true;
    if (CATEGORIES[media.category].slow) this.process(media);
  }

  /** Whether a medium is what it says it is, and of a kind that its category takes. @param {any} media */
  fits(media) {
    const { contentType, animated } = media.sniffed;
    const said = media.mediaType?.replace('pjpeg', 'jpeg') ?? contentType;
    if (said !== contentType || !CATEGORIES[media.category].types.test(contentType)) return false;
    return !(animated && media.category.endsWith('image'));
  }

  /** @param {any} media */
  process(media) {
    const { processingMs = 400, processingError } = this.state.options;
    const failed = media.mismatch
      ? { code: 1, name: 'InvalidMedia', message: 'Unsupported media format' }
      : processingError;
    media.processing = { startedAt: this.state.clock.now(), ms: processingMs, error: failed };
  }

  /** @param {any} media */
  secondsLeft(media) {
    return Math.max(0, Math.round((media.expiresAt - this.state.clock.now()) / 1000));
  }

  /** What X answers about a medium. @param {any} media */
  describe(media) {
    const now = this.state.clock.now();
    const { contentType, width: w, height: h } = media.sniffed;
    return {
      id: media.id,
      media_key: media.key,
      size: media.bytes,
      expires_after_secs: this.secondsLeft(media),
      ...(contentType.startsWith('image/') ? { image: { image_type: contentType, w, h } } : {}),
      ...(contentType.startsWith('video/') ? { video: { video_type: contentType } } : {}),
      ...(media.processing ? { processing_info: processingInfo(media, now, this.state.options.checkAfterSecs) } : {}),
    };
  }
}

/** The first bytes of what the files hold together. @param {Array<{ path: string }>} files @param {number} bytes */
async function readHead(files, bytes) {
  const head = Buffer.alloc(Math.max(Math.min(bytes, 16_000_000), 64));
  let at = 0;
  for (const { path } of files) {
    if (at >= bytes) break;
    const file = await open(path);
    at += (await file.read(head, at, Math.max(0, head.length - at), 0)).bytesRead;
    await file.close();
  }
  return head;
}

/** @param {any} media @param {number} now */
function stateAt(media, now) {
  if (!media.processing) return 'succeeded';
  const { startedAt, ms, error } = media.processing;
  const part = ms === 0 ? 1 : (now - startedAt) / ms;
  if (part >= 1) return error ? 'failed' : 'succeeded';
  return part < 0.3 ? 'pending' : 'in_progress';
}

/** @param {any} media @param {number} now @param {number} [checkAfterSecs] */
function processingInfo(media, now, checkAfterSecs) {
  const state = stateAt(media, now);
  const { startedAt, ms, error } = media.processing;
  if (state === 'succeeded') return { state, progress_percent: 100 };
  if (state === 'failed') return { state, error };
  const left = startedAt + ms - now;
  return {
    state,
    check_after_secs: checkAfterSecs ?? Math.ceil(left / 1000),
    progress_percent: Math.floor(((now - startedAt) / ms) * 100),
  };
}

module.exports = { MediaStore };
