import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../../http/errors';
import { extendedBodyOf, queryOf } from '../../../../../http/input';
import { pick, showPostSchema } from '../../../../../http/queries';
import { updatePostSchema } from '../../../../../http/schemas';
import { noteActivity } from '../../../../../posts/activity';
import { loadPost } from '../../../../../posts/load';
import { showPost } from '../../../../../posts/show';
import { twitterOf } from '../../../../../twitter/service';
import type { ActivityEntry, TwitterPostView } from '../../../../../types/http';
import type { PostRow } from '../../../../../types/rows';
import { deleteTwitterPostsWorkflow } from '../../../../../workflows/posts/delete';
import { updateTwitterPostsWorkflow } from '../../../../../workflows/posts/update';

/** What a change is called in the post's activity. */
function eventOf(before: PostRow, after: TwitterPostView): ActivityEntry['event'] {
  if (before.status !== 'scheduled' && after.status === 'scheduled') return 'scheduled';
  return before.status === 'scheduled' && after.status === 'draft' ? 'unscheduled' : 'changed';
}

/** Shows a post, with how its publish went. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { fields } = queryOf(showPostSchema, request);
  response.json({ post: pick(await showPost(request.scope, request.params.id as string), fields) });
});

/** Changes a post that is not on its way, not out, and not in doubt. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { additional_data, ...change } = extendedBodyOf(updatePostSchema, request);
  const id = request.params.id as string;
  const before = await loadPost(twitterOf(request.scope), id);
  const posts = [{ id, ...change }];
  const { result } = await updateTwitterPostsWorkflow(request.scope).run({ input: { posts, additional_data } });
  await noteActivity(request, id, eventOf(before, result[0] as TwitterPostView));
  response.json({ post: await showPost(request.scope, id) });
});

/** Deletes a post here; what is on X stays there. */
export const DELETE = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const id = request.params.id as string;
  await deleteTwitterPostsWorkflow(request.scope).run({ input: { ids: [id] } });
  response.json({ id, object: 'twitter_post', deleted: true });
});
