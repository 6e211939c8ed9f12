import { model } from '@medusajs/framework/utils';
import TwitterPost from './post';

/**
 * One post's way to X: how far it is, and who is at it. It is changed by compare-and-set on `epoch` alone, so that a
 * process that lost the publish to another one can't write here any more, and by that can't send.
 */
const TwitterPublishIntent = model
  .define('twitter_publish_intent', {
    id: model.id({ prefix: 'twint' }).primaryKey(),
    state: model.enum(['open', 'published', 'failed', 'unknown']).default('open'),
    epoch: model.number().default(0),
    /** Attempts that failed before anything was sent, in a row. */
    retries: model.number().default(0),
    /** Until when the process that has the publish is believed to live. */
    lease_until: model.dateTime().nullable(),
    /** twitter-native's checkpoint: no secret, no text. */
    checkpoint: model.text().nullable(),
    /** Of what the checkpoint is: a digest of the content, without its secrets. */
    content_digest: model.text().nullable(),
    /** A person decided that a post in doubt is sent again, if the timeline still does not show it. */
    resend: model.boolean().default(false),
    progress: model.json().nullable(),
    published: model.json().nullable(),
    result: model.json().nullable(),
    seen: model.json().nullable(),
    history: model.json().nullable(),
    post: model.belongsTo(() => TwitterPost, { mappedBy: 'intent' }),
  })
  .indexes([
    { name: 'IDX_twitter_publish_intent_state_lease', on: ['state', 'lease_until'], where: 'deleted_at IS NULL' },
  ]);

export default TwitterPublishIntent;
