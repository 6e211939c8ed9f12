'use strict';

const { randomBytes } = require('node:crypto');
const twitterText = require('twitter-text');
const { showTweets } = require('../api/tweet-view.js');
const { showUser } = require('../api/user-view.js');

/** @typedef {import('../state.js').State} State @typedef {import('../state.js').User} User */

/**
 * Something that happened, as X reports it.
 * @typedef {object} Happening
 * @property {string} type
 * @property {string} uuid
 * @property {unknown} payload
 * @property {object} [includes]
 * @property {Array<{ userId?: string, direction?: 'inbound' | 'outbound' }>} about the users whose event it is; none for the app's own
 */

/** What is reported of a post. */
const POST_FIELDS = [
  ...['attachments', 'author_id', 'conversation_id', 'created_at', 'display_text_range', 'edit_controls', 'entities'],
  ...['in_reply_to_user_id', 'lang', 'note_tweet', 'paid_partnership', 'possibly_sensitive', 'public_metrics'],
  ...['referenced_tweets', 'reply_settings'],
];
const USER_FIELDS = ['created_at', 'profile_image_url', 'protected', 'public_metrics', 'verified', 'verified_type'];

/** Ids of events are whole numbers of 64 bits, with a sign. */
const uuid = () => randomBytes(8).readBigInt64BE().toString();

/** Events tell each number once more, as a text. @param {any} value @returns {any} */
function withTexts(value) {
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => [
      [name, withTexts(member)],
      ...(typeof member === 'number' ? [[`${name}_str`, String(member)]] : []),
    ]),
  );
}

/** A post as events have it: in the older names, and with the post that it answers. @param {State} state @param {any} tweet */
function postOf(state, tweet) {
  const request = { query: { 'tweet.fields': POST_FIELDS.join(',') } };
  const [post] = showTweets(state, [tweet], /** @type {any} */ (request), null).shown;
  const more = {
    paid_partnership: tweet.body.paid_partnership ?? false,
    ...(tweet.replyTo ? { in_reply_to_tweet_id: tweet.replyTo } : {}),
  };
  return withTexts({ ...post, ...more });
}

/** @param {State} state @param {User} user */
const userOf = (state, user) => withTexts(showUser(state, user, USER_FIELDS, false));

/** All that a new post is to somebody. @param {State} state @param {any} tweet @returns {Happening[]} */
function postCreated(state, tweet) {
  const payload = postOf(state, tweet);
  const includes = { tweets: [payload], users: [userOf(state, tweet.user)] };
  const happening = (/** @type {string} */ type, /** @type {string | undefined} */ userId, id = uuid()) =>
    userId === undefined || (userId === tweet.user.id && type !== 'post.create')
      ? []
      : [{ type, uuid: id, payload, includes, about: [{ userId }] }];
  const names = twitterText.extractMentions(tweet.text).map((/** @type {string} */ name) => name.toLowerCase());
  const mentioned = [...state.users.values()].filter(({ username }) => names.includes(username.toLowerCase()));
  const authorOf = (/** @type {string | undefined} */ id) => state.tweets.get(String(id))?.user.id;
  return [
    ...happening('post.create', tweet.user.id, tweet.id),
    ...mentioned.flatMap(({ id }) => happening('post.mention.create', id, tweet.id)),
    ...happening('post.reply.create', authorOf(tweet.replyTo)),
    ...happening('post.quote.create', authorOf(tweet.quoteOf)),
  ];
}

/** @param {State} state @param {any} tweet @returns {Happening} */
const postDeleted = (state, { id, user }) => ({
  type: 'post.delete',
  uuid: uuid(),
  payload: { id, author_id: user.id },
  includes: { users: [{ data: userOf(state, user) }] },
  about: [{ userId: user.id }],
});

/** @param {State} state @param {any} tweet @param {User} by @returns {Happening} */
function liked(state, tweet, by) {
  const now = state.clock.now();
  return {
    type: 'like.create',
    uuid: uuid(),
    payload: {
      id: randomBytes(16).toString('hex'),
      created_at: new Date(now).toISOString(),
      timestamp_ms: String(now),
      liked_tweet_author_id: tweet.user.id,
      liked_tweet_id: tweet.id,
    },
    includes: { users: [userOf(state, by), userOf(state, tweet.user)], tweets: [postOf(state, tweet)] },
    about: [
      { userId: by.id, direction: 'outbound' },
      { userId: tweet.user.id, direction: 'inbound' },
    ],
  };
}

/** @param {State} state @param {User} user @returns {Happening} */
const revoked = (state, user) => ({
  type: 'oauth.revoke',
  uuid: uuid(),
  payload: {
    date_time: new Date(state.clock.now()).toISOString().replace(/\.\d+Z$/, '+00:00'),
    user_id: user.id,
    app_id: state.app.id,
  },
  about: [],
});

module.exports = { liked, postCreated, postDeleted, revoked, uuid };
