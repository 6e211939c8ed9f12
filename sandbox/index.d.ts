/** How a sandbox is set up. */
export interface SandboxOptions {
  /** @default a free one */
  port?: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** Speaks HTTPS, with a certificate below `caCertificate`. */
  tls?: boolean;
  /** Speaks HTTP/2 beside HTTP/1.1; needs `tls`. */
  http2?: boolean;
  clientId?: string;
  clientSecret?: string;
  apiKey?: string;
  apiSecret?: string;
  /** The app is a public client: it names itself instead of authenticating. */
  publicClient?: boolean;
  /** @default two hours */
  accessTokenLifeMs?: number;
  /** Larger segments get 413. @default 5000000 */
  maxSegmentBytes?: number;
  /** How long GIF and video are processed, by the sandbox's clock. @default 400 */
  processingMs?: number;
  /** What they are said to take, instead of the time that is left. */
  checkAfterSecs?: number;
  /** The app is not on a self-serve plan: it may reply to and quote anybody, with any number of cashtags. */
  enterprise?: boolean;
  /** The app's plan has so many webhooks. @default 1 */
  maxWebhooks?: number;
  /** The app's plan has so many subscriptions to events. @default 1500 */
  maxSubscriptions?: number;
  /** `oauth.revoke` has to be subscribed to, like other events. Without it each webhook gets it, unasked. */
  subscribedRevocations?: boolean;
  /** Posts may have the text of another one: only its client keeps a post from being there twice. */
  allowDuplicates?: boolean;
  /** How long X remembers a post, to refuse another one like it. @default a day */
  duplicateWindowMs?: number;
  /**
   * What X does to texts beside shortening links, as readers see it: it names whom a reply answers, links to what is
   * quoted, takes a link to a post at the end of a text for a quote, and calls x.com twitter.com. `false` for none of
   * it; its members are for more of it.
   * @default {}
   */
  textChanges?:
    | false
    | {
        /** Characters without width and variation selectors are dropped. */
        stripInvisible?: boolean;
        /** Several spaces become one, and those at the ends are dropped. */
        collapseSpaces?: boolean;
      };
  /** How late posts show on timelines. */
  timelineLag?: Lag;
  /** Is shown every answer of X's before it is sent. */
  onAnswer?: (answer: Answer) => void;
  /** Processing ends with this. */
  processingError?: { code: number; name: string; message: string };
  /** Other limits per endpoint, as `[requests, milliseconds]`, or none at all. */
  rateLimits?: false | Record<string, { user?: [number, number]; app?: [number, number] }>;
  ledger?: { maxRequests?: number };
  /** What is left of the app's credits, in dollars. Without it X does not tell, as it was seen to do. */
  credits?: { prepaid?: number; free?: number };
  /** Posts that may be read in a month; it is reported, not enforced. @default 3000000 */
  usageCap?: number;
}

/** How late a post shows on its author's timeline. It can be looked up by its id at once. */
export interface Lag {
  /** So long after it was committed, by the sandbox's clock. */
  ms?: number;
  /** Not at the first so many reads that would have shown it. */
  reads?: number;
}

/** What X recognises in a text; a test puts it into the `annotations` of a post in the ledger. */
export interface Annotation {
  /** As it is in the text. */
  text: string;
  type: 'Person' | 'Place' | 'Product' | 'Organization' | 'Other';
  probability: number;
}

/** An answer as it is sent, unless a fault changes it. */
export interface Answer {
  endpoint: string;
  method: string;
  /** Path and query. */
  url: string;
  status: number;
  headers: Record<string, unknown>;
  /** Empty where it is not a text. */
  body: string;
}

/** A user with tokens of both kinds. */
export interface SeededUser {
  id: string;
  name: string;
  username: string;
  oauth1Credentials: { apiKey: string; apiSecret: string; accessToken: string; accessTokenSecret: string };
  oauth2: { accessToken: string; refreshToken: string | undefined; scope: string; expiresAt: number };
}

/** How connections fail while the door is shut. */
export type Shut = 'refused' | 'blackhole' | 'resetHandshake' | 'badCertificate';

/** What goes wrong. */
export interface Fault {
  kind: /* Before the request is read. */
    | 'delay'
    | 'gather'
    | 'resetBeforeRead'
    | 'refuseStream'
    | 'goAway'
    /* With the request read, instead of the work. */
    | 'status'
    | 'html'
    | 'hang'
    | 'resetAfterRead'
    | 'closeAfterRead'
    /* With the work done. */
    | 'commitThenReset'
    | 'commitThenClose'
    | 'commitThenHang'
    | 'commitThenGoAway'
    | 'commitThenStatus'
    | 'statusLine'
    | 'headThenReset'
    | 'truncate'
    | 'truncateThenClose'
    | 'garbage'
    | 'drip'
    /* Answers well, and shuts the door after it. */
    | 'hangUp';
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  ms?: number;
  /** For `gather`: so many requests wait for each other; without it, until the rule is removed. */
  count?: number;
  shut?: Shut;
  connections?: number;
  forMs?: number;
  next?: { shut: Shut; connections?: number; forMs?: number };
  /** Of a new post whose answer is lost: X commits it two times. */
  twice?: boolean;
}

/** When it goes wrong. */
export interface FaultRule {
  /** The endpoint's name, such as `createTweet`, or `*`. */
  endpoint: string;
  fault: Fault;
  /** Only at this request to the endpoint, counted from 1. */
  attempt?: number;
  /** At most this often. */
  times?: number;
}

/** One request. */
export interface RequestEntry {
  method: string;
  path: string;
  endpoint: string;
  at: number;
  /** The same number for all that came over one connection. */
  connection: number;
  status: number | null;
  /** The scheme of its Authorization header, whether or not anybody asked for one. */
  presented: string | null;
  auth: 'oauth1' | 'oauth2' | 'app' | 'basic' | null;
  userId: string | null;
  aborted: boolean;
  fault: string | null;
  details: Record<string, unknown>;
}

/** What X bills, in the words of `estimateCost` of twitter-native. */
export type BilledKind =
  | 'post'
  | 'post_with_link'
  | 'summoned_reply'
  | 'delete'
  | 'media_upload'
  | 'alt_text'
  | 'subtitles'
  | 'post_read'
  | 'owned_read'
  | 'user_read';

/** How often. */
export interface Billed {
  /** Requests that succeeded, those whose answer was lost included. */
  requests: number;
  /** What they wrote or read. */
  resources: number;
  /** Those that are billed: what is read several times a UTC day is, once. */
  billed: number;
}

/** What happened. */
export interface Ledger {
  requests(filter?: Partial<RequestEntry>): RequestEntry[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever they need
  tweets(): any[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever they need
  media(id?: string): any;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever they need
  tokens(): any[];
  /** What X would bill, by kind. */
  billed(): Record<BilledKind, Billed>;
  waitFor(condition: (ledger: Ledger) => unknown, options?: { signal?: AbortSignal }): Promise<void>;
  clear(): void;
}

/** How events are delivered to webhooks. */
export interface DeliverySettings {
  /** So long after they happened, by the sandbox's clock. @default 0 */
  lagMs?: number;
  /** So many times, with the same `event_uuid`. @default 1 */
  copies?: number;
  /** So many at a time, the newest first: 2 turns each two round. What is too few waits. @default 1 */
  reorder?: number;
  /** The next so many are lost on their way; a replay has them. @default 0 */
  lose?: number;
  /** Events wait until `release`, or until this is off again. @default false */
  hold?: boolean;
}

/** An event that was delivered, or that was tried to be. */
export interface Delivery {
  webhookId: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever they need
  event: any;
  at: number;
  /** Of the answer; null if there was none. */
  status: number | null;
  error: string | null;
  /** Counted from 1. */
  copy: number;
  isReplay: boolean;
}

/** What happens to webhooks, and what X sends them. */
export interface Webhooks {
  /** Settings that are left out stay. */
  set(settings: DeliverySettings): void;
  /** The usual delivery again, and no routes. */
  clear(): void;
  /** Delivers what waits, whatever it waits for. */
  release(): void;
  /** Requests for a public origin, such as `https://shop.example`, go to one on this machine. */
  route(origin: string, target: string): void;
  deliveries(): Delivery[];
  /** Until no delivery is under way. */
  settled(): Promise<void>;
  /** X's hourly check of all webhooks. */
  checkAll(): Promise<void>;
  /** A user likes a post: `like.create`. */
  like(tweetId: string, userId: string): void;
  /** A user ends the app's access: `oauth.revoke`, and no token of theirs is good any more. */
  revoke(userId: string): void;
  /** Any other event, to those who have subscribed to it. */
  emit(type: string, payload: unknown, about?: { userId?: string; direction?: 'inbound' | 'outbound' }): void;
}

/** A running sandbox. */
export interface Sandbox {
  url: string;
  /** Environment variables that point `twitter-native` at it. */
  env: Record<string, string>;
  ledger: Ledger;
  /** The root of the certificate, if it speaks HTTPS. */
  caCertificate: string | undefined;
  /** The listener itself, which makes connections fail. */
  door: {
    readonly connections: number;
    readonly failures: number;
    readonly open: number;
    shut(kind: Shut, until?: Pick<Fault, 'connections' | 'forMs' | 'next'>): void;
    unlock(): Promise<void>;
    hangUp(): void;
    drop(): void;
  };
  faults: { add(rule: FaultRule): { readonly hits: number; remove(): void }; clear(): void };
  /** X's own guard against duplicates: whether it refuses them, and how long it remembers a post. */
  duplicates: { refused: boolean; windowMs: number };
  /** How late posts show on timelines: one post, those of one user, or all; the narrowest counts. */
  timelineLag: { set(lag: Lag & { postId?: string; userId?: string }): void; clear(): void };
  /** Webhooks, and the events that go to them. */
  webhooks: Webhooks;
  clock: { now(): number; advance(ms: number): void; freeze(): void; resume(): void };
  /** Requests for the media that the sandbox generates under `/media/<kind>`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever they need
  mediaJournal: any[];
  seedUser(options?: {
    username?: string;
    name?: string;
    premium?: boolean;
    scopes?: string;
    ownsApp?: boolean;
  }): SeededUser;
  exhaust(kind: null | 'usage-cap' | 'credits' | 'spend-cap'): void;
  close(): Promise<void>;
}

/** Starts a sandbox. */
export declare function startSandbox(options?: SandboxOptions): Promise<Sandbox>;

/** Makes a medium that can be read from anywhere. */
export declare function describeMedia(spec: {
  kind: 'jpeg' | 'png' | 'gif' | 'still-gif' | 'webp' | 'mp4' | 'mov' | 'srt' | 'vtt';
  bytes?: number;
  width?: number;
  height?: number;
  durationMs?: number;
  frames?: number;
  seed?: number;
  moov?: 'start' | 'end';
}): {
  size: number;
  contentType: string;
  etag: string;
  filename: string;
  read(start?: number, end?: number): AsyncIterable<Buffer>;
};
