import { model } from '@medusajs/framework/utils';

/** The shop's webhook at X, in one row: what is registered, and whose turn it is to look after it. */
const TwitterWebhook = model.define('twitter_webhook', {
  id: model.id({ prefix: 'twurl' }).primaryKey(),
  url: model.text().nullable(),
  /** X's id. */
  webhook_id: model.text().nullable(),
  /** X got the right answer when it asked last. */
  valid: model.boolean().default(false),
  /** What X was asked to tell of, and what it answered. */
  subscriptions: model.json().nullable(),
  error: model.json().nullable(),
  /** A digest of what was wanted at the last look. */
  wanted: model.text().nullable(),
  checked_at: model.dateTime().nullable(),
  /** Until then a process is at it. */
  held_until: model.dateTime().nullable(),
  /** Changes with each process that takes it. */
  turn: model.number().default(0),
});

export default TwitterWebhook;
