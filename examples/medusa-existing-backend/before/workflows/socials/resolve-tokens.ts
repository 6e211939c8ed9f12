import type { MedusaContainer } from '@medusajs/framework/types';
import { MedusaError } from '@medusajs/framework/utils';
import { type OAuth1Credentials, refreshAccessToken } from 'twitter-native';
import { SOCIALS_MODULE } from '../../../src/modules/socials';
import type SocialsService from '../../../src/modules/socials/service';
import {
  decryptAccessToken,
  decryptRefreshToken,
  encryptionOf,
  oauth1CredentialsOf,
} from '../../../src/modules/socials/utils/token-helpers';
import type { SocialPlatformRow } from '../../../src/types/socials';

const REFRESH_BEFORE_MS = 300_000;

/** The credentials of an account, refreshed if they expire within five minutes. */
export async function resolveTokens(
  container: MedusaContainer,
  platform: SocialPlatformRow,
): Promise<{ accessToken: string; oauth1Credentials?: OAuth1Credentials }> {
  const config = platform.api_config;
  if (!config) throw new MedusaError(MedusaError.Types.INVALID_DATA, 'The platform has no api_config');
  const oauth1Credentials = oauth1CredentialsOf(config, container);
  const age = Date.now() - Date.parse(config.retrieved_at ?? '1970-01-01');
  const refreshToken = decryptRefreshToken(config, container);
  const isFresh = age < (config.expires_in ?? 7200) * 1000 - REFRESH_BEFORE_MS;
  if (isFresh || !refreshToken) return { accessToken: decryptAccessToken(config, container), oauth1Credentials };
  const tokens = await refreshAccessToken(refreshToken);
  const socials: SocialsService = container.resolve(SOCIALS_MODULE);
  const encryption = encryptionOf(container);
  await socials.updateSocialPlatforms({
    id: platform.id,
    api_config: {
      ...config,
      access_token_encrypted: encryption.encrypt(tokens.access_token),
      refresh_token_encrypted: encryption.encrypt(tokens.refresh_token ?? refreshToken),
      expires_in: tokens.expires_in ?? 7200,
      retrieved_at: new Date(tokens.retrieved_at).toISOString(),
    },
  });
  return { accessToken: tokens.access_token, oauth1Credentials };
}
