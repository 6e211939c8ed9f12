import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import { addCredentials } from '../../../../../accounts/connect';
import { route } from '../../../../../http/errors';
import { bodyOf } from '../../../../../http/input';
import { accountSchema } from '../../../../../http/schemas';
import { type AccountRow, accountView } from '../../../../../http/views';
import { withEvents } from '../../../../../http/webhook-view';
import { twitterOf } from '../../../../../workflows/twitter';

/** Shows an account, without its secrets. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const row = await twitter.retrieveTwitterAccount(request.params.id as string);
  const { accounts } = await withEvents(twitter, [accountView(row as unknown as AccountRow)]);
  response.json({ account: accounts[0] });
});

/** Gives an account other credentials; a kind that is not named stays as it is. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  await addCredentials(twitter, id, bodyOf(accountSchema, request).api_config ?? {});
  const row = (await twitter.retrieveTwitterAccount(id)) as unknown as AccountRow;
  response.json({ account: accountView(row) });
});

/** Disconnects an account: its credentials are gone, its posts stay. */
export const DELETE = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  await twitter.retrieveTwitterAccount(id);
  const [busy] = await twitter.listTwitterPosts({ account_id: id, status: 'publishing' }, { take: 1 });
  if (busy !== undefined) {
    throw new MedusaError(MedusaError.Types.CONFLICT, 'A post of the account is being published: wait for its end');
  }
  await twitter.updateTwitterAccounts({ id, api_config: null, status: 'not_connected', x_user_id: null });
  await twitter.softDeleteTwitterAccounts(id);
  response.json({ id, object: 'twitter_account', deleted: true });
});
