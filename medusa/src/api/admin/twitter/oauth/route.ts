import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { authorizeAccount } from '../../../../accounts/authorize';
import { route } from '../../../../http/errors';
import { queryOf } from '../../../../http/input';
import { authorizeSchema } from '../../../../http/schemas';
import { twitterOf } from '../../../../twitter/service';

/** Where X sends people back to, unless it is configured: this backend, by the address that the request came to. */
function callbackOf(request: AuthenticatedMedusaRequest): string {
  return `${request.protocol}://${request.get('host')}/admin/twitter/oauth/callback`;
}

/** Begins to connect an account: gives the page on X to send the person to. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const { method, account_id, redirect_uri } = queryOf(authorizeSchema, request);
  const configured = twitter.options.redirectUri ?? process.env.TWITTER_REDIRECT_URI;
  if (account_id !== undefined) await twitter.retrieveTwitterAccount(account_id);
  const begun = await authorizeAccount(twitter, {
    method,
    account_id: account_id ?? null,
    redirect_uri: redirect_uri ?? configured ?? callbackOf(request),
    actor_id: request.auth_context.actor_id,
  });
  response.json(begun);
});
