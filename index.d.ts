// Written by the build; do not edit. What the JavaScript layer declares is in types/header.d.ts, all else in src/.
/// <reference lib="es2020" />

/** Every failure of this package, thrown by synchronous functions and rejected with by asynchronous ones. */
export declare class TwitterError extends Error {
  readonly name: 'TwitterError';
  /** What went wrong, from a closed list. */
  readonly code: TwitterErrorCode;
  /** The word that Medusa's error handler maps to an HTTP status. */
  readonly type: TwitterErrorType;
  /** The function that failed, for example `uploadMedia` inside of `publishTweetWithMedia`. */
  readonly operation: string;
  /** The same call may succeed later. */
  readonly retryable: boolean;
  /** X's HTTP status, if X answered. */
  readonly status?: number;
  /** The last part of X's problem type, for example `resource-not-found`. */
  readonly problemType?: string;
  /** X's own words, without the values that were sent. */
  readonly detail?: string;
  /** The argument it is about, for example `media[0].altText`. */
  readonly field?: string;
  /** When to try again, by this machine's clock. */
  readonly retryAt?: Date;
  /** What X's headers said. */
  readonly rateLimit?: RateLimit;
  /** Which medium it is about, counted from 0. */
  readonly mediaIndex?: number;
  /** What to hand in again to continue. */
  readonly checkpoint?: string;
  /** The posts of a thread that exist. */
  readonly published?: PublishedTweet[];
  /** The part of a thread that failed, counted from 0. */
  readonly failedIndex?: number;
  /** The underlying error: for an aborted call the signal's reason. */
  readonly cause?: unknown;
  /** The fields as plain data. */
  toJSON(): Record<string, unknown>;
}

/** X's categories of media. */
export type MediaCategory =
  | 'tweet_image'
  | 'tweet_gif'
  | 'tweet_video'
  | 'amplify_video'
  | 'dm_image'
  | 'dm_gif'
  | 'dm_video'
  | 'subtitles';

/** A Blob or a File, of whatever realm or package: `node:buffer`'s, the global ones, or one that acts like them. */
export interface BlobSource {
  readonly size: number;
  /** A File's name. */
  readonly name?: string;
  slice(start?: number, end?: number): { arrayBuffer(): Promise<ArrayBuffer> };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Bytes in memory: a Buffer, any typed array, a DataView, an ArrayBuffer, a SharedArrayBuffer, a Blob or a File.
 *
 * Native code never reads this memory from another thread. Up to 1 MiB, and 4 MiB in all of a call, are copied when the
 * call is made. What is more is copied by the JavaScript thread in slices of at most 256 KiB, each when it is due, and
 * again if it has to be sent again: leave the bytes as they are until the call has settled. If their ArrayBuffer is
 * transferred or made smaller meanwhile, the call fails with `MEDIA_SOURCE`.
 */
export type MediaData = ArrayBufferView | ArrayBuffer | SharedArrayBuffer | BlobSource;

/**
 * The host's own AbortSignal, where its types have one: `@types/node` and TypeScript's `dom` do. Elsewhere, whatever acts
 * like one.
 */
export type CallSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : {
      readonly aborted: boolean;
      readonly reason?: unknown;
      addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
      removeEventListener(type: 'abort', listener: () => void): void;
    };

/**
 * A ReadableStream of bytes, of whatever realm or package, or anything that can be iterated asynchronously, as Node's
 * Readable can: chunks are bytes, or texts, which are sent as UTF-8.
 */
export type StreamSource =
  | {
      getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> };
      cancel(reason?: unknown): Promise<void>;
    }
  | AsyncIterable<Uint8Array | string>;

/** A medium by its place: a URL, a file, bytes in memory, or a stream. */
export type MediaObject =
  /** An https URL. */
  | { url: string }
  /** A file's path. */
  | { path: string }
  /** Bytes in memory. A File's name is its `filename`, unless there is another. */
  | { data: MediaData; filename?: string }
  /** A stream, read once; with `size` nothing of it is kept in a temporary file. A Blob is taken as `data`. */
  | { stream: StreamSource | BlobSource; size?: number; filename?: string };

/** A medium: an https URL, or an object that says where it is. */
export type MediaSource = string | MediaObject;

/** A medium of a post, with what goes with it. */
export type MediaInput = string | (MediaObject & MediaDetails);

/** A post out of a text and media that were uploaded already. */
export type TweetContent = Omit<PublishContent, 'imageUrls' | 'videoUrl' | 'gifUrl' | 'media'>;

/** The app's credentials, and how to call. */
export interface OAuthConfig extends AppConfig, CallOptions {}

// Options that are read beside others. Their own members are declared further down, by src/.
export interface IntentOptions extends CallOptions {}
export interface PublishOptions extends IntentOptions {}
export interface ResolveOptions extends CallOptions {}
export interface MetricsOptions extends CallOptions {}
export interface TimelineOptions extends CallOptions {}
export interface ActivityListOptions extends OAuthConfig {}

/** What is left of X's windows, shared by processes that use the same accounts. */
export interface RateLimitStore {
  /**
   * Takes one request out of a bucket before it is sent. With `retryAt` (a `Date`, or milliseconds since the epoch) the
   * request waits, or fails with `RATE_LIMITED`; anything else lets it be sent, also a rejection.
   */
  reserve(key: string): Promise<{ retryAt?: Date | number } | undefined>;
  /** Called with what X's headers said of a bucket. */
  observe?(seen: { key: string; limit: RateLimit }): void;
}

/** An account's OAuth 2.0 tokens, as a {@link TokenManager}'s caller keeps them. */
export interface ManagedTokenRow {
  /** The access token. */
  accessToken: string;
  /** For one use. Without one the access token is used until X refuses it. */
  refreshToken?: string | null;
  /** When the access token expires, in milliseconds since the epoch. */
  expiresAt?: number | Date | null;
  /** When X gave the tokens, in milliseconds since the epoch. */
  obtainedAt?: number | Date | null;
  /** Since when a process is refreshing the tokens. Keep it with them: it stops a second process from trying. */
  refreshingSince?: number | Date | null;
  /** Whatever distinguishes this row from one that was stored later; `store` gets it back. */
  version?: unknown;
}

/** Tokens that are to be stored. */
export interface NewTokenRow {
  accessToken: string;
  refreshToken?: string;
  /** Milliseconds since the epoch. */
  expiresAt?: number;
  /** Milliseconds since the epoch. */
  obtainedAt?: number;
  /** Milliseconds since the epoch; left out when nobody is refreshing any more. */
  refreshingSince?: number;
}

/**
 * The app's credentials as the environment has them: `X_CLIENT_ID`, `X_CLIENT_SECRET`, `X_API_KEY` and `X_API_SECRET`, each else
 * with `TWITTER_` in place of `X_`. An empty text counts as absent. All functions use this order for what they are not given.
 */
export declare function appFromEnvironment(): AppConfig;

/** Where a {@link TokenManager} keeps an account's tokens. */
export interface TokenManagerOptions {
  /** Reads the tokens. */
  load(): Promise<ManagedTokenRow> | ManagedTokenRow;
  /**
   * Stores other tokens if those that lie there still have this version, as one compare-and-set, and says whether they
   * had. It is called twice a refresh: before, to mark it, and after, with the new tokens.
   */
  store(next: NewTokenRow, expectedVersion: unknown): Promise<boolean> | boolean;
  /**
   * Waits for a lock and gives a function that releases it. It only saves other processes the attempt: `store` is what
   * keeps the tokens safe. Each holder needs an owner of its own.
   */
  lock?(): Promise<(() => unknown) | undefined>;
  /** The app's credentials, and how to call. */
  config?: OAuthConfig;
}

/**
 * One account's OAuth 2.0 tokens, refreshed in time and by one process at once. It may be given wherever an OAuth 2.0 token
 * may; a token that X refuses in the middle of a call is refreshed once.
 *
 * Refresh tokens are for one use, and a second use may end the whole grant. New tokens are stored before anything uses
 * them. If X's answer to a refresh is lost, the access token is used while it lasts; when nothing helps, calls fail with
 * `REAUTH_REQUIRED`.
 */
export declare class TokenManager {
  constructor(options: TokenManagerOptions);
  /** The access token, refreshed if it expires within some minutes. */
  getAccessToken(options?: Pick<CallOptions, 'signal' | 'timeoutMs'>): Promise<string>;
}

/**
 * {@link OAuth1Credentials} as a backend's row has them: the user's token and its secret are `null` for an account that is
 * connected by OAuth 2.0 alone. Then the OAuth 2.0 token does everything; without one the call is refused.
 */
export interface StoredOAuth1Credentials extends Omit<OAuth1Credentials, 'accessToken' | 'accessTokenSecret'> {
  /** The user's access token. */
  accessToken: string | null;
  /** The secret of the user's access token. */
  accessTokenSecret: string | null;
}

/**
 * Signs requests by OAuth 1.0a for one user of one app, to endpoints that this package does not call. The keys are read
 * and prepared once, so a signature takes a third of the time that `signOAuth1Request` takes with new credentials. It
 * keeps the credentials that it was made of, and shows none of them.
 */
export declare class Signer {
  constructor(credentials: OAuth1Credentials);
  /** Signs a request as `signOAuth1Request` does. */
  sign(request: OAuth1Request): SignedRequest;
  /**
   * The `Authorization` header of a request that is sent now.
   * @param params decoded parameters of a form body; not those of JSON and multipart bodies, which are not signed
   */
  header(method: string, url: string, params?: Record<string, string>): string;
}

/** An intent's row, as its backend keeps it. */
export interface IntentRow {
  /** What `store` was given last: one JSON text. It may be kept as JSON and given back as data. */
  state?: string | object | null;
  /** Whatever distinguishes this row from one that was stored later; `store` gets it back. */
  version?: unknown;
}

/** Where a {@link PublishIntent} keeps its row. */
export interface PublishIntentOptions {
  /** Reads the row; `undefined` or `null` before there is one. */
  load(): Promise<IntentRow | null | undefined> | IntentRow | null | undefined;
  /**
   * Writes the row if it still has this version, as one compare-and-set, and says whether it had. The version is
   * `undefined` where `load` found no row: then the row has to be inserted, unless another call was faster. `next` is one
   * JSON text under 16 KB without a secret, a URL or the post's text.
   */
  store(next: string, expectedVersion: unknown): Promise<boolean> | boolean;
  /**
   * Reads the rows of all intents of this store whose `marks` hold one of these; its own row may be among them. `marks` is an
   * array of strings at the top of each state: the ids of the row's posts, and the digest of a text whose post may exist. In
   * Postgres: `select state from publish_intent where state::jsonb -> 'marks' ?| $1`. It has to see what any process has
   * stored by then, so it must not read from a replica that lags.
   *
   * It is asked before a post of equal text on the timeline, or in an event, counts as this row's own. A post that another row
   * has is that row's; where another row with that text is in doubt about the same time, the outcome stays `UNKNOWN_OUTCOME`
   * for both. If it fails, nothing is settled. Without it that holds for the intents of one process alone: of two processes
   * that post one text at the same moment and both lose X's answer, both may be given the one post that exists.
   */
  others?(marks: string[]): Promise<IntentRow[]> | IntentRow[];
  /**
   * How long other calls leave the row alone after the last sign of life of the one that works on it, in milliseconds.
   * It is extended while that one works.
   * @default 60000
   */
  leaseMs?: number;
}

/**
 * At most one post or thread per row of a backend's store, whoever publishes, however often, in however many processes, and
 * whatever ends them. Each step is stored before it is taken, by compare-and-set, and read back; a post whose answer was
 * lost is looked for, and stays in doubt until the timeline, an event of X's or an operator settles it.
 */
export declare class PublishIntent {
  constructor(options: PublishIntentOptions);
  /**
   * Publishes, as {@link publishTweetWithMedia} does; an array is published as a thread. What another call or process has
   * published is given back without posting again. Fails with `IN_PROGRESS` while another call works on it, with
   * `UNKNOWN_OUTCOME` while its post is in doubt, and with `CHECKPOINT_MISMATCH` where other content was published, or may
   * have been, under the same row.
   */
  publish(
    content: PublishContent,
    oauth2Token: string | TokenManager | null | undefined,
    oauth1Credentials?: StoredOAuth1Credentials | null,
    options?: IntentPublishOptions,
  ): Promise<PublishedTweet>;
  publish(
    content: PublishContent[],
    oauth2Token: string | TokenManager | null | undefined,
    oauth1Credentials?: StoredOAuth1Credentials | null,
    options?: IntentPublishOptions,
  ): Promise<PublishedThread>;
  /** The same, but only where something was begun before; otherwise it gives `undefined` and does nothing. */
  resume(
    content: PublishContent,
    oauth2Token: string | TokenManager | null | undefined,
    oauth1Credentials?: StoredOAuth1Credentials | null,
    options?: IntentPublishOptions,
  ): Promise<PublishedTweet | undefined>;
  resume(
    content: PublishContent[],
    oauth2Token: string | TokenManager | null | undefined,
    oauth1Credentials?: StoredOAuth1Credentials | null,
    options?: IntentPublishOptions,
  ): Promise<PublishedThread | undefined>;
  /**
   * Takes an operator's decision about a post in doubt: `check` lets the next call look for it again, `retry` lets the next
   * call send it again unless it shows, `abandon` closes the intent for good, and `{ tweetId }` says which post it is.
   */
  settle(
    decision: 'check' | 'retry' | 'abandon' | { tweetId: string },
    options?: Pick<CallOptions, 'signal' | 'timeoutMs'>,
  ): Promise<void>;
  /**
   * Takes an event of X's Activity API, as a webhook or stream delivers it: the whole object, or its JSON. A `post.create` that
   * is surely this intent's post settles a doubt at once. Says whether it did; other events change nothing. Check a
   * webhook's signature first, with {@link verifyWebhookSignature}.
   */
  observe(event: string | object, options?: CallOptions): Promise<boolean>;
  /** How far it is, by its row alone. */
  status(options?: Pick<CallOptions, 'signal' | 'timeoutMs'>): Promise<IntentStatus>;
}

/** Options of {@link PublishIntent.publish}: it keeps its checkpoints itself. */
export type IntentPublishOptions = Omit<PublishOptions, 'checkpoint' | 'onCheckpoint' | 'dryRun'>;

/** What all events have around their payload. */
export interface ActivityEnvelope<Type extends string, Payload> {
  data: {
    /** Identifies this event; X may deliver one twice. It may begin with a minus. */
    event_uuid: string;
    event_type: Type;
    filter: ActivityEventFilter;
    /** What the subscription is called. */
    tag?: string;
    payload: Payload;
    /** Users and posts that the payload refers to. */
    includes?: Record<string, unknown>;
  };
}

/** Events whose payload is a post: a new one, or what others do with one. */
export type ActivityPostEventType = Extract<ActivityEventType, 'post.create' | `post.${string}.create`>;

/**
 * An event as X delivers it, with X's own names: `JSON.parse` of a body that {@link verifyWebhookSignature} has found good
 * (https://docs.x.com/x-api/activity/event-payloads).
 */
export type ActivityEvent =
  | ActivityEnvelope<ActivityPostEventType, ActivityPost>
  | ActivityEnvelope<'post.delete', ActivityDeletedPost>
  | ActivityEnvelope<'like.create', ActivityLike>
  | ActivityEnvelope<'oauth.revoke', ActivityRevocation>
  | ActivityEnvelope<
      Exclude<ActivityEventType, ActivityPostEventType | 'post.delete' | 'like.create' | 'oauth.revoke'>,
      unknown
    >;

/**
 * Where X delivers an app's events. All of these are the app's own calls: `config` has its API key and secret, and how to
 * call. A user's token is refused.
 */
export declare const webhooks: {
  /**
   * Registers a URL. X asks it with a `crc_token` before it answers, so the URL has to be served by then
   * ({@link webhookCrcResponse}). It must be https, public, without a port, and have at most 200 characters; beside an
   * `apiBaseUrl` on a loopback address it may be on one, too. A webhook that the app has at this URL is given back
   * (https://docs.x.com/x-api/webhooks/create-webhook).
   */
  readonly create: (url: string, config?: OAuthConfig) => Promise<Webhook>;
  /** Lists the app's webhooks (https://docs.x.com/x-api/webhooks/get-webhook). */
  readonly list: (config?: OAuthConfig) => Promise<Webhook[]>;
  /** Has X ask the URL again, which enables a webhook again (https://docs.x.com/x-api/webhooks/validate-webhook). */
  readonly validate: (webhookId: string, config?: OAuthConfig) => Promise<ValidatedWebhook>;
  /** Deletes a webhook. One that is gone counts as deleted (https://docs.x.com/x-api/webhooks/delete-webhook). */
  readonly delete: (webhookId: string, config?: OAuthConfig) => Promise<Deletion>;
  /**
   * Has X deliver the events of a time again, those that were delivered too: recognize them by `event_uuid`. One replay at a
   * time: `IN_PROGRESS` until the one before is over. It is not asked for a second time when X's answer was lost
   * (https://docs.x.com/x-api/webhooks/create-replay-job-for-webhook).
   */
  readonly replay: (replay: WebhookReplay, config?: OAuthConfig) => Promise<WebhookReplayJob>;
};

/** Which events X reports to an app. */
export declare const activitySubscriptions: {
  /**
   * Subscribes to events. Without `credentials` the app itself does, by the API key and secret in `options`: that is enough
   * for public events such as `post.create`. Private ones (`like.create`, mentions, replies, quotes, reposts, messages,
   * mutes, blocks) need the OAuth 2.0 token of the user whose events they are. A subscription to the same events for the same
   * webhook is given back (https://docs.x.com/x-api/activity/create-x-activity-subscription).
   */
  readonly create: (
    subscription: NewActivitySubscription,
    credentials?: string | TokenManager | OAuth1Credentials | null,
    options?: OAuthConfig,
  ) => Promise<ActivitySubscription>;
  /** Lists subscriptions, a page at a time (https://docs.x.com/x-api/activity/get-x-activity-subscriptions). */
  readonly list: (
    credentials?: string | TokenManager | OAuth1Credentials | null,
    options?: ActivityListOptions,
  ) => Promise<ActivitySubscriptionPage>;
  /**
   * Changes what a subscription is called or where its events go, as the app itself
   * (https://docs.x.com/x-api/activity/update-x-activity-subscription).
   */
  readonly update: (
    subscriptionId: string,
    changes: ActivitySubscriptionChanges,
    config?: OAuthConfig,
  ) => Promise<ActivitySubscription>;
  /**
   * Deletes a subscription, as the app itself. One that is gone counts as deleted
   * (https://docs.x.com/x-api/activity/deletes-x-activity-subscription).
   */
  readonly delete: (subscriptionId: string, config?: OAuthConfig) => Promise<Deletion>;
};

/** Options of uploading one medium. */
export interface UploadMediaOptions
  extends CallOptions,
    UploadDetails,
    Pick<PublishOptions, 'onProgress' | 'mediaApi' | 'media'> {}

/**
 * What the channel `twitter-native:request` of `node:diagnostics_channel` publishes: each attempt of each request, once it is
 * over.
 */
export interface RequestMessage extends RequestEvent {
  /** Distinguishes the calls of a process. */
  call: number;
}

/** What the tracing channel `twitter-native:publish` publishes; `result` and `error` are set when they are known. */
export interface PublishMessage {
  /** Distinguishes the calls of a process. */
  call: number;
  /** The function that was called. */
  operation:
    | 'publishTweetWithMedia'
    | 'publishThread'
    | 'createTweet'
    | 'PublishIntent.publish'
    | 'PublishIntent.resume';
  /** What it gave; of {@link PublishIntent.resume} maybe nothing. */
  result?: PublishedTweet | PublishedThread | CreatedTweet | null;
  /** Why it failed. */
  error?: TwitterError;
}

/** What the channel `twitter-native:publish` publishes: each publish, once it is over. */
export interface PublishedMessage extends PublishMessage {
  /** Milliseconds. */
  durationMs: number;
}

/** A page of a user's posts, newest first. */
export type UserTweets = Tweet[] & {
  /** To read the next page: `options.paginationToken`. */
  nextToken?: string;
  /** To read the page before. */
  previousToken?: string;
};

/** Options of a {@link TwitterService}: the app's credentials, and the client that all its calls use. */
export interface TwitterServiceOptions extends AppConfig {
  /** How to reach X. */
  client?: ClientOptions;
}

/**
 * The service that backends use today. It reads the app's credentials from its options, then from `X_CLIENT_ID`,
 * `X_CLIENT_SECRET`, `X_API_KEY`, `X_API_SECRET`, then from the same with `TWITTER_`; with neither pair complete it
 * throws.
 */
export declare class TwitterService {
  constructor(options?: TwitterServiceOptions);
  /** The app's credentials as the constructor found them; what is missing is empty. Printing it shows none of them. */
  protected readonly config: Required<AppConfig>;
  /** Gets the app's own bearer token. */
  getAppBearerToken(options?: CallOptions): Promise<AppBearerToken & { token: string; expiresAt: number }>;
  /**
   * Makes an authorization URL and keeps its verifier in memory, for 15 minutes and one use, for all services of the process.
   * An empty scope means the defaults.
   */
  initiateUserAuth(redirectUri: string, scope?: string | null, options?: CallOptions): AuthorizationRequest;
  /**
   * Turns a code into tokens, with the verifier that belongs to the state. The state is used up by success or by X's refusal,
   * not by a failure to reach X.
   */
  exchangeCodeForToken(code: string, redirectUri: string, state: string, options?: CallOptions): Promise<OAuth2Tokens>;
  /**
   * Refreshes tokens. For five minutes a refresh token that this process has spent gives what came of it, so that several
   * workflows that read the same row refresh once.
   */
  refreshAccessToken(refreshToken: string, options?: CallOptions): Promise<OAuth2Tokens>;
  /** Reads the profile of the token's user. */
  getUserProfile(accessToken: string | TokenManager, options?: CallOptions): Promise<UserProfile>;
  /** Reads a post with the app's own token. */
  getTweet(id: string, options?: CallOptions): Promise<Tweet>;
  /** Reads a page of a user's posts. */
  getUserTweets(
    userId: string,
    accessToken: string | TokenManager | OAuth1Credentials,
    options?: TimelineOptions,
  ): Promise<UserTweets>;
  /** Uploads one medium and gives its id. */
  uploadMedia(
    source: MediaSource,
    credentials: string | TokenManager | OAuth1Credentials,
    options?: UploadMediaOptions,
  ): Promise<string>;
  /** Creates a post out of a text and media that were uploaded already. */
  createTweet(
    content: TweetContent,
    accessToken: string | TokenManager | OAuth1Credentials,
    options?: IntentOptions,
  ): Promise<CreatedTweet>;
  /** Uploads a post's media and posts it. */
  publishTweetWithMedia(
    content: PublishContent,
    oauth2Token: string | TokenManager | null | undefined,
    oauth1Credentials?: StoredOAuth1Credentials | null,
    options?: PublishOptions,
  ): Promise<PublishedTweet>;
  /** Reads the metrics of one post. */
  getTweetMetrics(
    tweetId: string,
    accessToken: string | TokenManager | OAuth1Credentials,
    options?: MetricsOptions,
  ): Promise<TweetMetrics>;
}

export default TwitterService;

/** The payload of `post.delete`. */
export interface ActivityDeletedPost {
  /** The post that is gone. */
  id: string;
  /** Its author. */
  author_id: string;
}

/** The filter that an event came by. */
export interface ActivityEventFilter {
  /** The user whose event it is. */
  user_id?: string;
  /** A word in news. */
  keyword?: string;
  /** `inbound` or `outbound`. */
  direction?: 'inbound' | 'outbound';
}

/** What X can tell of (<https://docs.x.com/x-api/activity/introduction>). */
export type ActivityEventType =
  | 'block.block'
  | 'block.unblock'
  | 'broadcast.chat'
  | 'broadcast.end'
  | 'broadcast.start'
  | 'chat.conversation.admin_added'
  | 'chat.conversation.admin_removed'
  | 'chat.conversation.join'
  | 'chat.conversation.member_added'
  | 'chat.conversation.member_removed'
  | 'chat.conversation_join'
  | 'chat.received'
  | 'chat.sent'
  | 'chat.update.group_name'
  | 'chat.update.restrictions'
  | 'dm.indicate_typing'
  | 'dm.read'
  | 'dm.received'
  | 'dm.sent'
  | 'follow.follow'
  | 'follow.unfollow'
  | 'like.create'
  | 'mute.mute'
  | 'mute.unmute'
  | 'news.new'
  | 'oauth.revoke'
  | 'post.create'
  | 'post.delete'
  | 'post.mention.create'
  | 'post.quote.create'
  | 'post.reply.create'
  | 'post.repost.create'
  | 'profile.update.affiliate_badge'
  | 'profile.update.banner_picture'
  | 'profile.update.bio'
  | 'profile.update.geo'
  | 'profile.update.handle'
  | 'profile.update.profile_picture'
  | 'profile.update.screenname'
  | 'profile.update.url'
  | 'profile.update.verified_badge'
  | 'spaces.end'
  | 'spaces.start';

/** Which events of a type to report. */
export interface ActivityFilter {
  /** The user whose events they are; for all types but `news.new` and `oauth.revoke`. */
  userId?: string;
  /** A word, for `news.new`. */
  keyword?: string;
  /** Only what others do to the user, or what the user does; without it both. Not for `mute.*` and `block.*`. */
  direction?: 'inbound' | 'outbound';
}

/** The payload of `like.create`. */
export interface ActivityLike {
  /** The like's own id, a hash. It is not the post's. */
  id: string;
  /** The post that is liked. */
  liked_tweet_id: string;
  /** Its author. */
  liked_tweet_author_id: string;
  /** ISO 8601. */
  created_at: string;
  /** Milliseconds since the epoch, in digits. */
  timestamp_ms: string;
}

/** Which page of subscriptions to read, and how to call. */
export interface ActivityListOptions {
  /** Subscriptions per page: 1 to 1000. */
  maxResults?: number;
  /** The page to read: `nextToken` of the one before. */
  paginationToken?: string;
}

/**
 * The payload of `post.create` and of what others do with a post (`post.mention.create`, `post.reply.create`,
 * `post.quote.create`, `post.repost.create`): a post in X's older names. X leaves out what a post does not have.
 */
export interface ActivityPost {
  /** Its id. */
  id: string;
  /** Its text as X shows it. */
  text: string;
  /** The author's id. */
  author_id?: string;
  /** ISO 8601. */
  created_at?: string;
  /** The id of the thread's first post. */
  conversation_id?: string;
  /** The post that it answers. */
  in_reply_to_tweet_id?: string;
  /** Whom it answers. */
  in_reply_to_user_id?: string;
  /** Posts that it answers, quotes or repeats. */
  referenced_tweets?: Array<ActivityPostReference>;
  /** Ids of all its versions. */
  edit_history_tweet_ids?: Array<string>;
  /** Its media. */
  attachments?: ActivityPostAttachments;
  /** Two letters. */
  lang?: string;
}

/** What hangs on an event's post. */
export interface ActivityPostAttachments {
  /** Keys of its media. */
  media_keys?: Array<string>;
}

/** A post that an event's post refers to. */
export interface ActivityPostReference {
  /** How. */
  type: 'replied_to' | 'quoted' | 'retweeted';
  /** Its id. */
  id: string;
}

/** The payload of `oauth.revoke`: a user has ended the app's access, so their tokens are of no use any more. */
export interface ActivityRevocation {
  /** ISO 8601. */
  date_time: string;
  /** The user. */
  user_id: string;
  /** The app, by X's number for it. */
  app_id: string;
}

/** A subscription to events. */
export interface ActivitySubscription {
  /** Its id. */
  id: string;
  /** What X reports. */
  eventType: ActivityEventType;
  /** Whose. */
  filter: KnownActivityFilter;
  /** What it is called. */
  tag?: string;
  /** Where events go, in addition to X's stream. */
  webhookId?: string;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  updatedAt?: string;
}

/** What to change of a subscription; what is left out stays. For other events or filters, delete it and create another. */
export interface ActivitySubscriptionChanges {
  /** What to call it, in 1 to 200 characters. */
  tag?: string;
  /** Where to deliver events. */
  webhookId?: string;
}

/** A page of subscriptions. */
export interface ActivitySubscriptionPage {
  /** The subscriptions. */
  subscriptions: Array<ActivitySubscription>;
  /** To read the next page: `options.paginationToken`. */
  nextToken?: string;
  /** All that the app has, where X says so. */
  total?: number;
}

/** The app's own token. */
export interface AppBearerToken {
  /** The only type of token that X gives. */
  token_type: 'bearer';
  /** The token. */
  access_token: string;
  /** When X gave it, in milliseconds since the epoch. */
  retrieved_at: number;
}

/**
 * What X's developer console gives an app. What is missing is read from the environment: `X_CLIENT_ID`,
 * `X_CLIENT_SECRET`, `X_API_KEY`, `X_API_SECRET`, then the same with `TWITTER_`.
 */
export interface AppConfig {
  /** The OAuth 2.0 client id. */
  clientId?: string;
  /** The OAuth 2.0 client secret; leave it out for a public client. */
  clientSecret?: string;
  /** The API key (OAuth 1.0a consumer key). */
  apiKey?: string;
  /** The API secret (OAuth 1.0a consumer secret). */
  apiSecret?: string;
}

/** The app that a button installs: at least one of its ids. */
export interface AppStoreIds {
  /** In Apple's store, for iPhones. */
  appStoreId?: string;
  /** In Apple's store, for iPads. */
  ipadAppStoreId?: string;
  /** In Google's store. */
  playStoreId?: string;
}

/** What one app has read. */
export interface AppUsage {
  /** The app's id. */
  appId?: string;
  /** Posts read, by day. */
  days: Array<DayUsage>;
}

/** Where to send the user, and what to keep until they are back. */
export interface AuthorizationRequest {
  /** The page on which the user grants access. */
  authUrl: string;
  /** Comes back with the user; compare it. */
  state: string;
  /** Goes with the code; keep it secret. */
  codeVerifier: string;
  /** What the page was given of it. */
  codeChallenge: string;
}

/** What every asynchronous function takes as its last argument. */
export interface CallOptions {
  /**
   * Ends the call at once, from any phase, with `ABORTED` and the signal's reason as `cause`. A post whose
   * answer was awaited ends with `UNKNOWN_OUTCOME` instead, since it may have been published.
   */
  signal?: CallSignal;
  /** A deadline for the whole call, retries included, in milliseconds. */
  timeoutMs?: number;
  /** How to reach X, for this call alone. */
  client?: ClientOptions;
}

/** The button below a post's media: one of its members. */
export interface CallToAction {
  /** "Visit site": an https URL. */
  visitSite?: string;
  /** "Watch now": an https URL. */
  watchNow?: string;
  /** "Install app". */
  installApp?: AppStoreIds;
}

/** What a checkpoint says. */
export interface CheckpointInspection {
  /** How far the post is; of a thread, the part that is under way. `ARMED`, `UNKNOWN` and `NEEDS_HUMAN` are in doubt. */
  state: 'NEW' | 'MEDIA_READY' | 'ARMED' | 'PUBLISHED' | 'REJECTED' | 'UNKNOWN' | 'NEEDS_HUMAN';
  /** The post may exist without our knowing: it is not to be sent again before that is settled. */
  inDoubt: boolean;
  /** Ids of the posts that exist. */
  published: Array<string>;
  /** How far its slowest medium is. */
  phase?: 'INIT' | 'APPEND' | 'FINALIZE' | 'PROCESSING' | 'READY';
  /** When the post was about to be sent, in milliseconds since the epoch, if it is in doubt. */
  armedAt?: number;
}

/**
 * How to reach X. What is left out comes from `configure()`, then from the environment, then from the defaults.
 * Calls with equal options share one client: its connections, its retry budget and its view of rate limits.
 */
export interface ClientOptions {
  /**
   * Base URL of X's API. Plain http is accepted on a loopback address only.
   * @default `X_API_BASE_URL`, else `https://api.x.com`
   */
  apiBaseUrl?: string;
  /**
   * Base URL of the v1.1 media endpoint, used by `mediaApi: 'v1.1'` only.
   * @default `X_UPLOAD_BASE_URL`, else `https://upload.x.com`
   */
  uploadBaseUrl?: string;
  /**
   * The page on which a user grants access by OAuth 2.0.
   * @default `X_AUTHORIZE_URL`, else `https://x.com/i/oauth2/authorize`
   */
  authorizeUrl?: string;
  /**
   * An http or https proxy for calls to X. Media sources never go through it, and the environment's proxy
   * variables are not read.
   */
  proxy?: string;
  /** The `User-Agent` header. */
  userAgent?: string;
  /**
   * Time for DNS, TCP and TLS, in milliseconds.
   * @default 10000
   */
  connectTimeoutMs?: number;
  /**
   * Time for one attempt of one request, in milliseconds. An upload's attempt lasts as long as bytes move: it is given
   * up when nothing has moved for this long, and the slowest line (0.5 Mbit/s) would have brought what was sent.
   * @default 30000
   */
  requestTimeoutMs?: number;
  /** Root certificates to trust besides Mozilla's and the system's, as PEM texts. */
  caCertificates?: Array<string>;
  /** Attempts and back-off. */
  retry?: RetryOptions;
  /** What to do when X's rate limit is reached. */
  rateLimit?: RateLimitOptions;
  /** How media are uploaded. */
  upload?: UploadOptions;
  /** Where media may come from. */
  mediaPolicy?: MediaPolicyOptions;
  /** What is done with media before they go up, where a call does not say. */
  media?: MediaOptions;
  /** Called for each attempt of each request. It must not throw; what it throws is reported as a warning. */
  onRequest?: (event: RequestEvent) => void;
}

/** Sets what all calls in the process fall back to, in place of what was set before. `configure({})` resets it. */
export declare function configure(options: ClientOptions): void;

/** What posts or calls cost, by estimate. */
export interface CostEstimate {
  /** Dollars: the sum of the items. */
  usd: number;
  /** Line by line. */
  items: CostItem[];
  /** The day that the prices are of. */
  pricesAsOf: string;
}

/** One line of an estimate. */
export interface CostItem {
  /** What is billed. */
  what:
    | 'post'
    | 'post_with_link'
    | 'media_upload'
    | 'alt_text'
    | 'subtitles'
    | 'post_read'
    | 'owned_read'
    | 'user_read'
    | 'summoned_reply'
    | 'delete'
    | 'event';
  /** Dollars. */
  usd: number;
  /** Why it costs that much, for a person. */
  why: string;
  /** Which part of a thread it is for, counted from 0. */
  part?: number;
}

/** A post that was created. */
export interface CreatedTweet {
  /** Its id. */
  id: string;
  /** Its text as X wrote it, with links replaced. */
  text: string;
  /** What it costs by X's list of prices. */
  estimatedCost: EstimatedCost;
}

/** Creates a post out of a text and media that were uploaded already, at most once, as `publishTweetWithMedia` does. */
export declare function createTweet(
  content: TweetContent,
  credentials: string | TokenManager | OAuth1Credentials,
  options?: IntentOptions,
): Promise<CreatedTweet>;

/** What is left of the credits, in dollars. A balance may be a little below zero. */
export interface Credits {
  /** Bought ones. */
  prepaidUsd?: number;
  /** Given ones. */
  freeUsd?: number;
  /** Both. */
  totalUsd?: number;
}

/** Posts read on one day. */
export interface DayUsage {
  /** The day, in ISO 8601. */
  date: string;
  /** Posts read. */
  postsRead?: number;
}

/** What became of a deletion. */
export interface DeletedTweet {
  /** The post is gone. */
  deleted: boolean;
}

/** Deletes a post. One that is gone already counts as deleted. */
export declare function deleteTweet(
  tweetId: string,
  credentials: string | TokenManager | OAuth1Credentials,
  options?: CallOptions,
): Promise<DeletedTweet>;

/** A webhook or subscription after it was deleted. */
export interface Deletion {
  /** It is gone. */
  deleted: boolean;
}

/**
 * Estimates what a post, a thread or planned calls cost by X's list of prices
 * (<https://docs.x.com/x-api/getting-started/pricing>): a post with a link costs more than ten times one without.
 *
 * Nothing is sent, and no rule of X's but the prices is checked, so that a text can be estimated while it is written.
 * Where X's list leaves something open, the higher price is taken. Reads that find a lost post again are not included;
 * X bills a post that is read several times a UTC day once.
 */
export declare function estimateCost(
  content: PublishContent | PublishContent[] | { calls: PlannedCalls },
  prices?: Prices,
): CostEstimate;

/** What a post costs, by estimate. */
export interface EstimatedCost {
  /** Dollars. */
  usd: number;
  /** The day that the prices are of. */
  pricesAsOf: string;
}

/** Turns the code that the user came back with into tokens. X takes a code once, and for 30 seconds. */
export declare function exchangeCodeForToken(
  code: string,
  redirectUri: string,
  codeVerifier: string,
  config?: OAuthConfig,
): Promise<OAuth2Tokens>;

/**
 * Turns a user's OAuth 1.0a token into OAuth 2.0 tokens. The 1.0a token stays valid; tokens that an earlier exchange
 * gave become invalid.
 */
export declare function exchangeOAuth1ForOAuth2(
  credentials: OAuth1Credentials,
  config?: OAuthConfig,
): Promise<OAuth2Tokens>;

/** The last step: the user's lasting tokens, for the verifier or PIN that they came back with. */
export declare function exchangeOAuth1Verifier(
  token: string,
  tokenSecret: string,
  verifier: string,
  config?: OAuthConfig,
): Promise<OAuth1AccessToken>;

/** Gets the app's own bearer token, which reads public data. It is kept for an hour. */
export declare function getAppBearerToken(config?: OAuthConfig): Promise<AppBearerToken>;

/** Reads a post with its metrics, links and media. An app's bearer token will do. */
export declare function getTweet(
  tweetId: string,
  credentials: string | TokenManager | OAuth1Credentials,
  options?: CallOptions,
): Promise<Tweet>;

/** Reads the metrics of one post. */
export declare function getTweetMetrics(
  tweetId: string,
  credentials: string | TokenManager | OAuth1Credentials,
  options?: MetricsOptions,
): Promise<TweetMetrics>;

/** Reads the metrics of many posts, 100 a request: one result per id in the order given, with `metrics` or `error`. */
export declare function getTweetsMetrics(
  tweetIds: string[],
  credentials: string | TokenManager | OAuth1Credentials,
  options?: MetricsOptions,
): Promise<TweetMetricsResult[]>;

/**
 * Reads how many posts the app's project has read in this cycle and how many it may, by day and by app, and what is left
 * of its credits where X reports that. It needs `apiKey` and `apiSecret`: X takes nothing but the app's own token here.
 */
export declare function getUsage(config?: OAuthConfig & UsageOptions): Promise<Usage>;

/** Reads the profile of the user that an OAuth 2.0 access token belongs to. */
export declare function getUserProfile(accessToken: string | TokenManager, options?: CallOptions): Promise<UserProfile>;

/** Reads a page of a user's posts, newest first. */
export declare function getUserTweets(
  userId: string,
  credentials: string | TokenManager | OAuth1Credentials,
  options?: TimelineOptions,
): Promise<UserTweets>;

/**
 * Makes the URL on which a user grants access by OAuth 2.0 with PKCE, with fresh state and verifier. Keep both until
 * the user is back, compare the state, and hand the verifier to `exchangeCodeForToken`.
 */
export declare function initiateUserAuth(
  redirectUri: string,
  scope?: string | null,
  config?: OAuthConfig,
): AuthorizationRequest;

/** Says what a checkpoint says, without asking X. Nobody else need know its format. */
export declare function inspectCheckpoint(checkpoint: string): CheckpointInspection;

/** A post that may be the one whose outcome is unknown. */
export interface IntentCandidate {
  /** Its id. */
  tweetId: string;
  /** Where it can be seen. */
  tweetUrl: string;
  /** Why it may be it. */
  why: string;
}

/** Why a call of an intent failed. */
export interface IntentError {
  /** The error's code. */
  code: string;
  /** Its message. */
  message: string;
}

/** Options of posting, beside [`CallOptions`]: what makes a post survive crashes and lost answers. */
export interface IntentOptions {
  /**
   * How far an earlier call for the same post came: what `onCheckpoint` was given last, or an error's
   * `checkpoint`. A post that exists is not sent again, uploads continue where they stopped, and one in doubt is
   * looked for on the timeline first. It must belong to the same content, account and media.
   */
  checkpoint?: string;
  /**
   * Is given each new checkpoint, and awaited before the step that it protects: store it in place of the one
   * before. If it rejects, nothing more is sent, and the call fails with `ABORTED` and what it rejected with as
   * `cause`.
   */
  onCheckpoint?: (checkpoint: string) => void | Promise<void>;
  /**
   * What to do with a post whose answer was lost and that the timeline does not show after three reads over two
   * minutes: leave it to a person, or send it again. A second post is then possible if X shows the first one
   * later than that.
   * @default 'stop'
   */
  onUnknown?: 'stop' | 'retry';
  /** When to look for a post whose answer was lost. */
  reconcile?: ReconcileOptions;
  /** Prices in place of X's, for the result's `estimatedCost`. */
  prices?: Prices;
}

/** How far an intent is. */
export interface IntentStatus {
  /**
   * `new`: nothing was begun. `publishing`: a call works on it, or its process ended in the middle. `published`: it
   * exists. `failed`: it does not exist, or was abandoned. `unknown`: it may exist; see `candidates` and settle it.
   */
  state: 'new' | 'publishing' | 'published' | 'failed' | 'unknown';
  /**
   * How far the post is, as {@link inspectCheckpoint} says it; of a thread, the part that is under way. Absent where
   * nothing was begun.
   */
  postState?: 'NEW' | 'MEDIA_READY' | 'ARMED' | 'PUBLISHED' | 'REJECTED' | 'UNKNOWN' | 'NEEDS_HUMAN';
  /** A post of it may exist without our knowing. */
  inDoubt: boolean;
  /** Ids of its posts that exist; of a thread that is under way, those of its first parts. */
  published: Array<string>;
  /** The post's id; of a thread the first one's. */
  tweetId?: string;
  /** Where it can be seen. */
  tweetUrl?: string;
  /** Why the last call failed. */
  error?: IntentError;
  /** Until when other calls leave it alone, in milliseconds since the epoch. In the past: its process ended. */
  leaseUntil?: number;
  /** Posts that may be it. */
  candidates?: Array<IntentCandidate>;
}

/** The filter of a subscription. */
export interface KnownActivityFilter {
  /** The user whose events they are. */
  userId?: string;
  /** A word in news. */
  keyword?: string;
  /** `inbound` or `outbound`. */
  direction?: string;
}

/** How a video's sound is coded. */
export interface MediaAudio {
  /** `aac`, which X asks for, `mp3`, `opus`, `pcm` and so on, or the name that the container gives it. */
  codec: string;
  /** The profile of AAC, for example `LC` or `HE-AAC`. */
  profile?: string;
  /** Channels. */
  channels?: number;
}

/** What goes with a medium's source. */
export interface MediaDetails {
  /** A description for people who can't see it, at most 1000 characters. */
  altText?: string;
  /** As what X should take it; without it, what its bytes say. */
  category?: MediaCategory;
  /** Subtitles of a video. */
  subtitles?: Array<MediaObject & SubtitleTrack>;
}

/** What is done with media before they go up. */
export interface MediaOptions {
  /**
   * What is done with pictures and videos. Subtitles always go up as they are, and so do animated GIFs of more than 5 MB.
   *
   * - `strip` removes what identifies people and places, without decoding: EXIF with the GPS position, XMP, IPTC, texts
   *   and comments, the time of the last change, and what follows the picture's end. Pixels, colour profile,
   *   animation and orientation stay as they are. A picture without any of it goes up unchanged, to the last bit. Of an
   *   MP4 or `QuickTime` video it blanks the place that a telephone wrote down (`©xyz`, `loci`, and Apple's
   *   `com.apple.quicktime.location.…`): these boxes become empty ones of the same size, so the video is as long as it
   *   was, and nothing is read ahead for it. What else a video says stays: XMP, times, the camera, tracks of positions.
   * - `fit` does that too, and makes of a still picture what X takes where X would refuse it: JPEG, PNG and WebP of more
   *   than 5 MB or 8,192 pixels a side, BMP and TIFF. It is scaled and encoded anew, as JPEG, or as PNG if it has
   *   transparent parts, with its aspect and colour profile, turned as its EXIF says. The source may have 64 MB and
   *   8192 × 8192 pixels in all. Of HEIC and AVIF, and of what is broken, an `INVALID_MEDIA` says what to do.
   * - `off` does nothing.
   * @default 'strip'
   */
  prepare?: 'fit' | 'strip' | 'off';
}

/** Where media may come from. */
export interface MediaPolicyOptions {
  /**
   * Accept media URLs over plain http.
   * @default false, or true with `X_MEDIA_ALLOW_HTTP=1`
   */
  allowHttp?: boolean;
  /**
   * Accept media URLs that lead to private, loopback and other special networks.
   * @default false, or true with `X_MEDIA_ALLOW_PRIVATE_NETWORKS=1`
   */
  allowPrivateNetworks?: boolean;
  /**
   * The only hosts that media may come from: `cdn.example.com`, `*.example.com` or `*` for all public ones, each with an
   * optional `:port`. An exact host with its port (`localhost:9000`, `minio.example.com:9000`, `[::1]:9000`) may also
   * have a private address, and `localhost` may then be asked by plain http: name only what you run yourself. Link-local
   * addresses and metadata services stay closed.
   */
  allowedHosts?: Array<string>;
  /**
   * Largest medium, in bytes.
   * @default 17179869184
   */
  maxBytes?: number;
  /**
   * Most redirects that one media URL may take.
   * @default 3
   */
  maxRedirects?: number;
}

/** What is done with a picture or video before it goes up. */
export interface MediaPreparation {
  /** `none`: it goes up as it is. `strip`: what identifies is removed. `fit`: it is also made smaller or another format. */
  action: 'none' | 'strip' | 'fit';
  /**
   * What identifies and is removed: what the camera wrote down, where it was taken, Adobe's and agencies' notes,
   * comments and other texts, the time of the last change, and what follows the picture's end. Before a picture of more
   * than 5 MB is fitted it is not known.
   */
  removes: Array<'EXIF' | 'GPS' | 'XMP' | 'IPTC' | 'text' | 'time' | 'trailer'>;
  /** The picture as it comes, as far as it is known. */
  from: PictureForm;
  /** The picture as it goes up, as far as it is known: its size, and for some formats its type, only after it was fitted. */
  to: PictureForm;
}

/** How a post's media are shown. */
export interface MediaPresentation {
  /** A title on a video's card. */
  title?: string;
  /** A description on a video's card. */
  description?: string;
  /** Other sites may play the media. */
  embeddable?: boolean;
  /** The uploaded image that is shown for a video. */
  previewMediaId?: string;
  /** A button below. */
  callToAction?: CallToAction;
}

/** What a medium is, from its bytes. */
export interface MediaProbe {
  /** What its bytes are. */
  contentType: string;
  /** As what a post would carry it, if X takes it at all. */
  category?: MediaCategory;
  /** Its size, if the source gives it or all of it was read. */
  bytes?: number;
  /** Pixels. */
  width?: number;
  /** Pixels. */
  height?: number;
  /** Milliseconds. */
  durationMs?: number;
  /** Frames of a GIF. */
  frames?: number;
  /** How a video's picture is coded, if its container says so. */
  video?: MediaVideo;
  /** How a video's sound is coded, if it has one and its container says so. */
  audio?: MediaAudio;
  /** Every rule of X's that it breaks; empty if X should take it. An upload is refused for them. */
  problems: Array<MediaProblem>;
  /**
   * What X may still refuse or change: what depends on the account, what it only recommends, and what the headers do
   * not tell for sure. No upload is refused for it.
   */
  warnings: Array<MediaProblem>;
  /**
   * What an upload would do with it first, if it is a picture or a video that says where it was taken. Where that is
   * `fit`, an upload is not refused for the problems that fitting mends.
   */
  prepare?: MediaPreparation;
}

/** A rule that a medium breaks. */
export interface MediaProblem {
  /** A word for programs, for example `gif_too_many_frames`. */
  code: string;
  /** A sentence for a person. */
  message: string;
  /** The member of [`MediaProbe`] that breaks the rule, for example `durationMs` or `video.frameRate`. */
  field?: string;
  /** The limit. */
  limit?: number;
  /** The medium's figure. */
  actual?: number;
}

/** How far a medium is. */
export interface MediaProgress {
  /** Which medium of the post, counted from 0. */
  mediaIndex: number;
  /** What happens to it. */
  phase: 'uploading' | 'processing' | 'ready';
  /** Bytes that X has acknowledged. */
  bytesSent: number;
  /** Bytes in all. */
  totalBytes: number;
  /** How far X's processing is, if it says so. */
  processingPercent?: number;
}

/** How a video's picture is coded. */
export interface MediaVideo {
  /** `h264`, which X asks for, `hevc`, `av1`, `vp9` and so on, or the name that the container gives it. */
  codec: string;
  /** The profile of H.264, for example `High`. */
  profile?: string;
  /** Frames a second, on average. */
  frameRate?: number;
  /** How colours are sampled. */
  chroma?: '4:0:0' | '4:2:0' | '4:2:2' | '4:4:4';
  /** Bits of a sample. */
  bitDepth?: number;
  /** Width and height of a pixel, for example `1:1`. */
  pixelAspect?: string;
  /** Frames are coded as two fields. Left out if the headers do not say. */
  interlaced?: boolean;
}

/** Options of reading metrics, beside [`CallOptions`]. */
export interface MetricsOptions {
  /**
   * `owner` asks for the groups that only a post's author may read, too; where they are refused the public
   * ones are given and `unavailable` says so.
   * @default 'public'
   */
  scope?: 'public' | 'owner';
}

/** A subscription that is to be created. */
export interface NewActivitySubscription {
  /** What to report. */
  eventType: ActivityEventType;
  /** Whose; not for `oauth.revoke`. */
  filter?: ActivityFilter;
  /** What to call it, in 1 to 200 characters; each event has it. */
  tag?: string;
  /** Where to deliver events. Without it they only go to X's stream. */
  webhookId?: string;
}

/** What the last step of the three-legged flow gives. It does not expire. */
export interface OAuth1AccessToken {
  /** The user's access token. */
  accessToken: string;
  /** Its secret. */
  accessTokenSecret: string;
  /** The user's id. */
  userId?: string;
  /** The user's name. */
  screenName?: string;
}

/** The page of the second step, on which the user grants access. */
export declare function oauth1AuthorizeUrl(token: string, config?: OAuthConfig): string;

/** The four values that sign requests for one user of one app by OAuth 1.0a (RFC 5849). */
export interface OAuth1Credentials {
  /** The app's API key (consumer key). */
  apiKey: string;
  /** The app's API secret (consumer secret). */
  apiSecret: string;
  /** The user's access token. */
  accessToken: string;
  /** The secret of the user's access token. */
  accessTokenSecret: string;
}

/** A request to sign by OAuth 1.0a. */
export interface OAuth1Request {
  /** HTTP method. */
  method: string;
  /** The whole URL; its query is signed. */
  url: string;
  /** Decoded parameters of a form body. Not those of JSON and multipart bodies, which are not signed. */
  params?: Record<string, string>;
  /** Unique per request; made from the system's random source if left out. */
  nonce?: string;
  /** Seconds since the epoch; now if left out. */
  timestamp?: number;
}

/** What the first step of the three-legged flow gives. */
export interface OAuth1RequestToken {
  /** Goes into `oauth1AuthorizeUrl`. */
  token: string;
  /** Keep it for `exchangeOAuth1Verifier`. */
  tokenSecret: string;
}

/** Tokens as X gives them. */
export interface OAuth2Tokens {
  /** The only type of token that X gives. */
  token_type: 'bearer';
  /** Seconds until the access token expires; 7200 where X does not say. */
  expires_in: number;
  /** The access token. */
  access_token: string;
  /** What was granted, separated by spaces; empty where X does not say. */
  scope: string;
  /** For one use; only with the scope `offline.access`. */
  refresh_token?: string;
  /** When the answer came, in milliseconds since the epoch. */
  retrieved_at: number;
}

/** What X's headers last said for one account and endpoint. */
export interface ObservedRateLimit {
  /** The account: its id, as far as it is known, else a short digest of its token; or `app`. */
  account: string;
  /** Method and path. */
  endpoint: string;
  /** Which window it counts in. */
  window: 'endpoint' | 'app_day' | 'user_day';
  /** Requests per window. */
  limit?: number;
  /** Requests left. */
  remaining?: number;
  /** When the window ends, in seconds since the epoch. */
  reset?: number;
}

/** A text, counted as X counts it. */
export interface ParsedTweetText {
  /** Weighted characters: links count 23, emoji and most scripts outside of Latin 2. */
  weightedLength: number;
  /** Thousandths of the 280 that are used. */
  permillage: number;
  /** X would accept the text of an account without a subscription. */
  valid: boolean;
  /** The whole text. */
  displayTextRange: TextRange;
  /** The part within the limit and before the first invalid character. */
  validTextRange: TextRange;
}

/** Counts a text as X does (twitter-text, version 3): links count 23, emoji 2, most scripts outside of Latin 2. */
export declare function parseTweetText(text: string): ParsedTweetText;

/** A picture's form. */
export interface PictureForm {
  /** What its bytes are. */
  contentType?: string;
  /** Its size. */
  bytes?: number;
  /** Pixels. */
  width?: number;
  /** Pixels. */
  height?: number;
}

/** Calls that are planned, apart from posts. */
export interface PlannedCalls {
  /** Posts read by their ids, as `getTweet` and `getTweetsMetrics` do, or on somebody's timeline. */
  postReads?: number;
  /** Posts read by `getUserTweets` with the token of the account whose posts they are, if it owns the app. */
  ownedReads?: number;
  /** Profiles read by `getUserProfile`. */
  userReads?: number;
  /** Replies to people who mentioned or quoted the account. */
  summonedReplies?: number;
  /** Posts deleted. */
  deletes?: number;
  /** Events that X delivers to a webhook. */
  events?: number;
}

/** A poll. */
export interface Poll {
  /** 2 to 4 options of 1 to 25 characters. */
  options: Array<string>;
  /** How long it lasts: 5 to 10080 minutes. */
  durationMinutes: number;
}

/** Prices in place of those of X's list, in dollars, each with at most 6 decimal places. What is left out stays X's. */
export interface Prices {
  /**
   * A post without a link.
   * @default 0.015
   */
  post?: number;
  /**
   * A post with a link.
   * @default 0.2
   */
  postWithLink?: number;
  /**
   * A reply to somebody who mentioned or quoted the account.
   * @default 0.01
   */
  summonedReply?: number;
  /**
   * A description of a medium.
   * @default 0.005
   */
  altText?: number;
  /**
   * A track of subtitles: X's list has no price.
   * @default 0
   */
  subtitles?: number;
  /**
   * An uploaded medium: X's list has no price.
   * @default 0
   */
  mediaUpload?: number;
  /**
   * A post that is read by its id or on somebody's timeline.
   * @default 0.005
   */
  postRead?: number;
  /**
   * A post that is read on the timeline of the account that owns the app, with this account's own token.
   * @default 0.001
   */
  ownedRead?: number;
  /**
   * A user's profile that is read.
   * @default 0.01
   */
  userRead?: number;
  /**
   * A deleted post. X's list has $0.005 and $0.010 without saying which it is.
   * @default 0.01
   */
  delete?: number;
  /**
   * A delivered event of the Activity API.
   * @default 0.005
   */
  event?: number;
  /** The day that the prices are of, as `YYYY-MM-DD`. */
  asOf?: string;
}

/**
 * Says what a medium is from its own bytes, and every rule of X's that it breaks. It reads no more than it needs:
 * the head of an image, a GIF whole, a video's movie box. An image that may be prepared is read whole, up to X's 5 MB;
 * `prepare` says what would be done with it, or with a video.
 */
export declare function probeMedia(source: MediaSource, options?: CallOptions & ProbeOptions): Promise<MediaProbe>;

/** Options of probing a medium, beside [`CallOptions`]. */
export interface ProbeOptions {
  /** What would be done with the medium before it goes up. */
  media?: MediaOptions;
}

/** A post with its media. Media keep the order `imageUrls`, `gifUrl`, `videoUrl`, `media`. */
export interface PublishContent {
  /** The text: up to 280 weighted characters, as `parseTweetText` counts them. May be empty with media. */
  text?: string;
  /** Up to 4 pictures. */
  imageUrls?: Array<string>;
  /** One video. */
  videoUrl?: string;
  /** One animated GIF. */
  gifUrl?: string;
  /** Media of any kind and source, with what goes with them. */
  media?: MediaInput[];
  /** Media that were uploaded already. */
  mediaIds?: Array<string>;
  /** A poll; it excludes media. */
  poll?: Poll;
  /** The post that this one answers. */
  replyTo?: string;
  /** People who are left out of the reply's mentions. */
  excludeReplyUserIds?: Array<string>;
  /** The post that this one quotes; it excludes media and polls. */
  quoteTweetId?: string;
  /**
   * Who may reply.
   * @default 'everyone'
   */
  replySettings?: 'everyone' | 'following' | 'mentionedUsers' | 'subscribers' | 'verified';
  /** The community to post in. */
  communityId?: string;
  /** A community's post also goes to the author's followers. */
  shareWithFollowers?: boolean;
  /** Up to 10 people who are tagged in the media. */
  taggedUserIds?: Array<string>;
  /** How the media are shown. */
  presentation?: MediaPresentation;
  /** A place. */
  placeId?: string;
  /** Only for subscribers of the author. */
  forSuperFollowersOnly?: boolean;
  /** An ad that is not in the timeline. */
  nullcast?: boolean;
  /** An ad's card. */
  cardUri?: string;
  /** A link that opens a direct message. */
  directMessageDeepLink?: string;
  /** The media were made with AI. */
  madeWithAi?: boolean;
  /** The post is a paid partnership. */
  paidPartnership?: boolean;
  /** The post that this one replaces (subscribers only). */
  previousPostId?: string;
  /**
   * Weighted characters that the account may write; subscribers have up to 25,000.
   * @default 280
   */
  maxWeightedLength?: number;
}

/** A thread that exists. */
export interface PublishedThread {
  /** Its posts, in order. */
  tweets: Array<PublishedTweet>;
  /** Where its first post can be seen. */
  threadUrl: string;
  /** What all of them cost by X's list of prices. */
  estimatedCost: EstimatedCost;
}

/** A post that exists. */
export interface PublishedTweet {
  /** Its id; empty after a dry run. */
  tweetId: string;
  /** `https://twitter.com/i/web/status/<id>`; empty after a dry run. */
  tweetUrl: string;
  /** Its text as X wrote it, with links replaced. */
  text: string;
  /** Ids of its media, in the order given. */
  mediaIds: Array<string>;
  /** Its media, in the order given. */
  media: UploadedMedia[];
  /** The post was found after X's answer had been lost. */
  reconciled: boolean;
  /** Attempts that the post itself took. */
  attempts: number;
  /** What X's headers said. */
  rateLimit?: RateLimit;
  /** Problems that X reported beside the post. */
  warnings?: Array<string>;
  /** What it costs by X's list of prices, alt texts included. A dry run's is what it would cost. */
  estimatedCost: EstimatedCost;
  /** After a dry run: what was done with each of its media, in the order given, and would be again. */
  prepare?: Array<MediaPreparation>;
}

/** Options of publishing and uploading, beside [`IntentOptions`]. */
export interface PublishOptions {
  /** Called with how far each medium is. It must not throw; what it throws is reported as a warning. */
  onProgress?: (event: MediaProgress) => void;
  /**
   * Through which of X's upload APIs media go. `v1.1` needs OAuth 1.0a credentials.
   * @default 'v2'
   */
  mediaApi?: 'v2' | 'v1.1';
  /** What is done with media before they go up. */
  media?: MediaOptions;
  /**
   * Checks the text, reads and prepares all pictures, probes all other media, and sends nothing to X.
   * @default false
   */
  dryRun?: boolean;
}

/**
 * Posts a thread: each part answers the one before. All parts are checked before the first one is posted.
 *
 * If it breaks off, the error's `published` holds the posts that exist and `failedIndex` the part that failed.
 */
export declare function publishThread(
  parts: PublishContent[],
  oauth2Token: string | TokenManager | null | undefined,
  oauth1Credentials?: StoredOAuth1Credentials | null,
  options?: PublishOptions,
): Promise<PublishedThread>;

/**
 * Uploads a post's media and posts it, at most once: a post that X may have processed is not sent again. If X's
 * answer is lost, the author's timeline is read: a post that is found there is the result, with `reconciled`, and
 * otherwise the call fails with `UNKNOWN_OUTCOME` and a `checkpoint` to continue with.
 *
 * With `oauth1Credentials` these sign the media calls and the OAuth 2.0 token creates the post; with an empty
 * `oauth2Token` they do both; without them the token does both.
 */
export declare function publishTweetWithMedia(
  content: PublishContent,
  oauth2Token: string | TokenManager | null | undefined,
  oauth1Credentials?: StoredOAuth1Credentials | null,
  options?: PublishOptions,
): Promise<PublishedTweet>;

/** A rate limit as X's headers reported it. */
export interface RateLimit {
  /** Which window it counts in. */
  window: 'endpoint' | 'app_day' | 'user_day';
  /** Requests per window. */
  limit?: number;
  /** Requests left. */
  remaining?: number;
  /** When the window ends, in seconds since the epoch. */
  reset?: number;
}

/** What to do when X's rate limit is reached. */
export interface RateLimitOptions {
  /**
   * How long a call may wait for the limit's reset, in milliseconds. A longer wait fails at once with
   * `RATE_LIMITED` and `retryAt`, so that a job can sleep instead of holding a worker.
   * @default 0
   */
  maxWaitMs?: number;
  /** Shares what is left of each window with other processes. Without one each process counts for itself. */
  store?: RateLimitStore;
}

/** What X's headers last said, for each account and endpoint that calls with these client options used. */
export declare function rateLimits(options?: Pick<CallOptions, 'client'>): ObservedRateLimit[];

/** When the author's timeline is read to find a post whose answer was lost. */
export interface ReconcileOptions {
  /**
   * Times after the outcome became unknown, in milliseconds, rising. Empty: the timeline is not read.
   * @default [2000, 5000, 15000, 45000, 120000]
   */
  scheduleMs?: number[];
}

/**
 * Refreshes tokens. A refresh token is for one use: persist the new pair before using it. Calls with the same token
 * share one request in the process, and for five minutes later ones get the tokens that came of it, so that several
 * workflows that read the same row refresh once.
 */
export declare function refreshAccessToken(refreshToken: string, config?: OAuthConfig): Promise<OAuth2Tokens>;

/** One attempt of one request. It holds no query, no header and no body. */
export interface RequestEvent {
  /** The function that was called. */
  operation: string;
  /** HTTP method. */
  method: string;
  /** Host and port. */
  host: string;
  /** Path, with `:id` in place of ids. */
  path: string;
  /** HTTP status, if there was an answer. */
  status?: number;
  /** Counted from 1. */
  attempt: number;
  /** When it began, in milliseconds since the epoch, with fractions. */
  startedAt: number;
  /** Milliseconds. */
  durationMs: number;
  /** What the answer's headers said. */
  rateLimit?: RateLimit;
  /** What the network did, if there was no answer. */
  failure?: string;
}

/**
 * The first step of OAuth 1.0a's three: a temporary token for `oauth1AuthorizeUrl`. `callbackUrl` is one that is
 * registered for the app, or `oob` for a PIN.
 */
export declare function requestOAuth1Token(callbackUrl: string, config?: OAuthConfig): Promise<OAuth1RequestToken>;

/** What became of a post. */
export interface ResolvedOutcome {
  /** Whether it exists. */
  outcome: 'published' | 'not_found' | 'ambiguous';
  /** Its id, if it exists. */
  tweetId?: string;
  /** `https://twitter.com/i/web/status/<id>`, if it exists. */
  tweetUrl?: string;
  /** Ids of all posts that could be it, if it is not clear which one is. */
  candidates?: Array<string>;
}

/** Options of [`resolve_outcome`], beside [`CallOptions`](crate::input::CallOptions). */
export interface ResolveOptions {
  /** When to read the timeline; at once, then as in publishing, until it was read often and long enough. */
  reconcile?: ReconcileOptions;
}

/**
 * Finds out what became of a post, by its checkpoint alone: `published` with its id; `not_found`, if every post of
 * the account since then is known to be another one; or `ambiguous` with all that could be it. It sends nothing. A
 * post that was sent a short while ago is looked for until two
 * minutes have passed; what can't be found out is an error.
 */
export declare function resolveOutcome(
  checkpoint: string,
  credentials: string | TokenManager | OAuth1Credentials,
  options?: ResolveOptions,
): Promise<ResolvedOutcome>;

/** Attempts, back-off and the retry budget of a client. */
export interface RetryOptions {
  /**
   * Attempts per request, the first included: 1 to 20.
   * @default 3
   */
  maxAttempts?: number;
  /**
   * Base of the exponential back-off with full jitter, in milliseconds.
   * @default 200
   */
  baseDelayMs?: number;
  /**
   * Upper bound of one back-off, in milliseconds.
   * @default 20000
   */
  maxDelayMs?: number;
  /**
   * Capacity of the client's retry budget: each retry costs 10, each success at the first try gives back 1.
   * When it is empty, failures are returned at once instead of adding load.
   * @default 100
   */
  budget?: number;
}

/** X's answer to a revocation. */
export interface RevokedToken {
  /** The token can't be used any more. */
  revoked: boolean;
  /** When the answer came, in milliseconds since the epoch. */
  retrieved_at: number;
}

/** Revokes an access or refresh token. */
export declare function revokeToken(token: string, config?: OAuthConfig): Promise<RevokedToken>;

/** An OAuth 1.0a signature. */
export interface SignedRequest {
  /** The value of the `Authorization` header. */
  header: string;
  /** The signature in base64. */
  signature: string;
  /** The signature base string (RFC 5849 §3.4.1). */
  baseString: string;
}

/** Signs a request by OAuth 1.0a with HMAC-SHA1 (RFC 5849 §3), for endpoints that this package does not call. */
export declare function signOAuth1Request(request: OAuth1Request, credentials: OAuth1Credentials): SignedRequest;

/** Subtitles of a video in one language: an SRT or VTT file. */
export interface SubtitleTrack {
  /** Two letters, for example `EN`. */
  languageCode: string;
  /** The language's name, as viewers see it. */
  displayName: string;
}

/** A part of a text. */
export interface TextRange {
  /** UTF-16 index of the first unit. */
  start: number;
  /** UTF-16 index of the last unit, which belongs to the part. */
  end: number;
}

/** Options of reading a user's posts, beside [`CallOptions`]. */
export interface TimelineOptions {
  /** Posts per page: 5 to 100. */
  maxResults?: number;
  /** The page to read, from the answer before. */
  paginationToken?: string;
  /** Only posts newer than this id. */
  sinceId?: string;
  /** Only posts older than this id. */
  untilId?: string;
  /** Only posts from this time on, in ISO 8601. */
  startTime?: string;
  /** Only posts before this time, in ISO 8601. */
  endTime?: string;
  /** What to leave out. */
  exclude?: Array<'replies' | 'retweets'>;
}

/** A post as it is on X. */
export interface Tweet {
  /** Its id. */
  id: string;
  /** Its whole text. */
  text: string;
  /** ISO 8601. */
  createdAt?: string;
  /** The author's id. */
  authorId?: string;
  /** The id of the thread's first post. */
  conversationId?: string;
  /** Whom it answers. */
  inReplyToUserId?: string;
  /** Two letters. */
  lang?: string;
  /** Its links. */
  urls: Array<TweetUrl>;
  /** Its media. */
  media: Array<TweetMedia>;
  /** Posts that it answers, quotes or repeats. */
  references: Array<TweetReference>;
  /** How it does. */
  metrics?: TweetMetrics;
}

/** Bounds of a post. */
export interface TweetLimits {
  /**
   * Weighted characters that the account may write; subscribers have up to 25,000.
   * @default 280
   */
  maxWeightedLength?: number;
  /** Cashtags (`$TWTR`) in the text; X allows one with self-serve access to its API. Not counted unless given. */
  maxCashtags?: number;
  /**
   * Where media may come from, as `client.mediaPolicy` of the call that will publish; by default as `configure()` and the
   * environment have it.
   */
  mediaPolicy?: MediaPolicyOptions;
}

/** A medium of a post. */
export interface TweetMedia {
  /** Its key. */
  mediaKey: string;
  /** What it is. */
  type: 'photo' | 'video' | 'animated_gif';
  /** Address of a photo. */
  url?: string;
  /** Address of a video's still. */
  previewImageUrl?: string;
  /** Pixels. */
  width?: number;
  /** Pixels. */
  height?: number;
  /** Milliseconds. */
  durationMs?: number;
  /** Description. */
  altText?: string;
  /** Views of a video. */
  views?: number;
}

/** How a post does. */
export interface TweetMetrics {
  /** How often it was seen. */
  impressions?: number;
  /** Likes. */
  likes: number;
  /** Reposts. */
  retweets: number;
  /** Replies. */
  replies: number;
  /** Quotes. */
  quotes: number;
  /** Bookmarks. */
  bookmarks?: number;
  /** Clicks on links; for the author only. */
  urlLinkClicks?: number;
  /** Clicks on the profile; for the author only. */
  userProfileClicks?: number;
  /** All interactions; for the author only. */
  engagements?: number;
  /** Impressions apart from promotion; for the author only. */
  organicImpressions?: number;
  /** Groups that were asked for and refused, with the scope `owner`. */
  unavailable?: Array<string>;
}

/** The metrics of one post of many, or why there are none. */
export interface TweetMetricsResult {
  /** The post. */
  tweetId: string;
  /** Its metrics. */
  metrics?: TweetMetrics;
  /** Why there are none. */
  error?: TwitterError;
}

/** A rule that a post breaks. */
export interface TweetProblem {
  /** A word for programs, for example `text_too_long`. */
  code: string;
  /** Where, for example `media[2].altText`. */
  field: string;
  /** A sentence for a person. */
  message: string;
  /** The limit. */
  limit?: number;
  /** The post's figure. */
  actual?: number;
}

/** A post that is referred to. */
export interface TweetReference {
  /** How. */
  type: 'replied_to' | 'quoted' | 'retweeted';
  /** Its id. */
  id: string;
}

/** A link of a post. */
export interface TweetUrl {
  /** The t.co address in the text. */
  url: string;
  /** Where it leads. */
  expandedUrl: string;
}

/** Every rule that a post breaks. */
export interface TweetValidation {
  /** There are no problems. */
  valid: boolean;
  /** All problems, not only the first. */
  problems: Array<TweetProblem>;
}

/** What went wrong; docs/errors.md says when each occurs and what to do. */
export type TwitterErrorCode =
  | 'INVALID_ARGUMENT'
  | 'INVALID_TWEET'
  | 'INVALID_MEDIA'
  | 'MEDIA_SOURCE'
  | 'MEDIA_FORBIDDEN_HOST'
  | 'MEDIA_TOO_LARGE'
  | 'MEDIA_PROCESSING'
  | 'UNAUTHORIZED'
  | 'MISSING_SCOPE'
  | 'FORBIDDEN'
  | 'DUPLICATE_TWEET'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'USAGE_CAP'
  | 'NO_CREDITS'
  | 'NETWORK'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'UPSTREAM'
  | 'UNEXPECTED_RESPONSE'
  | 'UNKNOWN_OUTCOME'
  | 'CHECKPOINT_MISMATCH'
  | 'IN_PROGRESS'
  | 'REAUTH_REQUIRED'
  | 'INTERNAL';

/** The word that Medusa's error handler maps to an HTTP status. */
export type TwitterErrorType = 'invalid_data' | 'not_allowed' | 'not_found' | 'unexpected_state';

/** Options of uploading one medium, beside [`PublishOptions`]. */
export interface UploadDetails {
  /** A description for people who can't see it, at most 1000 characters. */
  altText?: string;
  /** As what X should take it; without it, what its bytes say. */
  category?: MediaCategory;
}

/** A medium that a post can carry. */
export interface UploadedMedia {
  /** The id to post with. */
  mediaId: string;
  /** The key under which reads name it. */
  mediaKey?: string;
  /** What the source was: a URL without its query, or a name. */
  source: string;
  /** As what X took it. */
  category: MediaCategory;
  /** What its bytes are. */
  contentType: string;
  /** Its size. */
  bytes: number;
  /** Until when a post can carry it, in milliseconds since the epoch. */
  expiresAt: number;
  /** `succeeded` if X processed it after the upload. */
  processing?: 'succeeded';
  /** What was done with it before, if other bytes than its source's went up. */
  prepared?: 'strip' | 'fit';
}

/**
 * Uploads one medium and gives the id to post with. The medium is streamed: at no time is more than
 * `upload.maxBufferedBytes` of it in memory.
 */
export declare function uploadMedia(
  source: MediaSource,
  credentials: string | TokenManager | OAuth1Credentials,
  options?: UploadMediaOptions,
): Promise<string>;

/** Uploads one medium like `uploadMedia` and gives what is known of it. */
export declare function uploadMediaDetailed(
  source: MediaSource,
  credentials: string | TokenManager | OAuth1Credentials,
  options?: UploadMediaOptions,
): Promise<UploadedMedia>;

/** How media are uploaded. */
export interface UploadOptions {
  /** A fixed segment size, in bytes, at most 5,000,000. Without it one is chosen from the total size. */
  segmentBytes?: number;
  /**
   * Most segments of one publish in flight at once: 1 to 64.
   * @default 8
   */
  concurrency?: number;
  /**
   * Most bytes of media that one publish holds in memory, at least 1 MiB.
   * @default 16777216
   */
  maxBufferedBytes?: number;
  /**
   * Most bytes of media that all publishes of the process hold in memory, at least 1 MiB and one segment. It is usually
   * set by `configure()`. Who finds no space waits, first come first served, until some has gone up. Calls with different
   * values share one count; each waits until its own value allows it.
   * @default 33554432, or `maxBufferedBytes` if that is larger
   */
  processBufferedBytes?: number;
}

/** What an app's project has used of its plan. */
export interface Usage {
  /** The project's id. */
  projectId?: string;
  /** Posts read in this cycle. */
  postsRead?: number;
  /** Posts that may be read in a cycle; then calls fail with `USAGE_CAP`. */
  cap?: number;
  /** Day of the month on which the next cycle begins. */
  capResetDay?: number;
  /** Posts read, by day. */
  days: Array<DayUsage>;
  /** The same for each app of the project. */
  apps: Array<AppUsage>;
  /** What is left of the credits, where X reports it. */
  credits?: Credits;
  /** Why there is nothing about the credits. */
  creditsUnavailable?: string;
}

/** Options of reading what an app has used, beside [`CallOptions`]. */
export interface UsageOptions {
  /**
   * Days that are listed one by one: 1 to 90.
   * @default 7
   */
  days?: number;
}

/** A user. */
export interface UserProfile {
  /** Their id. */
  id: string;
  /** The name they show. */
  name: string;
  /** The name after the `@`. */
  username: string;
  /** Their picture. */
  profile_image_url?: string;
  /** What they say of themselves. */
  description?: string;
  /** X has verified them. */
  verified?: boolean;
}

/** What X's check of a webhook came to. */
export interface ValidatedWebhook {
  /** Its answer was right, so events are delivered. */
  valid: boolean;
}

/**
 * Lists every rule that a post breaks, as far as it can be known without looking at its media: X's rules, and where media
 * may come from. Nothing is read and nothing is sent.
 */
export declare function validateTweet(content: PublishContent, limits?: TweetLimits): TweetValidation;

/**
 * Says whether an event comes from X: whether the header `x-twitter-webhooks-signature` signs exactly the raw bytes
 * of the body. The comparison takes constant time.
 */
export declare function verifyWebhookSignature(
  rawBody: Uint8Array | string,
  signatureHeader: string | null | undefined,
  consumerSecret: string,
): boolean;

/** A URL that X delivers an app's events to. */
export interface Webhook {
  /** Its id. */
  id: string;
  /** Where events go. */
  url: string;
  /** It gave the right answer to X's last check. Otherwise nothing is delivered. */
  valid: boolean;
  /** ISO 8601. */
  createdAt?: string;
}

/**
 * Answers X's check of a webhook. The consumer secret is the app's API secret, also for apps that use OAuth 2.0.
 * Tokens that could be an event's body are refused: signing them would forge one.
 */
export declare function webhookCrcResponse(crcToken: string, consumerSecret: string): WebhookCrcResponse;

/** The answer to X's check of a webhook. */
export interface WebhookCrcResponse {
  /** `sha256=` and the signature of the token. */
  response_token: string;
}

/** Which past events to deliver again. X counts in whole minutes: seconds are left out. */
export interface WebhookReplay {
  /** The webhook that missed them. */
  webhookId: string;
  /** The oldest: a Date, or milliseconds since the epoch, within the last 24 hours. */
  from: Date | number;
  /** The newest, at most 24 hours after the oldest. */
  to: Date | number;
}

/** A delivery of past events that X has begun. */
export interface WebhookReplayJob {
  /** Its id. */
  jobId: string;
  /** ISO 8601. */
  createdAt?: string;
}
