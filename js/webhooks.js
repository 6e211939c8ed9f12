'use strict';

const { internal } = require('./native.js');
const { start } = require('./call.js');
const { credentialsOf } = require('./credentials.js');
const { withConfigured } = require('./functions.js');
const { appOf, isObject, isObjectOrAbsent, ownProperties, readApp } = require('./options.js');

/** @typedef {import('../index.js').internal.App} App */
/** @typedef {import('../index.js').internal.Credentials} Credentials */
/** @typedef {import('../index.js').internal.Options} Options */
/** @typedef {import('../index.js').internal.Environment} Environment */

/**
 * What a config says of the app. A user's credentials in its place are handed on as what they are: native code refuses
 * them by name.
 * @param {unknown} config
 * @param {import('./options.js').Settling} settling
 */
function appAlone(config, settling) {
  /** @type {unknown} */
  const handle = credentialsOf(config, settling);
  return /** @type {App} */ (handle === config ? withAccessToken(config) : handle);
}

/** @param {unknown} config @returns {unknown} */
function withAccessToken(config) {
  if (!isObject(config)) return readApp(config);
  const { accessToken } = ownProperties(config);
  return accessToken === undefined ? readApp(config) : { ...appOf(config), accessToken };
}

/**
 * Starts a call of the app's own.
 * @template T
 * @param {Function} entry @param {unknown} config
 * @param {(app: App, options: Options, environment: Environment) => Promise<T>} work
 */
function asApp(entry, config, work) {
  // What is no object is refused as credentials, not as options.
  const options = isObjectOrAbsent(config) ? config : undefined;
  return start(
    entry,
    options,
    (prepared, environment, settling) => work(appAlone(config, settling), prepared, environment),
    withConfigured,
  );
}

/**
 * Starts a call of a user's, or without credentials of the app's own.
 * @template T
 * @param {Function} entry @param {unknown} credentials @param {unknown} options
 * @param {(credentials: Credentials, app: App, options: Options, environment: Environment) => Promise<T>} work
 */
function asSubscriber(entry, credentials, options, work) {
  return start(
    entry,
    options,
    (prepared, environment, settling) =>
      work(credentialsOf(credentials, settling), readApp(options), prepared, environment),
    withConfigured,
  );
}

/**
 * A time as native code takes it. A Date of another realm is one, too.
 * @param {unknown} time
 */
function milliseconds(time) {
  return Object.prototype.toString.call(time) === '[object Date]' ? Number(time) : time;
}

/** @param {import('../index.js').WebhookReplay} replay */
function prepareReplay(replay) {
  if (!isObject(replay)) return replay;
  const { from, to, ...others } = ownProperties(replay);
  const prepared = { ...others, from: milliseconds(from), to: milliseconds(to) };
  return /** @type {import('../index.js').WebhookReplay} */ (/** @type {unknown} */ (prepared));
}

/**
 * Where X delivers an app's events.
 * @type {typeof import('../index.js').webhooks}
 */
const webhooks = {
  create(url, config) {
    return asApp(webhooks.create, config, (app, options, environment) =>
      internal.createWebhook(url, app, options, environment),
    );
  },

  list(config) {
    return asApp(webhooks.list, config, (app, options, environment) =>
      internal.listWebhooks(app, options, environment),
    );
  },

  validate(webhookId, config) {
    return asApp(webhooks.validate, config, (app, options, environment) =>
      internal.validateWebhook(webhookId, app, options, environment),
    );
  },

  delete(webhookId, config) {
    return asApp(webhooks.delete, config, (app, options, environment) =>
      internal.deleteWebhook(webhookId, app, options, environment),
    );
  },

  replay(replay, config) {
    return asApp(webhooks.replay, config, (app, options, environment) =>
      internal.replayWebhook(prepareReplay(replay), app, options, environment),
    );
  },
};

/**
 * Which events X reports to an app.
 * @type {typeof import('../index.js').activitySubscriptions}
 */
const activitySubscriptions = {
  create(subscription, credentials, options) {
    return asSubscriber(activitySubscriptions.create, credentials, options, (who, app, prepared, environment) =>
      internal.createActivitySubscription(subscription, who, app, prepared, environment),
    );
  },

  list(credentials, options) {
    return asSubscriber(activitySubscriptions.list, credentials, options, (who, app, prepared, environment) =>
      internal.listActivitySubscriptions(who, app, prepared, environment),
    );
  },

  update(subscriptionId, changes, config) {
    return asApp(activitySubscriptions.update, config, (app, options, environment) =>
      internal.updateActivitySubscription(subscriptionId, changes, app, options, environment),
    );
  },

  delete(subscriptionId, config) {
    return asApp(activitySubscriptions.delete, config, (app, options, environment) =>
      internal.deleteActivitySubscription(subscriptionId, app, options, environment),
    );
  },
};

// Errors name a function with the group that it belongs to.
for (const [group, functions] of Object.entries({ webhooks, activitySubscriptions })) {
  for (const [name, value] of Object.entries(functions)) {
    Object.defineProperty(value, 'name', { value: `${group}.${name}` });
  }
}

module.exports = { activitySubscriptions: Object.freeze(activitySubscriptions), webhooks: Object.freeze(webhooks) };
