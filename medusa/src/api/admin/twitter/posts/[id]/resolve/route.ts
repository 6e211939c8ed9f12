import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { route } from '../../../../../../http/errors';
import { bodyOf } from '../../../../../../http/input';
import { resolveSchema } from '../../../../../../http/schemas';
import { noteActivity } from '../../../../../../posts/activity';
import { loadPost } from '../../../../../../posts/load';
import { showPost } from '../../../../../../posts/show';
import { outcomeIsKnown } from '../../../../../../publishing/taken';
import { twitterOf } from '../../../../../../twitter/service';
import type { ActivityEntry, ResolveInput } from '../../../../../../types/http';
import { resolveOutcomeWorkflow } from '../../../../../../workflows/resolve-outcome';

const EVENTS: Record<ResolveInput['action'], ActivityEntry['event']> = {
  check: 'asked_to_look',
  published: 'saw_it_on_x',
  retry: 'asked_to_send_again',
  abandon: 'gave_up',
};

/** Posts that this process is looking for already, by a request that was answered. */
const looking = new Set<string>();

/** Looks at the timeline after the answer. What it finds is written to the post; so is a look that fails. */
function lookLater({ scope }: AuthenticatedMedusaRequest, post_id: string): void {
  if (looking.has(post_id)) return;
  looking.add(post_id);
  resolveOutcomeWorkflow(scope)
    .run({ input: { post_id, action: 'check' } })
    .catch((error: Error) =>
      scope
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`${post_id}: its outcome could not be looked up: ${error.message}`),
    )
    .finally(() => looking.delete(post_id));
}

/**
 * Resolves a post of unknown outcome: looks again, or takes a person's decision. A look takes up to two minutes, so it is
 * answered at once, 202, and continues after that; a process that ends meanwhile leaves it to the job.
 */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const id = request.params.id as string;
  const { status } = await loadPost(twitterOf(request.scope), id);
  const decision = bodyOf(resolveSchema, request);
  const isLater = decision.action === 'check' && !decision.wait;
  if (isLater) {
    if (status !== 'unknown') {
      throw outcomeIsKnown(status);
    }
    lookLater(request, id);
  } else {
    await resolveOutcomeWorkflow(request.scope).run({ input: { post_id: id, ...decision } });
  }
  await noteActivity(request, id, EVENTS[decision.action]);
  response.status(isLater ? 202 : 200).json({ post: await showPost(request.scope, id) });
});
