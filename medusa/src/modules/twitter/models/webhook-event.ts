import { model } from '@medusajs/framework/utils';

/** An event that X sent, kept by its id since X may send it again. */
const TwitterWebhookEvent = model
  .define('twitter_webhook_event', {
    id: model.id({ prefix: 'twhook' }).primaryKey(),
    event_id: model.text(),
    event_type: model.text(),
    payload: model.json(),
  })
  .indexes([{ name: 'IDX_twitter_webhook_event_event_id', on: ['event_id'], unique: true }]);

export default TwitterWebhookEvent;
