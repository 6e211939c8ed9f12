import { setTimeout as delay } from 'node:timers/promises';
import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { answerPostError, route } from '../../../../../../http/errors';
import { bodyOf } from '../../../../../../http/input';
import { shown } from '../../../../../../http/posts';
import { publishSchema } from '../../../../../../http/schemas';
import { errorOf, loadPost, type PostRow } from '../../../../../../http/views';
import type TwitterModuleService from '../../../../../../modules/twitter/service';
import { publishPostWorkflow } from '../../../../../../workflows/publish-post';
import { twitterOf } from '../../../../../../workflows/twitter';

/** How long a caller who waits is kept waiting: proxies give up at about a minute. */
const WAIT_MS = 55_000;
const LOOK_EVERY_MS = 200;

/** The post when its outcome is known, or as it is when the time is over. */
async function settledPost(twitter: TwitterModuleService, id: string): Promise<PostRow> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const row = await loadPost(twitter, id);
    if (row.status !== 'publishing' || Date.now() >= end) return row;
    await delay(LOOK_EVERY_MS);
  }
}

/**
 * Publishes a post. What surely can't be published is refused here; what follows goes on behind the answer, 202, and
 * is told by the post and by `…/progress`. With `wait` the answer is the outcome.
 */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  const { wait, revision } = bodyOf(publishSchema, request);
  await publishPostWorkflow(request.scope).run({ input: { post_id: id, revision } });
  const row = wait ? await settledPost(twitter, id) : await loadPost(twitter, id);
  const error = errorOf(row);
  const [post] = await shown(request.scope, [row]);
  const body = { post };
  if (wait && error !== null) return answerPostError(error, response, body);
  response.status(row.status === 'posted' ? 200 : 202).json(body);
});
