/** What a run is to do. */
export type Work = PostsWork | PublishesWork | MetricsWork | SignaturesWork | LoadingWork;

export interface PostsWork {
  kind: 'posts';
  count: number;
  atOnce: number;
}

export interface PublishesWork {
  kind: 'publishes';
  count: number;
  atOnce: number;
  mediaPerPost: number;
  media: 'image' | 'video';
  bytes: number;
}

export interface MetricsWork {
  kind: 'metrics';
  count: number;
  perBatch: number;
}

export interface SignaturesWork {
  kind: 'signatures';
  count: number;
}

export interface LoadingWork {
  kind: 'loading';
}

/** How far X and the media are. */
export interface Network {
  delayMs?: number;
  uploadBytesPerSecond?: number;
  downloadBytesPerSecond?: number;
  tls?: boolean;
  /** How long X works on a video, in milliseconds; a second if left out. */
  processingMs?: number;
}

export interface Scenario {
  name: string;
  title: string;
  /** What it belongs to: a table or a plot of the page. */
  group: 'posts' | 'media' | 'reading' | 'tls' | 'at-once' | 'size';
  work: Work;
  network?: Network;
  /** In place of `work` where there is little time; a scenario without it is left out then. */
  quick?: Work;
}

/** Where the mock listens, and what it will agree with. */
export interface Mock {
  api: string;
  media: string;
  bearer: string;
  credentials: { apiKey: string; apiSecret: string; accessToken: string; accessTokenSecret: string };
  /** The text of a post, with `{number}` in it. */
  text: string;
  /** Posts whose metrics are to be read, and their likes. */
  ids: string[];
  likes: number[];
}

/** What a driver's process is given. */
export interface Job {
  module: string;
  /** Tells drivers of one module apart. */
  variant?: string;
  work: Work;
  mock: Mock;
  caFile?: string;
  ca?: string;
  /** The folder of an app that has this package. */
  app: string;
}

/** A module of `drivers/`. */
export interface Library {
  /** Loads the library that is measured. */
  load(job: Job): Promise<void>;
  open(mock: Mock, job: Job): Promise<Publisher> | Publisher;
}

export interface Publisher {
  post(text: string, mediaIds?: string[]): Promise<unknown>;
  /** Brings a medium from its URL to X, and gives its id. */
  upload?(url: string, kind: 'image' | 'video'): Promise<string>;
  /** Does all of it. */
  publish?(text: string, urls: string[], kind: 'image' | 'video'): Promise<unknown>;
  likes(ids: string[]): Promise<number[]>;
  /** The `Authorization` header of a post. */
  sign?(url: string): string | Promise<string>;
  close?(): Promise<unknown>;
}

/** What one run used. */
export interface Measured {
  wallMs: number;
  cpuMs: number;
  peakBytes: number;
  loop?: { p99Ms: number; maxMs: number };
  firstCall?: { blockedMs: number; wallMs: number };
}

/** What the mock says of a run. */
export interface Verdict {
  agrees: boolean;
  problems: string[];
  connections: { api: number; media: number };
  cpuMs: number;
}

/** A run that counts, or why it does not. */
export type Outcome = { measured: Measured & { connections: number; mockCpuMs: number } } | { failed: string };

export interface Driver {
  name: string;
  title: string;
  what: string;
  module?: string;
  variant?: string;
  /** The scenarios it is for; all if left out. */
  only?: (scenario: Scenario) => boolean;
  /** Bytes in memory for each byte of media under way. */
  held?: number;
}

/** Medians of one driver in one scenario. */
export interface Result {
  driver: string;
  runs: number;
  counted: number;
  wallMs?: number;
  cpuMs?: number;
  peakBytes?: number;
  loopP99Ms?: number;
  loopMaxMs?: number;
  connections?: number;
  mockCpuMs?: number;
  firstCallBlockedMs?: number;
  /** Why runs did not count, or why there were none. */
  notes: string[];
}

export interface Report {
  date: string;
  machine: { cpu: string; cores: number; memoryBytes: number; system: string; node: string; load: number };
  versions: Record<string, string>;
  addonBytes?: number;
  idlePeakBytes?: number;
  runs: number;
  quick: boolean;
  /** Names of the scenarios that were measured later than the rest. */
  again?: string[];
  scenarios: Array<{ scenario: Scenario; results: Result[] }>;
}
