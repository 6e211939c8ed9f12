// Publishes a text: node examples/text.mjs "Hello"
import { publishTweetWithMedia, TwitterError } from 'twitter-native';
import { tokenFromEnvironment } from './lib/token.mjs';

const text = process.argv[2] ?? `Hello, it is ${new Date().toLocaleTimeString()}`;

try {
  const { tweetId, tweetUrl } = await publishTweetWithMedia({ text }, tokenFromEnvironment());
  console.log(tweetId, tweetUrl);
} catch (error) {
  if (!(error instanceof TwitterError)) throw error;
  // The message says all that a person needs; the code is for programs.
  console.error(`${error.code}: ${error.message}`);
  if (error.retryAt) console.error(`Try again at ${error.retryAt.toISOString()}`);
  process.exitCode = 1;
}
