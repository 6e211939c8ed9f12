import type { MedusaContainer } from '@medusajs/framework/types';
import { Modules } from '@medusajs/framework/utils';
import { productsOf } from '../products/post-products';
import type { ActivityEntry, TwitterPostView } from '../types/http';
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

/** Adds the names of those who did it, as far as they are users still. */
async function withActors(scope: MedusaContainer, entries: ActivityEntry[]): Promise<ActivityEntry[]> {
  const id = [...new Set(entries.map(({ actor_id }) => actor_id))];
  if (id.length === 0) return entries;
  const users = await scope.resolve(Modules.USER).listUsers({ id }, { take: id.length });
  const names = new Map(
    users.map((user) => [user.id, [user.first_name, user.last_name].filter(Boolean).join(' ') || user.email]),
  );
  return entries.map((entry) => {
    const actor = names.get(entry.actor_id);
    return actor === undefined ? entry : { ...entry, actor };
  });
}

/** A post as routes show it, with its product and who did what. */
export async function showPost(scope: MedusaContainer, id: string): Promise<TwitterPostView> {
  const row = await loadPost(twitterOf(scope), id);
  const [view] = await shown(scope, [row]);
  return { ...(view as TwitterPostView), activity: await withActors(scope, row.activity ?? []) };
}
