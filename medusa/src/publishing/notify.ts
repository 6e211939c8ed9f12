import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils';
import { twitterOf } from '../twitter/service';
import { wordsFor } from '../words/errors';

const TITLES = { failed: 'A post was not published', unknown: 'A post may or may not be out' } as const;

/** Of a caption in a notification. */
const SHOWN_CHARACTERS = 60;

/** Where the admin shows a post. */
const addressOf = (adminUrl: string | undefined, postId: string) => `${adminUrl ?? '/app'}/twitter/posts/${postId}`;

/**
 * Notifies staff of a post that needs a person, in the admin's bell: once for each outcome, however many processes and
 * runs of a step come to it. Shops without that channel have the log, which also has the technical words.
 */
export async function notifyStaff(container: MedusaContainer, postId: string): Promise<void> {
  const twitter = twitterOf(container);
  const { status, error_code, error_message, caption, revision } = await twitter.retrieveTwitterPost(postId);
  if (status !== 'failed' && status !== 'unknown') return;
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER);
  const title = TITLES[status];
  logger.warn(`${title} (${postId}): ${error_message}`);
  const { says, advice } = wordsFor(error_code ?? 'INTERNAL');
  const url = addressOf(twitter.options.adminUrl, postId);
  const shown = caption === '' ? 'A post without a text' : `“${[...caption].slice(0, SHOWN_CHARACTERS).join('')}”`;
  try {
    await container.resolve(Modules.NOTIFICATION).createNotifications({
      to: '',
      channel: 'feed',
      template: 'admin-ui',
      resource_type: 'twitter_post',
      resource_id: postId,
      // The outcome is the revision that it gave the post.
      idempotency_key: `twitter-post-${postId}-${revision}`,
      // The bell shows a text: the address is in it, and beside it for shops that show links.
      data: { title, description: [`${shown}: ${says}`, advice, url].filter(Boolean).join('\n'), url },
    });
  } catch (error) {
    logger.debug(`No notification for ${postId}: ${(error as Error).message}`);
  }
}
