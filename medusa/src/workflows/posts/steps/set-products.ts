import type { MedusaContainer } from '@medusajs/framework/types';
import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { productsOf, setProduct } from '../../../products/post-products';

/** The product that a post is to have; `null` for none. */
export interface PostProduct {
  post_id: string;
  product_id: string | null;
}

async function setAll(container: MedusaContainer, products: PostProduct[]): Promise<void> {
  for (const { post_id, product_id } of products) await setProduct(container, post_id, product_id);
}

/** Links posts to products in place of those that they had. Its compensation links the former ones again. */
export const setProductsStep = createStep(
  'twitter-set-post-products',
  async (products: PostProduct[], { container }) => {
    const ids = products.map(({ post_id }) => post_id);
    const known = await productsOf(container, ids);
    const before = ids.map((post_id) => ({ post_id, product_id: known.get(post_id) ?? null }));
    try {
      await setAll(container, products);
    } catch (error) {
      // A step that fails has no compensation: what it did until then is undone here.
      await setAll(container, before);
      throw error;
    }
    return new StepResponse(undefined, before);
  },
  async (before, { container }) => {
    if (before !== undefined) await setAll(container, before);
  },
);
