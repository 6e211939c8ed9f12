/** The state of an account. */
export type AccountStatus = 'connected' | 'reauth_required' | 'not_connected';

/** An account that posts are published to, without any of its secrets. */
export interface TwitterAccountView {
  id: string;
  /** X's id of the user, once the account is connected. */
  x_user_id: string | null;
  status: AccountStatus;
  /** The account's profile on X, once it is connected. */
  profile: { username: string; name: string; profile_image_url: string | null } | null;
  /** What the account's token may do. */
  scopes: string[];
  /** What publishing, measuring and refreshing need and the token lacks: connect again. */
  missing_scopes: string[];
  /** Media are signed by OAuth 1.0a. */
  has_oauth1: boolean;
  /** When the access token expires; it is refreshed by itself. */
  expires_at: string | null;
  /** What X was asked to tell of, and whether it does; where the shop has a webhook, on a list or a single account. */
  events?: { event_type: string; subscribed: boolean; message: string | null }[];
  created_at: string;
  updated_at: string;
}

/** Why an account was not connected: `error` in the address of the page of accounts, after the way over X. */
export type ConnectError = 'denied' | 'expired' | 'other_account' | 'refused_by_x' | 'x_away' | 'failed';

/** The shop's webhook at X; `webhook` beside `accounts`. */
export interface WebhookView {
  url: string;
  /** X got the right answer when it asked last. */
  valid: boolean;
  checked_at: string | null;
  /** Why it could not be set up; it is tried again by itself. */
  error: { code: string; message: string } | null;
}

/** A medium of a post. */
export interface MediaAttachment {
  /** An https URL. */
  url: string;
  /** A description for people who can't see it, at most 1000 characters. */
  alt_text?: string;
  /** As what it is posted; without it, what its bytes say. */
  type?: 'image' | 'gif' | 'video';
}

/** One post of a thread, after the first one. */
export interface ThreadPart {
  caption: string;
  media_attachments?: MediaAttachment[];
}

/** A poll, which excludes media. */
export interface PollInput {
  /** 2 to 4 options of up to 25 characters. */
  options: string[];
  /** 5 to 10080. */
  duration_minutes: number;
}

/**
 * `draft` and `scheduled` may be changed. `publishing` is on its way. `posted` is on X. `failed` surely does not,
 * except for the parts of a thread that `intent.published` lists. `unknown` may exist: see `TwitterPostView.intent`.
 * `deleted` was posted, and has been deleted on X.
 */
export type TwitterPostStatus = 'draft' | 'scheduled' | 'publishing' | 'posted' | 'failed' | 'unknown' | 'deleted';

/** What a post did so far. */
export interface TwitterMetrics {
  impressions?: number;
  likes: number;
  retweets: number;
  replies: number;
  quotes: number;
  bookmarks?: number;
  url_link_clicks?: number;
  user_profile_clicks?: number;
  engagements?: number;
  organic_impressions?: number;
  /** Groups that X refused. */
  unavailable?: string[];
}

/** What a publish came to. */
export interface TwitterPublishResult {
  kind: 'tweet' | 'thread';
  /** What X bills for it, by estimate; not there where a person named the post. */
  estimatedCost?: { usd: number; pricesAsOf: string };
  tweetId: string;
  tweetUrl: string;
  response: { id: string; text: string; mediaIds: string[]; reconciled: boolean; warnings?: string[] };
}

/** How far one medium is. */
export interface MediaProgressView {
  media_index: number;
  phase: 'uploading' | 'processing' | 'ready';
  bytes_sent: number;
  total_bytes: number;
  processing_percent?: number;
}

/** How far a publish is; the data of each server-sent event of `GET /admin/twitter/posts/:id/progress`. */
export interface ProgressView {
  status: TwitterPostStatus;
  phase: 'waiting' | 'media' | 'posting' | 'reconciling' | 'done';
  /** The part of a thread that is on its way, counted from 0. */
  part: number;
  parts: number;
  /** The media of that part. */
  media: MediaProgressView[];
  post_url: string | null;
  error: TwitterPostError | null;
}

/** Why a post is not out. */
export interface TwitterPostError {
  /** A code of twitter-native's, such as `RATE_LIMITED`. */
  code: string;
  /** A sentence for a person. */
  message: string;
  /** When it is tried again by itself. */
  retry_at: string | null;
}

/** What is known of a publish beyond the post's status. */
export interface PublishIntentView {
  state: 'open' | 'published' | 'failed' | 'unknown';
  /** Posts that exist; a thread's first parts after a failure in the middle. */
  published: { tweet_id: string; tweet_url: string }[];
  /** For an unknown outcome: what the last look at the timeline said. */
  seen: { outcome: 'published' | 'not_found' | 'ambiguous' | 'error'; candidates: string[]; at: string } | null;
  history: { at: string; event: string; detail?: string }[];
}

/** What a person did with a post. */
export interface ActivityEntry {
  at: string;
  event:
    | 'created'
    | 'changed'
    | 'scheduled'
    | 'unscheduled'
    | 'asked_to_publish'
    | 'asked_to_look'
    | 'saw_it_on_x'
    | 'asked_to_send_again'
    | 'gave_up';
  /** The id of the user, or of the API key. */
  actor_id: string;
  /** Other than a user. */
  actor_type?: string;
  /** The user's name or address, as far as it is known. */
  actor?: string;
}

/** A post. */
export interface TwitterPostView {
  id: string;
  account_id: string;
  /** `null` once it was disconnected: the post needs another account, or this one connected again. */
  account?: Pick<TwitterAccountView, 'id' | 'x_user_id' | 'status' | 'profile'> | null;
  caption: string;
  media_attachments: MediaAttachment[];
  thread: ThreadPart[];
  poll: PollInput | null;
  /** The product that it was composed from. */
  product_id: string | null;
  status: TwitterPostStatus;
  scheduled_at: string | null;
  posted_at: string | null;
  post_url: string | null;
  insights: TwitterMetrics | null;
  insights_at: string | null;
  error: TwitterPostError | null;
  /** Give it back with a change: one that is not the newest is refused with 409. */
  revision: number;
  /** Who did what; only on a single post. */
  activity?: ActivityEntry[];
  /** Only on a single post. */
  intent?: PublishIntentView | null;
  created_at: string;
  updated_at: string;
}

/** A reading of a post's metrics. */
export interface InsightsPoint extends TwitterMetrics {
  taken_at: string;
}

/** A rule that a post breaks. */
export interface ProblemView {
  code: string;
  /** For example `media[2].altText`, within its part. */
  field: string;
  message: string;
  limit?: number;
  actual?: number;
}

/** Answer of `POST /admin/twitter/posts/validate`. */
export interface ValidationView {
  valid: boolean;
  /** The post, then the parts of its thread. */
  parts: {
    /** As X counts: links 23, emoji 2. */
    weighted_length: number;
    limit: number;
    /** UTF-16 index after the last character within the limit. */
    fits_until: number;
    problems: ProblemView[];
  }[];
  cost: CostView;
}

/** What X bills for a post, by estimate. */
export interface CostView {
  /** Dollars: the sum of the items. */
  usd: number;
  items: {
    /** What is billed, such as `post_with_link`. */
    what: string;
    usd: number;
    /** Why, in words. */
    why: string;
    /** The part of a thread, counted from 0. */
    part?: number;
  }[];
  /** The day that the prices are of. */
  prices_as_of: string;
}

/** Answer of `POST /admin/twitter/posts/probe`. */
export interface ProbeView {
  content_type: string | null;
  category: string | null;
  bytes: number | null;
  width: number | null;
  height: number | null;
  duration_ms: number | null;
  frames: number | null;
  /** What keeps it from being posted, an address that can't be read included. */
  problems: { code: string; message: string }[];
  warnings: { code: string; message: string }[];
  /** What is removed from a picture before it goes up, for example `GPS`. */
  removes: string[];
}

/** Body of `POST /admin/twitter/posts` and, all of it optional and with `revision`, of `POST /admin/twitter/posts/:id`. */
export interface TwitterPostInput {
  account_id: string;
  caption?: string;
  media_attachments?: MediaAttachment[];
  thread?: ThreadPart[];
  poll?: PollInput | null;
  product_id?: string | null;
  /** With a time to come the post is `scheduled`; with `null` it is a `draft` again. A past time is refused. */
  scheduled_at?: string | null;
  /** A `draft` keeps a time that is only planned. */
  status?: 'draft' | 'scheduled';
  /** For creating: names the request, so that the same one again gives the post that it made. */
  idempotency_key?: string;
}

/** Body of `POST /admin/twitter/posts/:id/resolve`, for a post whose outcome is unknown. */
export type ResolveInput =
  /** Looks at the timeline again, after the answer; with `wait` before it. */
  | { action: 'check'; wait?: boolean }
  /** A person has seen it on X. */
  | { action: 'published'; tweet_id: string }
  /** A person is sure that it is not out: publishes it again. */
  | { action: 'retry' }
  /** A person is sure that it is not out, and gives it up: the post is `failed`. */
  | { action: 'abandon' };

/** What the posts of the last days cost, by estimate. */
export interface MonthView {
  days: number;
  /** Creating them. */
  posts: { count: number; usd: number };
  /** Reading their metrics by the schedule of the option `insights`; X bills readings on one day only once, as a rule. */
  insights: { schedule: 'off' | 'light' | 'normal' | 'close'; readings_per_post: number; usd: number };
  /** The sum. */
  usd: number;
  /** The day that the prices are of. */
  prices_as_of: string;
}

/** What X says that the app has used. */
export interface UsageView {
  /** When X was asked: it is so at most once an hour. */
  asked_at: string;
  /** Why there are no figures. */
  error: { code: string; message: string } | null;
  /** Posts that the app's project has read in this cycle. */
  posts_read: number | null;
  /** Posts that it may read in a cycle. */
  cap: number | null;
  /** Day of the month on which the next cycle begins. */
  cap_reset_day: number | null;
  /** What is left of the credits. */
  credits_usd: number | null;
  /** Why there is nothing about the credits. */
  credits_unavailable: string | null;
}

/** Answer of `GET /admin/twitter/costs`. */
export interface CostsView {
  month: MonthView;
  usage: UsageView;
}
