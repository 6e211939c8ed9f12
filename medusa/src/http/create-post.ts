import { createHash } from 'node:crypto';
import type { MedusaContainer } from '@medusajs/framework/types';
import { MedusaError } from '@medusajs/framework/utils';
import type { z } from '@medusajs/framework/zod';
import type TwitterModuleService from '../modules/twitter/service';
import { setProduct } from '../products/post-products';
import { twitterOf } from '../twitter/service';
import type { TwitterPostView } from '../types/http';
import { createTwitterPostsWorkflow } from '../workflows/posts/create';
import type { createPostSchema } from './schemas';

/** A request to create a post, without its key. */
export type CreatePostInput = Omit<z.infer<typeof createPostSchema>, 'idempotency_key'>;

/** The post of a request, and whether this request made it. */
export interface CreatedPost {
  id: string;
  isNew: boolean;
}

const digestOf = (input: CreatePostInput): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('base64url');

/**
 * The post that an earlier request with this key made.
 * @throws CONFLICT, with `code` and `post_id`, if that request had another body
 */
async function madeBefore(
  twitter: TwitterModuleService,
  key: string,
  digest: string,
): Promise<CreatedPost | undefined> {
  const [post] = await twitter.listTwitterPosts({ idempotency_key: key }, { take: 1 });
  if (post === undefined) return undefined;
  if (post.request_digest === digest) return { id: post.id, isNew: false };
  const message = `The idempotency key was used for another post: ${post.id}. Change that one, or use a new key`;
  throw Object.assign(new MedusaError(MedusaError.Types.CONFLICT, message), {
    code: 'IDEMPOTENCY_KEY_REUSED',
    post_id: post.id,
  });
}

/** How a post is created. */
export interface CreateOptions {
  /** The key that names the request. */
  key: string | undefined;
  /** For the hooks of the workflow. */
  additional_data?: Record<string, unknown> | null | undefined;
}

/**
 * Creates a draft, or a scheduled post. With a key, the same request again gives the post that the first one made,
 * however many arrive at once.
 */
export async function createPost(
  scope: MedusaContainer,
  input: CreatePostInput,
  { key, additional_data }: CreateOptions,
): Promise<CreatedPost> {
  const twitter = twitterOf(scope);
  const digest = digestOf(input);
  const known = key === undefined ? undefined : await madeBefore(twitter, key, digest);
  if (known !== undefined) return completed(scope, known, input);
  const named = key === undefined ? {} : { idempotency_key: key, request_digest: digest };
  try {
    const posts = [{ ...input, ...named }];
    const { result } = await createTwitterPostsWorkflow(scope).run({ input: { posts, additional_data } });
    return { id: (result[0] as TwitterPostView).id, isNew: true };
  } catch (error) {
    // Another request with the key may have been faster: the unique index refused this one's row then.
    const winner = key === undefined ? undefined : await madeBefore(twitter, key, digest);
    if (winner === undefined) throw error;
    return completed(scope, winner, input);
  }
}

/** A first request that ended between the post and its link is completed by the next. */
async function completed(
  scope: MedusaContainer,
  created: CreatedPost,
  { product_id }: CreatePostInput,
): Promise<CreatedPost> {
  if (product_id) await setProduct(scope, created.id, product_id);
  return created;
}
