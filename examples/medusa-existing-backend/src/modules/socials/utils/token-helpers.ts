import type { MedusaContainer } from '@medusajs/framework/types';
import { MedusaError } from '@medusajs/framework/utils';
import { appFromEnvironment, type OAuth1Credentials } from 'twitter-native';
import type { ApiConfig } from '../../../types/socials';
import { ENCRYPTION_MODULE } from '../../encryption';
import type EncryptionService from '../../encryption/service';

/** The module that encrypts secrets at rest. */
export const encryptionOf = (container: MedusaContainer): EncryptionService => container.resolve(ENCRYPTION_MODULE);

/** The user's OAuth 2.0 access token. */
export function decryptAccessToken(config: ApiConfig, container: MedusaContainer): string {
  if (config.access_token_encrypted) return encryptionOf(container).decrypt(config.access_token_encrypted);
  throw new MedusaError(MedusaError.Types.INVALID_DATA, 'The platform has no access token: connect the account');
}

/** The refresh token, if X gave one. */
export function decryptRefreshToken(config: ApiConfig, container: MedusaContainer): string | null {
  return config.refresh_token_encrypted ? encryptionOf(container).decrypt(config.refresh_token_encrypted) : null;
}

/** The app's key with the user's own token, which sign media calls; nothing if the user granted OAuth 2.0 alone. */
export function oauth1CredentialsOf(config: ApiConfig, container: MedusaContainer): OAuth1Credentials | undefined {
  const stored = config.oauth1_credentials_encrypted;
  const { apiKey, apiSecret } = appFromEnvironment();
  if (!stored || !apiKey || !apiSecret) return undefined;
  const encryption = encryptionOf(container);
  return {
    apiKey,
    apiSecret,
    accessToken: encryption.decrypt(stored.access_token),
    accessTokenSecret: encryption.decrypt(stored.access_token_secret),
  };
}
