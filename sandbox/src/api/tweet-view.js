'use strict';

const twitterText = require('twitter-text');
const { missingTweet, refusedField } = require('../problems.js');

/** @typedef {import('../state.js').State} State */

/** How long a post's owner is told its private metrics. */
const OWNER_LIFE = 30 * 24 * 3600 * 1000;
const PRIVATE_GROUPS = ['non_public_metrics', 'organic_metrics', 'promoted_metrics'];

/** A link of X's own for something in a post. @param {string} id @param {number | string} part */
const shortLink = (id, part) => `https://t.co/${Buffer.from(`${id}${part}`).toString('base64url').slice(-10)}`;

/** The text as X answers it, its links replaced. @param {string} text @param {string} id */
function shortenLinks(text, id) {
  let shortened = '';
  let end = 0;
  const urls = twitterText.extractUrlsWithIndices(text).map((entity, index) => {
    const url = shortLink(id, index);
    shortened += text.slice(end, entity.indices[0]) + url;
    end = entity.indices[1];
    return { url, expanded_url: /^https?:/i.test(entity.url) ? entity.url : `http://${entity.url}` };
  });
  return { text: shortened + text.slice(end), urls };
}

/** The text that X gives to readers: with HTML's entities, and a link to the media behind it. @param {any} tweet */
function readerTexts(tweet) {
  const escaped = (/** @type {string} */ text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const link = tweet.media.length > 0 ? [shortLink(tweet.id, 'media')] : [];
  const whole = [escaped(tweet.shownText), ...link].filter((part) => part !== '').join(' ');
  if (twitterText.parseTweet(tweet.text).weightedLength <= 280) return { text: whole };
  const cut = [...tweet.shownText].slice(0, 250).join('');
  return { text: `${escaped(cut)}… ${shortLink(tweet.id, 'note')}`, note: whole };
}

/** @param {State} state @param {any} tweet @param {any} user */
function isOwner(state, tweet, user) {
  return user?.id === tweet.user.id && state.clock.now() - tweet.committedAt <= OWNER_LIFE;
}

/** What a reader asked for, and in which of X's two vocabularies. @param {import('fastify').FastifyRequest} request */
function wanted(request) {
  const query = /** @type {Record<string, string>} */ (request.query);
  const newNames = query['post.fields'] !== undefined;
  const fields = String(query['tweet.fields'] ?? query['post.fields'] ?? '').split(',');
  const mediaFields = String(query['media.fields'] ?? '').split(',');
  const withMedia = String(query.expansions ?? '').includes('attachments.media_keys');
  return { newNames, fields, mediaFields, withMedia };
}

/** @param {State} state @param {any} tweet @param {string[]} fields @param {boolean} newNames @param {any} user */
function showTweet(state, tweet, fields, newNames, user) {
  const references = [];
  if (tweet.replyTo) references.push({ type: 'replied_to', id: tweet.replyTo });
  if (tweet.quoteOf) references.push({ type: 'quoted', id: tweet.quoteOf });
  const owner = isOwner(state, tweet, user);
  const { retweet_count: reposts, ...counts } = tweet.metrics;
  const { impression_count: impressions, like_count: likes, reply_count: replies } = counts;
  const clicks = { url_link_clicks: 1, user_profile_clicks: 2 };
  const organic = { impression_count: impressions, like_count: likes, reply_count: replies, retweet_count: reposts };
  // Whatever people do with a post engages them: an owner's figures go together.
  const { quote_count: quotes, bookmark_count: bookmarks } = counts;
  const engagements =
    clicks.url_link_clicks + clicks.user_profile_clicks + likes + replies + reposts + quotes + bookmarks;
  const { text, note } = readerTexts(tweet);
  /** @type {Record<string, unknown>} */
  const all = {
    author_id: tweet.user.id,
    conversation_id: tweet.conversationId,
    created_at: tweet.createdAt,
    in_reply_to_user_id: tweet.replyTo ? state.tweets.get(tweet.replyTo)?.user.id : undefined,
    lang: 'en',
    entities: tweet.urls.length > 0 ? { urls: tweet.urls } : undefined,
    attachments:
      tweet.media.length > 0 ? { media_keys: tweet.media.map((/** @type {any} */ medium) => medium.key) } : undefined,
    public_metrics: { ...counts, [newNames ? 'repost_count' : 'retweet_count']: reposts },
    non_public_metrics: owner ? { impression_count: impressions, ...clicks, engagements } : undefined,
    organic_metrics: owner ? { ...organic, ...clicks } : undefined,
    [newNames ? 'note_post' : 'note_tweet']: note === undefined ? undefined : { text: note },
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

/** Its key and type, and of the rest what was asked for. @param {any} medium @param {string[]} fields */
function showMedia(medium, fields) {
  const type = medium.category.endsWith('gif') ? 'animated_gif' : medium.category.endsWith('video') ? 'video' : 'photo';
  const { width, height } = medium.sniffed;
  const all = { alt_text: medium.altText, width, height, public_metrics: { view_count: 0 } };
  const shown = Object.entries(all).filter(([name, value]) => fields.includes(name) && value !== undefined);
  return { media_key: medium.key, type, ...Object.fromEntries(shown) };
}

/**
 * Posts as a reader sees them, with their media if these were asked for.
 * @param {State} state @param {any[]} tweets @param {import('fastify').FastifyRequest} request @param {any} user
 */
function showTweets(state, tweets, request, user) {
  const { fields, newNames, mediaFields, withMedia } = wanted(request);
  const attached = withMedia ? tweets.flatMap((tweet) => tweet.media) : [];
  const media = attached.map((medium) => showMedia(medium, mediaFields));
  return {
    shown: tweets.map((tweet) => showTweet(state, tweet, fields, newNames, user)),
    includes: media.length > 0 ? { includes: { media } } : {},
  };
}

/**
 * The answer to a look-up: what is there, and an error for each post or group of metrics that can't be given.
 * @param {State} state @param {string[]} ids @param {import('fastify').FastifyRequest} request @param {any} user
 * @param {(posts: any[]) => unknown} pick
 */
function lookUp(state, ids, request, user, pick) {
  const errors = [];
  const found = [];
  for (const id of ids) {
    const tweet = state.tweets.get(id);
    if (!tweet || tweet.deleted) errors.push(missingTweet(id));
    else found.push(tweet);
  }
  const { fields } = wanted(request);
  for (const tweet of found) {
    for (const group of PRIVATE_GROUPS) {
      const refused = group === 'promoted_metrics' || !isOwner(state, tweet, user);
      if (refused && fields.includes(group)) errors.push(refusedField(tweet.id, group));
    }
  }
  const { shown, includes } = showTweets(state, found, request, user);
  return {
    ...(shown.length > 0 ? { data: pick(shown) } : {}),
    ...includes,
    ...(errors.length > 0 ? { errors } : {}),
  };
}

module.exports = { lookUp, shortenLinks, showTweets };
