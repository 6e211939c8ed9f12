// Uploads and publishes a large file; killed in the middle, the same command resumes it:
// node examples/resume.mjs "Text" film.mp4 film.checkpoint

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { inspectCheckpoint, publishTweetWithMedia } from 'twitter-native';
import { argumentsOf } from './lib/arguments.mjs';
import { tokenFromEnvironment } from './lib/token.mjs';

const [text, path, kept] = argumentsOf('TEXT', 'FILE', 'CHECKPOINT');
const checkpoint = existsSync(kept) ? readFileSync(kept, 'utf8') : undefined;
if (checkpoint) console.log(`resumed from ${inspectCheckpoint(checkpoint).state}`);

const post = await publishTweetWithMedia({ text, media: [{ path }] }, tokenFromEnvironment(), undefined, {
  checkpoint,
  // Awaited before the step that it protects. Written beside and renamed, so that a kill leaves a whole file.
  onCheckpoint(next) {
    writeFileSync(`${kept}.new`, next);
    renameSync(`${kept}.new`, kept);
  },
});
rmSync(kept);
console.log(post.tweetId, post.tweetUrl);
