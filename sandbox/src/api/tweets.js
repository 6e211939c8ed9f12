'use strict';

const { missingTweet, problems, refusedField } = require('../problems.js');
const { checkTweetBody, shortenLinks } = require('./tweet-body.js');

/** @typedef {import('../state.js').State} State */

const WRITE = { scopes: ['tweet.read', 'tweet.write', 'users.read'] };
const READ = { scopes: ['tweet.read', 'users.read'], appOnly: true };
const DUPLICATE_WINDOW = 24 * 3600 * 1000;
const OWNER_LIFE = 30 * 24 * 3600 * 1000;

/** Posts. @param {import('fastify').FastifyInstance} fastify @param {{ state: State, asUser: any }} options */
async function tweetRoutes(fastify, { state, asUser }) {
  fastify.post('/2/tweets', { config: { endpoint: 'createTweet', needs: WRITE } }, async (request, reply) => {
    const { user } = asUser(request);
    const body = /** @type {any} */ (request.body);
    checkTweetBody(body, user);
    const tweet = commit(state, user, body);
    /** @type {any} */ (request).entry.details.tweetId = tweet.id;
    reply.code(201);
    return { data: { id: tweet.id, text: tweet.shownText, edit_history_tweet_ids: [tweet.id] } };
  });

  fastify.delete('/2/tweets/:id', { config: { endpoint: 'deleteTweet', needs: WRITE } }, async (request) => {
    const { user } = asUser(request);
    const tweet = state.tweets.get(/** @type {any} */ (request.params).id);
    if (!tweet || tweet.deleted) throw problems.notFound();
    if (tweet.user.id !== user.id) throw problems.forbidden('You are not authorized to delete this Tweet.');
    tweet.deleted = true;
    return { data: { deleted: true } };
  });

  fastify.get('/2/tweets/:id', { config: { endpoint: 'getTweet', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    const { id } = /** @type {any} */ (request.params);
    if (!/^[0-9]{1,19}$/.test(id)) throw problems.invalid('The `id` query parameter value is not valid', { id: [id] });
    return answer(state, [id], request, user, (posts) => posts[0]);
  });

  fastify.get('/2/tweets', { config: { endpoint: 'lookupTweets', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    const ids = String(/** @type {any} */ (request.query).ids ?? '').split(',');
    if (ids.length > 100 || !ids.every((id) => /^[0-9]{1,19}$/.test(id))) {
      throw problems.invalid('The `ids` query parameter has to hold 1 to 100 ids', { ids });
    }
    return answer(state, ids, request, user, (posts) => posts);
  });

  fastify.get('/2/users/:id/tweets', { config: { endpoint: 'userTimeline', needs: READ } }, async (request) => {
    const { user } = asUser(request);
    return timeline(state, request, user);
  });

  fastify.get(
    '/2/users/me',
    { config: { endpoint: 'me', needs: { scopes: ['tweet.read', 'users.read'] } } },
    async (request) => {
      const { user } = asUser(request);
      const fields = String(/** @type {any} */ (request.query)['user.fields'] ?? '').split(',');
      const all = {
        description: `The account of ${user.name}`,
        profile_image_url: 'https://pbs.twimg.com/profile_images/1/normal.png',
        verified: user.premium,
      };
      const extra = Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(name)));
      return { data: { id: user.id, name: user.name, username: user.username, ...extra } };
    },
  );

  fastify.get('/2/tweets/analytics', { config: { endpoint: 'analytics', needs: READ } }, async () => {
    throw problems.forbidden('client-not-enrolled');
  });
}

/** Commits a post: from here on it exists. @param {State} state @param {any} user @param {any} body */
function commit(state, user, body) {
  const now = state.clock.now();
  const text = body.text ?? '';
  const mediaIds = body.media?.media_ids ?? [];
  const replyTo = body.reply?.in_reply_to_tweet_id;
  if (replyTo !== undefined && !(state.tweets.has(replyTo) && !state.tweets.get(replyTo).deleted)) {
    throw problems.forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
  }
  const media = mediaIds.map((/** @type {string} */ id) => usableMedia(state, user, id, now));
  checkMixing(media);
  const fingerprint = JSON.stringify([text, mediaIds, replyTo]);
  for (const other of state.tweets.values()) {
    if (other.user.id === user.id && other.fingerprint === fingerprint && now - other.committedAt < DUPLICATE_WINDOW) {
      throw problems.forbidden('You are not allowed to create a Tweet with duplicate content.');
    }
  }
  const id = state.snowflake();
  const { text: shownText, urls } = shortenLinks(text, id);
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
    fingerprint,
    committedAt: now,
    createdAt: new Date(now).toISOString(),
    conversationId: replyTo ? state.tweets.get(replyTo).conversationId : id,
    deleted: false,
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

/** @param {State} state @param {any} user @param {string} id @param {number} now */
function usableMedia(state, user, id, now) {
  const media = state.media.get(id);
  const usable =
    media?.finalized && media.owner === user.id && media.expiresAt > now && media.stateAt(now) === 'succeeded';
  if (!usable || !media.category.startsWith('tweet_') || media.mismatch) {
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

/** @param {import('fastify').FastifyRequest} request */
function wanted(request) {
  const query = /** @type {Record<string, string>} */ (request.query);
  const newNames = query['post.fields'] !== undefined;
  return { newNames, fields: String(query['tweet.fields'] ?? query['post.fields'] ?? '').split(','), query };
}

/** @param {State} state @param {string[]} ids @param {any} request @param {any} user @param {(posts: any[]) => unknown} pick */
function answer(state, ids, request, user, pick) {
  const errors = [];
  const posts = [];
  for (const id of ids) {
    const tweet = state.tweets.get(id);
    if (!tweet || tweet.deleted) errors.push(missingTweet(id));
    else posts.push(tweet);
  }
  const { fields, newNames, query } = wanted(request);
  for (const tweet of posts) {
    for (const group of ['non_public_metrics', 'organic_metrics']) {
      if (fields.includes(group) && !isOwner(state, tweet, user)) errors.push(refusedField(tweet.id, group));
    }
  }
  const shown = posts.map((tweet) => show(state, tweet, fields, newNames, user));
  const withMedia = String(query.expansions ?? '').includes('attachments.media_keys');
  const media = withMedia ? posts.flatMap((tweet) => tweet.media.map(showMedia)) : [];
  return {
    ...(shown.length > 0 ? { data: pick(shown) } : {}),
    ...(media.length > 0 ? { includes: { media } } : {}),
    ...(errors.length > 0 ? { errors } : {}),
  };
}

/** @param {State} state @param {any} tweet @param {any} user */
function isOwner(state, tweet, user) {
  return user?.id === tweet.user.id && state.clock.now() - tweet.committedAt <= OWNER_LIFE;
}

/** A post in the vocabulary that was asked in. @param {State} state @param {any} tweet @param {string[]} fields @param {boolean} newNames @param {any} user */
function show(state, tweet, fields, newNames, user) {
  const references = [];
  if (tweet.replyTo) references.push({ type: 'replied_to', id: tweet.replyTo });
  if (tweet.quoteOf) references.push({ type: 'quoted', id: tweet.quoteOf });
  const owner = isOwner(state, tweet, user);
  const { retweet_count: reposts, ...counts } = tweet.metrics;
  const clicks = { url_link_clicks: 1, user_profile_clicks: 2 };
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
    non_public_metrics: owner ? { impression_count: counts.impression_count, ...clicks, engagements: 3 } : undefined,
    organic_metrics: owner ? { ...counts, retweet_count: reposts, ...clicks } : undefined,
    [newNames ? 'referenced_posts' : 'referenced_tweets']: references.length > 0 ? references : undefined,
  };
  const shown = Object.entries(all).filter(([name, value]) => fields.includes(name) && value !== undefined);
  return {
    id: tweet.id,
    text: tweet.shownText,
    [newNames ? 'edit_history_post_ids' : 'edit_history_tweet_ids']: [tweet.id],
    ...Object.fromEntries(shown),
  };
}

/** @param {any} medium */
function showMedia(medium) {
  const type =
    { tweet_image: 'photo', tweet_gif: 'animated_gif', tweet_video: 'video' }[
      /** @type {'tweet_image'} */ (medium.category)
    ] ?? 'photo';
  return {
    media_key: medium.key,
    type,
    alt_text: medium.altText,
    width: medium.sniffed?.width,
    height: medium.sniffed?.height,
  };
}

/** @param {State} state @param {any} request @param {any} user */
function timeline(state, request, user) {
  const { fields, newNames, query } = wanted(request);
  const { id } = /** @type {any} */ (request.params);
  const size = Number(query.max_results ?? 10);
  if (!(size >= 5 && size <= 100))
    throw problems.invalid('The `max_results` query parameter value is not between 5 and 100', {
      max_results: [query.max_results],
    });
  const excluded = String(query.exclude ?? '').split(',');
  const all = [...state.tweets.values()].reverse().filter((tweet) => {
    if (tweet.user.id !== id || tweet.deleted) return false;
    if (query.since_id && BigInt(tweet.id) <= BigInt(query.since_id)) return false;
    if (query.until_id && BigInt(tweet.id) >= BigInt(query.until_id)) return false;
    if (query.start_time && tweet.committedAt < Date.parse(query.start_time)) return false;
    if (query.end_time && tweet.committedAt >= Date.parse(query.end_time)) return false;
    return !(excluded.includes('replies') && tweet.replyTo);
  });
  const offset = Number(query.pagination_token ?? 0);
  const page = all.slice(offset, offset + size);
  const media = page.flatMap((tweet) => tweet.media.map(showMedia));
  const next = offset + size < all.length ? String(offset + size) : undefined;
  return {
    ...(page.length > 0 ? { data: page.map((tweet) => show(state, tweet, fields, newNames, user)) } : {}),
    ...(media.length > 0 && query.expansions ? { includes: { media } } : {}),
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
