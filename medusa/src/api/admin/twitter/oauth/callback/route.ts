import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { ContainerRegistrationKeys, MedusaError } from '@medusajs/framework/utils';
import type { z } from '@medusajs/framework/zod';
import type { TwitterErrorCode } from 'twitter-native';
import { type CallbackParameters, connectError } from '../../../../../accounts/connect';
import { route } from '../../../../../http/errors';
import { bodyOf, queryOf } from '../../../../../http/input';
import { callbackSchema } from '../../../../../http/schemas';
import { isTwitterFailure, sentenceOf } from '../../../../../twitter/errors';
import { twitterOf } from '../../../../../twitter/service';
import type { ConnectError } from '../../../../../types/http';
import type { AccountRow } from '../../../../../types/rows';
import { accountView } from '../../../../../views/accounts';
import { oauthCallbackWorkflow } from '../../../../../workflows/oauth-callback';

/** X did not answer, or not now. */
const X_AWAY: readonly TwitterErrorCode[] = ['NETWORK', 'TIMEOUT', 'UPSTREAM', 'RATE_LIMITED', 'ABORTED'];

type Parameters = z.infer<typeof callbackSchema>;

function parametersOf(request: MedusaRequest, given: Parameters): CallbackParameters {
  const { actor_id } = (request as Partial<AuthenticatedMedusaRequest>).auth_context ?? {};
  const actor = actor_id ? { actor_id } : {};
  const { code, state, oauth_token, oauth_verifier } = given;
  if (given.error !== undefined || given.denied !== undefined) {
    throw connectError('denied', 'Access was not granted on X');
  }
  if (code !== undefined && state !== undefined) return { code, state, ...actor };
  if (oauth_token !== undefined && oauth_verifier !== undefined) return { oauth_token, oauth_verifier, ...actor };
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    'code and state, or oauth_token and oauth_verifier, are missing',
  );
}

/** Why an account was not connected. The page has the words for it, so that nobody can put theirs into its address. */
function codeOf(error: unknown): ConnectError {
  const { connect_error } = error as { connect_error?: ConnectError };
  if (connect_error !== undefined) return connect_error;
  if (!isTwitterFailure(error)) return 'failed';
  return X_AWAY.includes(error.code) ? 'x_away' : 'refused_by_x';
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
    request.scope.resolve(ContainerRegistrationKeys.LOGGER).warn(`An account was not connected: ${sentence}`);
    response.redirect(`${page}?${new URLSearchParams({ error: codeOf(error) })}`);
  }
});

/** The same for a page of the admin that X sends the browser back to. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const id = await connect(request, bodyOf(callbackSchema, request));
  const row = (await twitterOf(request.scope).retrieveTwitterAccount(id)) as unknown as AccountRow;
  response.json({ account: accountView(row) });
});

export const AUTHENTICATE = false;
