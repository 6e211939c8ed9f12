import type { IntentStatus, PublishedThread, PublishedTweet } from 'twitter-native';
import type { Settlement } from '../modules/twitter/sql/intents';
import { isTwitterFailure, retryAtOf, sentenceOf, type TwitterFailure } from '../twitter/errors';
import type { PublishIntentView, TwitterPublishResult } from '../types/http';

/** Where X does not say when: its shortest window. */
const RATE_LIMITED_MS = 60_000;

/** Waits before attempts that failed before anything was sent are repeated; then a person has to look. */
const RETRY_AFTER_MS = [1, 2, 5, 10, 20].map((minutes) => minutes * 60_000);

const PASSING: readonly string[] = ['NETWORK', 'TIMEOUT', 'UPSTREAM', 'NO_CREDITS'];

/** A post that exists, by its id. */
export function linkOf(tweetId: string): PublishIntentView['published'][number] {
  return { tweet_id: tweetId, tweet_url: `https://twitter.com/i/web/status/${tweetId}` };
}

/** A post or thread that exists. */
export function success(tweets: [PublishedTweet, ...PublishedTweet[]]): Settlement {
  const [first] = tweets;
  const result: TwitterPublishResult = {
    kind: tweets.length > 1 ? 'thread' : 'tweet',
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

/** When a publish that failed before anything was sent is tried again by itself, if it is. */
function nextAttempt(failure: TwitterFailure, retries: number): Date | undefined {
  if (failure.code === 'RATE_LIMITED') return retryAtOf(failure) ?? new Date(Date.now() + RATE_LIMITED_MS);
  const wait = RETRY_AFTER_MS[retries];
  if (wait === undefined || !failure.retryable || !PASSING.includes(failure.code)) return undefined;
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
}

/**
 * What becomes of a publish that failed. Whatever it failed of: a post that exists, or that its intent leaves in doubt, by
 * this attempt or by an earlier one, is neither failed nor to be begun anew.
 */
export function failure(thrown: unknown, { retries, status }: Progress): Settlement {
  const error = errorOf(thrown);
  const told = isTwitterFailure(thrown) ? thrown : undefined;
  const published = status.published.map(linkOf);
  const kept = { detail: error.message, ...(published.length > 0 ? { published } : {}) };
  const mayExist = status.inDoubt || status.state === 'unknown' || status.state === 'published';
  if (told?.code === 'UNKNOWN_OUTCOME' || mayExist) {
    return { ...kept, state: 'unknown', status: 'unknown', event: 'unknown_outcome', error };
  }
  const retryAt = told && nextAttempt(told, retries);
  if (told === undefined || retryAt === undefined) {
    return { ...kept, state: 'failed', status: 'failed', event: 'failed', error };
  }
  return {
    ...kept,
    state: 'failed',
    status: 'scheduled',
    event: told.code === 'RATE_LIMITED' ? 'rate_limited' : 'postponed',
    error: { ...error, retry_at: retryAt },
    scheduledAt: retryAt,
    retries: told.code === 'RATE_LIMITED' ? retries : retries + 1,
  };
}

/** The posts of a result. */
export function tweetsOf(result: PublishedTweet | PublishedThread): [PublishedTweet, ...PublishedTweet[]] {
  return 'tweets' in result ? (result.tweets as [PublishedTweet, ...PublishedTweet[]]) : [result];
}
