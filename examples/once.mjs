// Publishes at most once for each id, however often and in however many processes it is started:
// node examples/once.mjs product-42 "The lamp is back"

import { join } from 'node:path';
import { PublishIntent, TwitterError } from 'twitter-native';
import { argumentsOf } from './lib/arguments.mjs';
import { fileRow } from './lib/file-row.mjs';
import { tokenFromEnvironment } from './lib/token.mjs';

const [id, text] = argumentsOf('ID', 'TEXT');
const row = fileRow(join(process.env.STATE_FOLDER ?? 'state', id));

const intent = new PublishIntent({
  async load() {
    const found = row.read();
    return found && { state: found.text, version: found.version };
  },
  store: async (next, version) => row.write(next, version),
});

try {
  const { tweetId, tweetUrl } = await intent.publish({ text }, tokenFromEnvironment());
  console.log(tweetId, tweetUrl);
} catch (error) {
  if (!(error instanceof TwitterError)) throw error;
  // IN_PROGRESS: another process is at it. UNKNOWN_OUTCOME: it may exist; start this again later, or ask a person.
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
