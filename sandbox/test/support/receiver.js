'use strict';

const { createHmac } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:http');

/** @param {string | Buffer} text @param {string} secret */
const signature = (text, secret) => `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`;

/**
 * A webhook's server: it answers X's checks, and keeps what it is given.
 * @param {import('node:test').TestContext} t @param {string} secret the app's
 */
async function receiver(t, secret) {
  /** @type {Array<{ event: any, isSigned: boolean }>} */
  const received = [];
  const state = {
    received,
    url: '',
    /** What it answers to a check; a number is a status. */
    proof: /** @type {(token: string) => unknown} */ ((token) => ({ response_token: signature(token, secret) })),
    /** What it answers to an event. */
    status: 200,
    checks: 0,
  };
  const server = createServer(async (request, response) => {
    const token = new URL(String(request.url), 'http://localhost').searchParams.get('crc_token');
    if (request.method === 'GET') {
      state.checks += 1;
      const answer = state.proof(String(token));
      if (typeof answer === 'number') response.writeHead(answer, { location: '/elsewhere' }).end();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isSigned = request.headers['x-twitter-webhooks-signature'] === signature(body, secret);
    received.push({ event: JSON.parse(body.toString()), isSigned });
    response.writeHead(state.status).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  state.url = `http://127.0.0.1:${port}/webhooks/x`;
  return Object.assign(state, { server });
}

module.exports = { receiver, signature };
