import { createHash } from 'node:crypto';
import type { MedusaContainer } from '@medusajs/framework/types';
import { MedusaError } from '@medusajs/framework/utils';
import type { z } from '@medusajs/framework/zod';
import type { createPostSchema } from '../http/schemas';
import type TwitterModuleService from '../modules/twitter/service';
import { requireProduct, setProduct } from '../products/post-products';
import { twitterOf } from '../workflows/twitter';
import { scheduleOf } from './schedule';

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

async function insert(
  scope: MedusaContainer,
  { account_id, product_id, scheduled_at, status, ...content }: CreatePostInput,
  columns: object,
): Promise<string> {
  const twitter = twitterOf(scope);
  const schedule = scheduleOf({ scheduled_at, status });
  await twitter.retrieveTwitterAccount(account_id);
  if (product_id) await requireProduct(scope, product_id);
  const { id } = await twitter.createTwitterPosts({ ...(content as object), account_id, ...schedule, ...columns });
  return id;
}

/**
 * Creates a draft, or a scheduled post. With a key, the same request again gives the post that the first one made,
 * however many arrive at once.
 */
export async function createPost(
  scope: MedusaContainer,
  input: CreatePostInput,
  key: string | undefined,
): Promise<CreatedPost> {
  const twitter = twitterOf(scope);
  const digest = digestOf(input);
  const created = await once();
  // A first request that ended between the post and its link is completed by the next.
  if (input.product_id) await setProduct(scope, created.id, input.product_id);
  return created;

  async function once(): Promise<CreatedPost> {
    if (key === undefined) return { id: await insert(scope, input, {}), isNew: true };
    const known = await madeBefore(twitter, key, digest);
    if (known !== undefined) return known;
    try {
      return { id: await insert(scope, input, { idempotency_key: key, request_digest: digest }), isNew: true };
    } catch (error) {
      // Another request with the key was faster: the unique index refused this one's row.
      const winner = await madeBefore(twitter, key, digest);
      if (winner === undefined) throw error;
      return winner;
    }
  }
}
