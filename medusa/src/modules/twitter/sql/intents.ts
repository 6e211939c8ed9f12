import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import type { PublishIntentView, TwitterPostError, TwitterPostStatus, TwitterPublishResult } from '../../../types/http';
import type { Outcome } from './announcements';
import { query } from './query';

/** How long a process that publishes is believed to live without a sign of life. */
export const LEASE_SECONDS = 30;

/** Statuses in which a post may be claimed. */
export type ClaimableStatus = 'draft' | 'scheduled' | 'failed' | 'unknown';

/** Which post is to be published, and on what conditions. */
export interface Claim {
  postId: string;
  from: ClaimableStatus[];
  /** The post as the caller saw it. */
  revision?: number;
  /** What the history says. */
  event: string;
}

/** A row of `twitter_publish_intent`, as far as a publish needs it. */
export interface IntentRow {
  id: string;
  post_id: string;
  state: PublishIntentView['state'];
  retries: number;
  published: PublishIntentView['published'] | null;
  seen: PublishIntentView['seen'];
  result: TwitterPublishResult | null;
  history: PublishIntentView['history'] | null;
}

const COLUMNS = 'id, post_id, state, retries, published, seen, result, history';

/** An entry of an intent's history, as SQL that appends it; its parameter is the entry's JSON. */
const APPEND = `history = coalesce(history, '[]'::jsonb) || ?::jsonb`;

function entry(event: string | null, detail?: string): string {
  if (event === null) return '[]';
  return JSON.stringify([{ at: new Date().toISOString(), event, ...(detail === undefined ? {} : { detail }) }]);
}

/**
 * Takes a post that nobody is publishing, if it is in one of the statuses and, with `revision`, unchanged since.
 * Must run in a transaction with what else belongs to the claim.
 * @returns the post's revision, which is this claim's as long as nothing has ended it
 */
export async function claimPost(
  manager: SqlEntityManager,
  claim: Claim & { intentId: string },
): Promise<number | undefined> {
  const [claimed] = await query<{ revision: number }>(
    manager,
    `UPDATE twitter_post
        SET status = 'publishing', error_code = NULL, error_message = NULL, retry_at = NULL,
            revision = revision + 1, updated_at = now()
      WHERE id = ? AND deleted_at IS NULL AND status = ANY(string_to_array(?, ','))
        AND (?::int IS NULL OR revision = ?::int)
  RETURNING revision`,
    [claim.postId, claim.from.join(','), claim.revision ?? null, claim.revision ?? null],
  );
  if (claimed === undefined) return undefined;
  await query(
    manager,
    `INSERT INTO twitter_publish_intent (id, post_id, state, history)
          VALUES (?, ?, 'open', ?::jsonb)
     ON CONFLICT (post_id) WHERE deleted_at IS NULL
   DO UPDATE SET state = 'open', touched_at = NULL, progress = NULL, seen = NULL,
                 history = coalesce(twitter_publish_intent.history, '[]'::jsonb) || excluded.history, updated_at = now()`,
    [claim.intentId, claim.postId, entry(claim.event)],
  );
  return claimed.revision;
}

/** Reads a post's intent. */
export async function readIntent(manager: SqlEntityManager, postId: string): Promise<IntentRow | undefined> {
  const [intent] = await query<IntentRow>(
    manager,
    `SELECT ${COLUMNS} FROM twitter_publish_intent WHERE post_id = ? AND deleted_at IS NULL`,
    [postId],
  );
  return intent;
}

/** What `PublishIntent` stored last, and its version. */
export async function readRow(
  manager: SqlEntityManager,
  postId: string,
): Promise<{ row: string | null; version: number } | undefined> {
  const [found] = await query<{ row: string | null; version: number }>(
    manager,
    'SELECT "row", version FROM twitter_publish_intent WHERE post_id = ? AND deleted_at IS NULL',
    [postId],
  );
  return found;
}

/** Stores what `PublishIntent` gives, if the version is still this one, and with it a sign of life. */
export async function storeRow(
  manager: SqlEntityManager,
  postId: string,
  next: string | null,
  expectedVersion: number,
): Promise<boolean> {
  const rows = await query(
    manager,
    `UPDATE twitter_publish_intent
        SET "row" = ?, version = version + 1, touched_at = now(), updated_at = now()
      WHERE post_id = ? AND version = ? AND deleted_at IS NULL
  RETURNING id`,
    [next, postId, expectedVersion],
  );
  return rows.length > 0;
}

/** Stores how far a publish is. */
export async function saveProgress(manager: SqlEntityManager, postId: string, progress: object): Promise<void> {
  await query(
    manager,
    `UPDATE twitter_publish_intent SET progress = ?::jsonb, updated_at = now()
      WHERE post_id = ? AND state = 'open' AND deleted_at IS NULL`,
    [JSON.stringify(progress), postId],
  );
}

/** Notes in a post's history that its publish is resumed, where the process that had it has died. */
export async function noteTakeOver(manager: SqlEntityManager, postId: string): Promise<void> {
  await query(
    manager,
    `UPDATE twitter_publish_intent SET ${APPEND}, updated_at = now()
      WHERE post_id = ? AND deleted_at IS NULL AND touched_at < now() - make_interval(secs => ?)`,
    [entry('taken_over'), postId, LEASE_SECONDS],
  );
}

/** How a publish ended, for now or for good. */
export interface Settlement {
  state: PublishIntentView['state'];
  status: Exclude<TwitterPostStatus, 'publishing'>;
  /** What the history says; nothing, if it says so already. */
  event: string | null;
  detail?: string;
  /** What `PublishIntent` kept is void: the post is begun anew if it is published again. */
  forget?: boolean;
  published?: PublishIntentView['published'];
  seen?: PublishIntentView['seen'];
  result?: TwitterPublishResult;
  error?: Omit<TwitterPostError, 'retry_at'> & { retry_at?: Date };
  /** When it is to be tried again. */
  scheduledAt?: Date;
  retries?: number;
}

/** What subscribers are sent for a status; for one that the post had already it was sent before. */
const NEWS: Partial<Record<TwitterPostStatus, Outcome['unannounced']>> = {
  posted: 'published',
  failed: 'failed',
  unknown: 'unknown',
};

/** Whose publish has ended. */
export interface SettlementTarget {
  postId: string;
  /** States of the intent from which it may end. */
  from: PublishIntentView['state'][];
  /** Of the post; with another one it was settled, and perhaps claimed again, since the caller saw it. */
  revision?: number;
}

/**
 * Writes how a publish ended into the intent and the post, if nothing else has ended it meanwhile. Must run in a
 * transaction.
 */
export async function settle(
  manager: SqlEntityManager,
  target: SettlementTarget & { insightsDueAt: Date | null },
  settlement: Settlement,
): Promise<boolean> {
  // The post's lock before the intent's, as a claim takes them: the two must not wait for each other.
  const [post] = await query<{ revision: number }>(
    manager,
    'SELECT revision FROM twitter_post WHERE id = ? FOR UPDATE',
    [target.postId],
  );
  if (target.revision !== undefined && post?.revision !== target.revision) return false;
  const { published, seen, result, error } = settlement;
  const rows = await query(
    manager,
    `UPDATE twitter_publish_intent
        SET state = ?, retries = ?, ${APPEND}, updated_at = now(),
            "row" = CASE WHEN ? THEN NULL ELSE "row" END, version = version + CASE WHEN ? THEN 1 ELSE 0 END,
            published = coalesce(?::jsonb, published),
            seen = coalesce(?::jsonb, seen), result = coalesce(?::jsonb, result)
      WHERE post_id = ? AND deleted_at IS NULL AND state = ANY(string_to_array(?, ','))
  RETURNING id`,
    [
      ...[settlement.state, settlement.retries ?? 0, entry(settlement.event, settlement.detail)],
      ...[settlement.forget ?? false, settlement.forget ?? false, asJson(published), asJson(seen), asJson(result)],
      ...[target.postId, target.from.join(',')],
    ],
  );
  if (rows.length === 0) return false;
  const posted = settlement.status === 'posted';
  await query(
    manager,
    `UPDATE twitter_post
        SET unannounced = CASE WHEN status <> ? THEN coalesce(?, unannounced) ELSE unannounced END,
            status = ?, post_url = coalesce(?, post_url), posted_at = CASE WHEN ? THEN now() ELSE posted_at END,
            insights_due_at = CASE WHEN ? THEN ?::timestamptz ELSE insights_due_at END,
            scheduled_at = coalesce(?::timestamptz, scheduled_at), error_code = ?, error_message = ?,
            retry_at = ?::timestamptz, revision = revision + 1, updated_at = now()
      WHERE id = ?`,
    [
      ...[settlement.status, NEWS[settlement.status] ?? null],
      ...[settlement.status, result?.tweetUrl ?? null, posted, posted, target.insightsDueAt?.toISOString() ?? null],
      ...[settlement.scheduledAt?.toISOString() ?? null],
      ...[error?.code ?? null, error?.message ?? null, error?.retry_at?.toISOString() ?? null, target.postId],
    ],
  );
  return true;
}

const asJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
