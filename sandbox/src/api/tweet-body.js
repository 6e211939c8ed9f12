'use strict';

const twitterText = require('twitter-text');
const { problems } = require('../problems.js');

/** What may stand in the body of a new post, and inside of its members. X refuses everything else. */
const SHAPE = {
  text: 'string',
  media: {
    media_ids: 'ids',
    tagged_user_ids: 'ids',
    title: 'string',
    description: 'string',
    embeddable: 'boolean',
    preview_media_id: 'id',
    call_to_actions: 'object',
  },
  reply: { in_reply_to_tweet_id: 'id', exclude_reply_user_ids: 'ids', auto_populate_reply_metadata: 'boolean' },
  poll: { options: 'strings', duration_minutes: 'integer', reply_settings: 'string' },
  quote_tweet_id: 'id',
  reply_settings: 'string',
  geo: { place_id: 'string' },
  community_id: 'id',
  share_with_followers: 'boolean',
  for_super_followers_only: 'boolean',
  nullcast: 'boolean',
  card_uri: 'string',
  direct_message_deep_link: 'string',
  made_with_ai: 'boolean',
  paid_partnership: 'boolean',
  edit_options: { previous_post_id: 'id' },
};

const isId = (/** @type {unknown} */ value) => typeof value === 'string' && /^[0-9]{1,19}$/.test(value);

/** @type {Record<string, (value: unknown) => boolean>} */
const KINDS = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  object: (value) => typeof value === 'object' && value !== null,
  id: isId,
  ids: (value) => Array.isArray(value) && value.every(isId),
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

/** @param {any} body @param {any} shape @param {string} path */
function checkShape(body, shape, path) {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw problems.invalid(`${path}: ${Array.isArray(body) ? 'array' : typeof body} found, object expected`);
  }
  for (const [name, value] of Object.entries(body)) {
    const kind = shape[name];
    if (kind === undefined)
      throw problems.invalid(
        `${path}.${name}: is not defined in the schema and the schema does not allow additional properties`,
      );
    if (typeof kind === 'object') checkShape(value, kind, `${path}.${name}`);
    else if (!KINDS[kind](value)) {
      throw problems.invalid(
        `${path}.${name}: ${value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value} found, ${kind} expected`,
      );
    }
  }
}

/** @param {any} body */
function checkRules(body) {
  if (body.media && !(body.media.media_ids?.length >= 1 && body.media.media_ids.length <= 4)) {
    throw problems.invalid('$.media.media_ids: must have between 1 and 4 items', { 'media.media_ids': [] });
  }
  if ((body.media?.tagged_user_ids?.length ?? 0) > 10)
    throw problems.invalid('$.media.tagged_user_ids: must have at most 10 items');
  if (body.reply && !body.reply.in_reply_to_tweet_id)
    throw problems.invalid('$.reply.in_reply_to_tweet_id: is missing');
  if (body.poll) {
    const { options = [], duration_minutes: minutes } = body.poll;
    const fits =
      options.length >= 2 &&
      options.length <= 4 &&
      options.every((/** @type {string} */ option) => option.length >= 1 && option.length <= 25);
    if (!fits) throw problems.invalid('$.poll.options: must have between 2 and 4 items of 1 to 25 characters');
    if (!(minutes >= 5 && minutes <= 10_080))
      throw problems.invalid('$.poll.duration_minutes: must be between 5 and 10080');
  }
  const exclusive = ['media', 'quote_tweet_id', 'poll', 'card_uri'].filter((name) => body[name] !== undefined);
  if (exclusive.length > 1) throw problems.invalid(`${exclusive.join(' and ')} can not be combined`);
  if (
    body.reply_settings !== undefined &&
    !['following', 'mentionedUsers', 'subscribers', 'verified'].includes(body.reply_settings)
  ) {
    throw problems.invalid('$.reply_settings: does not have a value in the enumeration');
  }
}

/** Checks a new post as X does. @param {any} body @param {{ premium: boolean }} user */
function checkTweetBody(body, user) {
  checkShape(body, SHAPE, '$');
  checkRules(body);
  const text = body.text ?? '';
  if (text === '' && !body.media) throw problems.badRequest('text or media is required');
  const parsed = twitterText.parseTweet(text);
  const limit = user.premium ? 25_000 : 280;
  const refused = /[\ufffe\ufeff\uffff]/.test(text) || parsed.weightedLength > limit;
  if (refused) throw problems.forbidden('You are not permitted to perform this action.');
}

/** The text as X answers it, its links replaced. @param {string} text @param {string} id */
function shortenLinks(text, id) {
  const found = twitterText.extractUrlsWithIndices(text);
  let shortened = '';
  let end = 0;
  const urls = found.map((entity, index) => {
    const url = `https://t.co/${Buffer.from(`${id}${index}`).toString('base64url').slice(-10)}`;
    shortened += text.slice(end, entity.indices[0]) + url;
    end = entity.indices[1];
    return { url, expanded_url: /^https?:/i.test(entity.url) ? entity.url : `http://${entity.url}` };
  });
  return { text: shortened + text.slice(end), urls };
}

module.exports = { checkTweetBody, shortenLinks };
