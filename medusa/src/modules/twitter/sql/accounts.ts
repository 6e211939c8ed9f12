import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import type { AccountStatus } from '../../../types/http';
import type { ApiConfig } from '../credentials/api-config';
import { query } from './query';

/** An account's stored credentials and the revision that they have. */
export interface StoredCredentials {
  id: string;
  status: AccountStatus;
  x_user_id: string | null;
  api_config: ApiConfig | null;
  revision: number;
}

/** Reads an account's credentials, as they are stored. */
export async function readCredentials(manager: SqlEntityManager, id: string): Promise<StoredCredentials | undefined> {
  const [row] = await query<StoredCredentials>(
    manager,
    `SELECT id, status, x_user_id, api_config, revision FROM twitter_account WHERE id = ? AND deleted_at IS NULL`,
    [id],
  );
  return row;
}

/** Stores credentials if they have not changed since `revision` was read. */
export async function storeCredentials(
  manager: SqlEntityManager,
  id: string,
  revision: number,
  config: ApiConfig,
  status: AccountStatus,
): Promise<boolean> {
  const rows = await query(
    manager,
    `UPDATE twitter_account SET api_config = ?::jsonb, status = ?, revision = revision + 1, updated_at = now()
      WHERE id = ? AND revision = ? AND deleted_at IS NULL
  RETURNING id`,
    [JSON.stringify(config), status, id, revision],
  );
  return rows.length > 0;
}

/** Gives an account the posts of disconnected ones of the same X user; says how many there were. */
export async function adoptPosts(manager: SqlEntityManager, id: string, xUserId: string): Promise<number> {
  const rows = await query(
    manager,
    `UPDATE twitter_post SET account_id = ?, revision = revision + 1, updated_at = now()
      WHERE deleted_at IS NULL AND account_id IN (
            SELECT id FROM twitter_account WHERE x_user_id = ? AND deleted_at IS NOT NULL)
  RETURNING id`,
    [id, xUserId],
  );
  return rows.length;
}

/** Marks an account whose grant has ended, if its credentials have not changed since `revision` was read. */
export async function markReauthRequired(manager: SqlEntityManager, id: string, revision: number): Promise<void> {
  await query(
    manager,
    `UPDATE twitter_account SET status = 'reauth_required', updated_at = now() WHERE id = ? AND revision = ?`,
    [id, revision],
  );
}
