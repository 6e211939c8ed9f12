'use strict';

const http2 = require('node:http2');
const https = require('node:https');

/**
 * What came of a request over some protocol.
 * @typedef {{ status: number | null, text: string, error: string | null }} Outcome
 */

/** Each over a connection of its own. */
const PROTOCOLS = /** @type {const} */ (['HTTP/1.1', 'HTTPS', 'HTTP/2']);

/** @param {typeof PROTOCOLS[number]} protocol */
const optionsFor = (protocol) => ({ tls: protocol !== 'HTTP/1.1', http2: protocol === 'HTTP/2' });

/**
 * Posts over HTTP/1.1 with or without TLS.
 * @param {string} url @param {{ headers: Record<string, string>, body: string, ca?: string }} options
 * @returns {Promise<Outcome>}
 */
function overOne(url, { headers, body, ca }) {
  const { request } = url.startsWith('https') ? https : require('node:http');
  return new Promise((resolve) => {
    /** @type {Outcome} */
    const outcome = { status: null, text: '', error: null };
    const end = (/** @type {any} */ error) => {
      outcome.error ??= error?.code ?? null;
      resolve(outcome);
    };
    const sent = request(url, { method: 'POST', agent: false, ca, headers }, (answer) => {
      outcome.status = answer.statusCode ?? null;
      answer.on('data', (chunk) => {
        outcome.text += chunk;
      });
      answer.on('error', end).on('end', () => end(null));
    });
    sent.on('error', end).end(body);
  });
}

/**
 * Posts over HTTP/2.
 * @param {string} url @param {{ headers: Record<string, string>, body: string, ca?: string }} options
 * @returns {Promise<Outcome>}
 */
function overTwo(url, { headers, body, ca }) {
  return new Promise((resolve) => {
    /** @type {Outcome} */
    const outcome = { status: null, text: '', error: null };
    const session = http2.connect(url, { ca });
    const end = (/** @type {any} */ error) => {
      outcome.error ??= error?.code ?? null;
      resolve(outcome);
      session.destroy();
    };
    // It says more than the stream does.
    session.on('error', (/** @type {any} */ error) => {
      outcome.error = error.code;
    });
    session.on('goaway', (code, last) => {
      outcome.error ??= `GOAWAY ${code} behind ${last}`;
    });
    const { pathname } = new URL(url);
    const stream = session.request({ ':method': 'POST', ':path': pathname, ...headers });
    stream.on('response', (answer) => {
      outcome.status = Number(answer[':status']);
    });
    stream.on('data', (chunk) => {
      outcome.text += chunk;
    });
    stream.on('error', (/** @type {any} */ error) => {
      outcome.error ??= stream.rstCode ? `RST_STREAM ${stream.rstCode}` : error.code;
    });
    stream.on('close', () => {
      if (stream.rstCode) outcome.error ??= `RST_STREAM ${stream.rstCode}`;
      // A connection that ends in the middle is reported by nothing else.
      else if (outcome.status === null || stream.aborted) outcome.error ??= 'ended';
      setImmediate(end, null);
    });
    stream.end(body);
  });
}

/** @param {typeof PROTOCOLS[number]} protocol */
const postOver = (protocol) => (protocol === 'HTTP/2' ? overTwo : overOne);

module.exports = { PROTOCOLS, optionsFor, postOver };
