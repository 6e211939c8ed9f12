import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../../../http/errors';
import { queryOf } from '../../../../../../http/input';
import { noQuerySchema } from '../../../../../../http/queries';
import { pointOf, type SnapshotRow } from '../../../../../../insights/metrics';
import { twitterOf } from '../../../../../../twitter/service';

/** More readings than the schedule makes in a month, a year of people's own included. */
const MOST = 2000;

/** A post's readings, the oldest first. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  queryOf(noQuerySchema, request);
  const { id } = await twitter.retrieveTwitterPost(request.params.id as string);
  const rows = await twitter.listTwitterMetricsSnapshots({ post_id: id }, { order: { taken_at: 'DESC' }, take: MOST });
  response.json({ insights: (rows as unknown as SnapshotRow[]).map(pointOf).reverse() });
});
