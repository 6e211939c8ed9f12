'use strict';

const twitterText = require('twitter-text');
const { problems } = require('../problems.js');
const { checkTweetBody } = require('./tweet-body.js');
const { lookUp, shortenLinks, showTweets } = require('./tweet-view.js');

/** @typedef {import('../state.js').State} State */

const WRITE = { scopes: ['tweet.read', 'tweet.write', 'users.read'] };
const READ = { scopes: ['tweet.read', 'users.read'], appOnly: true };
const READ_AS_USER = { scopes: ['tweet.read', 'users.read'] };
const DUPLICATE_WINDOW = 24 * 3600 * 1000;
const EDIT_WINDOW = 3600 * 1000;
const MAX_EDITS = 5;
/** How far back a user's posts can be read. */
const TIMELINE_LENGTH = 3200;
const POST_CATEGORIES = ['tweet_image', 'tweet_gif', 'tweet_video', 'amplify_video'];

/** Posts. @param {import('fastify').FastifyInstance} fastify @param {{ state: State, asUser: any }} options */
async function tweetRoutes(fastify, { state, asUser }) {
  fastify.post(
    '/2/tweets',
    { config: { endpoint: 'createTweet', needs: WRITE, accepts: ['application/json'] } },
    async (request, reply) => {
      const { user } = asUser(request);
      const body = /** @type {any} */ (request.body);
      checkTweetBody(body, user, !state.options.enterprise);
      const tweet = commit(state, user, body);
      /** @type {any} */ (request).entry.details.tweetId = tweet.id;
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
    return { data: { deleted: true } };
  });

  fastify.get('/2/tweets/:id', { config: { endpoint: 'getTweet', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    const { id } = /** @type {any} */ (request.params);
    if (!/^[0-9]{1,19}$/.test(id)) throw problems.invalid('The `id` query parameter value is not valid', { id: [id] });
    return lookUp(state, [id], request, user, (posts) => posts[0]);
  });

  fastify.get('/2/tweets', { config: { endpoint: 'lookupTweets', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    const ids = String(/** @type {any} */ (request.query).ids ?? '').split(',');
    if (ids.length > 100 || !ids.every((id) => /^[0-9]{1,19}$/.test(id))) {
      throw problems.invalid('The `ids` query parameter has to hold 1 to 100 ids', { ids });
    }
    return lookUp(state, ids, request, user, (posts) => posts);
  });

  fastify.get('/2/users/:id/tweets', { config: { endpoint: 'userTimeline', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    return timeline(state, request, user);
  });

  fastify.get('/2/users/me', { config: { endpoint: 'me', needs: READ_AS_USER } }, async (request) => {
    const { user } = asUser(request);
    const fields = String(/** @type {any} */ (request.query)['user.fields'] ?? '').split(',');
    const asked = Object.entries(PROFILE).filter(([name]) => fields.includes(name));
    const extra = Object.fromEntries(asked.map(([name, tell]) => [name, tell(user, state)]));
    return { data: { id: user.id, name: user.name, username: user.username, ...extra } };
  });

  fastify.get('/2/tweets/analytics', { config: { endpoint: 'analytics', needs: READ_AS_USER } }, async () => {
    throw problems.notEnrolled();
  });
}

/** What a user's profile tells if it is asked for. @type {Record<string, (user: import('../state.js').User, state: State) => unknown>} */
const PROFILE = {
  created_at: (user) => user.createdAt,
  description: (user) => `The account of ${user.name}`,
  profile_image_url: () => 'https://pbs.twimg.com/profile_images/1/normal.png',
  protected: () => false,
  public_metrics: (user, state) => ({
    followers_count: 0,
    following_count: 0,
    tweet_count: state.timelinePosts().filter((tweet) => tweet.user === user).length,
    listed_count: 0,
  }),
  subscription_type: (user) => (user.premium ? 'Premium' : 'None'),
  verified: (user) => user.premium,
  verified_type: (user) => (user.premium ? 'blue' : 'none'),
};

/** Commits a post: from here on it exists. @param {State} state @param {any} user @param {any} body */
function commit(state, user, body) {
  const now = state.clock.now();
  const text = body.text ?? '';
  const mediaIds = body.media?.media_ids ?? [];
  const replyTo = body.reply?.in_reply_to_tweet_id;
  const previous = body.edit_options ? editable(state, user, body.edit_options.previous_post_id) : undefined;
  checkReferences(state, user, body);
  const media = mediaIds.map((/** @type {string} */ id) => usableMedia(state, user, id, now));
  checkMixing(media);
  if (!state.options.allowDuplicates) refuseDuplicate(state, JSON.stringify([user.id, text, mediaIds, replyTo]));
  const id = state.snowflake();
  const { text: shownText, urls } = shortenLinks(text, id);
  const versions = previous?.versions ?? [];
  versions.push(id);
  const tweet = {
    id,
    user,
    text,
    shownText,
    urls,
    body,
    media,
    replyTo,
    quoteOf: body.quote_tweet_id,
    committedAt: now,
    createdAt: new Date(now).toISOString(),
    conversationId: replyTo ? state.tweets.get(replyTo).conversationId : id,
    deleted: false,
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

/** Refuses a second post like a recent one, also if that was deleted. @param {State} state @param {string} fingerprint */
function refuseDuplicate(state, fingerprint) {
  const now = state.clock.now();
  const before = state.fingerprints.get(fingerprint);
  if (before !== undefined && now - before < DUPLICATE_WINDOW) {
    throw problems.forbidden('You are not allowed to create a Tweet with duplicate content.');
  }
  state.fingerprints.set(fingerprint, now);
}

/** The post that an edit replaces. @param {State} state @param {any} user @param {string} id */
function editable(state, user, id) {
  const tweet = state.tweets.get(id);
  const first = state.tweets.get(tweet?.versions[0]);
  const allowed =
    user.premium &&
    tweet?.user.id === user.id &&
    !tweet.deleted &&
    tweet.versions.at(-1) === id &&
    tweet.versions.length <= MAX_EDITS &&
    state.clock.now() - first.committedAt <= EDIT_WINDOW;
  if (!allowed) throw problems.forbidden('You are not permitted to perform this action.');
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

/** The conditions of a timeline's query. @param {Record<string, string>} query */
function timelineConditions(query) {
  const refuse = (/** @type {string} */ name) => {
    throw problems.invalid(`The \`${name}\` query parameter value is not valid`, { [name]: [query[name]] });
  };
  const id = (/** @type {string} */ name) => {
    if (query[name] === undefined) return undefined;
    return /^[0-9]{1,19}$/.test(query[name]) ? BigInt(query[name]) : refuse(name);
  };
  const time = (/** @type {string} */ name) => {
    if (query[name] === undefined) return undefined;
    const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(query[name]) ? Date.parse(query[name]) : Number.NaN;
    return Number.isNaN(instant) ? refuse(name) : instant;
  };
  const size = Number(query.max_results ?? 10);
  if (!(Number.isInteger(size) && size >= 5 && size <= 100)) refuse('max_results');
  if (!/^[0-9]+$/.test(query.pagination_token ?? '0')) refuse('pagination_token');
  return {
    size,
    since: id('since_id'),
    until: id('until_id'),
    start: time('start_time'),
    end: time('end_time'),
    withReplies: !String(query.exclude ?? '').includes('replies'),
    offset: Number(query.pagination_token ?? 0),
  };
}

/** @param {State} state @param {any} request @param {any} user */
function timeline(state, request, user) {
  const { size, since, until, start, end, withReplies, offset } = timelineConditions(request.query);
  const own = state.timelinePosts().filter((tweet) => tweet.user.id === request.params.id && !tweet.body.nullcast);
  const all = own.slice(0, TIMELINE_LENGTH).filter((tweet) => {
    if (since !== undefined && BigInt(tweet.id) <= since) return false;
    if (until !== undefined && BigInt(tweet.id) >= until) return false;
    if (start !== undefined && tweet.committedAt < start) return false;
    if (end !== undefined && tweet.committedAt >= end) return false;
    return withReplies || !tweet.replyTo;
  });
  const page = all.slice(offset, offset + size);
  const { shown, includes } = showTweets(state, page, request, user);
  const next = offset + size < all.length ? String(offset + size) : undefined;
  return {
    ...(shown.length > 0 ? { data: shown } : {}),
    ...includes,
    meta: {
      result_count: page.length,
      newest_id: page[0]?.id,
      oldest_id: page.at(-1)?.id,
      next_token: next,
      previous_token: offset > 0 ? String(Math.max(0, offset - size)) : undefined,
    },
  };
}

module.exports = { tweetRoutes };
