import type {
  AccountStatus,
  ProgressView,
  PublishIntentView,
  TwitterPostStatus,
  TwitterPostView,
  TwitterPublishResult,
} from './http';

export type Time = Date | string;

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
