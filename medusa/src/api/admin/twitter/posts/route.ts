import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../http/errors';
import { bodyOf, queryOf } from '../../../../http/input';
import { createPostSchema, listPostsSchema } from '../../../../http/schemas';
import { loadPost, type PostRow, postView } from '../../../../http/views';
import { twitterOf } from '../../../../workflows/twitter';

/** Lists posts, the newest first. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { limit, offset, ...filters } = queryOf(listPostsSchema, request);
  const [rows, count] = await twitterOf(request.scope).listAndCountTwitterPosts(
    filters as Parameters<ReturnType<typeof twitterOf>['listAndCountTwitterPosts']>[0],
    { relations: ['account'], order: { created_at: 'DESC', id: 'DESC' }, take: limit, skip: offset },
  );
  response.json({ posts: (rows as unknown as PostRow[]).map(postView), count, limit, offset });
});

/** Creates a draft, or with a time a scheduled post. A draft may be anything; what X refuses is told by publishing. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const { account_id, scheduled_at, ...content } = bodyOf(createPostSchema, request);
  await twitter.retrieveTwitterAccount(account_id);
  const { id } = await twitter.createTwitterPosts({
    ...(content as object),
    account_id,
    status: scheduled_at ? 'scheduled' : 'draft',
    scheduled_at: scheduled_at ? new Date(scheduled_at) : null,
  });
  response.status(201).json({ post: postView(await loadPost(twitter, id)) });
});
