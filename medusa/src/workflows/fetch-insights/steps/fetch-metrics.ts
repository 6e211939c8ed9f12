import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { insightsOf, sumOf } from '../../../insights/metrics';
import { readMetrics } from '../../../insights/read-metrics';
import type TwitterModuleService from '../../../modules/twitter/service';
import { twitterOf } from '../../../twitter/service';
import type { TwitterMetrics } from '../../../types/http';
import type { PublishedPost } from './load-post';

/** A post's metrics, or why there are none. */
export type Reading = PublishedPost &
  ({ insights: TwitterMetrics; failure?: undefined } | { insights?: undefined; failure: ReadingFailure });

/** Why a post's metrics could not be read. */
export interface ReadingFailure {
  code: string;
  message: string;
  retry_at: string | null;
}

function failureOf(thrown: unknown): ReadingFailure {
  const { code, type, message, retryAt } = thrown as Record<
    'code' | 'type' | 'message' | 'retryAt',
    string | undefined
  >;
  return {
    code: code ?? type ?? 'INTERNAL',
    message: message ?? String(thrown),
    retry_at: retryAt === undefined ? null : new Date(retryAt).toISOString(),
  };
}

/** Asks for the author's own numbers too; where X refuses these, the public ones are kept. */
async function readAccount(
  twitter: TwitterModuleService,
  accountId: string,
  posts: PublishedPost[],
  isCheap: boolean,
): Promise<Reading[]> {
  try {
    const tweetIds = posts.flatMap(({ tweet_ids }) => tweet_ids);
    const results = await readMetrics(twitter, accountId, tweetIds, isCheap);
    const byTweet = new Map(results.map((result) => [result.tweetId, result]));
    return posts.map((post) => {
      const parts = post.tweet_ids.map((id) => byTweet.get(id));
      const metrics = parts.flatMap((part) => (part?.metrics === undefined ? [] : [insightsOf(part.metrics)]));
      // A part that was deleted on X leaves the others'.
      if (metrics.length > 0) return { ...post, insights: sumOf(metrics) };
      const { error } = parts.find((part) => part?.error !== undefined) ?? {};
      return { ...post, failure: failureOf(error ?? { code: 'NOT_FOUND', message: 'X does not know the post' }) };
    });
  } catch (error) {
    return posts.map((post) => ({ ...post, failure: failureOf(error) }));
  }
}

/** Which posts are to be read, and how. */
export interface FetchMetricsInput {
  posts: PublishedPost[];
  /** Takes the cheaper way where there is one, though it shows less. */
  cheap: boolean;
}

/** Reads metrics, 100 posts of an account in a request. An account that fails does not keep the others from theirs. */
export const fetchMetricsStep = createStep(
  'twitter-fetch-metrics',
  async ({ posts, cheap }: FetchMetricsInput, { container }) => {
    const twitter = twitterOf(container);
    const accounts = byAccount(posts);
    const readings = await Promise.all([...accounts].map(([id, own]) => readAccount(twitter, id, own, cheap)));
    return new StepResponse<Reading[]>(readings.flat());
  },
);

function byAccount(posts: PublishedPost[]): Map<string, PublishedPost[]> {
  const groups = new Map<string, PublishedPost[]>();
  for (const post of posts) groups.set(post.account_id, [...(groups.get(post.account_id) ?? []), post]);
  return groups;
}
