import type { AppConfig, ClientOptions, Prices } from 'twitter-native';
import type { InsightsSchedule } from './insights-schedule';

/** Options of the plugin; each may be left out. */
export interface TwitterOptions extends AppConfig {
  /**
   * Keys that encrypt credentials at rest, `v2:<base64>,v1:<base64>`, the newest first.
   * @default `TWITTER_ENCRYPTION_KEYS`
   */
  encryptionKeys?: string;
  /**
   * Where X sends people back to: the backend's `/admin/twitter/oauth/callback`, as it is registered for the app.
   * @default `TWITTER_REDIRECT_URI`, else the address that the request came to
   */
  redirectUri?: string;
  /**
   * Where the admin's pages are, for the way back to them.
   * @default the path `/app` on the backend
   */
  adminUrl?: string;
  /** How X is reached: twitter-native's client options. */
  client?: ClientOptions;
  /**
   * A Redis that shares what is left of X's rate limits between processes.
   * @default `TWITTER_REDIS_URL`, else `REDIS_URL`; without one each process counts for itself
   */
  redisUrl?: string;
  /**
   * Most posts that one process publishes at once; others wait.
   * @default 8
   */
  concurrency?: number;
  /**
   * What the job does with a post that was sent and that the timeline has not shown for two minutes: leaves it to a
   * person, or publishes it again. A second post is then possible if X shows the first one later than that.
   * @default 'ask'
   */
  onUnknown?: 'ask' | 'retry';
  /**
   * When the timeline is read after a lost answer, in milliseconds since the loss.
   * @default twitter-native's [2000, 5000, 15000, 45000, 120000]
   */
  reconcileScheduleMs?: number[];
  /**
   * Most weighted characters of a post; accounts with a subscription may write more.
   * @default 280
   */
  maxWeightedLength?: number;
  /**
   * The shop's public https address, without a port, such as `https://shop.example.com`: X sends events there, to the
   * path `/webhooks/twitter` unless another one is given. The webhook and its subscriptions are made and kept by themselves.
   * @default `TWITTER_WEBHOOK_URL`; without one nothing is registered
   */
  webhookUrl?: string;
  /**
   * How often posts' metrics are read by themselves, which X bills: never, 6, 12 or 76 times in 30 days.
   * @default 'normal'
   */
  insights?: InsightsSchedule;
  /**
   * The account that owns the app on X, by X's id of the user: its posts are read on its timeline, which costs a fifth.
   * What X shows only to the author is not read then.
   */
  appOwnerId?: string;
  /** Prices in place of those that twitter-native knows, for estimates: `{ postWithLink: 0.25, asOf: '2027-01-01' }`. */
  prices?: Prices;
}
