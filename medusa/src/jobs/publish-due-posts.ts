import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, MedusaError } from '@medusajs/framework/utils';
import { announce } from '../publishing/announce';
import { notifyStaff } from '../publishing/notify';
import { twitterOf } from '../twitter/service';
import { beginPublishWorkflow } from '../workflows/publish-post/begin';

/** Most posts that one run begins. */
const BATCH = 500;

/** Errors that a post will meet again at the next attempt. */
const REFUSALS: readonly string[] = [
  MedusaError.Types.INVALID_DATA,
  MedusaError.Types.UNAUTHORIZED,
  MedusaError.Types.NOT_FOUND,
  MedusaError.Types.NOT_ALLOWED,
  MedusaError.Types.INVALID_ARGUMENT,
  MedusaError.Types.CONFLICT,
];

/** Publishes scheduled posts whose time has come, those that waited for a rate limit among them. */
export default async function publishDuePosts(container: MedusaContainer): Promise<void> {
  const twitter = twitterOf(container);
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER);
  for (const post_id of await twitter.listDuePosts(BATCH)) {
    try {
      await beginPublishWorkflow(container).run({ input: { post_id, from: ['scheduled'], event: 'due' } });
    } catch (error) {
      const { type, message } = error as Record<'type' | 'message', string | undefined>;
      if (type === undefined || message === undefined || !REFUSALS.includes(type)) {
        // Such as a database that is away: the post stays scheduled, and the next run begins it.
        logger.error(`${post_id} could not be begun: ${message ?? String(error)}`);
        continue;
      }
      // A post that another process took meanwhile is not scheduled any more, and stays as it is.
      const failed = await twitter.failScheduled(post_id, { code: type.toUpperCase(), message });
      if (!failed) continue;
      await announce(container, post_id);
      await notifyStaff(container, post_id);
    }
  }
}

export const config = { name: 'twitter-publish-due-posts', schedule: '* * * * *' };
