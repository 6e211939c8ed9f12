import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../http/errors';
import { bodyOf, queryOf } from '../../../../http/input';
import { shown, showPost } from '../../../../http/posts';
import { createPostSchema, listPostsSchema } from '../../../../http/schemas';
import type { PostRow } from '../../../../http/views';
import { postsOf, requireProduct, setProduct } from '../../../../products/post-products';
import { twitterOf } from '../../../../workflows/twitter';

/** Lists posts, the newest first. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { limit, offset, product_id, ...rest } = queryOf(listPostsSchema, request);
  const filters = product_id === undefined ? rest : { ...rest, id: await postsOf(request.scope, product_id) };
  const [rows, count] = await twitterOf(request.scope).listAndCountTwitterPosts(
    filters as Parameters<ReturnType<typeof twitterOf>['listAndCountTwitterPosts']>[0],
    { relations: ['account'], order: { created_at: 'DESC', id: 'DESC' }, take: limit, skip: offset },
  );
  response.json({ posts: await shown(request.scope, rows as unknown as PostRow[]), count, limit, offset });
});

/** Creates a draft, or with a time a scheduled post. A draft may be anything; what X refuses is told by publishing. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const { account_id, product_id, scheduled_at, ...content } = bodyOf(createPostSchema, request);
  await twitter.retrieveTwitterAccount(account_id);
  if (product_id) await requireProduct(request.scope, product_id);
  const { id } = await twitter.createTwitterPosts({
    ...(content as object),
    account_id,
    status: scheduled_at ? 'scheduled' : 'draft',
    scheduled_at: scheduled_at ? new Date(scheduled_at) : null,
  });
  if (product_id) await setProduct(request.scope, id, product_id);
  response.status(201).json({ post: await showPost(request.scope, id) });
});
