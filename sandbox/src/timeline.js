'use strict';

const { createReadStream } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { Readable } = require('node:stream');

/** The page that shows what was published. @param {import('fastify').FastifyInstance} fastify @param {{ state: import('./state.js').State }} options */
async function timelineRoutes(fastify, { state }) {
  const page = await readFile(join(__dirname, 'timeline.html'), 'utf8');
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self'; media-src 'self'; connect-src 'self'";

  fastify.get('/', { config: { endpoint: 'timelinePage' } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', policy).send(page),
  );

  // Where the ids of published posts lead: the demo prints these addresses, and people paste them.
  fastify.get('/i/web/status/:id', { config: { endpoint: 'timelinePage' } }, async (request, reply) => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    const shown = state.timelinePosts().some((tweet) => tweet.id === id);
    return shown ? reply.redirect(`/#post-${id}`) : reply.code(404).type('text/plain').send('No such post.\n');
  });

  fastify.get('/timeline.json', { config: { endpoint: 'timelinePage' } }, async () =>
    state
      .timelinePosts()
      .slice(0, 200)
      .map((tweet) => ({
        id: tweet.id,
        text: tweet.text,
        createdAt: tweet.createdAt,
        user: { name: tweet.user.name, username: tweet.user.username },
        replyTo: tweet.replyTo,
        poll: tweet.body.poll?.options,
        media: tweet.media.map((/** @type {any} */ medium) => ({
          url: `/_sandbox/media/${medium.id}`,
          poster: medium.sniffed.contentType.startsWith('video/') ? `/_sandbox/posters/${medium.id}` : undefined,
          kind: medium.category,
          type: medium.sniffed.contentType,
          bytes: medium.bytes,
          altText: medium.altText,
        })),
      })),
  );

  fastify.get('/_sandbox/posters/:id', { config: { endpoint: 'uploadedMedia' } }, async (request, reply) => {
    const media = state.media.get(/** @type {any} */ (request.params).id);
    if (!media?.finalized) return reply.code(404).send('');
    return reply.type('image/svg+xml').send(poster(media));
  });

  fastify.get('/_sandbox/media/:id', { config: { endpoint: 'uploadedMedia' } }, async (request, reply) => {
    const media = state.media.get(/** @type {any} */ (request.params).id);
    if (!media?.finalized) return reply.code(404).send('');
    const match = /^bytes=(\d+)-(\d*)$/.exec(String(request.headers.range ?? ''));
    const start = match ? Number(match[1]) : 0;
    const end = match?.[2] ? Math.min(Number(match[2]) + 1, media.bytes) : media.bytes;
    if (start >= media.bytes) return reply.code(416).header('content-range', `bytes */${media.bytes}`).send('');
    if (match) reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${media.bytes}`);
    reply
      .type(media.sniffed.contentType)
      .header('accept-ranges', 'bytes')
      .header('content-length', end - start);
    return reply.send(Readable.from(stored(media, start, end), { objectMode: false }));
  });
}

/** What is used as a video's first frame: the sandbox's own videos hold none. @param {any} media */
function poster(media) {
  const hue = Number(BigInt(media.id) % 360n);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">
<rect width="640" height="360" fill="hsl(${hue} 45% 32%)"/>
<circle cx="320" cy="180" r="54" fill="#fff" fill-opacity=".9"/>
<path d="M303 150 l46 30 -46 30z" fill="hsl(${hue} 45% 32%)"/>
</svg>`;
}

/** @param {any} media @param {number} start @param {number} end */
async function* stored(media, start, end) {
  let offset = 0;
  for (const { path, bytes } of media.files) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, bytes);
    if (from < to) yield* createReadStream(path, { start: from, end: to - 1 });
    offset += bytes;
  }
}

module.exports = { timelineRoutes };
