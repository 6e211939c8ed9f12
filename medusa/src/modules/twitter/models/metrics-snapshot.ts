import { model } from '@medusajs/framework/utils';
import TwitterPost from './post';

/** One reading of one post's metrics. */
const TwitterMetricsSnapshot = model
  .define('twitter_metrics_snapshot', {
    id: model.id({ prefix: 'twmet' }).primaryKey(),
    tweet_id: model.text(),
    taken_at: model.dateTime(),
    impressions: model.number().nullable(),
    likes: model.number(),
    retweets: model.number(),
    replies: model.number(),
    quotes: model.number(),
    bookmarks: model.number().nullable(),
    engagements: model.number().nullable(),
    /** What only the author may read, and what X refused. */
    details: model.json().nullable(),
    post: model.belongsTo(() => TwitterPost, { mappedBy: 'snapshots' }),
  })
  .indexes([{ name: 'IDX_twitter_metrics_snapshot_post_taken_at', on: ['post_id', 'taken_at'] }]);

export default TwitterMetricsSnapshot;
