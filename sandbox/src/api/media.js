'use strict';

const { rename } = require('node:fs/promises');
const { Refusal, problems } = require('../problems.js');
const { readMultipart } = require('./multipart.js');

const NEEDS = { scopes: ['media.write'] };
const MAX_SEGMENTS = 1000;

/** The v2 upload API. @param {import('fastify').FastifyInstance} fastify @param {{ state: import('../state.js').State, store: import('./media-store.js').MediaStore, asUser: any }} options */
async function mediaRoutesV2(fastify, { state, store, asUser }) {
  fastify.post('/2/media/upload', { config: { endpoint: 'uploadMedia', needs: NEEDS } }, async (request) => {
    const { user } = asUser(request);
    if (/** @type {any} */ (request.query).command !== undefined)
      throw problems.badRequest('Request body is not valid JSON.');
    const received = await receive(store, request);
    return { data: store.describe(await oneShot(store, request, user, received)) };
  });

  fastify.post(
    '/2/media/upload/initialize',
    { config: { endpoint: 'initializeUpload', needs: NEEDS } },
    async (request) => {
      const { user } = asUser(request);
      const body = /** @type {any} */ (request.body ?? {});
      const known = ['media_type', 'total_bytes', 'media_category', 'shared', 'additional_owners'];
      const unknown = Object.keys(body).find((name) => !known.includes(name));
      if (unknown)
        throw problems.invalid(
          `$.${unknown}: is not defined in the schema and the schema does not allow additional properties`,
        );
      const media = await store.begin(user, {
        mediaType: body.media_type,
        totalBytes: body.total_bytes ?? null,
        category: body.media_category,
      });
      /** @type {any} */ (request).entry.details.mediaId = media.id;
      return { data: { id: media.id, media_key: media.key, expires_after_secs: 86_400 } };
    },
  );

  fastify.post(
    '/2/media/upload/:id/append',
    { config: { endpoint: 'appendUpload', needs: NEEDS } },
    async (request) => {
      const { user } = asUser(request);
      if (/** @type {any} */ (request.query).segment_index !== undefined)
        throw problems.badRequest('segment_index belongs into the body');
      const media = store.find(user, /** @type {any} */ (request.params).id);
      await append(state, store, request, media, () => receive(store, request));
      return { data: { expires_at: Math.round(media.expiresAt / 1000) } };
    },
  );

  fastify.post(
    '/2/media/upload/:id/finalize',
    { config: { endpoint: 'finalizeUpload', needs: NEEDS } },
    async (request) => {
      const { user } = asUser(request);
      const media = store.find(user, /** @type {any} */ (request.params).id);
      await store.finalize(media);
      return { data: store.describe(media) };
    },
  );

  fastify.get('/2/media/upload', { config: { endpoint: 'mediaStatus', needs: NEEDS } }, async (request) => {
    const { user } = asUser(request);
    const query = /** @type {any} */ (request.query);
    if (query.command !== undefined && query.command !== 'STATUS') throw problems.badRequest('command must be STATUS');
    const media = store.find(user, String(query.media_id));
    if (!media.processing) throw problems.badRequest('Not found');
    return { data: store.describe(media) };
  });

  fastify.post('/2/media/metadata', { config: { endpoint: 'mediaMetadata', needs: NEEDS } }, async (request) => {
    const { user } = asUser(request);
    const { id, metadata } = /** @type {any} */ (request.body ?? {});
    setAltText(store.find(user, String(id)), metadata?.alt_text?.text);
    return { data: { id, associated_metadata: metadata } };
  });

  fastify.post('/2/media/subtitles', { config: { endpoint: 'mediaSubtitles', needs: NEEDS } }, async (request) => {
    const { user } = asUser(request);
    const { id, media_category: category, subtitles } = /** @type {any} */ (request.body ?? {});
    if (!['AmplifyVideo', 'TweetVideo'].includes(category))
      throw problems.invalid('$.media_category: does not have a value in the enumeration');
    addSubtitles(store, user, String(id), {
      mediaId: subtitles?.id,
      language: subtitles?.language_code,
      name: subtitles?.display_name,
    });
    return { data: { id, media_category: category, associated_subtitles: [subtitles] } };
  });
}

/** @param {import('fastify').FastifyRequest} request */
function isMultipart(request) {
  return String(request.headers['content-type']).startsWith('multipart/form-data');
}

/**
 * A multipart body, its file on disk.
 * @typedef {{ fields: Record<string, string>, file: { bytes: number, sha256: string } | null, path: string }} Received
 */

/** @param {import('./media-store.js').MediaStore} store @param {import('fastify').FastifyRequest} request @returns {Promise<Received>} */
async function receive(store, request) {
  if (!isMultipart(request))
    throw problems.badRequest('Requests with bodies must have content-type of application/json.');
  const path = store.pathOf(`received-${store.state.snowflake()}`);
  return { ...(await readMultipart(request, path)), path };
}

/** An upload in one request. @param {import('./media-store.js').MediaStore} store @param {import('fastify').FastifyRequest} request @param {any} user @param {Received} received */
async function oneShot(store, request, user, { fields, file, path }) {
  if (!file || file.bytes === 0) throw problems.invalid('$.media: is missing');
  const category = fields.media_category ?? 'tweet_image';
  if (!['tweet_image', 'tweet_gif', 'tweet_video', 'subtitles'].includes(category)) {
    throw problems.invalid('$.media_category: does not have a value in the enumeration');
  }
  if (category === 'tweet_image' && file.bytes > 5_000_000) throw new Refusal(413, '');
  const media = await store.begin(user, { totalBytes: null, category });
  await rename(path, store.pathOf(media.id, 0));
  media.segments.set(0, { ...file, times: 1 });
  await store.finalize(media);
  if (media.mismatch) throw problems.invalid('The media type is not supported.', { media: [] });
  Object.assign(/** @type {any} */ (request).entry.details, { mediaId: media.id, bytes: file.bytes });
  return media;
}

/** One segment. @param {import('../state.js').State} state @param {import('./media-store.js').MediaStore} store @param {import('fastify').FastifyRequest} request @param {any} media @param {() => Promise<Received>} read */
async function append(state, store, request, media, read) {
  media.inFlight += 1;
  media.maxInFlight = Math.max(media.maxInFlight, media.inFlight);
  try {
    const { fields, file, path } = await read();
    const index = Number(fields.segment_index);
    if (!/^[0-9]{1,4}$/.test(fields.segment_index ?? '') || index >= MAX_SEGMENTS) {
      throw problems.invalid('$.segment_index: must be from 0 to 999', { segment_index: [fields.segment_index] });
    }
    if (!file || media.finalized) throw problems.invalid('$.media: is missing');
    if (file.bytes > (state.options.maxSegmentBytes ?? 5_000_000)) throw new Refusal(413, '');
    Object.assign(/** @type {any} */ (request).entry.details, {
      mediaId: media.id,
      segmentIndex: index,
      bytes: file.bytes,
    });
    const before = media.segments.get(index);
    if (before && before.sha256 !== file.sha256) media.conflicts += 1;
    media.segments.set(index, { ...file, times: (before?.times ?? 0) + 1 });
    await rename(path, store.pathOf(media.id, index));
  } finally {
    media.inFlight -= 1;
  }
}

/** @param {any} media @param {unknown} text */
function setAltText(media, text) {
  if (typeof text !== 'string' || text.length > 1000)
    throw problems.invalid('$.metadata.alt_text.text: must be at most 1000 characters');
  if (!media.finalized) throw problems.badRequest('The media is not finalized.');
  media.altText = text;
}

/** @param {import('./media-store.js').MediaStore} store @param {any} user @param {string} id @param {{ mediaId: string, language: string, name: string }} track */
function addSubtitles(store, user, id, track) {
  const video = store.find(user, id);
  const file = store.find(user, String(track.mediaId));
  const fits =
    video.category.endsWith('video') &&
    file.category === 'subtitles' &&
    /^[A-Z]{2}$/.test(track.language) &&
    track.name;
  if (!fits) throw problems.invalid('$.subtitles: do not fit the video');
  video.subtitles.push(track);
}

module.exports = { addSubtitles, append, mediaRoutesV2, oneShot, receive, setAltText };
