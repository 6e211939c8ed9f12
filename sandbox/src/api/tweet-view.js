'use strict';

const { missingTweet } = require('../problems.js');
const { editControls } = require('./edits.js');
const { includes } = require('./includes.js');
const { isWithheld, metricsOf, refusedMetrics } = require('./metrics.js');
const { readerText } = require('./tweet-text.js');

/** @typedef {import('../state.js').State} State */

/**
 * What a reader asked for, and in which of X's two vocabularies.
 * @typedef {object} Wanted
 * @property {boolean} newNames
 * @property {string[]} fields of posts
 * @property {string[]} userFields
 * @property {string[]} mediaFields
 * @property {string[]} pollFields
 * @property {string[]} expansions
 */

/** @param {import('fastify').FastifyRequest} request @returns {Wanted} */
function wanted(request) {
  const query = /** @type {Record<string, string>} */ (request.query);
  const list = (/** @type {string} */ name) => String(query[name] ?? '').split(',');
  return {
    newNames: query['post.fields'] !== undefined,
    fields: query['tweet.fields'] === undefined ? list('post.fields') : list('tweet.fields'),
    userFields: list('user.fields'),
    mediaFields: list('media.fields'),
    pollFields: list('poll.fields'),
    expansions: list('expansions'),
  };
}

/** @param {any} tweet */
function attachments(tweet) {
  const all = {
    media_keys: tweet.media.length > 0 ? tweet.media.map((/** @type {any} */ { key }) => key) : undefined,
    poll_ids: tweet.pollId ? [tweet.pollId] : undefined,
  };
  const shown = Object.entries(all).filter(([, value]) => value !== undefined);
  return shown.length > 0 ? Object.fromEntries(shown) : undefined;
}

/** @param {Record<string, object[]>} entities */
const unlessNone = (entities) => (Object.keys(entities).length > 0 ? entities : undefined);

/** @param {State} state @param {any} tweet @param {Wanted} wanted @param {any} user who reads */
function showTweet(state, tweet, { fields, newNames }, user) {
  const { references } = tweet;
  const { text, entities, range, note } = readerText(state, tweet);
  /** @type {Record<string, unknown>} */
  const all = {
    author_id: tweet.user.id,
    conversation_id: tweet.conversationId,
    created_at: tweet.createdAt,
    in_reply_to_user_id: tweet.replyTo ? state.tweets.get(tweet.replyTo)?.user.id : undefined,
    lang: 'en',
    possibly_sensitive: false,
    reply_settings: tweet.body.reply_settings ?? 'everyone',
    community_id: tweet.body.community_id,
    paid_partnership: tweet.body.paid_partnership,
    edit_controls: editControls(state, tweet),
    display_text_range: range,
    entities: unlessNone(entities),
    attachments: attachments(tweet),
    ...metricsOf(state, tweet, user, newNames),
    [newNames ? 'note_post' : 'note_tweet']: note && {
      text: note.text,
      ...(unlessNone(note.entities) ? { entities: note.entities } : {}),
    },
    [newNames ? 'referenced_posts' : 'referenced_tweets']: references.length > 0 ? references : undefined,
  };
  const shown = Object.entries(all).filter(([name, value]) => fields.includes(name) && value !== undefined);
  return {
    id: tweet.id,
    text,
    [newNames ? 'edit_history_post_ids' : 'edit_history_tweet_ids']: [...tweet.versions],
    ...Object.fromEntries(shown),
  };
}

/**
 * Posts as a reader sees them, what they refer to, and an error for each figure that can't be given.
 * @param {State} state @param {any[]} tweets @param {import('fastify').FastifyRequest} request @param {any} user
 */
function showTweets(state, tweets, request, user) {
  const asked = wanted(request);
  const given = tweets.filter((tweet) => !isWithheld(tweet, user, asked.fields));
  const show = (/** @type {any} */ tweet) => showTweet(state, tweet, asked, user);
  return {
    shown: given.map(show),
    includes: includes(state, given, asked, show),
    errors: tweets.flatMap((tweet) => refusedMetrics(state, tweet, user, asked.fields)),
  };
}

/**
 * The answer to a look-up: what is there, and an error for each post or figure that can't be given.
 * @param {State} state @param {string[]} ids @param {import('fastify').FastifyRequest} request @param {any} user
 * @param {'id' | 'ids'} parameter
 */
function lookUp(state, ids, request, user, parameter) {
  const isThere = (/** @type {string} */ id) => state.tweets.has(id) && !state.tweets.get(id).deleted;
  const found = ids.filter(isThere).map((id) => state.tweets.get(id));
  const { shown, includes: included, errors: refused } = showTweets(state, found, request, user);
  const errors = [...ids.filter((id) => !isThere(id)).map((id) => missingTweet(id, parameter)), ...refused];
  return {
    ...(shown.length > 0 ? { data: parameter === 'id' ? shown[0] : shown } : {}),
    ...included,
    ...(errors.length > 0 ? { errors } : {}),
  };
}

module.exports = { lookUp, showTweets, wanted };
