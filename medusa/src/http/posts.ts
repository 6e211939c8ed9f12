import type { MedusaContainer } from '@medusajs/framework/types';
import { MedusaError } from '@medusajs/framework/utils';
import { productsOf } from '../products/post-products';
import type { TwitterPostView } from '../types/http';
import { twitterOf } from '../workflows/twitter';
import { type PostRow, postView } from './views';

/** Posts as routes show them, with their products. */
export async function shown(scope: MedusaContainer, rows: PostRow[]): Promise<TwitterPostView[]> {
  const products = await productsOf(
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => postView(row, products.get(row.id) ?? null));
}

/**
 * Posts as routes show them one by one, in the order of the ids.
 * @throws NOT_FOUND if one of them does not exist
 */
export async function showPosts(scope: MedusaContainer, ids: string[]): Promise<TwitterPostView[]> {
  const relations = ['intent', 'account'];
  const rows = await twitterOf(scope).listTwitterPosts({ id: ids }, { relations, take: ids.length });
  const views = await shown(scope, rows as unknown as PostRow[]);
  const byId = new Map(views.map((view) => [view.id, view]));
  return ids.map((id) => {
    const view = byId.get(id);
    if (view === undefined) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no post ${id}`);
    return view;
  });
}

/** A post as routes show it, with its product. */
export async function showPost(scope: MedusaContainer, id: string): Promise<TwitterPostView> {
  const [view] = await showPosts(scope, [id]);
  return view as TwitterPostView;
}
