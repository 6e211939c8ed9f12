import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { hasMedia } from '../../../twitter/content';
import { credentialsOf } from '../../../twitter/credentials';
import { twitterOf } from '../../../twitter/service';
import type { LoadedPost } from './load-post';

/**
 * Makes sure that the account's credentials can publish the post. Workflows persist what their steps return, so this
 * says which kinds there are and no more; the publishing step reads the credentials themselves.
 */
export const resolveTokensStep = createStep('twitter-resolve-tokens', async (post: LoadedPost, { container }) => {
  const { token, oauth1 } = await credentialsOf(twitterOf(container), post.account_id, { withMedia: hasMedia(post) });
  return new StepResponse({ oauth2: token !== undefined, oauth1: oauth1 !== undefined });
});
