import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { addCredentials, rowOfUser } from '../../../../accounts/connect';
import { withEvents } from '../../../../accounts/events';
import { verifyOAuth1 } from '../../../../accounts/verify-oauth1';
import { route } from '../../../../http/errors';
import { bodyOf, queryOf } from '../../../../http/input';
import { listAccountsSchema, pick } from '../../../../http/queries';
import { accountSchema } from '../../../../http/schemas';
import { twitterOf } from '../../../../twitter/service';
import type { AccountRow } from '../../../../types/rows';
import { accountView } from '../../../../views/accounts';

type Filters = Parameters<ReturnType<typeof twitterOf>['listAndCountTwitterAccounts']>[0];

/** Lists accounts, without their secrets. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const { limit, offset, order, fields, ...filters } = queryOf(listAccountsSchema, request);
  const [rows, count] = await twitter.listAndCountTwitterAccounts(filters as Filters, {
    order,
    take: limit,
    skip: offset,
  });
  const { accounts, ...beside } = await withEvents(twitter, (rows as unknown as AccountRow[]).map(accountView));
  response.json({ accounts: accounts.map((account) => pick(account, fields)), ...beside, count, limit, offset });
});

/**
 * Adds an account by an operator's input; mostly accounts come from connecting them. OAuth 1.0a tokens are tried at X
 * before anything is stored; those of an account that is known are added to it.
 */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const { api_config } = bodyOf(accountSchema, request);
  const x_user_id = await verifyOAuth1(twitter, api_config?.oauth1_credentials);
  const known = x_user_id === undefined ? undefined : await rowOfUser(twitter, x_user_id);
  const id = known ?? (await twitter.createTwitterAccounts({ x_user_id: x_user_id ?? null })).id;
  if (api_config !== undefined) {
    await addCredentials(twitter, id, api_config).catch(async (error: unknown) => {
      if (known === undefined) await twitter.deleteTwitterAccounts(id);
      throw error;
    });
  }
  const row = (await twitter.retrieveTwitterAccount(id)) as unknown as AccountRow;
  response.status(known === undefined ? 201 : 200).json({ account: accountView(row) });
});
