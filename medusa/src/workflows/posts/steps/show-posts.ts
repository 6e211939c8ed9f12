import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { showPosts } from '../../../posts/show';
import type { TwitterPostView } from '../../../types/http';

/** Reads posts as the routes show them. */
export const showPostsStep = createStep('twitter-show-posts', async (ids: string[], { container }) => {
  return new StepResponse<TwitterPostView[]>(await showPosts(container, ids));
});
