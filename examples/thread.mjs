// Publishes the paragraphs of a file as a thread: node examples/thread.mjs story.md

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { publishThread, TwitterError } from 'twitter-native';
import { argumentsOf } from './lib/arguments.mjs';
import { tokenFromEnvironment } from './lib/token.mjs';

const [file] = argumentsOf('FILE');
const kept = `${file}.checkpoint`;
const parts = readFileSync(file, 'utf8')
  .split(/\n\s*\n/)
  .map((paragraph) => ({ text: paragraph.trim() }))
  .filter(({ text }) => text !== '');

try {
  const { tweets } = await publishThread(parts, tokenFromEnvironment(), undefined, {
    checkpoint: existsSync(kept) ? readFileSync(kept, 'utf8') : undefined,
    onCheckpoint: (checkpoint) => writeFileSync(kept, checkpoint),
  });
  rmSync(kept);
  for (const { tweetId, tweetUrl } of tweets) console.log(tweetId, tweetUrl);
} catch (error) {
  if (!(error instanceof TwitterError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  console.error(`${error.published?.length ?? 0} of ${parts.length} are out. The same command continues after them.`);
  process.exitCode = 1;
}
