'use strict';

const { Agent, request } = require('node:http');

/**
 * What came of a request, byte for byte: what arrived, and whether it ended as it should.
 * @typedef {object} Received
 * @property {number | null} status null if there was no answer
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body
 * @property {Buffer[]} chunks as they arrived
 * @property {string | null} error
 */

/**
 * Sends a request without what `fetch` does of its own accord: decoding, following, pooling.
 * @param {string} url
 * @param {{ method?: string, headers?: Record<string, string>, body?: string, signal?: AbortSignal, onChunk?: (sum: number) => void }} [options]
 * @returns {Promise<Received>}
 */
function raw(url, { body, onChunk, ...options } = {}) {
  return new Promise((resolve) => {
    /** @type {Received} */
    const received = { status: null, headers: {}, body: Buffer.alloc(0), chunks: [], error: null };
    const end = (/** @type {NodeJS.ErrnoException | null} */ error) => {
      received.error ??= error && (error.code ?? error.name);
      received.body = Buffer.concat(received.chunks);
      resolve(received);
    };
    const outgoing = request(url, { agent: new Agent(), ...options }, (answer) => {
      received.status = answer.statusCode ?? null;
      received.headers = answer.headers;
      answer.on('data', (chunk) => {
        received.chunks.push(chunk);
        onChunk?.(received.chunks.reduce((sum, { length }) => sum + length, 0));
      });
      answer.on('error', end);
      answer.on('end', () => end(null));
    });
    outgoing.on('error', end);
    outgoing.end(body);
  });
}

module.exports = { raw };
