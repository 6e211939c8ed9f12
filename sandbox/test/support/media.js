'use strict';

const { createHash } = require('node:crypto');
const { describeMedia } = require('../../index.js');

/** @typedef {Parameters<typeof describeMedia>[0]} Spec */

/** The bytes of a medium. @param {Spec} spec @returns {Promise<Buffer>} */
async function bytesOf(spec) {
  const chunks = [];
  for await (const chunk of describeMedia(spec).read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @param {Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * A client of the upload API, for one caller.
 * @param {Pick<Awaited<ReturnType<typeof import('./harness.js').ownSandbox>>, 'call'>} context
 * @param {() => import('./harness.js').Caller} caller
 */
function uploader({ call }, caller) {
  const upload = {
    /** @param {object} json */
    initialize: (json) => call('POST', '/2/media/upload/initialize', { as: caller(), json }),
    /** @param {string} id @param {number | string} index @param {Buffer} bytes */
    append: (id, index, bytes) =>
      call('POST', `/2/media/upload/${id}/append`, {
        as: caller(),
        parts: { segment_index: String(index), media: bytes },
      }),
    /** @param {string} id */
    finalize: (id) => call('POST', `/2/media/upload/${id}/finalize`, { as: caller() }),
    /** @param {string} id */
    status: (id) => call('GET', `/2/media/upload?command=STATUS&media_id=${id}`, { as: caller() }),
    /** In one request. @param {Buffer} bytes @param {string} category */
    oneShot: (bytes, category, fields = {}) =>
      call('POST', '/2/media/upload', { as: caller(), parts: { media: bytes, media_category: category, ...fields } }),
    /** A post with these media. @param {string[]} ids @param {string} [text] */
    post: (ids, text = '') => call('POST', '/2/tweets', { as: caller(), json: { text, media: { media_ids: ids } } }),
    /**
     * In segments; gives the id.
     * @param {Buffer} bytes @param {object} facts @param {number} [segmentBytes]
     */
    async chunked(bytes, facts, segmentBytes = 1_000_000) {
      const { id } = (await upload.initialize({ total_bytes: bytes.length, ...facts })).body.data;
      for (let index = 0; index * segmentBytes < bytes.length; index += 1) {
        await upload.append(id, index, bytes.subarray(index * segmentBytes, (index + 1) * segmentBytes));
      }
      await upload.finalize(id);
      return /** @type {string} */ (id);
    },
  };
  return upload;
}

module.exports = { bytesOf, sha256, uploader };
