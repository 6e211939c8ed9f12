import type { MedusaContainer } from '@medusajs/framework/types';
import { productsOf } from '../products/post-products';
import type { TwitterPostView } from '../types/http';
import { twitterOf } from '../workflows/twitter';
import { loadPost, type PostRow, postView } from './views';

/** Posts as routes show them, with their products. */
export async function shown(scope: MedusaContainer, rows: PostRow[]): Promise<TwitterPostView[]> {
  const products = await productsOf(
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => postView(row, products.get(row.id) ?? null));
}

/** A post as routes show it, with its product. */
export async function showPost(scope: MedusaContainer, id: string): Promise<TwitterPostView> {
  const [view] = await shown(scope, [await loadPost(twitterOf(scope), id)]);
  return view as TwitterPostView;
}
