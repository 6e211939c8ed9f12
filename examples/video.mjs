// Publishes a video from a file: node examples/video.mjs "Text" film.mp4

import { publishTweetWithMedia } from 'twitter-native';
import { argumentsOf } from './lib/arguments.mjs';
import { tokenFromEnvironment } from './lib/token.mjs';

const [text, path] = argumentsOf('TEXT', 'FILE');
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

const post = await publishTweetWithMedia({ text, media: [{ path }] }, tokenFromEnvironment(), undefined, {
  signal: stop.signal,
  onProgress({ phase, bytesSent, totalBytes, processingPercent }) {
    if (phase === 'uploading') console.log(`${bytesSent} of ${totalBytes} bytes`);
    if (phase === 'processing') console.log(`X is at ${processingPercent ?? 0} %`);
  },
});
console.log(post.tweetId, post.tweetUrl);
