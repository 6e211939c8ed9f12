import type { ApiConfig } from '../modules/twitter/credentials/api-config';
import { missingScopes, scopesOf } from '../twitter/credentials';
import type { TwitterAccountView } from '../types/http';
import type { AccountRow } from '../types/rows';
import { iso } from './time';

function profileOf({ x_user_id, metadata }: AccountRow): TwitterAccountView['profile'] {
  const { profile } = (metadata ?? {}) as { profile?: Record<string, string | undefined> };
  if (x_user_id === null) return null;
  const username = profile?.username ?? x_user_id;
  return {
    username,
    name: profile?.name ?? username,
    profile_image_url: profile?.profile_image_url ?? null,
  };
}

/** An account as routes show it: what its credentials can do, and none of them. */
export function accountView(row: AccountRow): TwitterAccountView {
  // Of the credentials only what is not secret is looked at, so that they stay encrypted.
  const config = (row.api_config ?? {}) as ApiConfig;
  const hasToken = config.access_token !== undefined;
  return {
    id: row.id,
    status: row.status,
    x_user_id: row.x_user_id,
    profile: profileOf(row),
    scopes: hasToken ? scopesOf(config) : [],
    missing_scopes: missingScopes(config),
    has_oauth1: config.oauth1_credentials !== undefined,
    expires_at: config.expires_at === undefined ? null : new Date(config.expires_at).toISOString(),
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
  };
}
