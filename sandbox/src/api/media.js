'use strict';

const { CATEGORIES, MEDIA_TYPES, categoryOf } = require('../media/categories.js');
const { problems } = require('../problems.js');
const { MAX_ALT_TEXT, addSubtitles, append, oneShot, removeSubtitles, setAltText } = require('./media-work.js');
const { receive } = require('./receive.js');
const { BOOLEAN, ID, TEXT, check, list, object, oneOf } = require('./shape.js');

const NEEDS = { scopes: ['media.write'] };
const JSON_ONLY = ['application/json'];
const JSON_OR_MULTIPART = ['application/json', 'multipart/form-data'];

/** Without the category for advertisers, as X's specification has it. */
const ONE_SHOT_CATEGORIES = Object.keys(CATEGORIES).filter((category) => category !== 'amplify_video');
const ONE_SHOT = object({ media: TEXT, media_category: oneOf(...ONE_SHOT_CATEGORIES), additional_owners: TEXT }, [
  'media',
  'media_category',
]);
const INITIALIZE = object({
  media_type: oneOf(...MEDIA_TYPES),
  total_bytes: { type: 'integer', range: [0, 17_179_869_184] },
  media_category: oneOf(...Object.keys(CATEGORIES)),
  shared: BOOLEAN,
  additional_owners: list(ID, [0, 100]),
});
const APPEND = object({ media: TEXT, segment_index: { type: 'integer', range: [0, 999] } }, ['media', 'segment_index']);
/** @type {import('./shape.js').Shape} */
const ANYTHING = { type: 'object' };
const METADATA = object(
  {
    id: ID,
    metadata: object({
      alt_text: object({ text: { type: 'string', length: [0, MAX_ALT_TEXT] } }, ['text']),
      allow_download_status: object({ allow_download: BOOLEAN }),
      sensitive_media_warning: object({ adult_content: BOOLEAN, graphic_violence: BOOLEAN, other: BOOLEAN }),
      preview_image: object({ media_key: ANYTHING }, ['media_key']),
      ...Object.fromEntries(
        [
          ...['audience_policy', 'content_expiration', 'domain_restrictions', 'found_media_origin'],
          ...['geo_restrictions', 'management_info', 'shared_info', 'sticker_info', 'upload_source'],
        ].map((name) => [name, ANYTHING]),
      ),
    }),
  },
  ['id'],
);
const VIDEO_CATEGORY = oneOf('AmplifyVideo', 'TweetVideo');
const LANGUAGE = /** @type {const} */ ({ type: 'string', pattern: /^[A-Z]{2}$/ });
const SUBTITLES = object(
  {
    id: ID,
    media_category: VIDEO_CATEGORY,
    subtitles: object({ id: ID, language_code: LANGUAGE, display_name: TEXT }, ['id', 'language_code', 'display_name']),
  },
  ['id', 'media_category', 'subtitles'],
);
const NO_SUBTITLES = object({ id: ID, media_category: VIDEO_CATEGORY, language_code: LANGUAGE }, [
  'id',
  'media_category',
  'language_code',
]);

/** @typedef {{ store: import('./media-store.js').MediaStore, asUser: any }} Parts */

/** The v2 upload API. @param {import('fastify').FastifyInstance} fastify @param {Parts} parts */
async function mediaRoutesV2(fastify, { store, asUser }) {
  await fastify.register(uploadRoutes, { store, asUser });
  await fastify.register(metadataRoutes, { store, asUser });
}

/** @param {import('fastify').FastifyInstance} fastify @param {Parts} parts */
async function uploadRoutes(fastify, { store, asUser }) {
  const config = (/** @type {string} */ endpoint, /** @type {string[] | undefined} */ accepts) => ({
    config: { endpoint, accepts, needs: NEEDS },
  });
  const pathId = (/** @type {import('fastify').FastifyRequest} */ request) =>
    /** @type {{ id: string }} */ (request.params).id;

  fastify.post('/2/media/upload', config('uploadMedia', JSON_OR_MULTIPART), async (request) => {
    const { user } = asUser(request);
    if (/** @type {any} */ (request.query).command !== undefined)
      throw problems.badRequest('Request body is not valid JSON.');
    const received = await receive(store, request, ONE_SHOT);
    const category = received.fields.media_category;
    check(category, oneOf(...ONE_SHOT_CATEGORIES), '$.media_category');
    return { data: store.describe(await oneShot(store, request, user, received, category)) };
  });

  fastify.post('/2/media/upload/initialize', config('initializeUpload', JSON_ONLY), async (request) => {
    const { user } = asUser(request);
    const body = /** @type {any} */ (request.body);
    check(body, INITIALIZE);
    const media = await store.begin(user, {
      mediaType: body.media_type,
      totalBytes: body.total_bytes ?? null,
      category: body.media_category ?? categoryOf(body.media_type),
      owners: body.additional_owners,
    });
    /** @type {any} */ (request).entry.details.mediaId = media.id;
    return { data: { id: media.id, media_key: media.key, expires_after_secs: store.secondsLeft(media) } };
  });

  fastify.post('/2/media/upload/:id/append', config('appendUpload', JSON_OR_MULTIPART), async (request) => {
    const { user } = asUser(request);
    if (/** @type {any} */ (request.query).segment_index !== undefined)
      throw problems.badRequest('segment_index belongs into the body');
    const media = store.find(user, pathId(request));
    await append(store, request, media, () => receive(store, request, APPEND));
    return { data: { expires_at: Math.round(media.expiresAt / 1000) } };
  });

  fastify.post('/2/media/upload/:id/finalize', config('finalizeUpload', undefined), async (request) => {
    const { user } = asUser(request);
    const media = store.find(user, pathId(request));
    await store.finalize(media);
    return { data: store.describe(media) };
  });

  fastify.get('/2/media/upload', config('mediaStatus', undefined), async (request) => {
    const { user } = asUser(request);
    const query = /** @type {any} */ (request.query);
    if (query.command !== undefined && query.command !== 'STATUS') throw problems.badRequest('command must be STATUS');
    check(query.media_id, ID, '$.media_id');
    const media = store.find(user, query.media_id);
    if (!media.processing) throw problems.badRequest('Not found');
    return { data: store.describe(media) };
  });
}

/** @param {import('fastify').FastifyInstance} fastify @param {Parts} parts */
async function metadataRoutes(fastify, { store, asUser }) {
  const config = (/** @type {string} */ endpoint) => ({ config: { endpoint, accepts: JSON_ONLY, needs: NEEDS } });

  fastify.post('/2/media/metadata', config('mediaMetadata'), async (request) => {
    const { user } = asUser(request);
    check(request.body, METADATA);
    const { id, metadata = {} } = /** @type {any} */ (request.body);
    const media = store.find(user, id);
    if (metadata.alt_text) setAltText(media, metadata.alt_text.text);
    return { data: { id, associated_metadata: metadata } };
  });

  fastify.post('/2/media/subtitles', config('mediaSubtitles'), async (request) => {
    const { user } = asUser(request);
    check(request.body, SUBTITLES);
    const { id, media_category: category, subtitles } = /** @type {any} */ (request.body);
    const { id: mediaId, language_code: language, display_name: name } = subtitles;
    addSubtitles(store, user, id, { mediaId, language, name });
    return { data: { id, media_category: category, associated_subtitles: subtitles } };
  });

  fastify.delete('/2/media/subtitles', config('deleteSubtitles'), async (request) => {
    const { user } = asUser(request);
    check(request.body, NO_SUBTITLES);
    const { id, language_code: language } = /** @type {any} */ (request.body);
    if (!removeSubtitles(store.find(user, id), language)) throw problems.notFound();
    return { data: { deleted: true } };
  });
}

module.exports = { mediaRoutesV2 };
