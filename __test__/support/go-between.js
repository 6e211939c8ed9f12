'use strict';

const { once } = require('node:events');
const { createServer } = require('node:http');

/**
 * What is between a client and X: it hands on requests, and may change what comes back.
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {Buffer | string} body
 *
 * @typedef {(answer: Answer, request: { method: string, path: string, again(): Promise<Answer> }) => Answer | void | Promise<Answer | void>} Change
 */

/** One that hands on to a server what comes to it. @param {() => string} target its address */
async function startGoBetween(target) {
  /** @type {Change} */
  let change = () => {};
  const server = createServer(async (request, reply) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = String(request.method);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const again = () => handOn(`${target()}${request.url}`, { method, headers: kept(request.headers), body });
    const answer = await again();
    const changed = (await change(answer, { method, path: String(request.url).split('?')[0], again })) ?? answer;
    // Node's own server refuses to write some of the statuses that are seen on the way.
    const head = Object.entries(changed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const size = Buffer.byteLength(changed.body);
    const text = `HTTP/1.1 ${changed.status} Status\r\n${head.join('')}content-length: ${size}\r\nconnection: close\r\n\r\n`;
    reply.socket?.end(Buffer.concat([Buffer.from(text), Buffer.from(changed.body)]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
    /** What becomes of answers from now on. @param {Change} next */
    changes(next) {
      change = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
function kept({ authorization, 'content-type': type }) {
  return { ...(authorization ? { authorization } : {}), ...(type ? { 'content-type': type } : {}) };
}

/** @param {string} url @param {RequestInit} init @returns {Promise<Answer>} */
async function handOn(url, init) {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => ['content-type', 'date'].includes(name) || name.startsWith('x-')),
  );
  return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
}

module.exports = { startGoBetween };
