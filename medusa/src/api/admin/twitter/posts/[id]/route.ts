import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import type { z } from '@medusajs/framework/zod';
import { route } from '../../../../../http/errors';
import { bodyOf } from '../../../../../http/input';
import { showPost } from '../../../../../http/posts';
import { updatePostSchema } from '../../../../../http/schemas';
import { loadPost, type PostRow } from '../../../../../http/views';
import { noteActivity } from '../../../../../posts/activity';
import { scheduleOf } from '../../../../../posts/schedule';
import { requireProduct, setProduct } from '../../../../../products/post-products';
import { alreadyTaken } from '../../../../../publishing/taken';
import type { ActivityEntry } from '../../../../../types/http';
import { twitterOf } from '../../../../../workflows/twitter';

type Change = Omit<z.infer<typeof updatePostSchema>, 'revision' | 'product_id'>;
type Before = Pick<PostRow, 'status' | 'scheduled_at'>;

const CONTENT = ['caption', 'media_attachments', 'thread', 'poll', 'account_id'] as const;
const JSON_COLUMNS: readonly string[] = ['media_attachments', 'thread', 'poll'];

/** Columns and values of a change. A post that failed is a draft, or scheduled, again as soon as its time is set. */
function columnsOf({ scheduled_at, status, ...change }: Change, before: Before): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change)) {
    columns[name] = JSON_COLUMNS.includes(name) && value !== null ? JSON.stringify(value) : value;
  }
  const time = before.scheduled_at === null ? null : new Date(before.scheduled_at);
  const schedule = scheduleOf({ scheduled_at, status }, time);
  if (schedule === undefined) return columns;
  return { ...columns, ...schedule, ...{ error_code: null, error_message: null, retry_at: null } };
}

/** What a change is called in the post's activity. */
function eventOf(before: Before, { status }: Record<string, unknown>): ActivityEntry['event'] {
  if (before.status !== 'scheduled' && status === 'scheduled') return 'scheduled';
  return before.status === 'scheduled' && status === 'draft' ? 'unscheduled' : 'changed';
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
  const columns = columnsOf(change, before);
  if (!(await twitter.updateDraft(id, revision, columns))) throw alreadyTaken((await loadPost(twitter, id)).status);
  if (product_id !== undefined) await setProduct(request.scope, id, product_id);
  await noteActivity(request, id, eventOf(before, columns));
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
