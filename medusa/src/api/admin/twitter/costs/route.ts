import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { monthOf } from '../../../../costs/month';
import { usageOf } from '../../../../costs/usage';
import { route } from '../../../../http/errors';
import { twitterOf } from '../../../../twitter/service';

/** What a month like the last one costs, by estimate, and what X says that the app has used. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const [month, usage] = await Promise.all([monthOf(twitter), usageOf(twitter)]);
  response.json({ costs: { month, usage } });
});
