import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { twitterOf } from '../twitter/service';
import { resolveOutcomeWorkflow } from '../workflows/resolve-outcome';

/** Most posts that one run looks for: each look may take some requests. */
const BATCH = 20;

/**
 * Looks for posts of unknown outcome on their timelines. What it does not find is left to a person, or sent again if the
 * operator chose that; where several posts could be it, a person decides in any case.
 */
export default async function reconcileUnknownPosts(container: MedusaContainer): Promise<void> {
  const twitter = twitterOf(container);
  for (const post_id of await twitter.listUnknownPosts(BATCH)) {
    try {
      await resolveOutcomeWorkflow(container).run({ input: { post_id, action: 'check' } });
    } catch (error) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`${post_id}: its outcome could not be looked up: ${(error as Error).message}`);
    }
  }
}

export const config = { name: 'twitter-reconcile-unknown-posts', schedule: '*/2 * * * *' };
