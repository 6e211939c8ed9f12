// An endpoint for X's webhooks: node examples/webhook.mjs, with the app's X_API_SECRET in the environment.
import { createServer } from 'node:http';
import { verifyWebhookSignature, webhookCrcResponse } from 'twitter-native';
import { listen } from './lib/listen.mjs';

const secret = process.env.X_API_SECRET;
if (!secret) {
  console.error('Set X_API_SECRET: X signs with it, also for apps that use OAuth 2.0.');
  process.exit(1);
}
const MAX_BYTES = 1024 * 1024;

/** The body as it came: the signature is of its bytes, not of what a JSON parser makes of them. */
async function rawBody(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const server = createServer(async (request, response) => {
  const crcToken = new URL(request.url, 'http://localhost').searchParams.get('crc_token');
  if (request.method === 'GET' && crcToken) {
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify(webhookCrcResponse(crcToken, secret)));
  }
  const body = await rawBody(request);
  if (body === undefined) return response.writeHead(413).end();
  const signature = request.headers['x-twitter-webhooks-signature'] ?? '';
  if (!verifyWebhookSignature(body, signature, secret)) return response.writeHead(403).end();
  console.log(JSON.parse(body.toString()));
  response.end();
});
console.log(`Listening on ${await listen(server)}`);
