import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { authorizeAccount, platformNamed } from '../../../../accounts/authorize';
import { route } from '../../../../http/errors';
import { queryOf } from '../../../../http/input';
import { authorizeSchema } from '../../../../http/schemas';
import { socialsOf } from '../../../../workflows/socials';

/** Where X sends people back to, unless it is configured: this backend, by the address that the request came to. */
function callbackOf(request: AuthenticatedMedusaRequest, platform: string): string {
  return `${request.protocol}://${request.get('host')}/admin/oauth/${platform}/callback`;
}

/** Begins to connect an account: gives the page on X to send the person to. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const socials = socialsOf(request.scope);
  const platform = platformNamed(request.params.platform as string);
  const { method, platform_id, redirect_uri } = queryOf(authorizeSchema, request);
  const configured = socials.options.redirectUri ?? process.env.SOCIALS_REDIRECT_URI;
  if (platform_id !== undefined) await socials.retrieveSocialPlatform(platform_id);
  const begun = await authorizeAccount(socials, {
    method,
    platform_id: platform_id ?? null,
    redirect_uri: redirect_uri ?? configured ?? callbackOf(request, platform),
    actor_id: request.auth_context.actor_id,
  });
  response.json(begun);
});
