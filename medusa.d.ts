// What `twitter-native/medusa` exports. Medusa's own types are not imported: a backend that has other versions of them, or
// none, type-checks all the same. Whatever has Medusa's `resolve` is a container.
import type {
  CallSignal,
  IntentPublishOptions,
  IntentStatus,
  OAuth1Credentials,
  OAuthConfig,
  PublishContent,
  PublishedThread,
  PublishedTweet,
  RateLimit,
  TokenManager,
  TwitterErrorCode,
} from './index.js';

/** Medusa's container: `req.scope`, the `container` of a step, a job or a subscriber. */
export interface ContainerLike {
  // biome-ignore lint/suspicious/noExplicitAny: what Medusa's own container gives
  resolve(key: string): any;
}

/** Which row of the backend's own tables keeps an intent, and where in it. */
export interface JsonRowOptions {
  /** The table, for example `social_post`; with a schema before a dot if it lies outside of the search path. */
  table: string;
  /** The row's id. */
  id: string | number | bigint;
  /**
   * The column. Recommended: a text column of its own (`alter table social_post add column twitter_intent text`), which
   * nothing but this package writes.
   */
  column: string;
  /**
   * A key inside of a `json` or `jsonb` column, where no column of its own can be had. The other keys stay as they are, and
   * a column without a value becomes an object. **No other code may write this key**, also not by writing the whole column
   * from a copy that it read earlier, as `update({ metadata: { ...post.metadata, … } })` does: an older copy would make a
   * published post look as if it had never been begun. A process that has seen the newer state notices: it puts back that a
   * post exists, and otherwise refuses to send anything. Another process, or the same one after a restart, can't know.
   *
   * Left out, the whole column is the state: `text`, `json` or `jsonb`.
   */
  key?: string;
  /**
   * The column of ids.
   * @default 'id'
   */
  idColumn?: string;
}

/** One row as {@link PublishIntent} takes it: `new PublishIntent(jsonRow(container, { … }))`. */
export interface JsonRow {
  /** Reads the state. Fails if there is no such row, or if it was overwritten with an older copy. */
  load(): Promise<{ state?: string; version: unknown }>;
  /** Writes the state if nobody has since it was read: one `UPDATE` that compares what lies there. */
  store(next: string, expectedVersion: unknown): Promise<boolean>;
}

/**
 * A row of the backend's own table as the place of an intent: load and store with compare-and-set, over Medusa's own
 * Postgres connection (`ContainerRegistrationKeys.PG_CONNECTION`), outside of any transaction of the caller's. The row must
 * exist already; beside the state lie its `status`, `begunAt` and `writes`, which queries may read.
 *
 * Throws a `TwitterError` with `INVALID_ARGUMENT` for names that are none; Postgres is asked only by `load` and `store`.
 */
export declare function jsonRow(container: ContainerLike, options: JsonRowOptions): JsonRow;

/** Options of {@link platformTokens}. */
export interface PlatformTokensOptions {
  /**
   * The table of accounts.
   * @default 'social_platform'
   */
  table?: string;
  /**
   * Its JSON column with `access_token`, `refresh_token`, `expires_in`, `retrieved_at` and, if that is there, `expires_at`,
   * at the top or inside of `token`.
   * @default 'api_config'
   */
  column?: string;
  /**
   * The column of ids.
   * @default 'id'
   */
  idColumn?: string;
  /**
   * Makes what is stored as `access_token_encrypted` and `refresh_token_encrypted`. A readable `access_token` beside it is
   * kept up to date where there is one, and not written where there is none. Goes together with `decrypt`.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the backend's own form of an encrypted text
  encrypt?(token: string): any;
  /** Reads what `encrypt` made; needed as soon as there is an `…_encrypted` token. */
  // biome-ignore lint/suspicious/noExplicitAny: the backend's own form of an encrypted text
  decrypt?(encrypted: any): string | Promise<string>;
  /** The app's credentials, and how to call; else those of the environment (`X_CLIENT_ID`, `X_CLIENT_SECRET`). */
  config?: OAuthConfig;
}

/**
 * The OAuth 2.0 tokens of one of the backend's accounts, refreshed in time, once, whoever asks and in however many
 * processes. Give it wherever a token may stand, or take `getAccessToken()`. It writes only the token's own fields and
 * `refreshing_since`, and only if nothing of the column has changed since it was read, so that what a job beside it has
 * stored meanwhile is used and not overwritten.
 *
 * A job of the backend that refreshes by itself spends the same refresh token without asking; let it call
 * `platformTokens(…).getAccessToken()` instead.
 */
export declare function platformTokens(
  container: ContainerLike,
  platformId: string | number | bigint,
  options?: PlatformTokensOptions,
): TokenManager;

/** Who publishes. With both, OAuth 1.0a signs the media and the token posts; one of them alone does both. */
export interface PublishCredentials {
  /** An OAuth 2.0 access token, or a manager of one. */
  token?: string | TokenManager | null;
  /** The user's OAuth 1.0a credentials. */
  oauth1?: OAuth1Credentials | null;
}

/** Options of {@link publishOnce}. */
export type PublishOnceOptions = IntentPublishOptions & {
  /**
   * How long other calls leave the row alone after the last sign of life of one that works on it, in milliseconds.
   * @default 60000
   */
  leaseMs?: number;
};

/** A failure as Medusa's error handler takes it: an instance of Medusa's own `MedusaError`. */
export interface TwitterMedusaError extends Error {
  /**
   * Medusa's word, which its handler makes a status of: `invalid_data` and `not_allowed` 400, `not_found` 404,
   * `unexpected_state` 500. Never `unauthorized`: the dashboard takes a 401 for the end of its own session.
   */
  type: string;
  /** What went wrong, from the closed list; another text, or none, if it is no failure of this package. */
  code?: TwitterErrorCode | (string & {});
  /** The function that failed. */
  operation?: string;
  /** The same call may succeed later. */
  retryable?: boolean;
  /** When to try again. */
  retryAt?: Date;
  /** The argument it is about. */
  field?: string;
  /** X's own words. */
  detail?: string;
  /** The last part of X's problem type. */
  problemType?: string;
  /** Which medium it is about, counted from 0. */
  mediaIndex?: number;
  /** What X's headers said. */
  rateLimit?: RateLimit;
  /** How far it came; holds no secret. The row keeps it, too. */
  checkpoint?: string;
  /** The posts of a thread that exist. */
  published?: PublishedTweet[];
  /** The part of a thread that failed, counted from 0. */
  failedIndex?: number;
  /** What it was made of. */
  cause?: unknown;
}

/**
 * Publishes at most once per row, whoever calls, however often, and whatever ends the process: `PublishIntent.publish` over
 * {@link jsonRow}, with failures as {@link toMedusaError} makes them. An array is published as a thread. Called again, it
 * gives the result of the post that exists.
 */
export declare function publishOnce(
  container: ContainerLike,
  row: JsonRow | JsonRowOptions,
  content: PublishContent,
  credentials: PublishCredentials,
  options?: PublishOnceOptions,
): Promise<PublishedTweet>;
export declare function publishOnce(
  container: ContainerLike,
  row: JsonRow | JsonRowOptions,
  content: PublishContent[],
  credentials: PublishCredentials,
  options?: PublishOnceOptions,
): Promise<PublishedThread>;

/** What is needed to go on with a row's post. */
export interface PreparedRow {
  /** What was to be published, as it was given to {@link publishOnce}. */
  content: PublishContent | PublishContent[];
  /** Who publishes. */
  credentials: PublishCredentials;
  /** Options of the call. */
  options?: PublishOnceOptions;
}

/** Options of {@link resumeUnfinished}: where the rows are, and how much is done at once. */
export interface ResumeUnfinishedOptions extends Omit<JsonRowOptions, 'id'> {
  /**
   * Gives a row's content and credentials, or nothing to pass it over, for example where the post was deleted. What it
   * throws is that row's failure alone.
   */
  prepare(id: string): PreparedRow | null | undefined | Promise<PreparedRow | null | undefined>;
  /**
   * Rows at most: 1 to 1000.
   * @default 20
   */
  limit?: number;
  /**
   * Rows that were begun longer ago are left to a person: 1 to 365 days, in milliseconds.
   * @default 86400000
   */
  maxAgeMs?: number;
  /**
   * How long in all, in milliseconds, up to a day. A call that is under way then ends, and is resumed the next time.
   * @default 300000
   */
  timeoutMs?: number;
  /**
   * Rows at once: 1 to 50.
   * @default 2
   */
  concurrency?: number;
  /** Ends the calls that are under way, and begins no others. */
  signal?: CallSignal;
}

/** What became of one row. */
export interface ResumedRow {
  /** The row's id. */
  id: string;
  /**
   * `published`: the post exists. `failed`: see `error`. `unknown`: nobody knows yet whether it exists. `in_progress`: another
   * call works on it. `skipped`: `prepare` gave nothing, or nothing was begun. `not_reached`: the time was over before.
   */
  outcome: 'published' | 'failed' | 'unknown' | 'in_progress' | 'skipped' | 'not_reached';
  /** The post; of a thread the first one. */
  tweetId?: string;
  /** Where it can be seen. */
  tweetUrl?: string;
  /** The whole result. */
  result?: PublishedTweet | PublishedThread;
  /** Why not. */
  error?: TwitterMedusaError;
}

/**
 * Goes on with posts that were begun and are neither published nor failed: their process ended, or it is not known whether
 * they exist. For a scheduled job. Nothing is begun that was not begun before; a row that fails does not stop the others.
 */
export declare function resumeUnfinished(
  container: ContainerLike,
  options: ResumeUnfinishedOptions,
): Promise<{
  /** A line for each row that was found, up to the limit. */
  rows: ResumedRow[];
  /** There are more than the limit. */
  more: boolean;
}>;

/** What a person decides about a post in doubt. */
export type DoubtDecision = 'check' | 'retry' | 'abandon' | { tweetId: string };

/** Options of {@link resolveDoubt}. */
export type ResolveDoubtOptions = PublishOnceOptions & {
  /** With these, `check` looks at once and `retry` sends it at once, unless it shows up; else the next call does. */
  credentials?: PublishCredentials;
  /** What was to be published; needed beside `credentials`. */
  content?: PublishContent | PublishContent[];
};

/**
 * Takes a person's decision about a post in doubt, for a route of staff's, and gives how far the row is then. `check`: look for
 * it again. `retry`: it is not there, send it again unless it shows up. `abandon`: never send it. `{ tweetId }`: it is this one.
 * Fails like {@link publishOnce}; with `INVALID_ARGUMENT` where nothing is in doubt.
 */
export declare function resolveDoubt(
  container: ContainerLike,
  row: JsonRow | JsonRowOptions,
  decision: DoubtDecision,
  options?: ResolveDoubtOptions,
): Promise<IntentStatus>;

/**
 * Makes a `MedusaError` of anything that was thrown, also of an error that the workflow engine has made a plain object of.
 * Its `message` says all that a person needs; the other fields hold no secret.
 */
export declare function toMedusaError(error: unknown): TwitterMedusaError;
