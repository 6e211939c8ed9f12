'use strict';

const native = require('./native.js');
const { start } = require('./call.js');
const { withConfigured } = require('./functions.js');
const { isObject, isObjectOrAbsent, ownProperties, readApp } = require('./options.js');
const { credentialsOf } = require('./tokens.js');

/** @typedef {any} Argument */

/**
 * What a config says of the app. A user's credentials in its place are handed on as what they are: native code refuses
 * them by name.
 * @param {Argument} config
 * @param {import('./options.js').Settling} settling
 */
function appOf(config, settling) {
  const handle = credentialsOf(config, settling);
  if (handle !== config) return handle;
  const app = readApp(config);
  if (!isObject(config)) return app;
  const { accessToken } = ownProperties(config);
  return accessToken === undefined ? app : { ...app, accessToken };
}

/**
 * Starts a call of the app's own.
 * @template T
 * @param {Function} entry @param {Argument} config
 * @param {(app: unknown, options: any, environment: object) => Promise<T>} work
 */
function asApp(entry, config, work) {
  // What is no object is refused as credentials, not as options.
  const options = isObjectOrAbsent(config) ? config : undefined;
  return start(
    entry,
    options,
    (prepared, environment, settling) => work(appOf(config, settling), prepared, environment),
    withConfigured,
  );
}

/**
 * Starts a call of a user's, or without credentials of the app's own.
 * @template T
 * @param {Function} entry @param {Argument} credentials @param {Argument} options
 * @param {(credentials: unknown, app: unknown, options: any, environment: object) => Promise<T>} work
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

/** @param {Argument} replay */
function prepareReplay(replay) {
  if (!isObject(replay)) return replay;
  const { from, to, ...others } = ownProperties(replay);
  return { ...others, from: milliseconds(from), to: milliseconds(to) };
}

/** Where X delivers an app's events. */
const webhooks = {
  /** @param {Argument} url @param {Argument} [config] */
  create(url, config) {
    return asApp(webhooks.create, config, (app, options, environment) =>
      native.createWebhook(url, app, options, environment),
    );
  },

  /** @param {Argument} [config] */
  list(config) {
    return asApp(webhooks.list, config, (app, options, environment) => native.listWebhooks(app, options, environment));
  },

  /** @param {Argument} webhookId @param {Argument} [config] */
  validate(webhookId, config) {
    return asApp(webhooks.validate, config, (app, options, environment) =>
      native.validateWebhook(webhookId, app, options, environment),
    );
  },

  /** @param {Argument} webhookId @param {Argument} [config] */
  delete(webhookId, config) {
    return asApp(webhooks.delete, config, (app, options, environment) =>
      native.deleteWebhook(webhookId, app, options, environment),
    );
  },

  /** @param {Argument} replay @param {Argument} [config] */
  replay(replay, config) {
    return asApp(webhooks.replay, config, (app, options, environment) =>
      native.replayWebhook(prepareReplay(replay), app, options, environment),
    );
  },
};

/** Which events X tells an app of. */
const activitySubscriptions = {
  /** @param {Argument} subscription @param {Argument} [credentials] @param {Argument} [options] */
  create(subscription, credentials, options) {
    return asSubscriber(activitySubscriptions.create, credentials, options, (who, app, prepared, environment) =>
      native.createActivitySubscription(subscription, who, app, prepared, environment),
    );
  },

  /** @param {Argument} [credentials] @param {Argument} [options] */
  list(credentials, options) {
    return asSubscriber(activitySubscriptions.list, credentials, options, (who, app, prepared, environment) =>
      native.listActivitySubscriptions(who, app, prepared, environment),
    );
  },

  /** @param {Argument} subscriptionId @param {Argument} changes @param {Argument} [config] */
  update(subscriptionId, changes, config) {
    return asApp(activitySubscriptions.update, config, (app, options, environment) =>
      native.updateActivitySubscription(subscriptionId, changes, app, options, environment),
    );
  },

  /** @param {Argument} subscriptionId @param {Argument} [config] */
  delete(subscriptionId, config) {
    return asApp(activitySubscriptions.delete, config, (app, options, environment) =>
      native.deleteActivitySubscription(subscriptionId, app, options, environment),
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
