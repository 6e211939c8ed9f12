'use strict';

const { rename } = require('node:fs/promises');
const { maxBytes } = require('../media/categories.js');
const { Refusal, problems } = require('../problems.js');

const MAX_SEGMENTS = 1000;
const MAX_ALT_TEXT = 1000;

/** @typedef {import('./receive.js').Received} Received */

/**
 * An upload in one request.
 * @param {import('./media-store.js').MediaStore} store @param {import('fastify').FastifyRequest} request
 * @param {any} user @param {Received} received @param {string} category
 */
async function oneShot(store, request, user, { fields, file, path }, category) {
  if (!file || file.bytes === 0) throw problems.invalid('$.media: is missing but it is required');
  if (file.bytes > maxBytes(category, user)) throw new Refusal(413, '');
  const owners = fields.additional_owners?.split(',') ?? [];
  const media = await store.begin(user, { totalBytes: null, category, owners });
  await rename(path, store.pathOf(media.id, 0));
  media.segments.set(0, { ...file, times: 1 });
  await store.finalize(media);
  if (media.sniffed.contentType === 'application/octet-stream') {
    throw problems.invalid('The media type is not supported.', { media: [] });
  }
  Object.assign(/** @type {any} */ (request).entry.details, { mediaId: media.id, bytes: file.bytes });
  return media;
}

/**
 * One segment.
 * @param {import('./media-store.js').MediaStore} store @param {import('fastify').FastifyRequest} request
 * @param {any} media @param {() => Promise<Received>} read
 */
async function append(store, request, media, read) {
  media.inFlight += 1;
  media.maxInFlight = Math.max(media.maxInFlight, media.inFlight);
  try {
    const { fields, file, path } = await read();
    const index = Number(fields.segment_index);
    if (!/^[0-9]{1,4}$/.test(fields.segment_index ?? '') || index >= MAX_SEGMENTS) {
      throw problems.invalid(`$.segment_index: must be between 0 and ${MAX_SEGMENTS - 1}`, {
        segment_index: [fields.segment_index],
      });
    }
    if (!file) throw problems.invalid('$.media: is missing but it is required');
    if (media.finalized) throw problems.badRequest('The media is finalized already.');
    if (file.bytes > (store.state.options.maxSegmentBytes ?? 5_000_000)) throw new Refusal(413, '');
    const details = { mediaId: media.id, segmentIndex: index, bytes: file.bytes };
    Object.assign(/** @type {any} */ (request).entry.details, details);
    const before = media.segments.get(index);
    if (before && before.sha256 !== file.sha256) media.conflicts += 1;
    await rename(path, store.pathOf(media.id, index));
    media.segments.set(index, { ...file, times: (before?.times ?? 0) + 1 });
  } finally {
    media.inFlight -= 1;
  }
}

/** @param {any} media @param {unknown} text */
function setAltText(media, text) {
  if (typeof text !== 'string' || [...text].length > MAX_ALT_TEXT)
    throw problems.invalid(`$.metadata.alt_text.text: must be at most ${MAX_ALT_TEXT} characters long`);
  if (!media.finalized) throw problems.badRequest('The media is not finalized.');
  media.altText = text;
}

/**
 * @param {import('./media-store.js').MediaStore} store @param {any} user @param {string} id
 * @param {{ mediaId: string, language: string, name: string }} track
 */
function addSubtitles(store, user, id, track) {
  const video = store.find(user, id);
  const file = store.find(user, String(track.mediaId));
  const isTrack = file.category === 'subtitles' && file.finalized && !file.mismatch;
  if (!isTrack || !video.category.endsWith('video') || !/^[A-Z]{2}$/.test(track.language) || !track.name) {
    throw problems.invalid('$.subtitles: do not fit the video');
  }
  removeSubtitles(video, track.language);
  video.subtitles.push(track);
}

/** @param {any} video @param {string} language @returns {boolean} whether there were any */
function removeSubtitles(video, language) {
  const before = video.subtitles.length;
  video.subtitles = video.subtitles.filter((/** @type {any} */ track) => track.language !== language);
  return video.subtitles.length < before;
}

module.exports = { MAX_ALT_TEXT, addSubtitles, append, oneShot, removeSubtitles, setAltText };
