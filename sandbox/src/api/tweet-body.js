'use strict';

const twitterText = require('twitter-text');
const { problems } = require('../problems.js');
const { BOOLEAN, ID, TEXT, check, list, object, oneOf } = require('./shape.js');

const REPLY_SETTINGS = oneOf('following', 'mentionedUsers', 'subscribers', 'verified');
const LINK = object({ url: { type: 'string', pattern: /^https:\/\// } }, ['url']);

/** What may be in the body of a new post. */
const SHAPE = object({
  text: TEXT,
  media: object(
    {
      media_ids: list(ID, [1, 4]),
      tagged_user_ids: list(ID, [0, 10]),
      title: TEXT,
      description: TEXT,
      embeddable: BOOLEAN,
      preview_media_id: ID,
      call_to_actions: object({
        visit_site: LINK,
        watch_now: LINK,
        app_install: object({ app_store_id: TEXT, ipad_app_store_id: TEXT, play_store_id: TEXT }),
      }),
    },
    ['media_ids'],
  ),
  reply: object({ in_reply_to_tweet_id: ID, exclude_reply_user_ids: list(ID), auto_populate_reply_metadata: BOOLEAN }, [
    'in_reply_to_tweet_id',
  ]),
  poll: object(
    {
      options: list({ type: 'string', length: [1, 25] }, [2, 4]),
      duration_minutes: { type: 'integer', range: [5, 10_080] },
      reply_settings: REPLY_SETTINGS,
    },
    ['options', 'duration_minutes'],
  ),
  quote_tweet_id: ID,
  reply_settings: REPLY_SETTINGS,
  geo: object({ place_id: TEXT }, ['place_id']),
  community_id: ID,
  share_with_followers: BOOLEAN,
  for_super_followers_only: BOOLEAN,
  nullcast: BOOLEAN,
  card_uri: TEXT,
  direct_message_deep_link: TEXT,
  made_with_ai: BOOLEAN,
  paid_partnership: BOOLEAN,
  edit_options: object({ previous_post_id: ID }, ['previous_post_id']),
});

/** Members of which a post has at most one. */
const EXCLUSIVE = [
  ['media', 'quote_tweet_id', 'poll', 'card_uri'],
  ['card_uri', 'direct_message_deep_link'],
];

/** @param {any} body */
function checkCombinations(body) {
  for (const names of EXCLUSIVE) {
    const given = names.filter((name) => body[name] !== undefined);
    if (given.length > 1)
      throw problems.invalid(`${given.map((name) => `$.${name}`).join(' and ')}: exclude each other`);
  }
  const actions = body.media?.call_to_actions;
  if (actions && Object.keys(actions).length !== 1) {
    throw problems.invalid('$.media.call_to_actions: must have exactly one member');
  }
  if (body.media?.call_to_actions?.app_install && Object.keys(actions.app_install).length === 0) {
    throw problems.invalid('$.media.call_to_actions.app_install: must have at least one store id');
  }
}

/** Checks a new post as X does. @param {any} body @param {{ premium: boolean }} user @param {boolean} selfServe */
function checkTweetBody(body, user, selfServe) {
  check(body, SHAPE);
  checkCombinations(body);
  const text = body.text ?? '';
  if (text === '' && !body.media) throw problems.badRequest('text or media is required');
  const limit = user.premium ? 25_000 : 280;
  const refused = /[\ufffe\ufeff\uffff]/.test(text) || twitterText.parseTweet(text).weightedLength > limit;
  if (refused) throw problems.forbidden('You are not permitted to perform this action.');
  if (selfServe && twitterText.extractCashtagsWithIndices(text).length > 1) {
    throw problems.forbidden('Posts may have a maximum of one cashtag.');
  }
}

module.exports = { checkTweetBody };
