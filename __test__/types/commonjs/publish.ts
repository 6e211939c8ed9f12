// A backend that publishes as today's callers do.
import TwitterService, {
  type OAuth1Credentials,
  type PublishContent,
  type PublishedTweet,
  publishTweetWithMedia,
  TwitterError,
  type TwitterErrorCode,
} from 'twitter-native';

export async function publish(
  post: { text: string; imageUrls: string[]; videoUrl?: string },
  token: string,
  oauth1: OAuth1Credentials,
): Promise<PublishedTweet> {
  const content: PublishContent = { text: post.text, imageUrls: post.imageUrls };
  if (post.videoUrl) content.videoUrl = post.videoUrl;
  try {
    return await publishTweetWithMedia(content, token, oauth1, {
      signal: AbortSignal.timeout(60_000),
      timeoutMs: 60_000,
      onProgress: ({ mediaIndex, bytesSent, totalBytes }) => console.log(mediaIndex, bytesSent / totalBytes),
      client: { upload: { concurrency: 4 }, onRequest: (event) => console.log(event.status ?? event.failure) },
    });
  } catch (error) {
    if (error instanceof TwitterError) {
      const code: TwitterErrorCode = error.code;
      const at: Date | undefined = error.retryAt;
      // @ts-expect-error the codes are a closed list
      const impossible: boolean = error.code === 'NO_SUCH_CODE';
      console.log(code, at, impossible, error.published?.[0]?.tweetId);
    }
    throw error;
  }
}

export class Service extends TwitterService {
  override async getTweet(id: string) {
    return super.getTweet(id);
  }
}

// @ts-expect-error a poll has a duration
const poll: PublishContent = { text: 'a?', poll: { options: ['a', 'b'] } };

// @ts-expect-error a medium has a place
const nowhere: PublishContent = { media: [{ altText: 'nothing' }] };

export { nowhere, poll };
