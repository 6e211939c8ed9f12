import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import { query } from './query';

/** What was kept of an account that is being connected. */
export interface OAuthRequestRow {
  id: string;
  method: 'oauth2' | 'oauth1';
  secret: string;
  redirect_uri: string;
  account_id: string | null;
  actor_id: string | null;
}

/** Takes a request out, so that it is good once, if it has not expired; expired ones go with it. */
export async function takeOAuthRequest(
  manager: SqlEntityManager,
  stateDigest: string,
): Promise<OAuthRequestRow | undefined> {
  const rows = await query<OAuthRequestRow & { alive: boolean; wanted: boolean }>(
    manager,
    `DELETE FROM twitter_oauth_request WHERE state_digest = ? OR expires_at < now()
  RETURNING id, method, secret, redirect_uri, account_id, actor_id,
            expires_at >= now() AS alive, state_digest = ? AS wanted`,
    [stateDigest, stateDigest],
  );
  return rows.find(({ alive, wanted }) => alive && wanted);
}
