import { MedusaError } from '@medusajs/framework/utils';
import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import type { DraftChange } from '../../../modules/twitter/sql/posts';
import { alreadyTaken } from '../../../publishing/taken';
import { accountIsGone } from '../../../twitter/credentials';
import { twitterOf } from '../../../twitter/service';
import type { TwitterPostInput } from '../../../types/http';
import type { PostRow } from '../../../types/rows';
import { scheduleOf } from '../schedule';

/** A change of a post; what is left out stays. */
export interface TwitterPostChange extends Partial<TwitterPostInput> {
  id: string;
  /** The post as it was read; if it has changed since, nothing is changed. */
  revision: number;
}

const CONTENT = ['caption', 'media_attachments', 'thread', 'poll', 'account_id'] as const;
const JSON_COLUMNS: readonly string[] = ['media_attachments', 'thread', 'poll'];
const NO_ERROR = { error_code: null, error_message: null, retry_at: null };

function columnsOf(values: object): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, value]) => {
    const isJson = JSON_COLUMNS.includes(name) && value !== null && value !== undefined;
    return [name, isJson ? JSON.stringify(value) : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function changeOf(change: TwitterPostChange, before: PostRow): DraftChange {
  const { id, revision, product_id, scheduled_at, status, ...content } = change;
  const columns = columnsOf(content);
  const time = before.scheduled_at === null ? null : new Date(before.scheduled_at);
  const schedule = scheduleOf({ scheduled_at, status }, time);
  return { id, revision, columns: schedule === undefined ? columns : { ...columns, ...schedule, ...NO_ERROR } };
}

/** What brings a post back to what it was before its change. */
function undoingOf(before: PostRow): DraftChange {
  const { id, account_id, caption, media_attachments, thread, poll, status, scheduled_at } = before;
  const { error_code, error_message, retry_at } = before;
  const columns = columnsOf({ account_id, caption, media_attachments, thread, poll, status, scheduled_at });
  return { id, revision: before.revision + 1, columns: { ...columns, error_code, error_message, retry_at } };
}

function requireChangeable(before: PostRow, change: TwitterPostChange): void {
  if (before.intent?.published?.length && CONTENT.some((name) => change[name] !== undefined)) {
    throw new MedusaError(
      MedusaError.Types.CONFLICT,
      'A part of the thread is published: publish the post again to continue it, unchanged',
    );
  }
  // Nobody would be there when its time comes.
  const isGone = before.account === null && change.account_id === undefined;
  if (isGone && (change.scheduled_at || change.status === 'scheduled')) throw accountIsGone(before.account_id);
}

/**
 * Changes posts that are not on their way, not out and not in doubt: all, or none. Its compensation changes them back,
 * unless somebody has changed them since.
 */
export const updatePostsStep = createStep(
  'twitter-update-posts',
  async (changes: TwitterPostChange[], { container }) => {
    const twitter = twitterOf(container);
    const ids = changes.map(({ id }) => id);
    const rows = await twitter.listTwitterPosts({ id: ids }, { relations: ['intent', 'account'], take: ids.length });
    const byId = new Map((rows as unknown as PostRow[]).map((row) => [row.id, row]));
    const before = changes.map((change) => {
      const row = byId.get(change.id);
      if (row === undefined) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no post ${change.id}`);
      requireChangeable(row, change);
      return row;
    });
    const taken = await twitter.updateDrafts(
      changes.map((change, index) => changeOf(change, before[index] as PostRow)),
    );
    if (taken !== undefined) throw alreadyTaken((await twitter.retrieveTwitterPost(taken)).status);
    return new StepResponse(ids, before.map(undoingOf));
  },
  async (undoings, { container }) => {
    for (const undoing of undoings ?? []) await twitterOf(container).updateDrafts([undoing]);
  },
);
