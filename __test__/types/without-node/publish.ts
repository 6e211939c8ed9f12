// A program that has neither @types/node nor TypeScript's `dom`.
import TwitterService, { type CallSignal, type PublishedTweet, publishTweetWithMedia } from 'twitter-native';
import type { PublishOnceOptions } from 'twitter-native/medusa';

async function* video() {
  yield new Uint8Array(1024);
}

const signal: CallSignal = { aborted: false, addEventListener() {}, removeEventListener() {} };
export const options: PublishOnceOptions = { signal };
export const service: TwitterService = new TwitterService();

export function publish(token: string): Promise<PublishedTweet> {
  return publishTweetWithMedia({ text: 'A video', media: [{ stream: video() }] }, token, undefined, { signal });
}

// @ts-expect-error Node's types do not come along
process.exit();
// @ts-expect-error nor do the browser's
document.title = '';
// @ts-expect-error what is no signal is refused here too
export const wrong: CallSignal = {};
