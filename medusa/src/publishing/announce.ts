import type { MedusaContainer } from '@medusajs/framework/types';
import { Modules } from '@medusajs/framework/utils';
import type { Outcome } from '../modules/twitter/sql/announcements';
import { twitterOf } from '../twitter/service';

/** A post is out; data: `{ id, post_url }`. */
export const TWITTER_POST_PUBLISHED = 'twitter.post.published';
/** A post surely is not out, and is not tried again by itself; data: `{ id, code, message }`. */
export const TWITTER_POST_FAILED = 'twitter.post.failed';
/** A post may be out, and a person has to look; data: `{ id, code, message }`. */
export const TWITTER_POST_UNKNOWN = 'twitter.post.unknown';
/** A post was deleted; data: `{ id, deleted_on }`, which is `x` or `shop`. */
export const TWITTER_POST_DELETED = 'twitter.post.deleted';

function messageOf({ id, unannounced, post_url, error_code: code, error_message: message }: Outcome) {
  switch (unannounced) {
    case 'published':
      return { name: TWITTER_POST_PUBLISHED, data: { id, post_url } };
    case 'failed':
      return { name: TWITTER_POST_FAILED, data: { id, code, message } };
    case 'unknown':
      return { name: TWITTER_POST_UNKNOWN, data: { id, code, message } };
    case 'deleted':
      return { name: TWITTER_POST_DELETED, data: { id, deleted_on: 'x' } };
  }
}

/**
 * Notifies subscribers of what became of a post, if they do not know. The row says in the outcome's own transaction that
 * they do not, so of several processes that notice the outcome one announces it, and a job makes up for one that died.
 */
export async function announce(container: MedusaContainer, postId: string): Promise<void> {
  const bus = container.resolve(Modules.EVENT_BUS);
  // biome-ignore lint/suspicious/noExplicitAny: each event has data of its own
  await twitterOf(container).takeAnnouncement(postId, (outcome) => bus.emit<any>(messageOf(outcome)));
}
