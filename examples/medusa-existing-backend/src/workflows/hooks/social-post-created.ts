import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { createSocialPostWorkflow } from '../socials/create-social-post';
import { publishSocialPostWorkflow } from '../socials/publish-post';

/** Publishes a post as soon as it is made, if it asks for that. A failure is written to the post, and does not reach its maker. */
createSocialPostWorkflow.hooks.socialPostCreated(async ({ post }, { container }) => {
  if ((post.metadata as { auto_publish?: boolean } | null)?.auto_publish !== true) return;
  try {
    await publishSocialPostWorkflow(container).run({ input: { post_id: post.id } });
  } catch (error) {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`SocialPost ${post.id} was not published: ${(error as Error).message}`);
  }
});
