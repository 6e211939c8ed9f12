// Publishes every kind of post to the sandbox: npm run demo
// Posts one text to the real X, with credentials in the environment: npm run demo -- --live "Hello"
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { publishAll } from '../tools/lib/demo-posts.mjs';
import { ensureAddon, ensureNodeModules } from '../tools/lib/ensure.mjs';
import { requirePort } from '../tools/lib/ports.mjs';
import { refuse } from '../tools/lib/requirements.mjs';
import { root } from '../tools/lib/steps.mjs';

const { values, positionals } = readOptions();
if (values.live) await live(positionals.join(' '));
else await demo();

function readOptions() {
  try {
    return parseArgs({
      options: {
        live: { type: 'boolean', default: false },
        exit: { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    const [sentence] = /** @type {Error} */ (error).message.split('. ');
    return refuse(`${sentence}. The demo takes --port, --exit, and --live with a text.`);
  }
}

/** @param {string} text */
async function live(text) {
  ensureAddon();
  const { publishTweetWithMedia } = await import('../index.mjs');
  const { X_ACCESS_TOKEN, X_ACCESS_TOKEN_SECRET, X_API_KEY, X_API_SECRET, X_OAUTH2_TOKEN } = process.env;
  const signing = X_API_KEY && X_API_SECRET && X_ACCESS_TOKEN && X_ACCESS_TOKEN_SECRET;
  if (!X_OAUTH2_TOKEN && !signing) {
    refuse('Set X_OAUTH2_TOKEN, or X_API_KEY, X_API_SECRET, X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET.');
  }
  const credentials = signing
    ? {
        apiKey: X_API_KEY,
        apiSecret: X_API_SECRET,
        accessToken: X_ACCESS_TOKEN,
        accessTokenSecret: X_ACCESS_TOKEN_SECRET,
      }
    : undefined;
  const content = { text: text || `Hello from twitter-native, ${new Date().toISOString()}` };
  const { tweetUrl } = await publishTweetWithMedia(content, X_OAUTH2_TOKEN, credentials);
  console.log(tweetUrl);
}

async function demo() {
  await requirePort('port', values.port);
  ensureNodeModules('sandbox');
  ensureAddon();
  // A process of its own, so that the memory shown is that of the one who publishes.
  const sandbox = spawn('node', ['sandbox/bin/sandbox.js', '--json', '--port', values.port], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // If it could not start, because the port is taken for example, it has said so itself.
  sandbox.once('exit', (code) => process.exit(code ?? 0));
  const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
  const { url, env, user } = JSON.parse(line);
  Object.assign(process.env, env);
  console.log(`\nThe sandbox stands in for X at ${url}\n`);
  try {
    await publishAll(url, user);
  } catch (error) {
    sandbox.kill();
    throw error;
  }
  if (values.exit) sandbox.kill();
  else console.log(`\nSee what was published: ${url}/   (Ctrl+C ends)`);
}
