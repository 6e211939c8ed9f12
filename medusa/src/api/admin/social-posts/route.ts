import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../http/errors';
import { bodyOf, queryOf } from '../../../http/input';
import { createPostSchema, listPostsSchema } from '../../../http/schemas';
import { loadPost, type PostRow, postView } from '../../../http/views';
import { socialsOf } from '../../../workflows/socials';

/** Lists posts, the newest first. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { limit, offset, ...filters } = queryOf(listPostsSchema, request);
  const [rows, count] = await socialsOf(request.scope).listAndCountSocialPosts(
    filters as Parameters<ReturnType<typeof socialsOf>['listAndCountSocialPosts']>[0],
    { relations: ['platform'], order: { created_at: 'DESC', id: 'DESC' }, take: limit, skip: offset },
  );
  response.json({ social_posts: (rows as unknown as PostRow[]).map(postView), count, limit, offset });
});

/** Creates a draft, or with a time a scheduled post. A draft may be anything; what X refuses is told by publishing. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const socials = socialsOf(request.scope);
  const { platform_id, scheduled_at, ...content } = bodyOf(createPostSchema, request);
  await socials.retrieveSocialPlatform(platform_id);
  const { id } = await socials.createSocialPosts({
    ...(content as object),
    platform_id,
    status: scheduled_at ? 'scheduled' : 'draft',
    scheduled_at: scheduled_at ? new Date(scheduled_at) : null,
  });
  response.status(201).json({ social_post: postView(await loadPost(socials, id)) });
});
