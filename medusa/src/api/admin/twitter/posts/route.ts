import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import { route } from '../../../../http/errors';
import { bodyOf, queryOf } from '../../../../http/input';
import { shown, showPost } from '../../../../http/posts';
import { createPostSchema, idempotencyKeySchema, listPostsSchema } from '../../../../http/schemas';
import type { PostRow } from '../../../../http/views';
import { noteActivity } from '../../../../posts/activity';
import { createPost } from '../../../../posts/create-post';
import { postsOf } from '../../../../products/post-products';
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

/** The key that names a request: in its body, or in the header `Idempotency-Key`. */
function keyOf(request: AuthenticatedMedusaRequest, inBody: string | undefined): string | undefined {
  const inHeader = request.get('idempotency-key');
  if (inHeader === undefined) return inBody;
  const key = bodyOf(idempotencyKeySchema, { body: inHeader });
  if (inBody === undefined || inBody === key) return key;
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    'idempotency_key: the header Idempotency-Key has another value',
  );
}

/**
 * Creates a draft, or with a time a scheduled post: 201. A request whose key is known gives the post that it made: 200.
 * A draft may be anything; what X refuses is told by publishing.
 */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { idempotency_key, ...input } = bodyOf(createPostSchema, request);
  const { id, isNew } = await createPost(request.scope, input, keyOf(request, idempotency_key));
  if (isNew) await noteActivity(request, id, 'created');
  response.status(isNew ? 201 : 200).json({ post: await showPost(request.scope, id) });
});
