'use strict';

const { refusedField } = require('../problems.js');

/** @typedef {import('../state.js').State} State */

/** How long a post's owner sees its private metrics. */
const OWNER_LIFE = 30 * 24 * 3600 * 1000;
const CLICKS = { url_link_clicks: 1, user_profile_clicks: 2 };

const ORGANIC = ['impression_count', 'like_count', 'reply_count', 'retweet_count', ...Object.keys(CLICKS)];
/** What is for owners only. @type {Record<string, string[]>} */
const PRIVATE = {
  non_public_metrics: ['impression_count', ...Object.keys(CLICKS), 'engagements'],
  organic_metrics: ORGANIC,
  promoted_metrics: ORGANIC,
};

/** @param {State} state @param {any} tweet @param {any} user */
function maySeeAll(state, tweet, user) {
  return user?.id === tweet.user.id && state.clock.now() - tweet.committedAt <= OWNER_LIFE;
}

/** @param {State} state @param {any} tweet @param {any} user @param {boolean} newNames */
function metricsOf(state, tweet, user, newNames) {
  const { retweet_count: reposts, ...counts } = tweet.metrics;
  const { impression_count: impressions, like_count: likes, reply_count: replies } = counts;
  const organic = { impression_count: impressions, like_count: likes, reply_count: replies, retweet_count: reposts };
  // Whatever people do with a post engages them: an owner's figures go together.
  const { quote_count: quotes, bookmark_count: bookmarks } = counts;
  const clicks = CLICKS.url_link_clicks + CLICKS.user_profile_clicks;
  const engagements = clicks + likes + replies + reposts + quotes + bookmarks;
  const seesAll = maySeeAll(state, tweet, user);
  return {
    public_metrics: { ...counts, [newNames ? 'repost_count' : 'retweet_count']: reposts },
    non_public_metrics: seesAll ? { impression_count: impressions, ...CLICKS, engagements } : undefined,
    organic_metrics: seesAll ? { ...organic, ...CLICKS } : undefined,
  };
}

/**
 * The errors for the private metrics that a reader asked for and is not given, one for each field.
 * @param {State} state @param {any} tweet @param {any} user @param {string[]} fields
 */
function refusedMetrics(state, tweet, user, fields) {
  const groups = Object.keys(PRIVATE).filter(
    (group) => fields.includes(group) && (group === 'promoted_metrics' || !maySeeAll(state, tweet, user)),
  );
  return groups.flatMap((group) => PRIVATE[group].map((name) => refusedField(tweet.id, `${group}.${name}`)));
}

/** Whether a reader asked for what only somebody else may see: then the post itself is not given, either. @param {any} tweet @param {any} user @param {string[]} fields */
function isWithheld(tweet, user, fields) {
  return user?.id !== tweet.user.id && Object.keys(PRIVATE).some((group) => fields.includes(group));
}

module.exports = { isWithheld, metricsOf, refusedMetrics };
