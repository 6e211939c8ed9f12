import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils';
import { twitterOf } from '../workflows/twitter';

const TITLES = { failed: 'A post was not published', unknown: 'A post may or may not be out' } as const;

/** Tells staff of a post that needs a person, in the admin's bell. Shops without that channel have the log. */
export async function notifyStaff(container: MedusaContainer, postId: string): Promise<void> {
  const { status, error_message, caption } = await twitterOf(container).retrieveTwitterPost(postId);
  if (status !== 'failed' && status !== 'unknown') return;
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER);
  const title = TITLES[status];
  logger.warn(`${title} (${postId}): ${error_message}`);
  try {
    await container.resolve(Modules.NOTIFICATION).createNotifications({
      to: '',
      channel: 'feed',
      template: 'admin-ui',
      data: { title, description: `“${caption.slice(0, 60)}”: ${error_message}` },
    });
  } catch (error) {
    logger.debug(`No notification for ${postId}: ${(error as Error).message}`);
  }
}
