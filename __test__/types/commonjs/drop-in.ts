// The types that callers of the older class have of their own: what ours gives has to fit into them.
import TwitterService, { appFromEnvironment, PublishIntent } from 'twitter-native';

interface AppToken {
  token: string;
  expiresAt: number;
}

interface UserTokens {
  access_token: string;
  refresh_token?: string;
  expires_in: number;
  scope: string;
  token_type: 'bearer';
  retrieved_at: number | Date;
}

/** An account's row: without OAuth 1.0a the user's part is null. */
interface SigningKeys {
  apiKey: string;
  apiSecret: string;
  accessToken: string | null;
  accessTokenSecret: string | null;
}

export async function connect(service: TwitterService, code: string, state: string): Promise<[AppToken, UserTokens]> {
  const tokens: UserTokens = await service.exchangeCodeForToken(code, 'https://shop.example/callback', state);
  const refreshed: UserTokens = await service.refreshAccessToken(tokens.refresh_token ?? '');
  const expiresAt: Date = new Date(Date.now() + refreshed.expires_in * 1000);
  console.log(expiresAt);
  return [await service.getAppBearerToken(), refreshed];
}

export async function publish(service: TwitterService, token: string, keys: SigningKeys): Promise<string> {
  const published: { tweetId: string; tweetUrl: string } = await service.publishTweetWithMedia(
    { text: 'Hello', imageUrls: [] },
    token,
    keys,
  );
  const { id } = await service.createTweet({ text: 'Hello', mediaIds: ['1'] }, token);
  const metrics: { impressions?: number; likes: number } = await service.getTweetMetrics(id, token);
  return `${published.tweetUrl} ${metrics.likes}`;
}

export class ShopService extends TwitterService {
  get client(): string {
    return this.config.clientId + this.config.apiKey;
  }
}

// @ts-expect-error the configuration is for subclasses alone
console.log(new ShopService().config);

const { clientId }: { clientId?: string } = appFromEnvironment();
export const intent = new PublishIntent({
  load: async () => undefined,
  store: async () => true,
  others: async (marks) => [{ state: marks.join() }],
});
export { clientId };
