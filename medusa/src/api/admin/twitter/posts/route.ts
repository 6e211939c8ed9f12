import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../http/errors';
import { extendedBodyOf, queryOf } from '../../../../http/input';
import { shown } from '../../../../http/posts';
import { listPostsSchema, pick } from '../../../../http/queries';
import { createPostSchema } from '../../../../http/schemas';
import type { PostRow } from '../../../../http/views';
import { postsOf } from '../../../../products/post-products';
import { createTwitterPostsWorkflow } from '../../../../workflows/posts/create';
import { twitterOf } from '../../../../workflows/twitter';

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

/** Creates a draft, or with a time a scheduled post. A draft may be anything; what X refuses is told by publishing. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { additional_data, ...post } = extendedBodyOf(createPostSchema, request);
  const { result } = await createTwitterPostsWorkflow(request.scope).run({ input: { posts: [post], additional_data } });
  response.status(201).json({ post: result[0] });
});
