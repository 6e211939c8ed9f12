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
