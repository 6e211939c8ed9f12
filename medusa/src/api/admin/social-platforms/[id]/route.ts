import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import { addCredentials } from '../../../../accounts/connect';
import { route } from '../../../../http/errors';
import { bodyOf } from '../../../../http/input';
import { platformSchema } from '../../../../http/schemas';
import { type PlatformRow, platformView } from '../../../../http/views';
import { socialsOf } from '../../../../workflows/socials';

/** Shows an account, without its secrets. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const row = await socialsOf(request.scope).retrieveSocialPlatform(request.params.id as string);
  response.json({ social_platform: platformView(row as unknown as PlatformRow) });
});

/** Gives an account other credentials; a kind that is not named stays as it is. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const socials = socialsOf(request.scope);
  const id = request.params.id as string;
  await addCredentials(socials, id, bodyOf(platformSchema, request).api_config ?? {});
  const row = (await socials.retrieveSocialPlatform(id)) as unknown as PlatformRow;
  response.json({ social_platform: platformView(row) });
});

/** Disconnects an account: its credentials are gone, its posts stay. */
export const DELETE = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const socials = socialsOf(request.scope);
  const id = request.params.id as string;
  await socials.retrieveSocialPlatform(id);
  const [busy] = await socials.listSocialPosts({ platform_id: id, status: 'publishing' }, { take: 1 });
  if (busy !== undefined) {
    throw new MedusaError(MedusaError.Types.CONFLICT, 'A post of the account is being published: wait for its end');
  }
  await socials.updateSocialPlatforms({ id, api_config: null, status: 'not_connected', account_id: null });
  await socials.softDeleteSocialPlatforms(id);
  response.json({ id, object: 'social_platform', deleted: true });
});
