import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import type { z } from '@medusajs/framework/zod';
import type { CallbackParameters } from '../../../../../accounts/connect';
import { route } from '../../../../../http/errors';
import { bodyOf, queryOf } from '../../../../../http/input';
import { callbackSchema } from '../../../../../http/schemas';
import { type AccountRow, accountView } from '../../../../../http/views';
import { isTwitterFailure, sentenceOf } from '../../../../../twitter/errors';
import { oauthCallbackWorkflow } from '../../../../../workflows/oauth-callback';
import { twitterOf } from '../../../../../workflows/twitter';

type Parameters = z.infer<typeof callbackSchema>;

function parametersOf(request: MedusaRequest, given: Parameters): CallbackParameters {
  const { actor_id } = (request as Partial<AuthenticatedMedusaRequest>).auth_context ?? {};
  const actor = actor_id ? { actor_id } : {};
  const { code, state, oauth_token, oauth_verifier } = given;
  if (given.error !== undefined || given.denied !== undefined) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, 'Access was not granted on X');
  }
  if (code !== undefined && state !== undefined) return { code, state, ...actor };
  if (oauth_token !== undefined && oauth_verifier !== undefined) return { oauth_token, oauth_verifier, ...actor };
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    'code and state, or oauth_token and oauth_verifier, are missing',
  );
}

async function connect(request: MedusaRequest, given: Parameters): Promise<string> {
  const { result } = await oauthCallbackWorkflow(request.scope).run({ input: parametersOf(request, given) });
  return result.account_id;
}

/**
 * Where X sends the browser back to. It is open to all, since the way over X may lose the session; the state, which is
 * good once and only if an admin asked for it, is what lets it act.
 */
export const GET = route(async (request: MedusaRequest, response: MedusaResponse) => {
  const page = `${twitterOf(request.scope).options.adminUrl ?? '/app'}/twitter/accounts`;
  try {
    const id = await connect(request, queryOf(callbackSchema, request));
    response.redirect(`${page}?${new URLSearchParams({ connected: id })}`);
  } catch (error) {
    const sentence = isTwitterFailure(error) ? sentenceOf(error) : (error as Error).message;
    response.redirect(`${page}?${new URLSearchParams({ error: sentence })}`);
  }
});

/** The same for a page of the admin that X sends the browser back to. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const id = await connect(request, bodyOf(callbackSchema, request));
  const row = (await twitterOf(request.scope).retrieveTwitterAccount(id)) as unknown as AccountRow;
  response.json({ account: accountView(row) });
});

export const AUTHENTICATE = false;
