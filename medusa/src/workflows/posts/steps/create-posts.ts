import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { twitterOf } from '../../../twitter/service';
import type { TwitterPostInput } from '../../../types/http';
import { scheduleOf } from '../schedule';

/** Creates posts: drafts, or with a time scheduled ones. Its compensation takes them away again. */
export const createPostsStep = createStep(
  'twitter-create-posts',
  async (posts: TwitterPostInput[], { container }) => {
    const rows = posts.map(({ product_id, scheduled_at, status, ...post }) => ({
      ...(post as object),
      ...scheduleOf({ scheduled_at, status }),
    }));
    const created = await twitterOf(container).createTwitterPosts(rows as object[]);
    const ids = created.map(({ id }) => id);
    return new StepResponse(ids, ids);
  },
  async (ids, { container }) => {
    if (ids !== undefined) await twitterOf(container).deleteTwitterPosts(ids);
  },
);
