import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import { query } from './query';

/** Keeps an event of X's by its id; `false` if it is here already. */
export async function keepWebhookEvent(
  manager: SqlEntityManager,
  id: string,
  event: { event_uuid: string; event_type: string; payload?: unknown },
): Promise<boolean> {
  const rows = await query(
    manager,
    `INSERT INTO twitter_webhook_event (id, event_id, event_type, payload) VALUES (?, ?, ?, ?::jsonb)
     ON CONFLICT (event_id) WHERE deleted_at IS NULL DO NOTHING
  RETURNING id`,
    [id, event.event_uuid, event.event_type, JSON.stringify(event.payload ?? null)],
  );
  return rows.length > 0;
}
