import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import type { ComposedPost } from '../../../twitter/content';
import { twitterOf } from '../../../twitter/service';
import type { TwitterPostStatus } from '../../../types/http';

/** A post as the steps hand it on: nothing of it is secret. */
export type LoadedPost = ComposedPost & {
  id: string;
  account_id: string;
  status: TwitterPostStatus;
  revision: number;
};

/** Reads the post. */
export const loadPostStep = createStep('twitter-load-post', async (postId: string, { container }) => {
  const post = await twitterOf(container).retrieveTwitterPost(postId);
  const { id, account_id, status, revision, caption, media_attachments, thread, poll } = post as unknown as LoadedPost;
  return new StepResponse<LoadedPost>({
    ...{ id, account_id, status, revision },
    ...{ caption, media_attachments, thread, poll },
  });
});
