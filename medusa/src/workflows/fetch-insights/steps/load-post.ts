import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { twitterOf } from '../../../twitter/service';
import type { PublishIntentView, TwitterPublishResult } from '../../../types/http';

/** A post whose metrics are to be read. */
export interface PublishedPost {
  id: string;
  account_id: string;
  /** The post, then the parts of its thread. */
  tweet_ids: [string, ...string[]];
  posted_at: string;
}

/** Finds the tweets of posts that are out; others are left out. */
export const loadPostStep = createStep('twitter-load-published-posts', async (postIds: string[], { container }) => {
  const twitter = twitterOf(container);
  const posts = await twitter.listTwitterPosts(
    { id: postIds, status: 'posted' },
    { relations: ['intent'], take: postIds.length },
  );
  const published = posts.flatMap(({ id, account_id, posted_at, intent }): PublishedPost[] => {
    const result = intent?.result as TwitterPublishResult | null | undefined;
    if (!result || posted_at === null) return [];
    const standing = (intent?.published as PublishIntentView['published'] | null | undefined) ?? [];
    const [first = result.tweetId, ...rest] = standing.map(({ tweet_id }) => tweet_id);
    return [{ id, account_id, tweet_ids: [first, ...rest], posted_at: new Date(posted_at).toISOString() }];
  });
  return new StepResponse<PublishedPost[]>(published);
});
