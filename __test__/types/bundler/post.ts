import type { CallOptions, TwitterError } from 'twitter-native';
import { createTweet, publishThread } from 'twitter-native';

export async function post(options: CallOptions): Promise<string> {
  const { tweets } = await publishThread(
    [{ text: 'one' }, { text: 'two', media: ['https://shop.example/2.jpg'] }],
    'token',
  );
  const { id } = await createTweet({ text: 'again', mediaIds: tweets[0]?.mediaIds ?? [] }, 'token', options);
  return id;
}

export const isRetryable = (error: TwitterError): boolean => error.retryable;
