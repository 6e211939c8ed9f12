'use strict';

const { createHash } = require('node:crypto');
const { createWriteStream } = require('node:fs');
const { pipeline } = require('node:stream/promises');
const { Busboy } = require('@fastify/busboy');
const { problems } = require('../problems.js');

/** The older API takes a file in base64 as a text field. */
const MAX_FIELD = 24 << 20;

/**
 * Reads a multipart body: text fields, and one file that goes straight to disk.
 * @param {import('fastify').FastifyRequest} request
 * @param {string} target the file's path
 * @returns {Promise<{ fields: Record<string, string>, file: null | { bytes: number, sha256: string } }>}
 */
async function readMultipart(request, target) {
  const busboy = parserFor(request);
  /** @type {Record<string, string>} */
  const fields = {};
  /** @type {Promise<{ bytes: number, sha256: string }> | null} */
  let file = null;
  /** @type {import('node:stream').Readable | null} */
  let part = null;
  busboy.on('field', (name, value) => {
    fields[name] = value;
  });
  busboy.on('file', (name, stream) => {
    if (name !== 'media' || file) {
      stream.resume();
      return;
    }
    part = stream;
    file = store(stream, target);
    // It is awaited below; until then a broken connection must not count as unhandled.
    file.catch(() => {});
  });
  await pipeline(request.raw, busboy).catch(() => {
    // Nobody else ends it, and its file would stay open.
    part?.destroy(new Error('the body broke off'));
    throw malformed();
  });
  return { fields, file: await file };
}

const malformed = () => problems.badRequest('The multipart body is malformed.');

/** @param {import('fastify').FastifyRequest} request */
function parserFor(request) {
  try {
    return new Busboy({ headers: /** @type {any} */ (request.headers), limits: { fieldSize: MAX_FIELD } });
  } catch {
    throw malformed();
  }
}

/** @param {NodeJS.ReadableStream} stream @param {string} target */
async function store(stream, target) {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    stream,
    async function* (source) {
      for await (const chunk of source) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(target),
  );
  return { bytes, sha256: hash.digest('hex') };
}

module.exports = { readMultipart };
