'use strict';

const { Readable } = require('node:stream');
const { UnknownName, checkMembers } = require('../known.js');
const { problems } = require('../problems.js');
const { describeMedia } = require('./generate.js');

/** About the middle of a small picture. */
const HALF = '1500';

const NUMBERS = ['bytes', 'width', 'height', 'durationMs', 'frames', 'seed'];

const number = { is: /^\d+$/, says: 'a number' };
const flag = { is: /^1$/, says: '1' };
const text = { is: /./, says: 'a text' };

/** What the query of a medium may say. @type {Record<string, { is: RegExp, says: string }>} */
const QUERY = {
  ...Object.fromEntries([...NUMBERS, 'cut', 'cutTimes', 'stall', 'drip', 'redirects'].map((name) => [name, number])),
  ...Object.fromEntries(
    ['changed', 'chunked', 'endless', 'html', 'noRange', 'noValidator'].map((name) => [name, flag]),
  ),
  ...Object.fromEntries(['type', 'encoding', 'redirect'].map((name) => [name, text])),
  length: { is: /^\d+$/, says: 'a number' },
  status: { is: /^[2-5]\d\d$/, says: 'a status' },
  moov: { is: /^(start|end)$/, says: 'start or end' },
  cutWith: { is: /^(reset|close)$/, says: 'reset or close' },
  // These tell nothing: they make one address unlike another, as signed addresses are.
  ...Object.fromEntries(['n', 'name', 'signature', 'token'].map((name) => [name, { is: /^/, says: 'anything' }])),
};

/** Refuses a query that says what nobody here understands. @param {Record<string, string>} query */
function checkQuery(query) {
  checkMembers('A medium', query, Object.keys(QUERY));
  for (const [name, value] of Object.entries(query)) {
    const { is, says } = QUERY[name];
    if (!is.test(String(value))) throw new UnknownName(`A medium's "${name}" has to be ${says}, not "${value}"`);
  }
}

/**
 * Media of any size, and media that misbehave:
 * `cut` breaks the connection after so many bytes, `cutTimes` times, by a reset or `cutWith=close`; `stall` sends so many bytes and then nothing;
 * `drip` waits so many ms before each 64 bytes; `changed` gives another medium from the second request on; `type` and
 * `length` are lies; `chunked` hides the length; `endless` never ends; `html` is an error page; `status` an error;
 * `redirect` leads elsewhere, `redirects` through a chain; `encoding` claims one; `noRange` takes no ranges;
 * `noValidator` has no ETag.
 * @param {import('fastify').FastifyInstance} fastify @param {{ state: import('../state.js').State, door: import('../listen/door.js').Door }} options
 */
async function mediaRoutes(fastify, { state, door }) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  fastify.get('/media/:name', { config: { endpoint: 'source' } }, async (request, reply) => {
    checkQuery(/** @type {Record<string, string>} */ (request.query));
    const query = { .../** @type {Record<string, string>} */ (request.query), ...misbehaviour(request) };
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
    const media = mediumOf(/** @type {any} */ (request.params).name, query, times);
    const range = query.noRange ? null : rangeOf(request, media);
    if (range && range[0] >= range[1]) return reply.code(416).header('content-range', `bytes */${media.size}`).send('');
    const end = () => door[query.cutWith === 'close' ? 'cut' : 'reset'](/** @type {any} */ (request).connectionId);
    serve(reply, media, range, { query, times, entry, end });
  });
}

/** How a fault that is played here looks, as far as it is not played before. @param {any} request @returns {Record<string, string>} */
function misbehaviour({ fault }) {
  // How often is up to the rule.
  const ALWAYS = { cutTimes: 'Infinity' };
  switch (fault?.kind) {
    case 'commitThenReset':
      return { cut: '0', ...ALWAYS };
    case 'commitThenClose':
    case 'statusLine':
      return { cut: '0', cutWith: 'close', ...ALWAYS };
    case 'headThenReset':
      return { cut: '1', ...ALWAYS };
    case 'truncate':
      return { cut: HALF, ...ALWAYS };
    case 'truncateThenClose':
      return { cut: HALF, cutWith: 'close', ...ALWAYS };
    case 'commitThenHang':
      return { stall: HALF };
    case 'drip':
      return { drip: String(fault.ms) };
    case 'garbage':
      return { html: '1', type: 'application/json' };
    case 'commitThenStatus':
      return { status: String(fault.status) };
    default:
      return {};
  }
}

/** @param {string} name @param {Record<string, string>} query @param {number} times */
function mediumOf(name, query, times) {
  const kind = name.split('.')[0];
  const numbers = Object.fromEntries(
    NUMBERS.filter((number) => query[number] !== undefined).map((number) => [number, Number(query[number])]),
  );
  if (query.changed && times > 1) numbers.seed = 99;
  try {
    return describeMedia(/** @type {any} */ ({ kind, ...numbers, ...(query.moov ? { moov: query.moov } : {}) }));
  } catch (error) {
    throw problems.badRequest(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {import('fastify').FastifyReply} reply @param {ReturnType<typeof describeMedia>} media
 * @param {[number, number] | null} range
 * @param {{ query: Record<string, string>, times: number, entry: any, end: () => void }} how
 */
function serve(reply, media, range, { query, times, entry, end: endConnection }) {
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
  const body = Readable.from(
    pace(media.read(start, end), { ...query, cut: cuts }, { response: reply.raw, entry, endConnection }),
    {
      objectMode: false,
      highWaterMark: 1 << 20,
    },
  );
  body.on('error', () => reply.raw.destroy());
  body.pipe(reply.raw);
  reply.raw.on('close', () => {
    entry.aborted ||= !reply.raw.writableFinished;
    body.destroy();
  });
}

/** @param {import('fastify').FastifyRequest} request @param {{ size: number, etag: string }} media @returns {[number, number] | null} */
function rangeOf(request, media) {
  const match = /^bytes=(\d+)-(\d*)$/.exec(String(request.headers.range ?? ''));
  const condition = request.headers['if-range'];
  if (!match || (condition !== undefined && condition !== media.etag)) return null;
  return [Number(match[1]), match[2] ? Math.min(Number(match[2]) + 1, media.size) : media.size];
}

/** @param {AsyncIterable<Buffer>} chunks @param {any} query @param {{ response: import('node:http').ServerResponse, entry: any, endConnection: () => void }} answer */
async function* pace(chunks, query, { response, entry, endConnection }) {
  for await (const chunk of query.drip ? drops(chunks, Number(query.drip)) : chunks) {
    for (const [limit, end] of /** @type {const} */ ([
      [query.cut, 'cut'],
      [Number(query.stall ?? Number.NaN), 'stall'],
    ])) {
      if (entry.sent + chunk.length <= limit || Number.isNaN(limit)) continue;
      yield chunk.subarray(0, limit - entry.sent);
      entry.sent = limit;
      await new Promise((resolve) => (end === 'stall' ? response.once('close', resolve) : setTimeout(resolve, 20)));
      entry.aborted = true;
      endConnection();
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

/** @param {AsyncIterable<Buffer>} chunks @param {number} ms */
async function* drops(chunks, ms) {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += 64) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      yield chunk.subarray(at, at + 64);
    }
  }
}

module.exports = { mediaRoutes };
