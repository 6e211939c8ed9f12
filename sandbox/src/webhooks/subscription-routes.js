'use strict';

const { ID, TEXT, check, object, oneOf } = require('../api/shape.js');
const { problems } = require('../problems.js');

/** The types that can be subscribed to, as X's specification 2.167 lists them. */
const EVENT_TYPES = [
  ...['bio', 'profile_picture', 'banner_picture', 'screenname', 'geo', 'url'].map((name) => `profile.update.${name}`),
  ...['verified_badge', 'affiliate_badge', 'handle'].map((name) => `profile.update.${name}`),
  ...['news.new', 'follow.follow', 'follow.unfollow', 'spaces.start', 'spaces.end'],
  ...['broadcast.start', 'broadcast.end', 'broadcast.chat', 'chat.received', 'chat.sent'],
  ...['chat.conversation.join', 'chat.conversation_join', 'chat.conversation.member_added'],
  ...['chat.conversation.member_removed', 'chat.conversation.admin_added', 'chat.conversation.admin_removed'],
  ...['chat.update.group_name', 'chat.update.restrictions'],
  ...['dm.sent', 'dm.received', 'dm.indicate_typing', 'dm.read'],
  ...['post.create', 'post.delete', 'post.mention.create', 'post.reply.create', 'post.quote.create'],
  ...['post.repost.create', 'like.create', 'mute.mute', 'mute.unmute', 'block.block', 'block.unblock'],
];

/** Only users themselves may ask for these, by OAuth 2.0. */
const PRIVATE =
  /^(like\.|chat\.(received|sent)$|dm\.|mute\.|block\.|broadcast\.chat$|post\.(mention|reply|quote|repost)\.)/;

/** @param {string} type */
function scopeOf(type) {
  const family = type.split('.')[0];
  if (['chat', 'dm'].includes(family)) return 'dm.read';
  if (type === 'broadcast.chat') return 'broadcast.read';
  return ['like', 'mute', 'block'].includes(family) ? `${family}.read` : 'tweet.read';
}

const ANYONE = { scopes: [], appOnly: true };
const READERS = { scopes: ['like.read', 'tweet.read'], appOnly: true };
const APP = { scopes: [], appOnly: true, appAlone: true };
const JSON_BODY = ['application/json'];
const MAX_SUBSCRIPTIONS = 1500;

const TAG = { type: /** @type {const} */ ('string'), length: /** @type {[number, number]} */ ([1, 200]) };
const FILTER = object({ direction: oneOf('inbound', 'outbound'), keyword: TEXT, user_id: TEXT });
/** @param {string[]} types */
const newShape = (types) =>
  object({ event_type: oneOf(...types), filter: FILTER, tag: TAG, webhook_id: ID }, ['event_type', 'filter']);
const CHANGES = object({ tag: TAG, webhook_id: ID });

const USER_ALONE =
  'Authenticating with %s is forbidden for this event. Supported authentication types are [OAuth 2.0 User Context].';

/** Which events are reported. @param {import('fastify').FastifyInstance} fastify @param {{ state: import('../state.js').State, hooks: import('./hooks.js').Hooks, asUser: any }} options */
async function subscriptionRoutes(fastify, { state, hooks, asUser }) {
  const { subscriptions, webhooks } = hooks;
  const path = '/2/activity/subscriptions';
  const shape = newShape([...EVENT_TYPES, ...(state.options.subscribedRevocations ? ['oauth.revoke'] : [])]);
  const limit = state.options.maxSubscriptions ?? MAX_SUBSCRIPTIONS;
  const time = () => new Date(state.clock.now()).toISOString();
  const total = () => ({ total_subscriptions: subscriptions.size });
  const checkWebhook = (/** @type {string | undefined} */ id) => {
    if (id !== undefined && !webhooks.has(id)) throw problems.named('WebhookIdInvalid', 'there is no such webhook');
  };
  const known = (/** @type {any} */ { params }) => {
    const subscription = subscriptions.get(params.id);
    if (!subscription) throw problems.named('SubscriptionNotFound', 'there is no such subscription');
    return subscription;
  };

  fastify.post(
    path,
    { config: { endpoint: 'createSubscription', needs: ANYONE, accepts: JSON_BODY } },
    async (request) => {
      check(request.body, shape);
      const { event_type: given, filter, tag, webhook_id: webhookId } = /** @type {any} */ (request.body);
      const eventType = given === 'chat.conversation_join' ? 'chat.conversation.join' : given;
      checkAuthor(state, asUser(request), eventType, filter);
      checkFilter(eventType, filter);
      checkWebhook(webhookId);
      const isSame = (/** @type {import('./hooks.js').Subscription} */ other) =>
        other.eventType === eventType && other.webhookId === webhookId && sameFilter(other.filter, filter);
      if ([...subscriptions.values()].some(isSame)) {
        throw problems.named('DuplicateSubscriptionFailed', 'there is a subscription to these events');
      }
      if (subscriptions.size >= limit) throw problems.named('SubscriptionLimitExceeded', `there are ${limit}`);
      const now = time();
      const subscription = { id: state.snowflake(), eventType, filter, tag, webhookId, createdAt: now, updatedAt: now };
      subscriptions.set(subscription.id, subscription);
      return { data: { subscription: show(subscription) } };
    },
  );

  fastify.get(path, { config: { endpoint: 'listSubscriptions', needs: READERS } }, async (request) => {
    const { size, offset } = pageOf(/** @type {any} */ (request.query));
    const page = [...subscriptions.values()].slice(offset, offset + size).map(show);
    const next = offset + size < subscriptions.size ? { next_token: tokenOf(offset + size) } : {};
    return { data: page, meta: { ...total(), ...next } };
  });

  fastify.put(
    `${path}/:id`,
    { config: { endpoint: 'updateSubscription', needs: APP, accepts: JSON_BODY } },
    async (request) => {
      check(request.body, CHANGES);
      const subscription = known(request);
      const { tag = subscription.tag, webhook_id: webhookId = subscription.webhookId } = /** @type {any} */ (
        request.body
      );
      checkWebhook(webhookId);
      Object.assign(subscription, { tag, webhookId, updatedAt: time() });
      return { data: { subscription: show(subscription), ...total() } };
    },
  );

  fastify.delete(`${path}/:id`, { config: { endpoint: 'deleteSubscription', needs: APP } }, async (request) => {
    subscriptions.delete(known(request).id);
    return { data: { deleted: true } };
  });

  fastify.delete(path, { config: { endpoint: 'deleteSubscriptions', needs: APP } }, async (request) => {
    const ids = String(/** @type {any} */ (request.query).ids ?? '').split(',');
    if (ids.length > 100 || !ids.every((id) => /^[0-9]{1,19}$/.test(id))) {
      throw problems.invalid('The `ids` query parameter has to hold 1 to 100 ids', { ids });
    }
    const [there, gone] = [ids.filter((id) => subscriptions.has(id)), ids.filter((id) => !subscriptions.has(id))];
    for (const id of there) subscriptions.delete(id);
    const errors = gone.map((id) => ({
      subscription_id: id,
      reason: 'SubscriptionNotFound',
      message: 'there is no such subscription',
    }));
    return {
      data: there.map((id) => ({ subscription_id: id, deleted: true })),
      ...(errors.length > 0 ? { errors } : {}),
      meta: total(),
    };
  });
}

/** @param {import('../state.js').State} state @param {import('../auth/authenticate.js').Identity} identity @param {string} type @param {any} filter */
function checkAuthor(state, { kind, user, scopes }, type, filter) {
  if (kind === 'oauth2' && !scopes?.includes(scopeOf(type))) throw problems.forbidden();
  if (!PRIVATE.test(type)) return;
  if (kind !== 'oauth2') {
    const name = kind === 'app' ? 'OAuth 2.0 Application-Only' : 'OAuth 1.0a User Context';
    throw problems.unsupportedAuthentication(USER_ALONE.replace('%s', name));
  }
  // Users who have let the app in can be heard of, and of mutes and blocks only those who ask.
  const family = state.users.get(filter.user_id)?.family;
  const isOther = filter.user_id !== user?.id && /^(mute|block)\./.test(type);
  if (isOther || !family || family.revoked) {
    throw problems.forbidden('The user has not authorized the app for this event.');
  }
}

/** @param {string} type @param {any} filter */
function checkFilter(type, filter) {
  const refuse = (/** @type {string} */ why) => {
    throw problems.invalid(`$.filter: ${why} for ${type}`, { filter: [JSON.stringify(filter)] });
  };
  if (type === 'oauth.revoke') {
    if (Object.keys(filter).length > 0) refuse('is not supported');
    return;
  }
  if (type === 'news.new') {
    if (!filter.keyword) refuse('keyword is required');
    return;
  }
  if (!/^[0-9]{1,19}$/.test(filter.user_id ?? '')) refuse('user_id is required');
  if (filter.direction && /^(mute|block)\./.test(type)) refuse('direction is not supported');
}

/** @param {any} one @param {any} other */
const sameFilter = (one, other) => ['user_id', 'keyword', 'direction'].every((name) => one[name] === other[name]);

/** Tokens of pages have 16 letters at least. @param {number} offset */
const tokenOf = (offset) => offset.toString(32).toUpperCase().padStart(16, '0');

/** @param {Record<string, string>} query */
function pageOf(query) {
  const { max_results: most = '1000', pagination_token: token } = query;
  if (!/^\d+$/.test(most) || Number(most) < 1 || Number(most) > 1000) {
    throw problems.invalid('The `max_results` query parameter value is not valid', { max_results: [most] });
  }
  if (token !== undefined && !/^[0-9A-V]{16,}$/.test(token)) {
    throw problems.invalid('The `pagination_token` query parameter value is not valid', { pagination_token: [token] });
  }
  return { size: Number(most), offset: token === undefined ? 0 : Number.parseInt(token, 32) };
}

/** @param {import('./hooks.js').Subscription} subscription */
function show({ id, eventType, filter, tag, webhookId, createdAt, updatedAt }) {
  return {
    created_at: createdAt,
    event_type: eventType,
    filter,
    subscription_id: id,
    ...(tag === undefined ? {} : { tag }),
    updated_at: updatedAt,
    ...(webhookId === undefined ? {} : { webhook_id: webhookId }),
  };
}

module.exports = { subscriptionRoutes };
