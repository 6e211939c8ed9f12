import type { MedusaContainer } from '@medusajs/framework/types';
import { MedusaError } from '@medusajs/framework/utils';
import type { OAuth1Credentials, TokenManager } from 'twitter-native';
import { platformTokens } from 'twitter-native/medusa';
import type { EncryptedData } from '../../modules/encryption';
import { encryptionOf, oauth1CredentialsOf } from '../../modules/socials/utils/token-helpers';
import type { SocialPlatformRow } from '../../types/socials';

/** An account's tokens: given to a call of X's, they are refreshed when they are due, by one process at once. */
export function tokensOf(container: MedusaContainer, platformId: string): TokenManager {
  const encryption = encryptionOf(container);
  return platformTokens(container, platformId, {
    encrypt: (token) => encryption.encrypt(token),
    decrypt: (stored: EncryptedData) => encryption.decrypt(stored),
  });
}

/** The credentials of an account, refreshed if they are about to expire. */
export async function resolveTokens(
  container: MedusaContainer,
  platform: SocialPlatformRow,
): Promise<{ accessToken: string; oauth1Credentials?: OAuth1Credentials }> {
  const config = platform.api_config;
  if (!config) throw new MedusaError(MedusaError.Types.INVALID_DATA, 'The platform has no api_config');
  const oauth1Credentials = oauth1CredentialsOf(config, container);
  return { accessToken: await tokensOf(container, platform.id).getAccessToken(), oauth1Credentials };
}
