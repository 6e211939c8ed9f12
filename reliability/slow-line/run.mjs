// Publishes a video over a slow line, in real time: npm run test:slow-line -- [--bytes N] [--mbit N] [--checkpoints] [--built]
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureAddon, ensureNodeModules } from '../../tools/lib/ensure.mjs';
import { readOptions } from '../../tools/lib/options.mjs';

const { values } = readOptions({
  options: {
    bytes: { type: 'string', default: '24000000' },
    mbit: { type: 'string', default: '1' },
    checkpoints: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
  },
});
const bytes = Number(values.bytes);
const bytesPerMs = (Number(values.mbit) * 1_000_000) / 8 / 1000;

ensureNodeModules('.');
ensureNodeModules('sandbox');
if (!values.built) ensureAddon();

const require = createRequire(import.meta.url);
const { publishTweetWithMedia } = require('../../index.js');
const { startSandbox } = require('../../sandbox/index.js');

const sandbox = await startSandbox({ rateLimits: false, processingMs: 0 });
const user = sandbox.seedUser();

// A line to X that all connections share. It reads no faster than it brings on, so that little lies in buffers.
let free = 0;
const target = new URL(sandbox.url);
const line = createServer(async (near) => {
  const far = connect(Number(target.port), target.hostname);
  far.pipe(near);
  for (const socket of [near, far]) socket.on('error', () => near.destroy() && far.destroy());
  near.on('close', () => far.destroy());
  try {
    for await (const piece of near) {
      free = Math.max(free, performance.now()) + piece.length / bytesPerMs;
      await sleep(free - performance.now());
      far.write(piece);
    }
  } catch {
    far.destroy();
  }
});
await new Promise((resolve) => line.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (line.address());

const begun = performance.now();
const seconds = () => ((performance.now() - begun) / 1000).toFixed(1);
/** @type {Record<string, number>} */
const attempts = {};
const { tweetId } = await publishTweetWithMedia(
  { text: 'Over a slow line', videoUrl: `${sandbox.url}/media/mp4?bytes=${bytes}` },
  user.oauth2.accessToken,
  null,
  {
    ...(values.checkpoints ? { onCheckpoint: () => {} } : {}),
    onProgress: ({ phase, bytesSent }) => console.log(`${seconds()} s: ${phase}, ${bytesSent} bytes`),
    client: {
      apiBaseUrl: `http://127.0.0.1:${port}`,
      mediaPolicy: { allowHttp: true, allowPrivateNetworks: true },
      onRequest: ({ path, attempt, failure, durationMs }) => {
        const name = failure ? `failed: ${failure}` : path;
        attempts[name] = (attempts[name] ?? 0) + 1;
        if (failure) console.log(`${seconds()} s: attempt ${attempt} of ${path} after ${durationMs} ms: ${failure}`);
      },
    },
  },
);
const published = sandbox.ledger.tweets().filter(({ id }) => id === tweetId);
assert.equal(published.length, 1);
assert.ok(performance.now() - begun >= bytes / bytesPerMs, 'the line was as slow as it should be');
console.log(`${bytes} bytes over ${values.mbit} Mbit/s: published after ${seconds()} s; requests:`, attempts);
line.close();
await sandbox.close();
process.exit(0);
