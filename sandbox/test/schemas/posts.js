'use strict';

const { count, id, list, object, oneOf, text, time, truth, whole } = require('./shapes.js');

/** @typedef {import('./shapes.js').Schema} Schema */

// Members, types and patterns of posts, users, media and polls as X's specification 2.167 has them. What X was seen to
// answer beside it is marked.

/** @param {Record<string, Schema>} required @param {Record<string, Schema>} [optional] */
const entity = (required, optional) =>
  list(object({ start: count, end: count, ...required }, optional), { minItems: 1 });

const tags = entity({ tag: text });
const mentions = entity({}, { id, username: text });
const links = { url: text, expanded_url: text, display_url: text };
const images = list(object({}, { url: text, width: count, height: count }));
const page = { title: text, description: text, unwound_url: text, status: whole, images };

/** In 2.166 and before, and in answers since. */
const annotations = entity({
  probability: { type: 'number', minimum: 0, maximum: 1 },
  type: text,
  normalized_text: text,
});

/** @param {Record<string, Schema>} link what a link may tell beside its addresses */
const entities = (link) =>
  object({}, { annotations, cashtags: tags, hashtags: tags, mentions, urls: entity({}, { ...links, ...link }) });

/** In the names of `post.fields`, or in those of `tweet.fields`, which 2.167 does not document any more. @param {boolean} newNames */
function post(newNames) {
  const named = (/** @type {string} */ now, /** @type {string} */ before) => (newNames ? now : before);
  const counts = { reply_count: count, like_count: count, quote_count: count, bookmark_count: count };
  const publicMetrics = {
    ...counts,
    impression_count: count,
    [named('repost_count', 'retweet_count')]: count,
  };
  const clicks = { url_link_clicks: count, user_profile_clicks: count };
  const organic = { impression_count: count, like_count: count, reply_count: count, retweet_count: count, ...clicks };
  const reference = object({ type: oneOf('retweeted', 'quoted', 'replied_to'), id });
  return object(
    { id, text, [named('edit_history_post_ids', 'edit_history_tweet_ids')]: list(id, { minItems: 1 }) },
    {
      attachments: object({}, { media_keys: list(text), media_source_tweet_id: list(id), poll_ids: list(id) }),
      author_id: id,
      community_id: id,
      conversation_id: id,
      created_at: time,
      display_text_range: list(count, { minItems: 2, maxItems: 2 }),
      edit_controls: object({}, { editable_until: time, edits_remaining: count, is_edit_eligible: truth }),
      entities: entities({ ...page, media_key: text }),
      in_reply_to_user_id: id,
      lang: text,
      // The specification calls these objects; X's page on metrics names their members.
      non_public_metrics: object({ impression_count: count, ...clicks, engagements: count }),
      organic_metrics: object(organic),
      [named('note_post', 'note_tweet')]: object({ text }, { entities: entities({ ...page, media_key: text }) }),
      paid_partnership: truth,
      possibly_sensitive: truth,
      public_metrics: object(publicMetrics),
      [named('referenced_posts', 'referenced_tweets')]: list(reference, { minItems: 1 }),
      reply_settings: oneOf('everyone', 'following', 'mentionedUsers', 'subscribers', 'verified'),
    },
  );
}

/** @param {boolean} newNames */
function user(newNames) {
  const metrics = { followers_count: count, following_count: count, listed_count: count };
  return object(
    { id, name: text, username: text },
    {
      created_at: time,
      description: text,
      profile_image_url: text,
      protected: truth,
      public_metrics: object(
        { ...metrics, [newNames ? 'post_count' : 'tweet_count']: count },
        { like_count: count, media_count: count },
      ),
      subscription_type: oneOf('Basic', 'Premium', 'PremiumPlus', 'None'),
      verified: truth,
      verified_type: oneOf('blue', 'government', 'business', 'none'),
    },
  );
}

const media = object(
  { media_key: { type: 'string', pattern: '^[0-9]+_[0-9]{1,19}$' }, type: oneOf('photo', 'animated_gif', 'video') },
  { alt_text: text, width: count, height: count, public_metrics: object({ view_count: count }) },
);

const option = object({ position: { type: 'integer', minimum: 1 }, label: text, votes: count });
const poll = object(
  { id, options: list(option, { minItems: 2, maxItems: 4 }) },
  { duration_minutes: count, end_datetime: time, voting_status: oneOf('open', 'closed') },
);

/** What an answer brings along. @param {boolean} newNames */
const includes = (newNames) =>
  object(
    {},
    {
      users: list(user(newNames)),
      media: list(media),
      polls: list(poll),
      [newNames ? 'posts' : 'tweets']: list(post(newNames)),
    },
  );

module.exports = { includes, post, user };
