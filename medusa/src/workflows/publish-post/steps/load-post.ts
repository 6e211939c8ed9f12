import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import type { ComposedPost } from '../../../twitter/content';
import type { SocialPostStatus } from '../../../types/http';
import { socialsOf } from '../../socials';

/** A post as the steps hand it on: nothing of it is secret. */
export type LoadedPost = ComposedPost & {
  id: string;
  platform_id: string;
  status: SocialPostStatus;
  revision: number;
};

/** Reads the post. */
export const loadPostStep = createStep('load-social-post', async (postId: string, { container }) => {
  const post = await socialsOf(container).retrieveSocialPost(postId);
  const { id, platform_id, status, revision, caption, media_attachments, thread, poll } = post as unknown as LoadedPost;
  return new StepResponse<LoadedPost>({
    ...{ id, platform_id, status, revision },
    ...{ caption, media_attachments, thread, poll },
  });
});
