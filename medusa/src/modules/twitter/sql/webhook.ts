import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import { query } from './query';

/** The only row's id. */
const OWN = 'twurl_own';

/** An event that X was asked to tell of. */
export interface StoredSubscription {
  event_type: string;
  /** X's id of the user whose events they are; of nobody in particular without it. */
  user_id: string | null;
  /** X's id; without it X refused. */
  id: string | null;
  /** Why it refused. */
  message: string | null;
}

/** What is registered at X. */
export interface Registration {
  url: string;
  webhook_id: string | null;
  valid: boolean;
  subscriptions: StoredSubscription[];
  error: { code: string; message: string } | null;
}

/** A row of `twitter_webhook`. */
export interface WebhookRow extends Omit<Registration, 'url' | 'subscriptions'> {
  url: string | null;
  subscriptions: StoredSubscription[] | null;
  checked_at: Date | null;
  turn: number;
}

const COLUMNS = 'url, webhook_id, valid, subscriptions, error, checked_at, turn';

/**
 * Takes the turn to look after what is registered, if nobody has it and it is time: something else is wanted than at the
 * last look, that failed a quarter of an hour ago, or it was a day ago. Of several processes at once one gets it; a process
 * that dies loses it after ten minutes.
 */
export async function takeWebhookTurn(manager: SqlEntityManager, wanted: string): Promise<WebhookRow | undefined> {
  const [row] = await query<WebhookRow>(
    manager,
    `INSERT INTO twitter_webhook AS own (id, held_until, turn)
          VALUES (?, now() + interval '10 minutes', 1)
     ON CONFLICT (id) DO UPDATE
             SET held_until = excluded.held_until, turn = own.turn + 1, updated_at = now()
           WHERE coalesce(own.held_until, '-infinity') < now()
             AND (own.wanted IS DISTINCT FROM ? OR own.checked_at IS NULL
                  OR own.checked_at < now() - interval '1 day'
                  OR (own.error IS NOT NULL AND own.checked_at < now() - interval '15 minutes'))
       RETURNING ${COLUMNS}`,
    [OWN, wanted],
  );
  return row;
}

/** Writes what is registered now, and gives the turn back; nothing if another process has it meanwhile. */
export async function endWebhookTurn(
  manager: SqlEntityManager,
  { turn, wanted }: { turn: number; wanted: string },
  { url, webhook_id, valid, subscriptions, error }: Registration,
): Promise<void> {
  await query(
    manager,
    `UPDATE twitter_webhook
        SET url = ?, webhook_id = ?, valid = ?, subscriptions = ?::jsonb, error = ?::jsonb, wanted = ?,
            checked_at = now(), held_until = NULL, updated_at = now()
      WHERE id = ? AND turn = ?
  RETURNING id`,
    [
      ...[url, webhook_id, valid, JSON.stringify(subscriptions)],
      ...[error === null ? null : JSON.stringify(error), wanted, OWN, turn],
    ],
  );
}

/** What was registered at the last look. */
export async function readWebhook(manager: SqlEntityManager): Promise<WebhookRow | undefined> {
  const [row] = await query<WebhookRow>(manager, `SELECT ${COLUMNS} FROM twitter_webhook WHERE id = ?`, [OWN]);
  return row;
}
