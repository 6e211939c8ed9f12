import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import type { ActivityEntry } from '../../../types/http';
import { LEASE_SECONDS } from './intents';
import { idsOf, query } from './query';

/** Most entries of a post's activity; the oldest go first. */
const MAX_ACTIVITY = 200;

/** A change of a post that is not on its way. */
export interface DraftChange {
  id: string;
  /** The post as it was read: a later one is not changed. */
  revision: number;
  columns: Record<string, unknown>;
}

/** Locks a post that may be changed, for the rest of the transaction; `false` if it is on its way, or has changed. */
export async function lockDraft(manager: SqlEntityManager, { id, revision }: DraftChange): Promise<boolean> {
  const rows = await query(
    manager,
    `SELECT id FROM twitter_post
      WHERE id = ? AND revision = ? AND deleted_at IS NULL AND status IN ('draft', 'scheduled', 'failed') FOR UPDATE`,
    [id, revision],
  );
  return rows.length > 0;
}

/** Changes a post that is locked. */
export async function updateDraft(manager: SqlEntityManager, { id, columns }: DraftChange): Promise<void> {
  const assignments = Object.keys(columns).map((name) => `"${name}" = ?, `);
  await query(
    manager,
    `UPDATE twitter_post SET ${assignments.join('')} revision = revision + 1, updated_at = now() WHERE id = ?`,
    [...Object.values(columns), id],
  );
}

/** Appends to a post's activity. It is no change of the post: its revision stays. */
export async function addActivity(manager: SqlEntityManager, postId: string, entry: ActivityEntry): Promise<void> {
  await query(
    manager,
    `UPDATE twitter_post
        SET activity = CASE WHEN jsonb_array_length(coalesce(activity, '[]'::jsonb)) >= ? THEN activity - 0
                            ELSE coalesce(activity, '[]'::jsonb) END || ?::jsonb
      WHERE id = ?`,
    [MAX_ACTIVITY, JSON.stringify([entry]), postId],
  );
}

/** Locks a post that may be deleted, for the rest of the transaction; whoever claims it meanwhile has to wait. */
export async function lockDeletable(manager: SqlEntityManager, postId: string): Promise<boolean> {
  const rows = await query(
    manager,
    `SELECT id FROM twitter_post
      WHERE id = ? AND deleted_at IS NULL AND status NOT IN ('publishing', 'unknown') FOR UPDATE`,
    [postId],
  );
  return rows.length > 0;
}

/** Ends a scheduled post that could not even be begun, unless somebody has taken or changed it. */
export async function failScheduled(
  manager: SqlEntityManager,
  postId: string,
  error: { code: string; message: string },
): Promise<boolean> {
  const rows = await query(
    manager,
    `UPDATE twitter_post SET status = 'failed', error_code = ?, error_message = ?, retry_at = NULL, unannounced = 'failed',
            revision = revision + 1, updated_at = now()
      WHERE id = ? AND status = 'scheduled' AND scheduled_at <= now() AND deleted_at IS NULL
  RETURNING id`,
    [error.code, error.message, postId],
  );
  return rows.length > 0;
}

/** Scheduled posts whose time has come, the oldest first. */
export async function duePosts(manager: SqlEntityManager, limit: number): Promise<string[]> {
  return idsOf(
    manager,
    `SELECT id FROM twitter_post
      WHERE status = 'scheduled' AND scheduled_at <= now() AND deleted_at IS NULL
   ORDER BY scheduled_at LIMIT ?`,
    [limit],
  );
}

/** Posts that are on their way without a process that has them: it died. */
export async function abandonedPosts(manager: SqlEntityManager, limit: number): Promise<string[]> {
  return idsOf(
    manager,
    `SELECT post.id FROM twitter_post post
  LEFT JOIN twitter_publish_intent intent ON intent.post_id = post.id AND intent.deleted_at IS NULL
      WHERE post.status = 'publishing' AND post.deleted_at IS NULL
        AND coalesce(intent.touched_at, post.updated_at) < now() - make_interval(secs => ?)
   ORDER BY post.updated_at LIMIT ?`,
    [LEASE_SECONDS, limit],
  );
}

/** Posts of unknown outcome that nobody has looked for lately. */
export async function unknownPosts(manager: SqlEntityManager, limit: number): Promise<string[]> {
  return idsOf(
    manager,
    `SELECT post.id FROM twitter_post post
       JOIN twitter_publish_intent intent ON intent.post_id = post.id AND intent.deleted_at IS NULL
      WHERE post.status = 'unknown' AND post.deleted_at IS NULL
        AND (intent.seen IS NULL OR (intent.seen->>'at')::timestamptz < now() - interval '10 minutes')
   ORDER BY post.updated_at LIMIT ?`,
    [limit],
  );
}

/** Posts that may exist without our knowing, of one of X's users: those that are looked for now among them. */
export async function postsInDoubt(manager: SqlEntityManager, xUserId: string, limit: number): Promise<string[]> {
  return idsOf(
    manager,
    `SELECT post.id FROM twitter_post post
       JOIN twitter_account account ON account.id = post.account_id
      WHERE post.status IN ('unknown', 'publishing') AND post.deleted_at IS NULL AND account.x_user_id = ?
   ORDER BY post.updated_at DESC LIMIT ?`,
    [xUserId, limit],
  );
}

/** Marks a post that its owner has deleted on X; nothing is read of it any more. */
export async function markDeleted(manager: SqlEntityManager, postId: string): Promise<boolean> {
  const rows = await query(
    manager,
    `UPDATE twitter_post SET status = 'deleted', insights_due_at = NULL, unannounced = 'deleted',
            revision = revision + 1, updated_at = now()
      WHERE id = ? AND status = 'posted' AND deleted_at IS NULL
  RETURNING id`,
    [postId],
  );
  return rows.length > 0;
}

/** Posts whose metrics are to be read again. */
export async function postsWithDueInsights(manager: SqlEntityManager, limit: number): Promise<string[]> {
  return idsOf(
    manager,
    `SELECT id FROM twitter_post
      WHERE status = 'posted' AND insights_due_at <= now() AND deleted_at IS NULL
   ORDER BY insights_due_at LIMIT ?`,
    [limit],
  );
}

/** The posted post whose tweet has one of the ids; those of a thread's later parts count too. */
export async function postOfTweet(manager: SqlEntityManager, tweetIds: string[]): Promise<string | undefined> {
  const [row] = await query<{ post_id: string }>(
    manager,
    `SELECT post_id FROM twitter_publish_intent
      WHERE deleted_at IS NULL AND state = 'published' AND EXISTS (
            SELECT 1 FROM jsonb_array_elements(published) tweet
             WHERE tweet->>'tweet_id' = ANY(string_to_array(?, ',')))
      LIMIT 1`,
    [tweetIds.join(',')],
  );
  return row?.post_id;
}
