import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import { addCredentials } from '../../../../../accounts/connect';
import { withEvents } from '../../../../../accounts/events';
import { verifyOAuth1 } from '../../../../../accounts/verify-oauth1';
import { route } from '../../../../../http/errors';
import { bodyOf, queryOf } from '../../../../../http/input';
import { pick, showAccountSchema } from '../../../../../http/queries';
import { accountSchema } from '../../../../../http/schemas';
import { twitterOf } from '../../../../../twitter/service';
import type { TwitterAccountView } from '../../../../../types/http';
import type { AccountRow } from '../../../../../types/rows';
import { accountView } from '../../../../../views/accounts';

/** Shows an account, without its secrets. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { fields } = queryOf(showAccountSchema, request);
  const twitter = twitterOf(request.scope);
  const row = await twitter.retrieveTwitterAccount(request.params.id as string);
  const { accounts } = await withEvents(twitter, [accountView(row as unknown as AccountRow)]);
  response.json({ account: pick(accounts[0] as TwitterAccountView, fields) });
});

/** Gives an account other credentials; a kind that is not named stays as it is. OAuth 1.0a tokens are tried at X before. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  const { api_config = {} } = bodyOf(accountSchema, request);
  const { x_user_id } = await twitter.retrieveTwitterAccount(id);
  const verified = await verifyOAuth1(twitter, api_config.oauth1_credentials, x_user_id ?? undefined);
  await addCredentials(twitter, id, api_config);
  if (verified !== undefined && x_user_id === null) await twitter.updateTwitterAccounts({ id, x_user_id: verified });
  const row = (await twitter.retrieveTwitterAccount(id)) as unknown as AccountRow;
  response.json({ account: accountView(row) });
});

/** Disconnects an account: its credentials are gone. Its posts stay, and it gets them back when it is connected again. */
export const DELETE = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  await twitter.retrieveTwitterAccount(id);
  const [busy] = await twitter.listTwitterPosts({ account_id: id, status: 'publishing' }, { take: 1 });
  if (busy !== undefined) {
    throw new MedusaError(MedusaError.Types.CONFLICT, 'A post of the account is being published: wait for its end');
  }
  // Whose account it was is kept, so that it finds its posts when it is connected again.
  await twitter.updateTwitterAccounts({ id, api_config: null, status: 'not_connected' });
  await twitter.softDeleteTwitterAccounts(id);
  response.json({ id, object: 'twitter_account', deleted: true });
});
