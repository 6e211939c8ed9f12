import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { z } from '@medusajs/framework/zod';
import { SOCIALS_MODULE } from '../../../modules/socials';
import type SocialsService from '../../../modules/socials/service';
import { parsed } from '../../parsed';

const CreateSocialPlatform = z.object({
  name: z.string().min(1, 'Platform name is required'),
  status: z.enum(['active', 'inactive', 'error', 'pending']).default('active'),
  description: z.string().nullish(),
});

/** A platform as staff see it: `api_config` holds secrets and stays here. */
function withoutSecrets<T extends { api_config?: unknown }>({ api_config: _, ...platform }: T): Omit<T, 'api_config'> {
  return platform;
}

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const socials: SocialsService = req.scope.resolve(SOCIALS_MODULE);
  const [platforms, count] = await socials.listAndCountSocialPlatforms({}, { order: { created_at: 'DESC' } });
  res.json({ socialPlatforms: platforms.map(withoutSecrets), count });
}

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const socials: SocialsService = req.scope.resolve(SOCIALS_MODULE);
  const platform = await socials.createSocialPlatforms(parsed(CreateSocialPlatform, req.body));
  res.status(201).json({ socialPlatform: withoutSecrets(platform) });
}
