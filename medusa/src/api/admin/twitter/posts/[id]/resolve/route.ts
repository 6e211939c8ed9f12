import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../../../http/errors';
import { bodyOf } from '../../../../../../http/input';
import { showPost } from '../../../../../../http/posts';
import { resolveSchema } from '../../../../../../http/schemas';
import { loadPost } from '../../../../../../http/views';
import { resolveOutcomeWorkflow } from '../../../../../../workflows/resolve-outcome';
import { twitterOf } from '../../../../../../workflows/twitter';

/** Resolves a post of unknown outcome: looks again, or takes a person's decision. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const id = request.params.id as string;
  await loadPost(twitterOf(request.scope), id);
  await resolveOutcomeWorkflow(request.scope).run({ input: { post_id: id, ...bodyOf(resolveSchema, request) } });
  response.json({ post: await showPost(request.scope, id) });
});
