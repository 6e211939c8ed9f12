import type { EstimatedCost, IntentStatus, PublishedThread, PublishedTweet } from 'twitter-native';
import type { Settlement } from '../modules/twitter/sql/intents';
import { isTwitterFailure, retryAtOf, sentenceOf, type TwitterFailure } from '../twitter/errors';
import type { PublishIntentView, TwitterPublishResult } from '../types/http';

/** Where X does not say when: its shortest window. */
const RATE_LIMITED_MS = 60_000;

/** Waits before attempts that failed before anything was sent are repeated; then a person has to look. */
const RETRY_AFTER_MS = [1, 2, 5, 10, 20].map((minutes) => minutes * 60_000);

const TRANSIENT: readonly string[] = ['NETWORK', 'TIMEOUT', 'UPSTREAM'];

/** Auto-recharge brings new credits at most so often. */
const RECHARGE_MS = 5 * 60_000;

/** What the history says of a publish that waits for auto-recharge. */
const WAITS_FOR_CREDITS = 'out_of_credits';

/** What may be in a history between two attempts that a person did not ask for. */
const BETWEEN: readonly string[] = ['due', 'taken_over', 'postponed', 'rate_limited'];

const BUY_CREDITS = "buy credits in X's developer console (https://console.x.com), then publish the post again";

/** A post that exists, by its id. */
export function linkOf(tweetId: string): PublishIntentView['published'][number] {
  return { tweet_id: tweetId, tweet_url: `https://twitter.com/i/web/status/${tweetId}` };
}

/** Dollars are added in whole millionths, so that sums are exact. */
const MICRO = 1_000_000;

function costOf(tweets: [PublishedTweet, ...PublishedTweet[]]): EstimatedCost {
  const micros = tweets.reduce((sum, { estimatedCost }) => sum + Math.round(estimatedCost.usd * MICRO), 0);
  return { usd: micros / MICRO, pricesAsOf: tweets[0].estimatedCost.pricesAsOf };
}

/** A post or thread that exists. */
export function success(tweets: [PublishedTweet, ...PublishedTweet[]]): Settlement {
  const [first] = tweets;
  const result: TwitterPublishResult = {
    kind: tweets.length > 1 ? 'thread' : 'tweet',
    estimatedCost: costOf(tweets),
    tweetId: first.tweetId,
    tweetUrl: first.tweetUrl,
    response: {
      id: first.tweetId,
      text: first.text,
      mediaIds: first.mediaIds,
      reconciled: tweets.some(({ reconciled }) => reconciled),
      ...(first.warnings === undefined ? {} : { warnings: first.warnings }),
    },
  };
  const detail = result.response.reconciled ? 'found on the timeline after the answer was lost' : undefined;
  return {
    state: 'published',
    status: 'posted',
    event: 'published',
    detail,
    published: tweets.map(({ tweetId }) => linkOf(tweetId)),
    result,
  };
}

/** Whether this publish, since a person last asked for it, has been put off for want of credits. */
function hasWaitedForCredits(history: Progress['history']): boolean {
  const last = [...(history ?? [])].reverse().find(({ event }) => !BETWEEN.includes(event));
  return last?.event === WAITS_FOR_CREDITS;
}

/** When a publish that failed before anything was sent is tried again by itself, if it is. */
function nextAttempt(failure: TwitterFailure, { retries, history }: Progress): Date | undefined {
  if (failure.code === 'RATE_LIMITED') return retryAtOf(failure) ?? new Date(Date.now() + RATE_LIMITED_MS);
  if (failure.code === 'NO_CREDITS') {
    return hasWaitedForCredits(history) ? undefined : (retryAtOf(failure) ?? new Date(Date.now() + RECHARGE_MS));
  }
  const wait = RETRY_AFTER_MS[retries];
  if (wait === undefined || !failure.retryable || !TRANSIENT.includes(failure.code)) return undefined;
  return retryAtOf(failure) ?? new Date(Date.now() + wait);
}

function errorOf(thrown: unknown): { code: string; message: string } {
  if (isTwitterFailure(thrown)) return { code: thrown.code, message: sentenceOf(thrown) };
  const { type, message } = thrown as { type?: string; message?: string };
  return { code: (type ?? 'INTERNAL').toUpperCase(), message: message ?? String(thrown) };
}

/** Says whether another call or process is at the same publish. */
export function isInProgress(thrown: unknown): boolean {
  return isTwitterFailure(thrown) && thrown.code === 'IN_PROGRESS';
}

/** How far a publish was when it failed. */
export interface Progress {
  /** Attempts that failed before anything was sent, in a row. */
  retries: number;
  /** What its intent says. */
  status: Pick<IntentStatus, 'state' | 'inDoubt' | 'published'>;
  /** What has been tried. */
  history?: PublishIntentView['history'] | null;
}

/** A failure that does not count as an attempt, since X itself says when to come back. */
const EVENT_OF: Readonly<Record<string, string>> = { RATE_LIMITED: 'rate_limited', NO_CREDITS: WAITS_FOR_CREDITS };

/**
 * What becomes of a publish that failed. Whatever it failed of: a post that exists, or that its intent leaves in doubt, by
 * this attempt or by an earlier one, is neither failed nor to be begun anew.
 */
export function failure(thrown: unknown, progress: Progress): Settlement {
  const { retries, status } = progress;
  const error = errorOf(thrown);
  const reported = isTwitterFailure(thrown) ? thrown : undefined;
  const published = status.published.map(linkOf);
  const kept = { detail: error.message, ...(published.length > 0 ? { published } : {}) };
  const mayExist = status.inDoubt || status.state === 'unknown' || status.state === 'published';
  if (reported?.code === 'UNKNOWN_OUTCOME' || mayExist) {
    return { ...kept, state: 'unknown', status: 'unknown', event: 'unknown_outcome', error };
  }
  const retryAt = reported && nextAttempt(reported, progress);
  if (reported === undefined || retryAt === undefined) {
    const advised = error.code === 'NO_CREDITS' ? `${error.message.replace(/\.$/, '')}: ${BUY_CREDITS}` : error.message;
    return { ...kept, state: 'failed', status: 'failed', event: 'failed', error: { ...error, message: advised } };
  }
  const event = EVENT_OF[reported.code];
  return {
    ...kept,
    state: 'failed',
    status: 'scheduled',
    event: event ?? 'postponed',
    error: { ...error, retry_at: retryAt },
    scheduledAt: retryAt,
    retries: event === undefined ? retries + 1 : retries,
  };
}

/** The posts of a result. */
export function tweetsOf(result: PublishedTweet | PublishedThread): [PublishedTweet, ...PublishedTweet[]] {
  return 'tweets' in result ? (result.tweets as [PublishedTweet, ...PublishedTweet[]]) : [result];
}
