import type { PublishedTweet } from 'twitter-native';
import type { EncryptedData } from '../modules/encryption';

/** What `social_platform.api_config` holds for X. Secrets are encrypted. */
export interface ApiConfig {
  provider?: string;
  access_token_encrypted?: EncryptedData | null;
  refresh_token_encrypted?: EncryptedData | null;
  token_type?: string;
  scope?: string;
  /** Seconds from `retrieved_at` on. */
  expires_in?: number;
  retrieved_at?: string;
  /** The user's own OAuth 1.0a token; the app's key and secret are in the environment. */
  oauth1_credentials_encrypted?: { access_token: EncryptedData; access_token_secret: EncryptedData } | null;
  /** An OAuth 1.0a grant that has begun. */
  oauth1_request?: { token: string; token_secret: EncryptedData } | null;
  metadata?: { user_profile?: { id: string; username: string; name: string } };
}

/** A row of `social_platform`. */
export interface SocialPlatformRow {
  id: string;
  name: string;
  status: string;
  api_config: ApiConfig | null;
}

/** One of `social_post.media_attachments`. */
export interface MediaAttachment {
  type: 'image' | 'video';
  url: string;
}

/** A row of `social_post`, with its platform. */
export interface SocialPostRow {
  id: string;
  name: string;
  caption: string | null;
  status: 'draft' | 'scheduled' | 'posted' | 'failed' | 'archived';
  post_url: string | null;
  posted_at: Date | null;
  error_message: string | null;
  media_attachments: MediaAttachment[] | null;
  insights: PostInsights | null;
  metadata: { auto_publish?: boolean } | null;
  platform_id: string;
  platform: SocialPlatformRow;
}

/** What a publish gives, and what is kept of it. */
export interface PublishResult {
  kind: 'tweet';
  tweetId: string;
  tweetUrl: string;
  response: PublishedTweet;
}

/** What `social_post.insights` holds. */
export interface PostInsights {
  twitter_tweet_id?: string;
  publish_results?: PublishResult[];
  impressions?: number;
  likes?: number;
  retweets?: number;
  replies?: number;
  quotes?: number;
  last_synced_at?: string;
}
