'use strict';

const { EventEmitter, once } = require('node:events');
const { createServer } = require('node:http');
const { verifyWebhookSignature, webhookCrcResponse } = require('twitter-native');

/**
 * A backend that takes X's events as the guide says: it answers X's checks, and keeps each event whose signature is
 * good, once.
 * @param {() => string} secretOf the app's API secret
 */
function useReceiver(secretOf) {
  const changes = new EventEmitter();
  const receiver = {
    url: '',
    /** Bodies as they came, forged ones too. @type {Array<{ body: Buffer, isGood: boolean }>} */
    bodies: [],
    /** Events by their ids. @type {Map<string, any>} */
    events: new Map(),
    /** What it answers to a check. @type {(token: string) => unknown} */
    proof: (token) => webhookCrcResponse(token, secretOf()),
    /** The first event of which this is true. @param {(event: any) => boolean} isMeant */
    async got(isMeant) {
      for (;;) {
        const found = [...receiver.events.values()].find(({ data }) => isMeant(data));
        if (found) return found;
        await once(changes, 'event');
      }
    },
  };
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      const token = new URL(String(request.url), 'http://localhost').searchParams.get('crc_token');
      response.setHeader('content-type', 'application/json').end(JSON.stringify(receiver.proof(String(token))));
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const header = request.headers['x-twitter-webhooks-signature'];
    const isGood = verifyWebhookSignature(body, /** @type {string | undefined} */ (header), secretOf());
    receiver.bodies.push({ body, isGood });
    response.writeHead(isGood ? 200 : 401).end();
    if (!isGood) return;
    const event = JSON.parse(body.toString());
    if (receiver.events.has(event.data.event_uuid)) return;
    receiver.events.set(event.data.event_uuid, event);
    changes.emit('event');
  });
  const usual = receiver.proof;

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    receiver.url = `http://127.0.0.1:${server.address().port}/webhooks/x`;
  });
  afterEach(() => {
    receiver.bodies.length = 0;
    receiver.events.clear();
    receiver.proof = usual;
  });
  afterAll(() => server.close());
  return receiver;
}

module.exports = { useReceiver };
