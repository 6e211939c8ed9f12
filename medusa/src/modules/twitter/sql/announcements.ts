import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import { idsOf, query } from './query';

/** What became of a post, as subscribers get it. */
export interface Outcome {
  id: string;
  unannounced: 'published' | 'failed' | 'unknown' | 'deleted';
  post_url: string | null;
  error_code: string | null;
  error_message: string | null;
}

/** Takes what subscribers have not been sent of a post; others wait for the end of the transaction, and find nothing. */
export async function takeAnnouncement(manager: SqlEntityManager, postId: string): Promise<Outcome | undefined> {
  const [outcome] = await query<Outcome>(
    manager,
    `UPDATE twitter_post post SET unannounced = NULL
       FROM (SELECT id, unannounced FROM twitter_post WHERE id = ? AND unannounced IS NOT NULL FOR UPDATE) before
      WHERE post.id = before.id
  RETURNING post.id, before.unannounced, post.post_url, post.error_code, post.error_message`,
    [postId],
  );
  return outcome;
}

/** Posts whose outcome somebody noted and did not tell: the process died in between. */
export async function unannouncedPosts(manager: SqlEntityManager, limit: number): Promise<string[]> {
  return idsOf(
    manager,
    `SELECT id FROM twitter_post
      WHERE unannounced IS NOT NULL AND updated_at < now() - interval '1 minute'
   ORDER BY updated_at LIMIT ?`,
    [limit],
  );
}
