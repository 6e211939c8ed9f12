import { Modules } from '@medusajs/framework/utils';
import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import type { TwitterPublishResult } from '../../../types/http';
import { twitterOf } from '../../twitter';

/** The event that tells subscribers of a post that is out; its data is `{ id, post_url }`. */
export const TWITTER_POST_PUBLISHED = 'twitter.post.published';

/**
 * Reads the post as it stands now and tells subscribers, unless it waits for a rate limit. Its rows were written together with the outcome, under the
 * lease: between that and this a crash may lie.
 */
export const updatePostStep = createStep(
  'twitter-update-post',
  async ({ post_id, result }: { post_id: string; result: TwitterPublishResult | null }, { container }) => {
    const post = await twitterOf(container).retrieveTwitterPost(post_id);
    if (result !== null) {
      await container.resolve(Modules.EVENT_BUS).emit({
        name: TWITTER_POST_PUBLISHED,
        data: { id: post.id, post_url: post.post_url },
      });
    }
    return new StepResponse({ id: post.id, status: post.status, post_url: post.post_url, result });
  },
);
