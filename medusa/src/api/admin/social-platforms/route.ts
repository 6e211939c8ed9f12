import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { platformNamed } from '../../../accounts/authorize';
import { addCredentials } from '../../../accounts/connect';
import { route } from '../../../http/errors';
import { bodyOf } from '../../../http/input';
import { platformSchema } from '../../../http/schemas';
import { type PlatformRow, platformView } from '../../../http/views';
import { socialsOf } from '../../../workflows/socials';

/** Lists accounts, without their secrets. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const [rows, count] = await socialsOf(request.scope).listAndCountSocialPlatforms(
    {},
    { order: { created_at: 'ASC' }, take: 200 },
  );
  response.json({ social_platforms: (rows as unknown as PlatformRow[]).map(platformView), count });
});

/** Adds an account by an operator's input; mostly accounts come from connecting them. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const socials = socialsOf(request.scope);
  const { name, api_config } = bodyOf(platformSchema, request);
  const { id } = await socials.createSocialPlatforms({ name: platformNamed(name) });
  if (api_config !== undefined) {
    await addCredentials(socials, id, api_config).catch(async (error: unknown) => {
      await socials.deleteSocialPlatforms(id);
      throw error;
    });
  }
  const row = (await socials.retrieveSocialPlatform(id)) as unknown as PlatformRow;
  response.status(201).json({ social_platform: platformView(row) });
});
