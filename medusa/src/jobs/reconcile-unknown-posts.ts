import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { resolveOutcomeWorkflow } from '../workflows/resolve-outcome';
import { socialsOf } from '../workflows/socials';

/** Most posts that one run looks for: each look may take some requests. */
const BATCH = 20;

/** Looks for posts of unknown outcome on their timelines. What it does not find is left to a person. */
export default async function reconcileUnknownPosts(container: MedusaContainer): Promise<void> {
  const socials = socialsOf(container);
  const action = socials.options.onUnknown === 'retry' ? 'retry' : 'check';
  for (const post_id of await socials.listUnknownPosts(BATCH)) {
    try {
      await resolveOutcomeWorkflow(container).run({ input: { post_id, action } });
    } catch (error) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`${post_id}: its outcome could not be looked up: ${(error as Error).message}`);
    }
  }
}

export const config = { name: 'reconcile-unknown-social-posts', schedule: '*/2 * * * *' };
