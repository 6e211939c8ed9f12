import { MedusaError } from '@medusajs/framework/utils';
import { type ManagedTokenRow, type NewTokenRow, type OAuth1Credentials, TokenManager } from 'twitter-native';
import type { ApiConfig } from '../modules/twitter/credentials/api-config';
import { perService } from '../modules/twitter/per-service';
import type TwitterModuleService from '../modules/twitter/service';
import { appOf, oauthConfigOf } from './app';
import { isTwitterFailure, NEEDS_REAUTHENTICATION } from './errors';

/** What publishing, measuring and refreshing need. */
export const REQUIRED_SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];
/** Lets X tell of likes. */
export const LIKE_SCOPE = 'like.read';
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

function oauth1Of(config: ApiConfig, twitter: TwitterModuleService): OAuth1Credentials | undefined {
  const { oauth1_credentials: user } = config;
  const { apiKey, apiSecret } = appOf(twitter);
  if (user === undefined || apiKey === undefined || apiSecret === undefined) return undefined;
  return { apiKey, apiSecret, accessToken: user.access_token, accessTokenSecret: user.access_token_secret };
}

async function loadTokens(twitter: TwitterModuleService, id: string): Promise<ManagedTokenRow> {
  const row = await twitter.openCredentials(id);
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
  twitter: TwitterModuleService,
  id: string,
  next: NewTokenRow,
  expectedVersion: unknown,
): Promise<boolean> {
  const row = await twitter.openCredentials(id);
  if (row === undefined || row.revision !== expectedVersion) return false;
  const config: ApiConfig = {
    ...row.config,
    access_token: next.accessToken,
    refresh_token: next.refreshToken,
    expires_at: next.expiresAt,
    obtained_at: next.obtainedAt,
    refreshing_since: next.refreshingSince,
  };
  return twitter.storeCredentials(id, row.revision, config, 'connected');
}

/** A manager, and the access token that it saw last in its row. */
interface Managed {
  manager: TokenManager;
  seen: string;
}

function manage(twitter: TwitterModuleService, id: string, seen: string): Managed {
  const manager = new TokenManager({
    async load() {
      const row = await loadTokens(twitter, id);
      managed.seen = row.accessToken;
      return row;
    },
    async store(next, expectedVersion) {
      const stored = await storeTokens(twitter, id, next, expectedVersion);
      if (stored) managed.seen = next.accessToken;
      return stored;
    },
    config: oauthConfigOf(twitter),
  });
  const managed: Managed = { manager, seen };
  return managed;
}

/** One manager for each account in a process, so that calls at once share a refresh. */
const managersOf = perService(() => new Map<string, Managed>());

/**
 * An account's OAuth 2.0 tokens, refreshed through its row by compare-and-set.
 * @param accessToken what the row holds now: if that is not what the manager knows, the account was connected again,
 * maybe with other scopes, and the old token is not used any more, though it may still be valid
 */
export function tokenManagerOf(twitter: TwitterModuleService, id: string, accessToken: string): TokenManager {
  const managers = managersOf(twitter);
  let managed = managers.get(id);
  if (managed?.seen !== accessToken) {
    managed = manage(twitter.itself(), id, accessToken);
    managers.set(id, managed);
  }
  return managed.manager;
}

/** Says that an account can't be used until somebody connects it. */
export function notConnected(): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNAUTHORIZED,
    'The account has no credentials, or they are not valid any more: please re-authenticate',
    'reconnect_needed',
  );
}

/** Says that there is no such account any more. */
export function accountIsGone(id: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.NOT_ALLOWED,
    `There is no account ${id}, or it was disconnected: connect it again, or choose another one`,
    'account_gone',
  );
}

/**
 * An account's credentials, if they can publish.
 * @param withMedia media need the scope `media.write`, or OAuth 1.0a
 * @throws NOT_ALLOWED if the account is gone
 * @throws UNAUTHORIZED, with "please re-authenticate", if there are none, the grant has ended, or a scope is missing
 */
export async function credentialsOf(
  twitter: TwitterModuleService,
  id: string,
  { withMedia = false } = {},
): Promise<Credentials> {
  const row = await twitter.openCredentials(id);
  if (row === undefined) throw accountIsGone(id);
  const oauth1 = oauth1Of(row.config, twitter);
  const { access_token } = row.config;
  if ((access_token === undefined && oauth1 === undefined) || row.status === 'reauth_required') throw notConnected();
  if (access_token === undefined) return { token: undefined, oauth1 };
  const needed = [...PUBLISHING_SCOPES, ...(withMedia && oauth1 === undefined ? ['media.write'] : [])];
  const granted = scopesOf(row.config);
  const lacking = needed.filter((scope) => !granted.includes(scope));
  if (lacking.length > 0) {
    throw new MedusaError(
      MedusaError.Types.UNAUTHORIZED,
      `The account's grant lacks the scope ${lacking.join(', ')}: please re-authenticate`,
      'scope_missing',
    );
  }
  return { token: tokenManagerOf(twitter, id, access_token), oauth1 };
}

/** Marks the account if what was thrown says that X does not accept its credentials any more. */
export async function noteRefusal(twitter: TwitterModuleService, id: string, thrown: unknown): Promise<void> {
  if (!isTwitterFailure(thrown) || !NEEDS_REAUTHENTICATION.includes(thrown.code)) return;
  const row = await twitter.openCredentials(id);
  if (row !== undefined) await twitter.markReauthRequired(id, row.revision);
}

/** What signs calls that are not about media. */
export function postingCredentials({ token, oauth1 }: Credentials): TokenManager | OAuth1Credentials {
  const credentials = token ?? oauth1;
  if (credentials === undefined) throw notConnected();
  return credentials;
}
