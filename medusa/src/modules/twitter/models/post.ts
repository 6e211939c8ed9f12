import { model } from '@medusajs/framework/utils';
import TwitterAccount from './account';
import TwitterMetricsSnapshot from './metrics-snapshot';
import TwitterPublishIntent from './publish-intent';

/** What staff compose, and what became of it. */
const TwitterPost = model
  .define('twitter_post', {
    id: model.id({ prefix: 'twpost' }).primaryKey(),
    caption: model.text().searchable().default(''),
    media_attachments: model.json().nullable(),
    thread: model.json().nullable(),
    poll: model.json().nullable(),
    status: model.enum(['draft', 'scheduled', 'publishing', 'posted', 'failed', 'unknown', 'deleted']).default('draft'),
    scheduled_at: model.dateTime().nullable(),
    posted_at: model.dateTime().nullable(),
    post_url: model.text().nullable(),
    insights: model.json().nullable(),
    insights_at: model.dateTime().nullable(),
    /** When the metrics are to be read again by themselves. */
    insights_due_at: model.dateTime().nullable(),
    error_code: model.text().nullable(),
    error_message: model.text().nullable(),
    retry_at: model.dateTime().nullable(),
    /** What subscribers have not been sent: `published`, `failed`, `unknown` or `deleted`. */
    unannounced: model.text().nullable(),
    /** Names the request that made the post, so that the same one again makes no second. */
    idempotency_key: model.text().nullable(),
    /** Of that request's body, to tell another one with its key. */
    request_digest: model.text().nullable(),
    /** What people did with it: see `ActivityEntry`. */
    activity: model.json().nullable(),
    revision: model.number().default(0),
    account: model.belongsTo(() => TwitterAccount, { mappedBy: 'posts' }),
    intent: model.hasOne(() => TwitterPublishIntent, { mappedBy: 'post' }).nullable(),
    snapshots: model.hasMany(() => TwitterMetricsSnapshot, { mappedBy: 'post' }),
  })
  .cascades({ delete: ['intent', 'snapshots'] })
  .indexes([
    { name: 'IDX_twitter_post_status_scheduled_at', on: ['status', 'scheduled_at'], where: 'deleted_at IS NULL' },
    { name: 'IDX_twitter_post_unannounced', on: ['unannounced'], where: 'unannounced IS NOT NULL' },
    { name: 'IDX_twitter_post_insights_due_at', on: ['insights_due_at'], where: 'insights_due_at IS NOT NULL' },
    {
      name: 'IDX_twitter_post_idempotency_key',
      on: ['idempotency_key'],
      unique: true,
      where: 'idempotency_key IS NOT NULL AND deleted_at IS NULL',
    },
  ]);

export default TwitterPost;
