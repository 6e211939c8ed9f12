'use strict';

const { createHash } = require('node:crypto');
const { writeFile } = require('node:fs/promises');
const { readMultipart } = require('./multipart.js');
const { problems } = require('../problems.js');
const { check } = require('./shape.js');

/**
 * The body of an upload: its fields, and its file on disk.
 * @typedef {{ fields: Record<string, string>, file: { bytes: number, sha256: string } | null, path: string }} Received
 */

/**
 * Receives the body of an upload: multipart with the raw file, or JSON with the file in base64.
 * @param {import('./media-store.js').MediaStore} store
 * @param {import('fastify').FastifyRequest} request
 * @param {import('./shape.js').Shape} shape of the body; a multipart body's parts have the same names
 * @returns {Promise<Received>}
 */
async function receive(store, request, shape) {
  if (!String(request.headers['content-type']).startsWith('multipart/form-data')) {
    check(request.body, shape);
    const { media, ...fields } = /** @type {Record<string, any>} */ (request.body);
    const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
    const path = pathFor(store);
    return { fields: texts, file: await keepBase64(media, path), path };
  }
  const { fields, file, path } = await readUpload(store, request);
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(shape.members ?? {}, name)) {
      throw problems.invalid(
        `$.${name}: is not defined in the schema and the schema does not allow additional properties`,
        { [name]: [fields[name]] },
      );
    }
  }
  return { fields, file, path };
}

/** Receives a multipart body. @param {import('./media-store.js').MediaStore} store @param {import('fastify').FastifyRequest} request @returns {Promise<Received>} */
async function readUpload(store, request) {
  const path = pathFor(store);
  return { ...(await readMultipart(request, path)), path };
}

/** @param {import('./media-store.js').MediaStore} store */
const pathFor = (store) => store.pathOf(`received-${store.state.snowflake()}`);

/** @param {string} text @param {string} path */
async function keepBase64(text, path) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw problems.invalid('$.media: is not base64');
  const bytes = Buffer.from(text, 'base64');
  await writeFile(path, bytes);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

module.exports = { keepBase64, readUpload, receive };
