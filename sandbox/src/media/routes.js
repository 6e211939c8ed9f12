'use strict';

const { Readable } = require('node:stream');
const { describeMedia } = require('./generate.js');

const NUMBERS = ['bytes', 'width', 'height', 'durationMs', 'frames', 'seed'];

/**
 * Media of any size, and media that misbehave:
 * `cut` breaks the connection after so many bytes, `cutTimes` times; `stall` sends so many bytes and then nothing;
 * `drip` waits so many ms before each chunk; `changed` gives another medium from the second request on; `type` and
 * `length` are lies; `chunked` hides the length; `endless` never ends; `html` is an error page; `status` an error;
 * `redirect` leads elsewhere, `redirects` through a chain; `encoding` claims one; `noRange` takes no ranges;
 * `noValidator` has neither ETag nor date.
 * @param {import('fastify').FastifyInstance} fastify @param {{ state: import('../state.js').State }} options
 */
async function mediaRoutes(fastify, { state }) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  fastify.get('/media/:name', { config: { endpoint: 'source' } }, async (request, reply) => {
    const query = /** @type {Record<string, string>} */ (request.query);
    const times = (seen.get(request.raw.url ?? '') ?? 0) + 1;
    seen.set(request.raw.url ?? '', times);
    const entry = {
      url: request.raw.url,
      range: request.headers.range,
      sent: 0,
      aborted: false,
      headers: request.headers,
    };
    state.mediaJournal.push(entry);
    if (query.status) return reply.code(Number(query.status)).send('no');
    if (query.redirect) return reply.redirect(query.redirect);
    if (Number(query.redirects) > 0) {
      const next = new URLSearchParams({ ...query, redirects: String(Number(query.redirects) - 1) });
      return reply.redirect(`${request.raw.url?.split('?')[0]}?${next}`);
    }
    if (query.html)
      return reply.type(query.type ?? 'text/html').send('<!DOCTYPE html><html><body>Not here</body></html>');
    return serve(request, reply, query, times, entry);
  });
}

/** @param {import('fastify').FastifyRequest} request @param {import('fastify').FastifyReply} reply @param {Record<string, string>} query @param {number} times @param {any} entry */
function serve(request, reply, query, times, entry) {
  const kind = /** @type {any} */ (request.params).name.split('.')[0];
  const numbers = Object.fromEntries(
    NUMBERS.filter((name) => query[name] !== undefined).map((name) => [name, Number(query[name])]),
  );
  if (query.changed && times > 1) numbers.seed = 99;
  const media = describeMedia(/** @type {any} */ ({ kind, ...numbers, ...(query.moov ? { moov: query.moov } : {}) }));
  const range = query.noRange ? null : rangeOf(request, media);
  const [start, end] = range ?? [0, media.size];
  const length = query.length ? Number(query.length) : end - start;
  /** @type {Record<string, string | number>} */
  const headers = { 'content-type': query.type ?? media.contentType };
  if (!query.noValidator) headers.etag = media.etag;
  if (!query.noRange) headers['accept-ranges'] = 'bytes';
  if (query.encoding) headers['content-encoding'] = query.encoding;
  if (!query.chunked && !query.endless) headers['content-length'] = length;
  if (range) headers['content-range'] = `bytes ${start}-${end - 1}/${media.size}`;
  reply.hijack();
  reply.raw.writeHead(range ? 206 : 200, headers);
  const cuts = Number(query.cutTimes ?? 1) >= times ? Number(query.cut ?? Number.NaN) : Number.NaN;
  const body = Readable.from(pace(media.read(start, end), { ...query, cut: cuts }, reply.raw, entry), {
    objectMode: false,
    highWaterMark: 1 << 20,
  });
  body.on('error', () => reply.raw.destroy());
  body.pipe(reply.raw);
  reply.raw.on('close', () => {
    entry.aborted = !reply.raw.writableFinished;
    body.destroy();
  });
}

/** @param {import('fastify').FastifyRequest} request @param {{ size: number, etag: string }} media @returns {[number, number] | null} */
function rangeOf(request, media) {
  const match = /^bytes=(\d+)-(\d*)$/.exec(String(request.headers.range ?? ''));
  const condition = request.headers['if-range'];
  if (!match || (condition !== undefined && condition !== media.etag)) return null;
  return [Number(match[1]), match[2] ? Number(match[2]) + 1 : media.size];
}

/** @param {AsyncIterable<Buffer>} chunks @param {any} query @param {import('node:http').ServerResponse} response @param {any} entry */
async function* pace(chunks, query, response, entry) {
  for await (let chunk of chunks) {
    if (query.drip) {
      await new Promise((resolve) => setTimeout(resolve, Number(query.drip)));
      chunk = chunk.subarray(0, 64);
    }
    for (const [limit, end] of /** @type {const} */ ([
      [query.cut, 'cut'],
      [Number(query.stall ?? Number.NaN), 'stall'],
    ])) {
      if (entry.sent + chunk.length <= limit || Number.isNaN(limit)) continue;
      yield chunk.subarray(0, limit - entry.sent);
      await new Promise((resolve) => (end === 'stall' ? response.once('close', resolve) : setTimeout(resolve, 20)));
      response.socket?.resetAndDestroy();
      return;
    }
    entry.sent += chunk.length;
    yield chunk;
  }
  if (query.endless) {
    for (;;) {
      entry.sent += 65_536;
      yield Buffer.alloc(65_536);
    }
  }
}

module.exports = { mediaRoutes };
