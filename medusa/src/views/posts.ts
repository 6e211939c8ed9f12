import type { ProgressView, PublishIntentView, TwitterPostError, TwitterPostView } from '../types/http';
import type { AccountRow, IntentRecord, PostRow } from '../types/rows';
import { accountView } from './accounts';
import { iso, isoOrNull } from './time';

/** Why a post is not out, if it is not. */
export function errorOf(row: Pick<PostRow, 'error_code' | 'error_message' | 'retry_at'>): TwitterPostError | null {
  if (row.error_code === null) return null;
  return { code: row.error_code, message: row.error_message ?? row.error_code, retry_at: isoOrNull(row.retry_at) };
}

function intentView(intent: IntentRecord): PublishIntentView {
  const { state, seen, published, history } = intent;
  return { state, seen, published: published ?? [], history: history ?? [] };
}

function accountOf(row: AccountRow): NonNullable<TwitterPostView['account']> {
  const { id, x_user_id, status, profile } = accountView(row);
  return { id, x_user_id, status, profile };
}

/** A post as routes show it; with `intent` and `account` if they were loaded. */
export function postView(row: PostRow, product_id: string | null): TwitterPostView {
  const { id, account_id, caption, poll, status, post_url, insights, revision } = row;
  return {
    ...{ id, account_id, caption, poll, product_id, status, post_url, insights, revision },
    media_attachments: row.media_attachments ?? [],
    thread: row.thread ?? [],
    scheduled_at: isoOrNull(row.scheduled_at),
    posted_at: isoOrNull(row.posted_at),
    insights_at: isoOrNull(row.insights_at),
    error: errorOf(row),
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
    ...(row.account === undefined ? {} : { account: row.account === null ? null : accountOf(row.account) }),
    ...(row.intent === undefined ? {} : { intent: row.intent === null ? null : intentView(row.intent) }),
  };
}

/** How far a post's publish is. */
export function progressView(row: PostRow): ProgressView {
  const { progress } = row.intent ?? {};
  const settled = row.status !== 'publishing';
  return {
    status: row.status,
    phase: settled ? 'done' : (progress?.phase ?? 'waiting'),
    part: progress?.part ?? 0,
    parts: progress?.parts ?? (row.thread?.length ?? 0) + 1,
    media: progress?.media ?? [],
    post_url: row.post_url,
    error: errorOf(row),
  };
}
