import { model } from '@medusajs/framework/utils';
import PublishIntent from './publish-intent';
import SocialPlatform from './social-platform';
import TweetMetricsSnapshot from './tweet-metrics-snapshot';

/** What staff compose, and what became of it. */
const SocialPost = model
  .define('social_post', {
    id: model.id({ prefix: 'spost' }).primaryKey(),
    caption: model.text().searchable().default(''),
    media_attachments: model.json().nullable(),
    thread: model.json().nullable(),
    poll: model.json().nullable(),
    product_id: model.text().nullable(),
    status: model.enum(['draft', 'scheduled', 'publishing', 'posted', 'failed', 'unknown']).default('draft'),
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
    revision: model.number().default(0),
    platform: model.belongsTo(() => SocialPlatform, { mappedBy: 'posts' }),
    intent: model.hasOne(() => PublishIntent, { mappedBy: 'post' }).nullable(),
    snapshots: model.hasMany(() => TweetMetricsSnapshot, { mappedBy: 'post' }),
  })
  .cascades({ delete: ['intent', 'snapshots'] })
  .indexes([
    { name: 'IDX_social_post_status_scheduled_at', on: ['status', 'scheduled_at'], where: 'deleted_at IS NULL' },
    { name: 'IDX_social_post_insights_due_at', on: ['insights_due_at'], where: 'insights_due_at IS NOT NULL' },
    { name: 'IDX_social_post_product_id', on: ['product_id'], where: 'product_id IS NOT NULL' },
  ]);

export default SocialPost;
