import type { Keyring } from './keyring';

/** A user's OAuth 1.0a token. The app's key and secret are not stored: they come from the environment. */
export interface UserOAuth1Credentials {
  access_token: string;
  access_token_secret: string;
}

/** An account's credentials, as they lie in `api_config`; in the row each secret is encrypted. */
export interface ApiConfig {
  access_token?: string;
  /** For one use. */
  refresh_token?: string;
  /** Milliseconds since the epoch. */
  expires_at?: number;
  /** Milliseconds since the epoch. */
  obtained_at?: number;
  /** Since when a process is refreshing the tokens, in milliseconds since the epoch. */
  refreshing_since?: number;
  /** What was granted, separated by spaces. */
  scope?: string;
  oauth1_credentials?: UserOAuth1Credentials;
}

type Transform = (secret: string, field: string) => string;

/** A new configuration with each of its secrets replaced. */
function mapSecrets(config: ApiConfig, transform: Transform): ApiConfig {
  const { access_token, refresh_token, oauth1_credentials, ...open } = config;
  return {
    ...open,
    ...(access_token ? { access_token: transform(access_token, 'access_token') } : {}),
    ...(refresh_token ? { refresh_token: transform(refresh_token, 'refresh_token') } : {}),
    ...(oauth1_credentials
      ? {
          oauth1_credentials: {
            access_token: transform(oauth1_credentials.access_token, 'oauth1.access_token'),
            access_token_secret: transform(oauth1_credentials.access_token_secret, 'oauth1.access_token_secret'),
          },
        }
      : {}),
  };
}

/** Encrypts each secret, bound to the row and the field. */
export function seal(config: ApiConfig, rowId: string, keyring: Keyring): ApiConfig {
  return mapSecrets(config, (secret, field) => keyring.encrypt(secret, `${rowId}.${field}`));
}

/** Decrypts what `seal` encrypted for the same row, and leaves plain text as it is. */
export function open(stored: ApiConfig, rowId: string, keyring: Keyring): ApiConfig {
  return mapSecrets(stored, (secret, field) => keyring.decrypt(secret, `${rowId}.${field}`));
}

/** Says whether any secret should be encrypted again: it is in plain text, or under an older key. */
export function isStale(stored: ApiConfig, keyring: Keyring): boolean {
  let stale = false;
  mapSecrets(stored, (secret) => {
    stale ||= keyring.isStale(secret);
    return secret;
  });
  return stale;
}
