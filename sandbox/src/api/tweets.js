'use strict';

const twitterText = require('twitter-text');
const { problems } = require('../problems.js');
const { editable } = require('./edits.js');
const { checkTweetBody } = require('./tweet-body.js');
const { textFacts } = require('./tweet-text.js');
const { lookUp, wanted } = require('./tweet-view.js');
const { timeline } = require('./user-timeline.js');
const { showUser } = require('./user-view.js');

/** @typedef {import('../state.js').State} State */

const WRITE = { scopes: ['tweet.read', 'tweet.write', 'users.read'] };
const READ = { scopes: ['tweet.read', 'users.read'], appOnly: true };
const READ_AS_USER = { scopes: ['tweet.read', 'users.read'] };
const POST_CATEGORIES = ['tweet_image', 'tweet_gif', 'tweet_video', 'amplify_video'];

/** Posts. @param {import('fastify').FastifyInstance} fastify @param {{ state: State, asUser: any, hooks: import('../webhooks/hooks.js').Hooks }} options */
async function tweetRoutes(fastify, { state, asUser, hooks }) {
  fastify.post(
    '/2/tweets',
    { config: { endpoint: 'createTweet', needs: WRITE, accepts: ['application/json'] } },
    async (request, reply) => {
      const { user } = asUser(request);
      const body = /** @type {any} */ (request.body);
      checkTweetBody(body, user, !state.options.enterprise);
      const tweet = commit(state, user, body);
      /** @type {any} */ (request).entry.details.tweetId = tweet.id;
      hooks.postCreated(tweet);
      // X was seen to do its work twice where the answer was lost.
      if (/** @type {any} */ (request).fault?.twice) hooks.postCreated(store(state, user, body, tweet.media));
      reply.code(201);
      return { data: { id: tweet.id, text: tweet.shownText, edit_history_tweet_ids: [...tweet.versions] } };
    },
  );

  fastify.delete('/2/tweets/:id', { config: { endpoint: 'deleteTweet', needs: WRITE } }, async (request) => {
    const { user } = asUser(request);
    const tweet = state.tweets.get(/** @type {any} */ (request.params).id);
    if (!tweet || tweet.deleted) throw problems.notFound();
    if (tweet.user.id !== user.id) throw problems.forbidden('You are not authorized to delete this Tweet.');
    for (const id of tweet.versions) state.tweets.get(id).deleted = true;
    hooks.postDeleted(tweet);
    return { data: { deleted: true } };
  });

  fastify.get('/2/tweets/:id', { config: { endpoint: 'getTweet', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    const { id } = /** @type {any} */ (request.params);
    if (!/^[0-9]{1,19}$/.test(id)) throw problems.invalid('The `id` query parameter value is not valid', { id: [id] });
    return lookUp(state, [id], request, user, 'id');
  });

  fastify.get('/2/tweets', { config: { endpoint: 'lookupTweets', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    const ids = String(/** @type {any} */ (request.query).ids ?? '').split(',');
    if (ids.length > 100 || !ids.every((id) => /^[0-9]{1,19}$/.test(id))) {
      throw problems.invalid('The `ids` query parameter has to hold 1 to 100 ids', { ids });
    }
    return lookUp(state, ids, request, user, 'ids');
  });

  fastify.get('/2/users/:id/tweets', { config: { endpoint: 'userTimeline', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    return timeline(state, request, user);
  });

  fastify.get('/2/users/me', { config: { endpoint: 'me', needs: READ_AS_USER } }, async (request) => {
    const { user } = asUser(request);
    const { userFields, newNames } = wanted(request);
    return { data: showUser(state, user, userFields, newNames) };
  });

  fastify.get('/2/tweets/analytics', { config: { endpoint: 'analytics', needs: READ_AS_USER } }, async () => {
    throw problems.notEnrolled();
  });
}

/** Commits a post, unless something keeps X from taking it. @param {State} state @param {any} user @param {any} body */
function commit(state, user, body) {
  const mediaIds = body.media?.media_ids ?? [];
  const previous = body.edit_options ? editable(state, user, body.edit_options.previous_post_id) : undefined;
  checkReferences(state, user, body);
  const media = mediaIds.map((/** @type {string} */ id) => usableMedia(state, user, id, state.clock.now()));
  checkMixing(media);
  const content = JSON.stringify([user.id, body.text ?? '', mediaIds, body.reply?.in_reply_to_tweet_id]);
  if (state.duplicates.isDuplicate(content)) {
    throw problems.forbidden('You are not allowed to create a Tweet with duplicate content.');
  }
  return store(state, user, body, media, previous);
}

/** From here on it exists. @param {State} state @param {any} user @param {any} body @param {any[]} media @param {any} [previous] */
function store(state, user, body, media, previous) {
  const now = state.clock.now();
  const replyTo = body.reply?.in_reply_to_tweet_id;
  const id = state.snowflake();
  const text = textFacts(state, user, body, id);
  const versions = previous?.versions ?? [];
  versions.push(id);
  const quotes = body.quote_tweet_id ?? text.quotedByLink;
  const tweet = {
    id,
    user,
    text: body.text ?? '',
    ...text,
    body,
    media,
    pollId: body.poll ? state.snowflake() : undefined,
    replyTo,
    quoteOf: body.quote_tweet_id,
    /** What it refers to, as readers see it. */
    references: [
      ...(replyTo ? [{ type: 'replied_to', id: replyTo }] : []),
      ...(quotes ? [{ type: 'quoted', id: quotes }] : []),
    ],
    committedAt: now,
    createdAt: new Date(now).toISOString(),
    conversationId: replyTo ? state.tweets.get(replyTo).conversationId : id,
    deleted: false,
    /** What X recognises in its text; tests may set it. */
    annotations: [],
    /** Its ids, an edited post's oldest first; they share this list. */
    versions,
    metrics: {
      impression_count: 0,
      like_count: 0,
      reply_count: 0,
      retweet_count: 0,
      quote_count: 0,
      bookmark_count: 0,
    },
  };
  if (replyTo) state.tweets.get(replyTo).metrics.reply_count += 1;
  state.tweets.set(id, tweet);
  return tweet;
}

/** Whom a post answers and quotes. @param {State} state @param {any} user @param {any} body */
function checkReferences(state, user, body) {
  const replyTo = body.reply?.in_reply_to_tweet_id;
  const target = state.tweets.get(replyTo);
  if (replyTo !== undefined && (!target || target.deleted)) {
    throw problems.forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
  }
  if (state.options.enterprise) return;
  for (const id of [replyTo, body.quote_tweet_id]) {
    if (id !== undefined && !mayRefer(state, user, id)) throw problems.notSummoned();
  }
}

/** An app on a self-serve plan refers to its user's own posts, and to those that mention or quote the user. @param {State} state @param {any} user @param {string} id */
function mayRefer(state, user, id) {
  const tweet = state.tweets.get(id);
  if (!tweet || tweet.deleted) return false;
  const mentioned = twitterText
    .extractMentions(tweet.text)
    .some((/** @type {string} */ name) => name.toLowerCase() === user.username.toLowerCase());
  return tweet.user.id === user.id || mentioned || state.tweets.get(tweet.quoteOf)?.user.id === user.id;
}

/** @param {State} state @param {any} user @param {string} id @param {number} now */
function usableMedia(state, user, id, now) {
  const media = state.media.get(id);
  const usable =
    media?.finalized && media.owners.has(user.id) && media.expiresAt > now && media.stateAt(now) === 'succeeded';
  if (!usable || media.mismatch || !POST_CATEGORIES.includes(media.category)) {
    throw problems.invalid('Your media IDs are invalid.', { 'media.media_ids': [id] });
  }
  return media;
}

/** @param {any[]} media */
function checkMixing(media) {
  const single = media.filter((medium) => medium.category !== 'tweet_image').length;
  if (single > 1 || (single === 1 && media.length > 1))
    throw problems.v1(403, 386, 'The Tweet exceeds the number of allowed attachment types.');
}

module.exports = { tweetRoutes };
