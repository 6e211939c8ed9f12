import type { ApiConfig } from '../modules/twitter/credentials/api-config';
import type TwitterModuleService from '../modules/twitter/service';
import { missingScopes, scopesOf } from '../twitter/credentials';
import type {
  AccountStatus,
  ProgressView,
  PublishIntentView,
  TwitterAccountView,
  TwitterPostError,
  TwitterPostStatus,
  TwitterPostView,
  TwitterPublishResult,
} from '../types/http';

type Time = Date | string;

/** A row of `twitter_account`. */
export interface AccountRow {
  id: string;
  status: AccountStatus;
  x_user_id: string | null;
  api_config: unknown;
  metadata: unknown;
  created_at: Time;
  updated_at: Time;
}

/** A row of `twitter_publish_intent`. */
export interface IntentRecord extends Pick<PublishIntentView, 'state' | 'seen'> {
  published: PublishIntentView['published'] | null;
  result: TwitterPublishResult | null;
  history: PublishIntentView['history'] | null;
  progress: Partial<ProgressView> | null;
}

/** A row of `twitter_post`, with what was loaded along. */
export interface PostRow
  extends Pick<TwitterPostView, 'id' | 'account_id' | 'caption' | 'poll' | 'post_url' | 'insights'> {
  media_attachments: TwitterPostView['media_attachments'] | null;
  thread: TwitterPostView['thread'] | null;
  status: TwitterPostStatus;
  scheduled_at: Time | null;
  posted_at: Time | null;
  insights_at: Time | null;
  error_code: string | null;
  error_message: string | null;
  retry_at: Time | null;
  activity?: TwitterPostView['activity'] | null;
  revision: number;
  created_at: Time;
  updated_at: Time;
  account?: AccountRow | null;
  intent?: IntentRecord | null;
}

const iso = (time: Time): string => new Date(time).toISOString();
const isoOrNull = (time: Time | null): string | null => (time === null ? null : iso(time));

function profileOf({ x_user_id, metadata }: AccountRow): TwitterAccountView['profile'] {
  const { profile } = (metadata ?? {}) as { profile?: Record<string, string | undefined> };
  if (x_user_id === null) return null;
  const username = profile?.username ?? x_user_id;
  return {
    username,
    name: profile?.name ?? username,
    profile_image_url: profile?.profile_image_url ?? null,
  };
}

/** An account as routes show it: what its credentials can do, and none of them. */
export function accountView(row: AccountRow): TwitterAccountView {
  // Of the credentials only what is not secret is looked at, so that they stay encrypted.
  const config = (row.api_config ?? {}) as ApiConfig;
  const hasToken = config.access_token !== undefined;
  return {
    id: row.id,
    status: row.status,
    x_user_id: row.x_user_id,
    profile: profileOf(row),
    scopes: hasToken ? scopesOf(config) : [],
    missing_scopes: missingScopes(config),
    has_oauth1: config.oauth1_credentials !== undefined,
    expires_at: config.expires_at === undefined ? null : new Date(config.expires_at).toISOString(),
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
  };
}

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

/** Loads a post with its intent and account. */
export async function loadPost(twitter: TwitterModuleService, id: string): Promise<PostRow> {
  const row = await twitter.retrieveTwitterPost(id, { relations: ['intent', 'account'] });
  return row as unknown as PostRow;
}
