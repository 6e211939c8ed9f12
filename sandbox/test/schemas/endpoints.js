'use strict';

const { includes, post, user } = require('./posts.js');
const { problem } = require('./problems.js');
const { anything, count, id, list, object, oneOf, text, time, truth, whole } = require('./shapes.js');

/** @typedef {import('./shapes.js').Schema} Schema */

/**
 * What an endpoint answers when all goes well: JSON by its schema, the pairs of a form, a text, or nothing.
 * @typedef {{ json?: Schema, pairs?: string[], text?: RegExp, location?: true, empty?: true }} Good
 */

const errors = list(problem, { minItems: 1 });
const state = oneOf('pending', 'in_progress', 'succeeded', 'failed');
/** The specification does not have `error`, which X was seen to answer. */
const failure = object({ code: whole, name: text, message: text });
const processing = object(
  { state },
  { check_after_secs: count, progress_percent: { type: 'integer', minimum: 0, maximum: 100 }, error: failure },
);
const mediaKey = { type: 'string', pattern: '^[0-9]+_[0-9]{1,19}$' };
const medium = object(
  { id },
  {
    media_key: mediaKey,
    size: count,
    expires_after_secs: count,
    image: object({}, { image_type: text, w: count, h: count }),
    video: object({}, { video_type: text }),
    processing_info: processing,
  },
);
/** The older API's page is gone; these are the members that its clients read. */
const mediumV1 = object(
  { media_id: count, media_id_string: id, expires_after_secs: count },
  {
    media_key: mediaKey,
    size: count,
    image: object({ image_type: text, w: count, h: count }),
    video: object({ video_type: text }),
    processing_info: processing,
  },
);

/** @param {Schema} data @param {Record<string, Schema>} [more] */
const answer = (data, more = {}) => object({ data }, { errors, ...more });
/** Of posts, none may be left to show. @param {Schema} data @param {Record<string, Schema>} more */
const lookUp = (data, more) => ({ ...object({}, { data, errors, ...more }), minProperties: 1 });

const meta = object({ result_count: count }, { newest_id: id, oldest_id: id, next_token: text, previous_token: text });
const tokens = object(
  { token_type: { type: 'string', const: 'bearer' }, access_token: text },
  { expires_in: count, scope: text, refresh_token: text },
);
const newPost = { id, text, edit_history_tweet_ids: list(id), edit_history_post_ids: list(id) };
const { edit_history_tweet_ids: oldHistory, edit_history_post_ids: newHistory, ...created } = newPost;
const deleted = { json: answer(object({ deleted: truth })) };
const webhook = object({ id, url: text, valid: truth, created_at: time });
const filter = object({}, { direction: oneOf('inbound', 'outbound'), keyword: text, user_id: text });
const subscription = object(
  { created_at: time, event_type: text, filter, subscription_id: id, updated_at: time },
  { tag: text, webhook_id: id },
);
const total = { total_subscriptions: count };
const failedDeletion = object({ message: text, reason: text, subscription_id: id });
const subtitles = object({ id, language_code: { type: 'string', pattern: '^[A-Z]{2}$' }, display_name: text });

/** Since 2.167 X's specification has numbers here as texts. */
const digits = { type: 'string', pattern: '^[0-9]+$' };
const days = list(object({ date: time }, { usage: digits }));
const usage = object(
  {},
  {
    cap_reset_day: whole,
    project_id: id,
    project_cap: digits,
    project_usage: digits,
    daily_project_usage: object({}, { project_id: id, usage: days }),
    daily_client_app_usage: list(object({ usage_result_count: count }, { client_app_id: id, usage: days })),
  },
);
/** Dollars; by what clients of it read, since the specification at hand does not have it. */
const amount = { type: 'number' };
const credits = object({ prepaid_balance: amount, free_balance: amount, total_balance: amount });

/**
 * The good answers of each endpoint, by status, as X's specification 2.167 and X's pages on OAuth have them.
 * @param {boolean} newNames
 * @returns {Record<string, Record<number, Good>>}
 */
const endpoints = (newNames) => ({
  createTweet: {
    201: { json: answer(object(created, { edit_history_tweet_ids: oldHistory, edit_history_post_ids: newHistory })) },
  },
  deleteTweet: { 200: deleted },
  getTweet: { 200: { json: lookUp(post(newNames), { includes: includes(newNames) }) } },
  lookupTweets: { 200: { json: lookUp(list(post(newNames), { minItems: 1 }), { includes: includes(newNames) }) } },
  userTimeline: {
    200: { json: lookUp(list(post(newNames), { minItems: 1 }), { includes: includes(newNames), meta }) },
  },
  me: { 200: { json: answer(user(newNames), { includes: includes(newNames) }) } },
  analytics: {},
  usage: { 200: { json: answer(usage) } },
  credits: { 200: { json: answer(credits) } },
  uploadMedia: { 200: { json: answer(medium) } },
  initializeUpload: { 200: { json: answer(object({ id }, { media_key: mediaKey, expires_after_secs: count })) } },
  appendUpload: { 200: { json: answer(object({}, { expires_at: count })) } },
  finalizeUpload: { 200: { json: answer(medium) } },
  mediaStatus: { 200: { json: answer(medium) } },
  mediaMetadata: { 200: { json: answer(object({ id }, { associated_metadata: anything })) } },
  mediaSubtitles: {
    200: { json: answer(object({}, { id, media_category: text, associated_subtitles: subtitles })) },
  },
  deleteSubtitles: { 200: deleted },
  uploadMediaV1: { 200: { json: mediumV1 }, 201: { json: mediumV1 }, 202: { json: mediumV1 }, 204: { empty: true } },
  mediaStatusV1: { 200: { json: mediumV1 } },
  mediaMetadataV1: { 200: { empty: true } },
  mediaSubtitlesV1: { 200: { empty: true } },
  authorize: { 302: { location: true } },
  token: { 200: { json: tokens } },
  revoke: { 200: { json: object({ revoked: truth }) } },
  appToken: { 200: { json: tokens } },
  requestToken: { 200: { pairs: ['oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed'] } },
  authorizeOAuth1: { 200: { text: /^\d{7}$/ }, 302: { location: true } },
  accessToken: { 200: { pairs: ['oauth_token', 'oauth_token_secret', 'user_id', 'screen_name'] } },
  createWebhook: { 200: { json: answer(webhook) } },
  listWebhooks: { 200: { json: object({ data: list(webhook), meta: object({ result_count: count }) }) } },
  validateWebhook: { 200: { json: answer(object({ valid: truth })) } },
  deleteWebhook: { 200: deleted },
  replayWebhook: { 200: { json: answer(object({ job_id: text, created_at: time })) } },
  createSubscription: { 200: { json: answer(object({ subscription })) } },
  // The specification has no meta; X's page shows it, and a token of the next page is what its parameter is for.
  listSubscriptions: {
    200: { json: answer(list(subscription), { meta: object(total, { next_token: text }) }) },
  },
  updateSubscription: { 200: { json: answer(object({ subscription, ...total })) } },
  deleteSubscription: { 200: deleted },
  deleteSubscriptions: {
    200: {
      json: object(
        { data: list(object({ subscription_id: id, deleted: truth })), meta: object(total) },
        { errors: list(failedDeletion, { minItems: 1 }) },
      ),
    },
  },
  invalidateToken: { 200: { json: object({ access_token: text }) } },
});

module.exports = { endpoints };
