import { setTimeout as delay } from 'node:timers/promises';
import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { answerPostError, route } from '../../../../../../http/errors';
import { extendedBodyOf } from '../../../../../../http/input';
import { publishSchema } from '../../../../../../http/schemas';
import type TwitterModuleService from '../../../../../../modules/twitter/service';
import { noteActivity } from '../../../../../../posts/activity';
import { loadPost } from '../../../../../../posts/load';
import { shown, showPost } from '../../../../../../posts/show';
import { twitterOf } from '../../../../../../twitter/service';
import type { PostRow } from '../../../../../../types/rows';
import { errorOf } from '../../../../../../views/posts';
import { beginPublishWorkflow } from '../../../../../../workflows/publish-post/begin';

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
 * Publishes a post. What surely can't be published is refused here. The rest follows after the answer, 202 with `{ post }`,
 * and is reported by the post and by `…/progress`. With `{ "wait": true }` the answer is the outcome: 200 with
 * `{ success: true, post, result }`, or the error with `{ success: false, post }`.
 */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  const { wait, revision, additional_data } = extendedBodyOf(publishSchema, request);
  await beginPublishWorkflow(request.scope).run({ input: { post_id: id, revision, additional_data } });
  await noteActivity(request, id, 'asked_to_publish');
  if (!wait) {
    response.status(202).json({ post: await showPost(request.scope, id) });
    return;
  }
  const row = await settledPost(twitter, id);
  const error = errorOf(row);
  const [post] = await shown(request.scope, [row]);
  if (error !== null) return answerPostError(error, response, { success: false, post });
  if (row.status === 'posted') response.json({ success: true, post, result: row.intent?.result ?? null });
  else response.status(202).json({ success: false, post });
});
