import { MedusaError } from '@medusajs/framework/utils';
import { type ManagedTokenRow, type NewTokenRow, type OAuth1Credentials, TokenManager } from 'twitter-native';
import type { ApiConfig } from '../modules/socials/credentials/api-config';
import type SocialsModuleService from '../modules/socials/service';
import { appOf, oauthConfigOf } from './app';

/** What publishing, measuring and refreshing need. */
export const REQUIRED_SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];
/** Without these a post with media can't be published by OAuth 2.0. */
const PUBLISHING_SCOPES = ['tweet.read', 'tweet.write', 'users.read'];

/** An account's credentials as twitter-native takes them. */
export interface Credentials {
  /** Creates posts and reads metrics; refreshed by itself. */
  token: TokenManager | undefined;
  /** Signs media calls, and everything if there is no token. */
  oauth1: OAuth1Credentials | undefined;
}

/** The scopes of a grant. Tokens that were stored without theirs are taken to have all. */
export function scopesOf(config: ApiConfig): string[] {
  return config.scope === undefined ? REQUIRED_SCOPES : config.scope.split(/\s+/).filter(Boolean);
}

/** Scopes that the account's token lacks. */
export function missingScopes(config: ApiConfig): string[] {
  if (config.access_token === undefined) return [];
  const granted = scopesOf(config);
  return REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
}

function oauth1Of(config: ApiConfig, socials: SocialsModuleService): OAuth1Credentials | undefined {
  const { oauth1_credentials: user } = config;
  const { apiKey, apiSecret } = appOf(socials);
  if (user === undefined || apiKey === undefined || apiSecret === undefined) return undefined;
  return { apiKey, apiSecret, accessToken: user.access_token, accessTokenSecret: user.access_token_secret };
}

async function loadTokens(socials: SocialsModuleService, id: string): Promise<ManagedTokenRow> {
  const row = await socials.openCredentials(id);
  if (row?.config.access_token === undefined) throw notConnected();
  const { access_token, refresh_token, expires_at, obtained_at, refreshing_since } = row.config;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresAt: expires_at,
    obtainedAt: obtained_at,
    refreshingSince: refreshing_since,
    version: row.revision,
  };
}

async function storeTokens(
  socials: SocialsModuleService,
  id: string,
  next: NewTokenRow,
  expectedVersion: unknown,
): Promise<boolean> {
  const row = await socials.openCredentials(id);
  if (row === undefined || row.revision !== expectedVersion) return false;
  const config: ApiConfig = {
    ...row.config,
    access_token: next.accessToken,
    refresh_token: next.refreshToken,
    expires_at: next.expiresAt,
    obtained_at: next.obtainedAt,
    refreshing_since: next.refreshingSince,
  };
  return socials.storeCredentials(id, row.revision, config, 'connected');
}

/** One manager for each account in a process, so that calls at once share a refresh. */
const managers = new WeakMap<SocialsModuleService, Map<string, TokenManager>>();

/** An account's OAuth 2.0 tokens, refreshed through its row by compare-and-set. */
export function tokenManagerOf(socials: SocialsModuleService, id: string): TokenManager {
  const known = managers.get(socials) ?? new Map<string, TokenManager>();
  managers.set(socials, known);
  let manager = known.get(id);
  if (manager === undefined) {
    manager = new TokenManager({
      load: () => loadTokens(socials, id),
      store: (next, expectedVersion) => storeTokens(socials, id, next, expectedVersion),
      config: oauthConfigOf(socials),
    });
    known.set(id, manager);
  }
  return manager;
}

function notConnected(): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNAUTHORIZED,
    'The account has no credentials, or they are not valid any more: please re-authenticate',
  );
}

/**
 * An account's credentials, if they can publish.
 * @param withMedia media need the scope `media.write`, or OAuth 1.0a
 * @throws UNAUTHORIZED, with "please re-authenticate", if there are none, the grant has ended, or a scope is missing
 */
export async function credentialsOf(
  socials: SocialsModuleService,
  id: string,
  { withMedia = false } = {},
): Promise<Credentials> {
  const row = await socials.openCredentials(id);
  if (row === undefined) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no social platform ${id}`);
  const oauth1 = oauth1Of(row.config, socials);
  const hasToken = row.config.access_token !== undefined;
  if ((!hasToken && oauth1 === undefined) || row.status === 'reauth_required') throw notConnected();
  if (!hasToken) return { token: undefined, oauth1 };
  const needed = [...PUBLISHING_SCOPES, ...(withMedia && oauth1 === undefined ? ['media.write'] : [])];
  const granted = scopesOf(row.config);
  const lacking = needed.filter((scope) => !granted.includes(scope));
  if (lacking.length > 0) {
    throw new MedusaError(
      MedusaError.Types.UNAUTHORIZED,
      `The account's grant lacks the scope ${lacking.join(', ')}: please re-authenticate`,
    );
  }
  return { token: tokenManagerOf(socials, id), oauth1 };
}

/** What signs calls that are not about media. */
export function postingCredentials({ token, oauth1 }: Credentials): TokenManager | OAuth1Credentials {
  const credentials = token ?? oauth1;
  if (credentials === undefined) throw notConnected();
  return credentials;
}
