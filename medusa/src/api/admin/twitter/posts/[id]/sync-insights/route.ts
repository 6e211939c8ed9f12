import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import { answerPostError, route } from '../../../../../../http/errors';
import { loadPost } from '../../../../../../posts/load';
import { showPost } from '../../../../../../posts/show';
import { twitterOf } from '../../../../../../twitter/service';
import { fetchTwitterInsightsWorkflow } from '../../../../../../workflows/fetch-insights';

/** Reads a post's metrics now. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  const { status } = await loadPost(twitter, id);
  if (status !== 'posted') throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `The post is not out: it is ${status}`);
  const { result } = await fetchTwitterInsightsWorkflow(request.scope).run({ input: { post_ids: [id] } });
  const post = await showPost(request.scope, id);
  const [failed] = result.failed;
  if (failed !== undefined) return answerPostError(failed, response, { post });
  response.json({ post, insights: result.synced[0]?.insights });
});
