// What native code takes and gives, for js/ alone. The types of src/ are in index.d.ts and, where only js/ sees them, in
// native/internal.d.ts; both are written by the build. Here is what lies between: js/ hands over each argument prepared, and
// adds what it has read beside them. So a wrong order, or an argument that was not prepared, is an error of types.
import type * as api from '../index.js';
import type {
  AppConfig,
  CallOptions,
  internal,
  MediaSource,
  OAuth1Credentials,
  PublishContent,
  StoredOAuth1Credentials,
  TokenManager,
  TweetContent,
} from '../index.js';
import type { Settling } from '../js/options.js';
import '../native/internal.js';

declare const prepared: unique symbol;

/** A user's credentials, as callers give them. */
type Account = string | TokenManager | OAuth1Credentials;

declare module '../index.js' {
  namespace internal {
    /** An argument that js/ has made ready for native code. It may be what native code is to refuse. */
    interface Prepared<T> {
      readonly [prepared]: (given: T) => T;
    }

    type App = Prepared<AppConfig>;
    type Credentials = Prepared<Account>;
    type Keys = Prepared<StoredOAuth1Credentials>;
    type Options = Prepared<CallOptions>;

    // Native classes are empty, so that each would pass for any other.
    interface Cancellation extends Prepared<'signal'> {}
    interface Environment extends Prepared<'environment'> {}
    interface HeldCredentials extends Keys {}
    interface IntentHandle extends Prepared<'intent'> {}
    interface ManagedTokens extends Credentials {}

    /** The functions that `TokenManager` makes of its caller's; `null` says that one failed. */
    interface TokenStore {
      load(): Promise<StoredTokens | null>;
      store(next: StoredTokens): Promise<boolean | null>;
      acquire(): Promise<number | null>;
      release(ticket: number): void;
    }

    /** The functions that `PublishIntent` makes of its caller's; `null` says that one failed. */
    interface IntentStore {
      load(): Promise<StoredIntent | null>;
      store(next: StoredIntent): Promise<boolean | null>;
      others(marks: string[]): Promise<string[] | null>;
      tellsOthers: boolean;
    }
  }
}

type Prepared<T> = internal.Prepared<T>;
/** The very same type: all of whose members are optional pass for each other. */
type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** What one of the caller's arguments is when it has been prepared. */
type Crossed<Given> =
  Same<Given, PublishContent | PublishContent[] | { calls: api.PlannedCalls }> extends true
    ? Prepared<api.PlannedCalls>
    : Same<Given, PublishContent> extends true
      ? Prepared<PublishContent>
      : Same<Given, TweetContent> extends true
        ? Prepared<PublishContent>
        : Same<Given, PublishContent[]> extends true
          ? Prepared<PublishContent[]>
          : Same<Given, MediaSource> extends true
            ? Prepared<MediaSource>
            : Same<Extract<Given, object>, StoredOAuth1Credentials> extends true
              ? internal.Keys
              : Same<Given, OAuth1Credentials> extends true
                ? internal.Keys
                : TokenManager extends Given
                  ? internal.Credentials
                  : Given;

type AllCrossed<Given extends unknown[]> = { [Place in keyof Given]: Crossed<Given[Place]> };
type Preparers<Given extends unknown[]> = {
  [Place in keyof Given]: (given: Given[Place], settling: Settling) => Crossed<Given[Place]>;
};

/** The functions of the package. */
type Functions = {
  [Name in keyof typeof api as (typeof api)[Name] extends (...given: never[]) => unknown
    ? Name
    : never]: (typeof api)[Name];
};
/** Those that js/ makes by itself. */
type Own = 'appFromEnvironment' | 'configure' | 'signOAuth1Request';
/** Those that a table makes. */
type TableFunctions = Omit<Functions, Own>;
type Name = keyof TableFunctions;
type Given<Of extends Name> = Required<Parameters<Functions[Of]>>;

/** What a caller's last argument is, where it is no argument of the function's own. */
type LastOf<Of extends Name> = Of extends 'oauth1AuthorizeUrl'
  ? 'options'
  : Given<Of> extends [...unknown[], infer Last]
    ? 'clientId' extends keyof Last
      ? 'config'
      : 'client' extends keyof Last
        ? 'options'
        : undefined
    : undefined;

/** The function's own arguments. */
type OwnOf<Of extends Name> =
  LastOf<Of> extends string ? (Given<Of> extends [...infer Before, unknown] ? Before : never) : Given<Of>;

/** What native code takes after them. */
type AddedTo<Of extends Name> =
  LastOf<Of> extends 'config'
    ? [app: internal.App, options: internal.Options, environment: internal.Environment]
    : LastOf<Of> extends 'options'
      ? [options: internal.Options, environment: internal.Environment]
      : Of extends 'validateTweet'
        ? [environment: internal.Environment]
        : [];

/** What native code gives where js/ makes something else of it. */
interface OtherResults {
  getUserTweets: Promise<internal.UserTweets>;
  getTweetsMetrics: Promise<Array<Omit<api.TweetMetricsResult, 'error'> & { error?: internal.Failure }>>;
}
type ResultOf<Of extends Name> = Of extends keyof OtherResults ? OtherResults[Of] : ReturnType<Functions[Of]>;

type NativeFunctions = {
  [Of in Name]: (...given: [...AllCrossed<OwnOf<Of>>, ...AddedTo<Of>]) => ResultOf<Of>;
};

/** The native addon. */
export interface Native extends NativeFunctions {
  configure(options: Prepared<api.ClientOptions>): void;
  signOAuth1Request(
    credentials: internal.Keys,
    method: unknown,
    url: unknown,
    params: unknown,
    nonce: unknown,
    timestamp: unknown,
  ): string;
  internal: typeof internal;
}

/** How one function of the package is made of the native one. */
export type Row<Of extends Name> = {
  /** What prepares each of the function's own arguments, in their order. */
  takes: Preparers<OwnOf<Of>>;
} & (LastOf<Of> extends string
  ? {
      /** What comes last: how to call, or this and the app's credentials. */
      last: LastOf<Of>;
    }
  : { last?: undefined }) &
  (ReturnType<Functions[Of]> extends Promise<unknown> ? { sync?: undefined } : { sync: true }) &
  (Of extends 'validateTweet'
    ? {
        /** Native code is given the environment, though no options. */
        needsEnvironment: true;
      }
    : { needsEnvironment?: undefined }) &
  (Of extends keyof OtherResults
    ? {
        /** What is made of what native code gives. */
        gives(result: Awaited<OtherResults[Of]>): Awaited<ReturnType<Functions[Of]>>;
      }
    : { gives?: undefined });

export type Table = { [Of in Name]: Row<Of> };
export type { TableFunctions };
