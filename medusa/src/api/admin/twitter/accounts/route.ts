import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { addCredentials } from '../../../../accounts/connect';
import { route } from '../../../../http/errors';
import { bodyOf } from '../../../../http/input';
import { accountSchema } from '../../../../http/schemas';
import { type AccountRow, accountView } from '../../../../http/views';
import { withEvents } from '../../../../http/webhook-view';
import { twitterOf } from '../../../../workflows/twitter';

/** Lists accounts, without their secrets. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const [rows, count] = await twitter.listAndCountTwitterAccounts({}, { order: { created_at: 'ASC' }, take: 200 });
  response.json({ ...(await withEvents(twitter, (rows as unknown as AccountRow[]).map(accountView))), count });
});

/** Adds an account by an operator's input; mostly accounts come from connecting them. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const { api_config } = bodyOf(accountSchema, request);
  const { id } = await twitter.createTwitterAccounts({});
  if (api_config !== undefined) {
    await addCredentials(twitter, id, api_config).catch(async (error: unknown) => {
      await twitter.deleteTwitterAccounts(id);
      throw error;
    });
  }
  const row = (await twitter.retrieveTwitterAccount(id)) as unknown as AccountRow;
  response.status(201).json({ account: accountView(row) });
});
