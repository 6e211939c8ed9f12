'use strict';

const { CATEGORIES, categoryOf } = require('../media/categories.js');
const { problems } = require('../problems.js');
const { addSubtitles, append, oneShot, setAltText } = require('./media-work.js');
const { keepBase64, readUpload } = require('./receive.js');

const NEEDS = { scopes: [], oauth1Only: true };

/** A category of the sandbox's, also in the spelling of twitter-api-v2: `TweetImage`. @param {string} written */
function known(written) {
  const category = /^[A-Z]/.test(written) ? written.replace(/\B[A-Z]/g, '_$&').toLowerCase() : written;
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
      // Each command is taken as a form and as multipart, which twitter-api-v2 sends throughout.
      const received = await receiveAny(request);
      const { command } = received.fields;
      if (command === undefined && received.file) {
        const category = known(received.fields.media_category ?? 'tweet_image');
        return describe(reply, await oneShot(store, request, user, received, category));
      }
      if (!Object.hasOwn(COMMANDS, String(command))) throw problems.v1(400, 38, 'command parameter is missing.');
      return COMMANDS[command](request, reply, user, received);
    },
  );

  /** @param {import('fastify').FastifyRequest} request @returns {Promise<import('./receive.js').Received>} */
  async function receiveAny(request) {
    if (!String(request.headers['content-type']).startsWith('multipart/form-data')) {
      return { fields: /** @type {Record<string, string>} */ (request.body ?? {}), file: null, path: '' };
    }
    const received = await readUpload(store, request);
    const { media_data: base64 } = received.fields;
    return base64 === undefined || received.file
      ? received
      : { ...received, file: await keepBase64(base64, received.path) };
  }

  /** @type {Record<string, (request: import('fastify').FastifyRequest, reply: import('fastify').FastifyReply, user: any, received: import('./receive.js').Received) => Promise<unknown>>} */
  const COMMANDS = {
    async INIT(request, reply, user, { fields }) {
      const media = await store.begin(user, {
        mediaType: fields.media_type,
        totalBytes: Number(fields.total_bytes),
        category: known(fields.media_category ?? categoryOf(fields.media_type)),
        owners: ownersOf(fields.additional_owners),
      });
      /** @type {any} */ (request).entry.details.mediaId = media.id;
      reply.code(202);
      const { key } = media;
      return withExactId(reply, {
        media_id_string: media.id,
        media_key: key,
        expires_after_secs: store.secondsLeft(media),
      });
    },
    async APPEND(request, reply, user, received) {
      await append(store, request, store.find(user, received.fields.media_id), async () => received);
      return reply.code(204).send();
    },
    async FINALIZE(_request, reply, user, { fields }) {
      const media = store.find(user, fields.media_id);
      await store.finalize(media);
      reply.code(201);
      return describe(reply, media);
    },
  };

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
