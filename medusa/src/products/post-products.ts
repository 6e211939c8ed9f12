import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, MedusaError, Modules } from '@medusajs/framework/utils';
import productTwitterPost from '../links/product-twitter-post';
import { TWITTER_MODULE } from '../modules/twitter';

type Scope = Pick<MedusaContainer, 'resolve'>;

/** A row of the link between posts and products. */
interface Pair {
  product_id: string;
  twitter_post_id: string;
}

async function pairs(scope: Scope, filters: Partial<Record<keyof Pair, string | string[]>>): Promise<Pair[]> {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: productTwitterPost.entryPoint,
    fields: ['product_id', 'twitter_post_id'],
    filters,
  });
  return data as Pair[];
}

/** The products of posts, by the posts' ids; posts without one are left out. */
export async function productsOf(scope: Scope, postIds: string[]): Promise<Map<string, string>> {
  if (postIds.length === 0) return new Map();
  const found = await pairs(scope, { twitter_post_id: postIds });
  return new Map(found.map(({ twitter_post_id, product_id }) => [twitter_post_id, product_id]));
}

/** Ids of the posts of a product, or of any of several. */
export async function postsOf(scope: Scope, productIds: string[]): Promise<string[]> {
  return (await pairs(scope, { product_id: productIds })).map(({ twitter_post_id }) => twitter_post_id);
}

/**
 * Makes sure that there are such products.
 * @throws INVALID_DATA if one does not exist
 */
export async function requireProducts(scope: Scope, productIds: string[]): Promise<void> {
  if (productIds.length === 0) return;
  const query = scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: 'product', fields: ['id'], filters: { id: productIds } });
  const known = new Set(data.map(({ id }) => id));
  const missing = productIds.find((id) => !known.has(id));
  if (missing === undefined) return;
  throw new MedusaError(MedusaError.Types.INVALID_DATA, `product_id: there is no product ${missing}`);
}

/** Links a post to a product in place of the one that it had; with `null` to none. */
export async function setProduct(scope: Scope, postId: string, productId: string | null): Promise<void> {
  const link = scope.resolve(ContainerRegistrationKeys.LINK);
  const between = (product_id: string) => ({
    [Modules.PRODUCT]: { product_id },
    [TWITTER_MODULE]: { twitter_post_id: postId },
  });
  const old = (await pairs(scope, { twitter_post_id: postId })).filter(({ product_id }) => product_id !== productId);
  if (old.length > 0) await link.dismiss(old.map(({ product_id }) => between(product_id)));
  if (productId !== null) await link.create(between(productId));
}
