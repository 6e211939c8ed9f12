import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import type { TwitterPublishResult } from '../../../types/http';
import { twitterOf } from '../../twitter';

/** A post whose metrics are to be read. */
export interface PublishedPost {
  id: string;
  account_id: string;
  tweet_id: string;
  posted_at: string;
}

/** Finds the tweets of posts that are out; others are left out. */
export const loadPostStep = createStep('twitter-load-published-posts', async (postIds: string[], { container }) => {
  const twitter = twitterOf(container);
  const posts = await twitter.listTwitterPosts(
    { id: postIds, status: 'posted' },
    { relations: ['intent'], take: postIds.length },
  );
  const published = posts.flatMap(({ id, account_id, posted_at, intent }) => {
    const result = intent?.result as TwitterPublishResult | null | undefined;
    if (!result || posted_at === null) return [];
    return [{ id, account_id, tweet_id: result.tweetId, posted_at: new Date(posted_at).toISOString() }];
  });
  return new StepResponse<PublishedPost[]>(published);
});
