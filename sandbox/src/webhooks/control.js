'use strict';

const { checkMembers } = require('../known.js');

/** @typedef {import('./hooks.js').Hooks} Hooks */

/** What tests do with the delivery of events. @param {Hooks} hooks */
const webhooksOf = (hooks) => ({
  /** @param {Partial<typeof import('./settings.js').USUAL>} settings */
  set: (settings) => hooks.courier.set(settings),
  /** Events are delivered at once, once and in order again, and nowhere else than where they belong. */
  clear() {
    hooks.places.clear();
    hooks.courier.reset();
  },
  release: () => hooks.courier.release(),
  /** @param {string} origin @param {string} target */
  route: (origin, target) => hooks.places.route(origin, target),
  deliveries: () => hooks.courier.deliveries(),
  settled: () => hooks.courier.settled(),
  checkAll: () => hooks.checkAll(),
  /** @param {string} tweetId @param {string} userId */
  like: (tweetId, userId) => hooks.like(tweetId, userId),
  /** @param {string} userId */
  revoke: (userId) => hooks.revoke(userId),
  /** @param {string} type @param {unknown} payload @param {{ userId?: string, direction?: 'inbound' | 'outbound' }} [about] */
  emit: (type, payload, about) => hooks.emit(type, payload, about),
});

/** The same by HTTP. @param {import('fastify').FastifyInstance} fastify @param {{ hooks: Hooks }} options */
async function webhookControlRoutes(fastify, { hooks }) {
  const config = { endpoint: 'control' };
  const webhooks = webhooksOf(hooks);
  fastify.post('/_sandbox/webhooks', { config }, async (request) => {
    webhooks.set(/** @type {any} */ (request.body ?? {}));
    return hooks.courier.settings;
  });
  fastify.delete('/_sandbox/webhooks', { config }, async () => {
    webhooks.clear();
    return {};
  });
  fastify.get('/_sandbox/webhooks', { config }, async () => ({
    ...hooks.courier.settings,
    webhooks: [...hooks.webhooks.values()],
    subscriptions: [...hooks.subscriptions.values()],
    deliveries: webhooks.deliveries(),
  }));
  fastify.post('/_sandbox/webhooks/release', { config }, async () => {
    webhooks.release();
    await webhooks.settled();
    return {};
  });
  fastify.post('/_sandbox/webhooks/check', { config }, async () => {
    await webhooks.checkAll();
    return {};
  });
  fastify.post('/_sandbox/webhooks/routes', { config }, async (request) => {
    checkMembers('A route of webhooks', request.body ?? {}, ['origin', 'target']);
    const { origin, target } = /** @type {any} */ (request.body ?? {});
    webhooks.route(origin, target);
    return {};
  });
  fastify.post('/_sandbox/webhooks/events', { config }, async (request) => {
    checkMembers('An event', request.body ?? {}, ['type', 'payload', 'userId', 'direction']);
    const { type, payload, userId, direction } = /** @type {any} */ (request.body ?? {});
    webhooks.emit(type, payload, userId === undefined ? undefined : { userId, direction });
    return {};
  });
  fastify.post('/_sandbox/likes', { config }, async (request) => {
    checkMembers('A like', request.body ?? {}, ['tweetId', 'userId']);
    const { tweetId, userId } = /** @type {any} */ (request.body ?? {});
    webhooks.like(tweetId, userId);
    return {};
  });
  fastify.post('/_sandbox/revocations', { config }, async (request) => {
    checkMembers('A revocation', request.body ?? {}, ['userId']);
    const { userId } = /** @type {any} */ (request.body ?? {});
    webhooks.revoke(userId);
    return {};
  });
}

module.exports = { webhookControlRoutes, webhooksOf };
