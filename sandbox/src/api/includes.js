'use strict';

const { showUser } = require('./user-view.js');

/** @typedef {import('../state.js').State} State */

/** @param {any} medium its key and type, and of the rest what was asked for @param {string[]} fields */
function showMedia(medium, fields) {
  const type = medium.category.endsWith('gif') ? 'animated_gif' : medium.category.endsWith('video') ? 'video' : 'photo';
  const { width, height } = medium.sniffed;
  const all = { alt_text: medium.altText, width, height, public_metrics: { view_count: 0 } };
  const shown = Object.entries(all).filter(([name, value]) => fields.includes(name) && value !== undefined);
  return { media_key: medium.key, type, ...Object.fromEntries(shown) };
}

/** @param {State} state @param {any} tweet @param {string[]} fields */
function showPoll(state, tweet, fields) {
  const { options, duration_minutes: minutes } = tweet.body.poll;
  const end = tweet.committedAt + minutes * 60_000;
  const all = {
    duration_minutes: minutes,
    end_datetime: new Date(end).toISOString(),
    voting_status: state.clock.now() < end ? 'open' : 'closed',
  };
  const shown = Object.entries(all).filter(([name]) => fields.includes(name));
  const votes = options.map((/** @type {string} */ label, /** @type {number} */ index) => ({
    position: index + 1,
    label,
    votes: 0,
  }));
  return { id: tweet.pollId, options: votes, ...Object.fromEntries(shown) };
}

/** The posts that a post refers to, as far as they are still there. @param {State} state @param {any} tweet @returns {any[]} */
function referred(state, tweet) {
  const ids = tweet.references.map((/** @type {{ id: string }} */ { id }) => id);
  return ids
    .map((/** @type {string} */ id) => state.tweets.get(id))
    .filter((/** @type {any} */ other) => other && !other.deleted);
}

/** Whom the posts are by, answer and mention, as far as that was asked for. @param {State} state @param {any[]} tweets @param {string[]} expansions */
function usersOf(state, tweets, expansions) {
  const has = (/** @type {string} */ name) => expansions.includes(name);
  const answered = (/** @type {any} */ tweet) => state.tweets.get(tweet.replyTo)?.user;
  const users = tweets.flatMap((tweet) => [
    ...(has('author_id') ? [tweet.user] : []),
    ...(has('in_reply_to_user_id') ? [answered(tweet)] : []),
    ...(has('entities.mentions.username') ? [...tweet.addressees, ...tweet.mentioned] : []),
    ...(has('referenced_tweets.id.author_id') ? referred(state, tweet).map(({ user }) => user) : []),
  ]);
  return [...new Set(users)].filter((user) => user !== undefined);
}

/** @param {any[]} items */
const unlessEmpty = (items) => (items.length > 0 ? items : undefined);

/**
 * What posts refer to, as far as that was asked for.
 * @param {State} state @param {any[]} tweets
 * @param {import('./tweet-view.js').Wanted} wanted @param {(tweet: any) => object} show another post
 */
function includes(state, tweets, { expansions, newNames, userFields, mediaFields, pollFields }, show) {
  const has = (/** @type {string[]} */ ...names) => names.some((name) => expansions.includes(name));
  const others = has('referenced_tweets.id', 'referenced_posts', 'referenced_posts.id')
    ? tweets.flatMap((tweet) => referred(state, tweet))
    : [];
  const media = has('attachments.media_keys') ? [...new Set(tweets.flatMap((tweet) => tweet.media))] : [];
  const polls = has('attachments.poll_ids') ? tweets.filter((tweet) => tweet.pollId) : [];
  const all = {
    users: unlessEmpty(usersOf(state, tweets, expansions).map((user) => showUser(state, user, userFields, newNames))),
    media: unlessEmpty(media.map((medium) => showMedia(medium, mediaFields))),
    polls: unlessEmpty(polls.map((tweet) => showPoll(state, tweet, pollFields))),
    [newNames ? 'posts' : 'tweets']: unlessEmpty([...new Set(others)].map((tweet) => show(tweet))),
  };
  const shown = Object.entries(all).filter(([, items]) => items !== undefined);
  return shown.length > 0 ? { includes: Object.fromEntries(shown) } : {};
}

module.exports = { includes };
