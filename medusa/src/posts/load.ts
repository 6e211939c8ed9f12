import type TwitterModuleService from '../modules/twitter/service';
import type { PostRow } from '../types/rows';

/** Loads a post with its intent and account. */
export async function loadPost(twitter: TwitterModuleService, id: string): Promise<PostRow> {
  const row = await twitter.retrieveTwitterPost(id, { relations: ['intent', 'account'] });
  return row as unknown as PostRow;
}
