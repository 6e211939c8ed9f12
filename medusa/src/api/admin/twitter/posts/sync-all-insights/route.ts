import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../../http/errors';
import { twitterOf } from '../../../../../twitter/service';
import { fetchTwitterInsightsWorkflow } from '../../../../../workflows/fetch-insights';

/** Posts of one round: ten requests of 100. */
const ROUND = 1000;

/** Reads the metrics of all posts that are out, now. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  let synced = 0;
  const failed: { id: string; code: string; message: string }[] = [];
  for (let skip = 0; ; skip += ROUND) {
    const posts = await twitter.listTwitterPosts(
      { status: 'posted' },
      { select: ['id'], order: { posted_at: 'DESC', id: 'DESC' }, take: ROUND, skip },
    );
    if (posts.length === 0) break;
    const { result } = await fetchTwitterInsightsWorkflow(request.scope).run({
      input: { post_ids: posts.map(({ id }) => id) },
    });
    synced += result.synced.length;
    failed.push(...result.failed.map(({ id, code, message }) => ({ id, code, message })));
  }
  response.json({ synced, failed });
});
