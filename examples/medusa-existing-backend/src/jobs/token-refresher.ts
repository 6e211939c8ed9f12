import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { SOCIALS_MODULE } from '../modules/socials';
import type SocialsService from '../modules/socials/service';
import type { SocialPlatformRow } from '../types/socials';
import { resolveTokens } from '../workflows/socials/resolve-tokens';

/** Refreshes the tokens of all accounts that are about to expire. */
export default async function tokenRefresher(container: MedusaContainer): Promise<void> {
  const socials: SocialsService = container.resolve(SOCIALS_MODULE);
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER);
  const platforms = await socials.listSocialPlatforms({ name: ['twitter', 'Twitter', 'x', 'X'], status: 'active' });
  for (const platform of platforms as SocialPlatformRow[]) {
    if (!platform.api_config?.refresh_token_encrypted) continue;
    try {
      await resolveTokens(container, platform);
    } catch (error) {
      logger.error(`The tokens of ${platform.name} (${platform.id}) were not refreshed: ${(error as Error).message}`);
    }
  }
}

export const config = { name: 'token-refresher-hourly', schedule: '0 * * * *' };
