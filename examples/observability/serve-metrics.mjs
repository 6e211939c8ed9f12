// Counters for Prometheus: node examples/observability/serve-metrics.mjs [--once]
// Publishes a few posts to the sandbox, then serves the counters at /metrics; with --once it prints them and ends.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createTweet, getTweet, publishTweetWithMedia } from 'twitter-native';
import { startSandbox } from '../../sandbox/index.js';
import { countPublishes } from './counters.mjs';

const counters = countPublishes();

const sandbox = await startSandbox();
Object.assign(process.env, sandbox.env);
const { oauth2 } = sandbox.seedUser();
const media = [`${sandbox.url}/media/png`];
const { tweetId } = await publishTweetWithMedia({ text: 'The lamp is back', media }, oauth2.accessToken);
await getTweet(tweetId, oauth2.accessToken);
await createTweet({ text: 'And so is the chair: example.com' }, oauth2.accessToken);
// X refuses the same text again.
await createTweet({ text: 'And so is the chair: example.com' }, oauth2.accessToken).catch(() => {});

if (process.argv.includes('--once')) {
  process.stdout.write(counters.text());
} else {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(counters.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`http://127.0.0.1:${address.port}/metrics (Ctrl-C ends it)`);
  await once(process, 'SIGINT');
  server.close();
}
await sandbox.close();
