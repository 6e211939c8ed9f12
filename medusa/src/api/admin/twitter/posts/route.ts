import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import { createPost } from '../../../../http/create-post';
import { route } from '../../../../http/errors';
import { bodyOf, extendedBodyOf, queryOf } from '../../../../http/input';
import { listPostsSchema, pick } from '../../../../http/queries';
import { createPostSchema, idempotencyKeySchema } from '../../../../http/schemas';
import { noteActivity } from '../../../../posts/activity';
import { shown, showPost } from '../../../../posts/show';
import { postsOf } from '../../../../products/post-products';
import { twitterOf } from '../../../../twitter/service';
import type { PostRow } from '../../../../types/rows';

type Filters = Parameters<ReturnType<typeof twitterOf>['listAndCountTwitterPosts']>[0];

const RELATIONS = ['account', 'intent'] as const;

/** Lists posts, the newest first unless `order` says otherwise. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { limit, offset, order, fields, product_id, ...filters } = queryOf(listPostsSchema, request);
  // A filter of its own beside `id`: both have to hold.
  const ofProducts = product_id === undefined ? {} : { $and: [{ id: await postsOf(request.scope, product_id) }] };
  const relations = RELATIONS.filter((name) => fields.includes(name));
  const [rows, count] = await twitterOf(request.scope).listAndCountTwitterPosts(
    { ...filters, ...ofProducts } as Filters,
    {
      relations: [...relations],
      order,
      take: limit,
      skip: offset,
    },
  );
  // Of a relation that was not loaded a row has the id alone.
  const unloaded = Object.fromEntries(
    RELATIONS.filter((name) => !relations.includes(name)).map((name) => [name, undefined]),
  );
  const posts = await shown(
    request.scope,
    (rows as unknown as PostRow[]).map((row) => ({ ...row, ...unloaded })),
  );
  response.json({ posts: posts.map((post) => pick(post, fields)), count, limit, offset });
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
 * A draft may be anything; what X refuses is reported by publishing.
 */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { additional_data, idempotency_key, ...input } = extendedBodyOf(createPostSchema, request);
  const key = keyOf(request, idempotency_key);
  const { id, isNew } = await createPost(request.scope, input, { key, additional_data });
  if (isNew) await noteActivity(request, id, 'created');
  response.status(isNew ? 201 : 200).json({ post: await showPost(request.scope, id) });
});
