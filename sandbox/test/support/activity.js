'use strict';

const { ownSandbox } = require('./harness.js');
const { basic } = require('./login.js');
const { receiver } = require('./receiver.js');

/**
 * A sandbox with the app's own token and a server that takes events.
 * @param {import('node:test').TestContext} t @param {import('../../index.js').SandboxOptions} [options]
 */
async function withReceiver(t, options) {
  const own = await ownSandbox(t, { rateLimits: false, ...options });
  const { X_API_KEY, X_API_SECRET } = own.sandbox.env;
  const form = { grant_type: 'client_credentials' };
  const { body } = await own.call('POST', '/oauth2/token', { headers: basic(X_API_KEY, X_API_SECRET), form });
  const app = body.access_token;
  const server = await receiver(t, X_API_SECRET);
  const asApp = (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ json = undefined) =>
    own.call(method, path, { as: app, json });
  return {
    ...own,
    app,
    server,
    asApp,
    register: async (url = server.url) => (await asApp('POST', '/2/webhooks', { url })).body.data,
    /** Subscribes the webhook to events of a user's. */
    subscribe: async (
      /** @type {string} */ webhookId,
      /** @type {string} */ type,
      filter = /** @type {object} */ ({ user_id: own.user.id }),
      as = app,
    ) => {
      const json = { event_type: type, filter, tag: type, webhook_id: webhookId };
      return own.call('POST', '/2/activity/subscriptions', { as, json });
    },
    post: async (/** @type {string} */ text, as = own.token(), more = {}) =>
      (await own.call('POST', '/2/tweets', { as, json: { text, ...more } })).body.data.id,
    /** The events that have come, when all deliveries are over. */
    events: async () => {
      await own.sandbox.webhooks.settled();
      return server.received.map(({ event }) => event.data);
    },
  };
}

module.exports = { withReceiver };
