import { model } from '@medusajs/framework/utils';
import TwitterPost from './post';

/**
 * One post's way to X. `row` belongs to twitter-native's `PublishIntent`, which decides by it whether a post may be sent;
 * it is changed by compare-and-set on `version` alone. The rest is what staff see of it.
 */
const TwitterPublishIntent = model
  .define('twitter_publish_intent', {
    id: model.id({ prefix: 'twint' }).primaryKey(),
    state: model.enum(['open', 'published', 'failed', 'unknown']).default('open'),
    /** What `PublishIntent` keeps: no secret, no text. */
    row: model.text().nullable(),
    version: model.number().default(0),
    /** The last sign of life of a process that publishes. */
    touched_at: model.dateTime().nullable(),
    /** Attempts that failed before anything was sent, in a row. */
    retries: model.number().default(0),
    progress: model.json().nullable(),
    published: model.json().nullable(),
    result: model.json().nullable(),
    seen: model.json().nullable(),
    history: model.json().nullable(),
    post: model.belongsTo(() => TwitterPost, { mappedBy: 'intent' }),
  })
  .indexes([
    { name: 'IDX_twitter_publish_intent_state_touched', on: ['state', 'touched_at'], where: 'deleted_at IS NULL' },
  ]);

export default TwitterPublishIntent;
