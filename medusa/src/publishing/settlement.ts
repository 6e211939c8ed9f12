import type { PublishedThread, PublishedTweet } from 'twitter-native';
import type { Settlement } from '../modules/socials/sql/intents';
import { isTwitterFailure, retryAtOf, sentenceOf, type TwitterFailure } from '../twitter/errors';
import type { PublishIntentView, TwitterPublishResult } from '../types/http';

/** Where X does not say when: its shortest window. */
const RATE_LIMITED_MS = 60_000;

/** Waits before attempts that failed before anything was sent are repeated; then a person has to look. */
const RETRY_AFTER_MS = [1, 2, 5, 10, 20].map((minutes) => minutes * 60_000);

const PASSING: readonly string[] = ['NETWORK', 'TIMEOUT', 'UPSTREAM'];

function publishedOf(tweets: PublishedTweet[] | undefined): PublishIntentView['published'] {
  return (tweets ?? []).map(({ tweetId, tweetUrl }) => ({ tweet_id: tweetId, tweet_url: tweetUrl }));
}

/** A post or thread that stands. */
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
  return { state: 'published', status: 'posted', event: 'published', detail, published: publishedOf(tweets), result };
}

/** When a publish that failed before anything was sent is tried again by itself, if it is. */
function nextAttempt(failure: TwitterFailure, retries: number): Date | undefined {
  if (failure.code === 'RATE_LIMITED') return retryAtOf(failure) ?? new Date(Date.now() + RATE_LIMITED_MS);
  const wait = RETRY_AFTER_MS[retries];
  if (wait === undefined || !failure.retryable || !PASSING.includes(failure.code)) return undefined;
  return retryAtOf(failure) ?? new Date(Date.now() + wait);
}

/** What becomes of a publish that failed. */
export function failure(thrown: unknown, retries: number): Settlement {
  if (!isTwitterFailure(thrown)) {
    const { type, message } = thrown as { type?: string; message?: string };
    const error = { code: (type ?? 'INTERNAL').toUpperCase(), message: message ?? String(thrown) };
    return { state: 'failed', status: 'failed', event: 'failed', detail: error.message, error };
  }
  const error = { code: thrown.code, message: sentenceOf(thrown) };
  const kept = {
    detail: error.message,
    ...(thrown.checkpoint === undefined ? {} : { checkpoint: thrown.checkpoint }),
    ...(thrown.published?.length ? { published: publishedOf(thrown.published) } : {}),
  };
  // Whether the checkpoint's post stands is not known; a person decides whether to begin anew.
  if (thrown.code === 'UNKNOWN_OUTCOME' || thrown.code === 'CHECKPOINT_MISMATCH') {
    return { ...kept, state: 'unknown', status: 'unknown', event: 'unknown_outcome', error };
  }
  const retryAt = nextAttempt(thrown, retries);
  if (retryAt === undefined) return { ...kept, state: 'failed', status: 'failed', event: 'failed', error };
  return {
    ...kept,
    state: 'failed',
    status: 'scheduled',
    event: thrown.code === 'RATE_LIMITED' ? 'rate_limited' : 'postponed',
    error: { ...error, retry_at: retryAt },
    scheduledAt: retryAt,
    retries: thrown.code === 'RATE_LIMITED' ? retries : retries + 1,
  };
}

/** The posts of a result. */
export function tweetsOf(result: PublishedTweet | PublishedThread): [PublishedTweet, ...PublishedTweet[]] {
  return 'tweets' in result ? (result.tweets as [PublishedTweet, ...PublishedTweet[]]) : [result];
}
