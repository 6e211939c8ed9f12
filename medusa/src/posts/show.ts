import type { MedusaContainer } from '@medusajs/framework/types';
import { MedusaError, Modules } from '@medusajs/framework/utils';
import { productsOf } from '../products/post-products';
import { twitterOf } from '../twitter/service';
import type { ActivityEntry, TwitterPostView } from '../types/http';
import type { PostRow } from '../types/rows';
import { postView } from '../views/posts';

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
  const found = await twitterOf(scope).listTwitterPosts({ id: ids }, { relations, take: ids.length });
  const rows = found as unknown as PostRow[];
  const names = await namesOf(
    scope,
    rows.flatMap(({ activity }) => activity ?? []),
  );
  const views = await shown(scope, rows);
  const byId = new Map(
    views.map((view, index) => [view.id, { ...view, activity: named(rows[index]?.activity, names) }]),
  );
  return ids.map((id) => {
    const view = byId.get(id);
    if (view === undefined) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no post ${id}`);
    return view;
  });
}

/** Names of those who did it, as far as they are users still. */
async function namesOf(scope: MedusaContainer, entries: ActivityEntry[]): Promise<Map<string, string>> {
  const id = [...new Set(entries.map(({ actor_id }) => actor_id))];
  if (id.length === 0) return new Map();
  const users = await scope.resolve(Modules.USER).listUsers({ id }, { take: id.length });
  return new Map(
    users.map((user) => [user.id, [user.first_name, user.last_name].filter(Boolean).join(' ') || user.email]),
  );
}

function named(entries: ActivityEntry[] | null | undefined, names: Map<string, string>): ActivityEntry[] {
  return (entries ?? []).map((entry) => {
    const actor = names.get(entry.actor_id);
    return actor === undefined ? entry : { ...entry, actor };
  });
}

/** A post as routes show it, with its product and who did what. */
export async function showPost(scope: MedusaContainer, id: string): Promise<TwitterPostView> {
  const [view] = await showPosts(scope, [id]);
  return view as TwitterPostView;
}
