import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import type { z } from '@medusajs/framework/zod';
import { route } from '../../../../../http/errors';
import { bodyOf } from '../../../../../http/input';
import { showPost } from '../../../../../http/posts';
import { updatePostSchema } from '../../../../../http/schemas';
import { loadPost } from '../../../../../http/views';
import { requireProduct, setProduct } from '../../../../../products/post-products';
import { alreadyTaken } from '../../../../../publishing/taken';
import { twitterOf } from '../../../../../workflows/twitter';

type Change = Omit<z.infer<typeof updatePostSchema>, 'revision' | 'product_id'>;

const CONTENT = ['caption', 'media_attachments', 'thread', 'poll', 'account_id'] as const;
const JSON_COLUMNS: readonly string[] = ['media_attachments', 'thread', 'poll'];

/** Columns and values of a change. */
function columnsOf({ scheduled_at, ...change }: Change): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change)) {
    columns[name] = JSON_COLUMNS.includes(name) && value !== null ? JSON.stringify(value) : value;
  }
  if (scheduled_at === undefined) return columns;
  return {
    ...columns,
    ...{ scheduled_at, status: scheduled_at === null ? 'draft' : 'scheduled' },
    ...{ error_code: null, error_message: null, retry_at: null },
  };
}

/** Shows a post, with how its publish went. */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  response.json({ post: await showPost(request.scope, request.params.id as string) });
});

/** Changes a post that is not on its way, not out, and not in doubt. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  const { revision, product_id, ...change } = bodyOf(updatePostSchema, request);
  const before = await loadPost(twitter, id);
  if (change.account_id !== undefined) await twitter.retrieveTwitterAccount(change.account_id);
  if (product_id) await requireProduct(request.scope, product_id);
  if (before.intent?.published?.length && CONTENT.some((name) => change[name] !== undefined)) {
    throw new MedusaError(
      MedusaError.Types.CONFLICT,
      'A part of the thread is out already: publish the post again to go on behind it, unchanged',
    );
  }
  const changed = await twitter.updateDraft(id, revision, columnsOf(change));
  if (!changed) throw alreadyTaken((await loadPost(twitter, id)).status);
  if (product_id !== undefined) await setProduct(request.scope, id, product_id);
  response.json({ post: await showPost(request.scope, id) });
});

/** Deletes a post here; what is on X stays there. */
export const DELETE = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  await loadPost(twitter, id);
  if (!(await twitter.deleteSettledPost(id))) throw alreadyTaken((await loadPost(twitter, id)).status);
  await setProduct(request.scope, id, null);
  response.json({ id, object: 'twitter_post', deleted: true });
});
