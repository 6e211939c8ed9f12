'use strict';

const { CATEGORIES, categoryOf } = require('../media/categories.js');
const { problems } = require('../problems.js');
const { addSubtitles, append, oneShot, setAltText } = require('./media-work.js');
const { keepBase64, readUpload } = require('./receive.js');

const NEEDS = { scopes: [], oauth1Only: true };

/** @param {string} category */
function known(category) {
  if (!Object.hasOwn(CATEGORIES, category)) throw problems.v1(400, 324, 'The media category is invalid.');
  return category;
}

/** The id is a number that JavaScript can't hold; the answer has all its digits, as X's has. @param {import('fastify').FastifyReply} reply @param {Record<string, unknown>} body */
function withExactId(reply, body) {
  reply.type('application/json');
  return JSON.stringify({ media_id: 0, ...body }).replace('"media_id":0', `"media_id":${body.media_id_string}`);
}

/** @param {string | undefined} owners */
const ownersOf = (owners) => owners?.split(',') ?? [];

/** The older upload API, for OAuth 1.0a alone. @param {import('fastify').FastifyInstance} fastify @param {{ store: import('./media-store.js').MediaStore, asUser: any }} options */
async function mediaRoutesV1(fastify, { store, asUser }) {
  const describe = (/** @type {import('fastify').FastifyReply} */ reply, /** @type {any} */ media) => {
    const { id, media_key: key, ...rest } = store.describe(media);
    return withExactId(reply, { media_id_string: id, media_key: key, ...rest });
  };

  fastify.post(
    '/1.1/media/upload.json',
    { config: { endpoint: 'uploadMediaV1', needs: NEEDS } },
    async (request, reply) => {
      const { user } = asUser(request);
      if (String(request.headers['content-type']).startsWith('multipart/form-data')) {
        return multipart(request, reply, user);
      }
      const form = /** @type {Record<string, string>} */ (request.body ?? {});
      if (form.command === 'INIT') {
        const media = await store.begin(user, {
          mediaType: form.media_type,
          totalBytes: Number(form.total_bytes),
          category: known(form.media_category ?? categoryOf(form.media_type)),
          owners: ownersOf(form.additional_owners),
        });
        /** @type {any} */ (request).entry.details.mediaId = media.id;
        reply.code(202);
        return withExactId(reply, { media_id_string: media.id, expires_after_secs: store.secondsLeft(media) });
      }
      if (form.command === 'FINALIZE') {
        const media = store.find(user, form.media_id);
        await store.finalize(media);
        reply.code(201);
        return describe(reply, media);
      }
      throw problems.v1(400, 38, 'command parameter is missing.');
    },
  );

  /** @param {import('fastify').FastifyRequest} request @param {import('fastify').FastifyReply} reply @param {any} user */
  async function multipart(request, reply, user) {
    const received = await readUpload(store, request);
    const { command, media_category: category = 'tweet_image', media_id: id, media_data: base64 } = received.fields;
    if (base64 !== undefined) received.file ??= await keepBase64(base64, received.path);
    if (command === undefined) return describe(reply, await oneShot(store, request, user, received, known(category)));
    if (command !== 'APPEND') throw problems.v1(400, 38, 'command parameter is invalid.');
    await append(store, request, store.find(user, id), async () => received);
    return reply.code(204).send();
  }

  fastify.get(
    '/1.1/media/upload.json',
    { config: { endpoint: 'mediaStatusV1', needs: NEEDS } },
    async (request, reply) => {
      const { user } = asUser(request);
      const media = store.find(user, String(/** @type {any} */ (request.query).media_id));
      if (!media.processing) throw problems.badRequest('Not found');
      return describe(reply, media);
    },
  );

  fastify.post(
    '/1.1/media/metadata/create.json',
    { config: { endpoint: 'mediaMetadataV1', needs: NEEDS } },
    async (request, reply) => {
      const { user } = asUser(request);
      const { media_id: id, alt_text: altText } = /** @type {any} */ (request.body ?? {});
      setAltText(store.find(user, String(id)), altText?.text);
      return reply.code(200).send('');
    },
  );

  fastify.post(
    '/1.1/media/subtitles/create.json',
    { config: { endpoint: 'mediaSubtitlesV1', needs: NEEDS } },
    async (request, reply) => {
      const { user } = asUser(request);
      const { media_id: id, subtitle_info: info } = /** @type {any} */ (request.body ?? {});
      for (const track of info?.subtitles ?? []) {
        addSubtitles(store, user, String(id), {
          mediaId: track.media_id,
          language: track.language_code,
          name: track.display_name,
        });
      }
      return reply.code(200).send('');
    },
  );
}

module.exports = { mediaRoutesV1 };
