import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import type { PublishIntentView, TwitterPostError, TwitterPostStatus, TwitterPublishResult } from '../../../types/http';
import { query } from './query';

/** How long a process that has a publish is believed to live without a sign of life. */
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
  /** A post in doubt may be sent again, if the timeline still does not show it. */
  resend?: boolean;
}

/** A publish that a process has: what it writes counts as long as the row still has the epoch. */
export interface Holding {
  intentId: string;
  postId: string;
  epoch: number;
}

/** A row of `twitter_publish_intent`, as far as a publish needs it. */
export interface IntentRow {
  id: string;
  post_id: string;
  state: PublishIntentView['state'];
  epoch: number;
  retries: number;
  resend: boolean;
  checkpoint: string | null;
  content_digest: string | null;
  published: PublishIntentView['published'] | null;
  seen: PublishIntentView['seen'];
  result: TwitterPublishResult | null;
}

const COLUMNS = 'id, post_id, state, epoch, retries, resend, checkpoint, content_digest, published, seen, result';

/** An entry of an intent's history, as SQL that appends it; its parameter is the entry's JSON. */
const APPEND = `history = coalesce(history, '[]'::jsonb) || ?::jsonb`;

function entry(event: string | null, detail?: string): string {
  if (event === null) return '[]';
  return JSON.stringify([{ at: new Date().toISOString(), event, ...(detail === undefined ? {} : { detail }) }]);
}

/**
 * Takes a post that nobody is publishing, if it is in one of the statuses and, with `revision`, unchanged since.
 * Must run in a transaction with what else belongs to the claim.
 */
export async function claimPost(
  manager: SqlEntityManager,
  claim: Claim & { intentId: string },
): Promise<IntentRow | undefined> {
  const claimed = await query(
    manager,
    `UPDATE twitter_post
        SET status = 'publishing', error_code = NULL, error_message = NULL, retry_at = NULL,
            revision = revision + 1, updated_at = now()
      WHERE id = ? AND deleted_at IS NULL AND status = ANY(string_to_array(?, ','))
        AND (?::int IS NULL OR revision = ?::int)
  RETURNING id`,
    [claim.postId, claim.from.join(','), claim.revision ?? null, claim.revision ?? null],
  );
  if (claimed.length === 0) return undefined;
  const [intent] = await query<IntentRow>(
    manager,
    `INSERT INTO twitter_publish_intent (id, post_id, state, epoch, resend, history)
          VALUES (?, ?, 'open', 1, ?, ?::jsonb)
     ON CONFLICT (post_id) WHERE deleted_at IS NULL
   DO UPDATE SET state = 'open', epoch = twitter_publish_intent.epoch + 1, lease_until = NULL, progress = NULL, seen = NULL,
                 resend = excluded.resend,
                 history = coalesce(twitter_publish_intent.history, '[]'::jsonb) || excluded.history, updated_at = now()
       RETURNING ${COLUMNS}`,
    [claim.intentId, claim.postId, claim.resend ?? false, entry(claim.event)],
  );
  return intent;
}

/** Takes an open publish over whose last holder has shown no sign of life for the length of a lease. */
export async function takeOver(manager: SqlEntityManager, postId: string): Promise<IntentRow | undefined> {
  const [intent] = await query<IntentRow>(
    manager,
    `UPDATE twitter_publish_intent
        SET epoch = epoch + 1, lease_until = now() + make_interval(secs => ?), updated_at = now(),
            history = CASE WHEN lease_until IS NULL THEN history
                           ELSE coalesce(history, '[]'::jsonb) || ?::jsonb END
      WHERE post_id = ? AND deleted_at IS NULL AND state = 'open' AND (lease_until IS NULL OR lease_until < now())
  RETURNING ${COLUMNS}`,
    [LEASE_SECONDS, entry('taken_over'), postId],
  );
  return intent;
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

/** Stores a checkpoint and with it a sign of life; `false` if another process has the publish. */
export async function saveCheckpoint(
  manager: SqlEntityManager,
  holding: Holding,
  checkpoint: string,
  digest: string,
): Promise<boolean> {
  const rows = await query(
    manager,
    `UPDATE twitter_publish_intent
        SET checkpoint = ?, content_digest = ?, lease_until = now() + make_interval(secs => ?), updated_at = now()
      WHERE id = ? AND epoch = ? AND state = 'open'
  RETURNING id`,
    [checkpoint, digest, LEASE_SECONDS, holding.intentId, holding.epoch],
  );
  return rows.length > 0;
}

/** Stores how far a publish is and with it a sign of life; `false` if another process has the publish. */
export async function saveProgress(manager: SqlEntityManager, holding: Holding, progress: object): Promise<boolean> {
  const rows = await query(
    manager,
    `UPDATE twitter_publish_intent
        SET progress = ?::jsonb, lease_until = now() + make_interval(secs => ?), updated_at = now()
      WHERE id = ? AND epoch = ? AND state = 'open'
  RETURNING id`,
    [JSON.stringify(progress), LEASE_SECONDS, holding.intentId, holding.epoch],
  );
  return rows.length > 0;
}

/** How a publish ended, for now or for good. */
export interface Settlement {
  state: PublishIntentView['state'];
  status: Exclude<TwitterPostStatus, 'publishing'>;
  /** What the history says; nothing, if it says so already. */
  event: string | null;
  detail?: string;
  checkpoint?: string;
  /** The checkpoint is void: the post is begun anew if it is published again. */
  forget?: boolean;
  published?: PublishIntentView['published'];
  seen?: PublishIntentView['seen'];
  result?: TwitterPublishResult;
  error?: Omit<TwitterPostError, 'retry_at'> & { retry_at?: Date };
  /** When it is to be tried again. */
  scheduledAt?: Date;
  retries?: number;
}

/**
 * Writes how a publish ended into the intent and the post, if the caller still has it. An epoch that is `null` stands
 * for any: a person decides then. Must run in a transaction.
 */
export async function settle(
  manager: SqlEntityManager,
  target: { postId: string; epoch: number | null; from: PublishIntentView['state'] },
  settlement: Settlement,
): Promise<boolean> {
  const { checkpoint, published, seen, result, error } = settlement;
  const rows = await query(
    manager,
    `UPDATE twitter_publish_intent
        SET state = ?, lease_until = NULL, retries = ?, ${APPEND}, updated_at = now(),
            checkpoint = CASE WHEN ? THEN NULL ELSE coalesce(?, checkpoint) END, published = coalesce(?::jsonb, published),
            seen = coalesce(?::jsonb, seen), result = coalesce(?::jsonb, result)
      WHERE post_id = ? AND deleted_at IS NULL AND state = ? AND (?::int IS NULL OR epoch = ?::int)
  RETURNING id`,
    [
      ...[settlement.state, settlement.retries ?? 0, entry(settlement.event, settlement.detail)],
      ...[settlement.forget ?? false, checkpoint ?? null, asJson(published), asJson(seen), asJson(result)],
      ...[target.postId, target.from, target.epoch, target.epoch],
    ],
  );
  if (rows.length === 0) return false;
  const posted = settlement.status === 'posted';
  await query(
    manager,
    `UPDATE twitter_post
        SET status = ?, post_url = coalesce(?, post_url), posted_at = CASE WHEN ? THEN now() ELSE posted_at END,
            insights_due_at = CASE WHEN ? THEN now() + interval '5 minutes' ELSE insights_due_at END,
            scheduled_at = coalesce(?::timestamptz, scheduled_at), error_code = ?, error_message = ?,
            retry_at = ?::timestamptz, revision = revision + 1, updated_at = now()
      WHERE id = ?`,
    [
      ...[settlement.status, result?.tweetUrl ?? null, posted, posted, settlement.scheduledAt?.toISOString() ?? null],
      ...[error?.code ?? null, error?.message ?? null, error?.retry_at?.toISOString() ?? null, target.postId],
    ],
  );
  return true;
}

const asJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
