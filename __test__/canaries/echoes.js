'use strict';

// A server that repeats what it was sent: in every place where its words are reported, in the spelling asked for.
const { createServer } = require('node:http');
const { inUnits, smallDigits } = require('../support/spellings.js');

/** @param {string} text */
const inJson = (text) => JSON.stringify(text).slice(1, -1);
/** @param {string} text @param {BufferEncoding} encoding */
const encoded = (text, encoding) => Buffer.from(text).toString(encoding);

/**
 * Ways to write a text into JSON, between its quotes.
 * @type {Record<string, (text: string) => string>}
 */
const WAYS = {
  plain: inJson,
  'with \\/': (text) => inJson(text).replaceAll('/', '\\/'),
  'with \\u003d': (text) => inJson(text).replaceAll('=', '\\u003d').replaceAll('+', '\\u002B'),
  'all \\u': inUnits,
  'JSON in JSON': (text) => inJson(inJson(text).replaceAll('/', '\\/')),
  'percent-encoded': (text) => encodeURIComponent(text),
  'percent-encoded in small digits': (text) => smallDigits(encodeURIComponent(text)),
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'percent-encoded twice in small digits': (text) =>
    smallDigits(encodeURIComponent(smallDigits(encodeURIComponent(text)))),
  'percent-encoded, each letter': (text) => encoded(text, 'hex').replace(/../g, '%$&'),
  'by 12 letters': (text) => inJson(text.slice(0, 12)),
  'by 20 letters': (text) => inJson(text.slice(0, 20)),
  'in small letters': (text) => inJson(text.toLowerCase()),
  'in capital letters': (text) => inJson(text.toUpperCase()),
  base64: (text) => encoded(text, 'base64'),
  'base64 after one byte': (text) => encoded(`:${text}`, 'base64'),
  'base64 after two bytes': (text) => encoded(`x:${text}:x`, 'base64'),
  'base64 of what is percent-encoded': (text) => encoded(`x:${encodeURIComponent(text)}`, 'base64'),
  base64url: (text) => encoded(`x:${text}`, 'base64url'),
  'base64 with \\/': (text) => encoded(text, 'base64').replaceAll('/', '\\/'),
  hexadecimal: (text) => encoded(text, 'hex'),
  'hexadecimal in capitals': (text) => encoded(text, 'hex').toUpperCase(),
};

/**
 * What can be seen of an `Authorization` header: itself, its parts, and what these stand for.
 * @param {string} header
 */
function partsOf(header) {
  if (!header.startsWith('OAuth ')) return [header, header.slice(header.indexOf(' ') + 1)];
  const pairs = [...header.matchAll(/(oauth_(?:consumer_key|nonce|signature|token))="([^"]*)"/g)];
  return [header, ...pairs.flatMap(([pair, , value]) => [pair, decodeURIComponent(value)])];
}

/**
 * Starts it. `turn` says how it answers: `words` makes the text to be reported from a header.
 * @returns {Promise<{ url: string, turn: { how: string, words: (header: string) => string }, sent: Set<string>,
 *   close(): Promise<void> }>}
 */
async function startEcho() {
  /** @type {any} */
  const turn = { how: 'refusal', words: () => '' };
  /** @type {Set<string>} */
  const sent = new Set();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const header = String(request.headers.authorization);
      for (const part of partsOf(header)) sent.add(part);
      const [status, body, headers] = ANSWERS[turn.how](turn.words(header), String(request.url));
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    turn,
    sent,
    close: () => new Promise((resolve) => server.close(() => resolve(undefined))),
  };
}

/**
 * Answers, each with the words wherever X's words are reported.
 * @type {Record<string, (words: string, url: string) => [number, string, Record<string, string>?]>}
 */
const ANSWERS = {
  refusal: (words) => [
    403,
    `{"title":"${words}","detail":"${words}","type":"https://api.x.com/2/problems/${words}",
      "errors":[{"message":"${words}","parameters":{"${words}":["${words}"]}}]}`,
  ],
  'list of errors': (words) => [400, `{"errors":[{"message":"${words}","code":1,"parameters":{"${words}":[]}}]}`],
  'OAuth error': (words) => [400, `{"error":"${words}","error_description":"${words}"}`],
  success: (words) => [
    201,
    `{"data":{"id":"1445880548472328192","text":"${words}","media_key":"${words}"},
      "errors":[{"title":"${words}"},{"detail":"${words}"}],"meta":{"next_token":"${words}"}}`,
  ],
  'errors in a 200': (words) => [200, `{"errors":[{"title":"${words}","detail":"${words}","type":"x/${words}"}]}`],
  processing: (words) => [
    200,
    `{"data":{"id":"1","media_key":"${words}",
      "processing_info":{"state":"failed","error":{"code":1,"name":"${words}","message":"${words}"}}}}`,
  ],
  'strange encoding': (words) => [200, '', { 'content-encoding': words }],
};

module.exports = { ANSWERS, WAYS, partsOf, startEcho };
