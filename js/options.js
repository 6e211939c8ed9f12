'use strict';

const { internal } = require('./native.js');
const { follow, guardListener, overhear, warn } = require('./callers.js');

/** Stands for a property whose getter threw: native code refuses it, by its place, whatever should stand there. */
const UNREADABLE = Symbol('unreadable');

/**
 * Own properties, and nothing that an object inherits.
 * @param {object | null | undefined} object
 * @returns {Record<string, unknown>}
 */
function ownProperties(object) {
  const given = /** @type {Record<string, unknown>} */ (object ?? {});
  const own = Object.create(null);
  for (const name of Object.keys(given)) own[name] = readProperty(given, name);
  return own;
}

/**
 * An own property, or `undefined`.
 * @param {object} object
 * @param {string} name
 */
function ownProperty(object, name) {
  return Object.hasOwn(object, name) ? readProperty(/** @type {Record<string, unknown>} */ (object), name) : undefined;
}

/** @param {Record<string, unknown>} object @param {string} name */
function readProperty(object, name) {
  try {
    return object[name];
  } catch {
    return UNREADABLE;
  }
}

/**
 * @param {unknown} value
 * @returns {value is object}
 */
function isObject(value) {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return !Array.isArray(value);
  } catch {
    // A proxy that was revoked is nothing at all any more.
    return false;
  }
}

/**
 * Whether options could be meant by it. What is neither is left for native code to refuse.
 * @param {unknown} value
 * @returns {value is object | null | undefined}
 */
function isObjectOrAbsent(value) {
  return value === undefined || value === null || isObject(value);
}

/**
 * What is to be cancelled with a signal. However many calls share it, it has one listener of ours: from the eleventh on
 * Node would warn of a leak.
 * @type {WeakMap<AbortSignal, { handles: Set<import('../index.js').internal.Cancellation>, stop: () => unknown }>}
 */
const WATCHED = new WeakMap();

/** @param {AbortSignal} signal */
function watch(signal) {
  const known = WATCHED.get(signal);
  if (known) return known;
  const handles = new Set();
  const cancel = () => {
    for (const handle of handles) handle.cancel();
  };
  const stop = () => {
    WATCHED.delete(signal);
    return signal.removeEventListener('abort', cancel);
  };
  overhear('signal.addEventListener', signal.addEventListener('abort', cancel, { once: true }));
  const watched = { handles, stop };
  WATCHED.set(signal, watched);
  return watched;
}

/**
 * Ties a signal to a native handle. What is no signal is left for native code to refuse.
 * @param {unknown} signal
 * @param {Cleanup} cleanup
 */
function cancellationOf(signal, cleanup) {
  if (!isObject(signal) || typeof (/** @type {AbortSignal} */ (signal).addEventListener) !== 'function') return signal;
  const abortable = /** @type {AbortSignal} */ (signal);
  const handle = new internal.Cancellation();
  if (abortable.aborted) {
    handle.cancel();
    return handle;
  }
  const { handles, stop } = watch(abortable);
  handles.add(handle);
  cleanup.push({
    name: 'signal.removeEventListener',
    undo: () => {
      handles.delete(handle);
      return handles.size === 0 ? stop() : undefined;
    },
  });
  return handle;
}

/**
 * A store of rate limits as native code takes it. One that fails lets requests be sent: X counts for itself.
 * @param {object} rateLimit
 */
function prepareRateLimit(rateLimit) {
  const prepared = ownProperties(rateLimit);
  if (!isObject(prepared.store)) return prepared;
  const store = /** @type {{ reserve?: unknown, observe?: unknown }} */ (prepared.store);
  const { reserve, observe } = store;
  if (typeof reserve !== 'function' || (observe !== undefined && typeof observe !== 'function')) return prepared;
  prepared.store = {
    reserve: async (/** @type {string} */ key) => {
      try {
        const { value } = await follow(Reflect.apply(reserve, store, [key]));
        const until = value?.retryAt;
        if (until === undefined || until === null) return null;
        if (!Number.isFinite(Number(until)))
          throw new TypeError('retryAt must be a Date or milliseconds since the epoch');
        return Number(until);
      } catch (error) {
        warn('rateLimit.store.reserve', error);
        return null;
      }
    },
    observe: guardListener(
      observe ? (/** @type {unknown} */ seen) => Reflect.apply(observe, store, [seen]) : () => {},
      'rateLimit.store.observe',
    ),
  };
  return prepared;
}

/**
 * A checkpoint as native code takes it. It may have been kept as data; what gives no text is refused, since without a
 * checkpoint everything would begin anew.
 * @param {unknown} checkpoint
 * @returns {string} or what native code refuses
 */
function checkpointText(checkpoint) {
  return /** @type {string} */ (textOf(checkpoint));
}

/** @param {unknown} checkpoint */
function textOf(checkpoint) {
  if (!isObject(checkpoint)) return checkpoint;
  try {
    return JSON.stringify(checkpoint) ?? UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

/**
 * A keeper of checkpoints as native code takes it: it tells whether a checkpoint was kept. Why it was not stays here,
 * to become the cause of the call's error.
 * @param {unknown} keep
 * @param {Settling} settling
 */
function answering(keep, settling) {
  if (typeof keep !== 'function') return keep;
  return async (/** @type {string} */ checkpoint) => {
    try {
      await follow(Reflect.apply(keep, undefined, [checkpoint]));
      return true;
    } catch (error) {
      settling.unkept = { error };
      return false;
    }
  };
}

/**
 * What to do when a call has settled. It runs code of the caller's, so each part has the name that a warning tells.
 * @typedef {Array<{ name: string, undo: () => unknown }>} Cleanup
 */

/**
 * What belongs to a call until it has settled.
 * @typedef {object} Settling
 * @property {Cleanup} cleanup what to do then
 * @property {unknown} [signal] what the caller gave for one
 * @property {number} [copied] bytes of its arguments that were copied
 * @property {{ error: unknown }} [unread] what an argument threw when it was read
 * @property {{ error: unknown }} [unkept] why a checkpoint was not kept
 * @property {() => ({ error: unknown } | undefined)} [failureOf] why the token store failed, the last time it did
 */

/**
 * The options of a client as native code takes them.
 * @param {unknown} client
 */
function prepareClient(client) {
  return /** @type {import('../index.js').internal.Prepared<import('../index.js').ClientOptions>} */ (
    isObject(client) ? listened(client) : client
  );
}

/** @param {object} given */
function listened(given) {
  const client = ownProperties(given);
  if (client.onRequest !== undefined) client.onRequest = guardListener(client.onRequest, 'onRequest');
  if (isObject(client.rateLimit)) client.rateLimit = prepareRateLimit(client.rateLimit);
  return client;
}

/**
 * The options as native code takes them.
 * @param {unknown} options
 * @param {Settling} settling
 */
function prepareOptions(options, settling) {
  return /** @type {import('../index.js').internal.Options} */ (
    isObject(options) ? preparedOf(options, settling) : options
  );
}

/** @param {object} options @param {Settling} settling */
function preparedOf(options, settling) {
  const own = ownProperties(options);
  if (own.signal !== undefined && own.signal !== null) {
    const { signal } = own;
    own.signal = cancellationOf(signal, settling.cleanup);
    if (own.signal !== signal) settling.signal = signal;
  }
  if (own.onCheckpoint !== undefined) own.onCheckpoint = answering(own.onCheckpoint, settling);
  own.checkpoint = checkpointText(own.checkpoint);
  if (own.onProgress !== undefined) own.onProgress = guardListener(own.onProgress, 'onProgress');
  if (own.client !== undefined) own.client = prepareClient(own.client);
  return own;
}

/**
 * What the environment says. It is read here and at each call: workers and test runners have an environment of their
 * own, which native code does not see.
 */
function readEnvironment() {
  const { env } = process;
  const texts = VARIABLES.map((name) => env[name]);
  if (known !== undefined && texts.every((text, index) => text === known?.texts[index])) return known.environment;
  const environment = internal.holdEnvironment(environmentOf(texts));
  known = { texts, environment };
  return environment;
}

const VARIABLES = /** @type {const} */ ([
  'X_API_BASE_URL',
  'X_UPLOAD_BASE_URL',
  'X_AUTHORIZE_URL',
  'X_MEDIA_ALLOW_PRIVATE_NETWORKS',
  'X_MEDIA_ALLOW_HTTP',
]);

/**
 * What the environment said last, as native code holds it.
 * @type {{ texts: Array<string | undefined>, environment: import('../index.js').internal.Environment } | undefined}
 */
let known;

/**
 * The client's options that the environment sets.
 * @param {Array<string | undefined>} texts the variables' values, in their order
 */
function environmentOf(texts) {
  const [X_API_BASE_URL, X_UPLOAD_BASE_URL, X_AUTHORIZE_URL, X_MEDIA_ALLOW_PRIVATE_NETWORKS, X_MEDIA_ALLOW_HTTP] =
    texts;
  const environment = Object.create(null);
  if (X_API_BASE_URL) environment.apiBaseUrl = X_API_BASE_URL;
  if (X_UPLOAD_BASE_URL) environment.uploadBaseUrl = X_UPLOAD_BASE_URL;
  if (X_AUTHORIZE_URL) environment.authorizeUrl = X_AUTHORIZE_URL;
  if (X_MEDIA_ALLOW_PRIVATE_NETWORKS === '1' || X_MEDIA_ALLOW_HTTP === '1') {
    environment.mediaPolicy = {
      allowPrivateNetworks: X_MEDIA_ALLOW_PRIVATE_NETWORKS === '1',
      allowHttp: X_MEDIA_ALLOW_HTTP === '1',
    };
  }
  return environment;
}

const APP_VARIABLES = /** @type {const} */ ([
  ['clientId', 'CLIENT_ID'],
  ['clientSecret', 'CLIENT_SECRET'],
  ['apiKey', 'API_KEY'],
  ['apiSecret', 'API_SECRET'],
]);

/** The names of an app's credentials. */
const APP_NAMES = APP_VARIABLES.map(([name]) => name);

/**
 * The app's credentials in the environment, in the order that everything uses. An empty text counts as absent.
 * @returns {import('../index.js').AppConfig}
 */
function readEnvironmentApp() {
  const app = /** @type {import('../index.js').AppConfig} */ (Object.create(null));
  for (const [name, variable] of APP_VARIABLES) {
    const value = process.env[`X_${variable}`] || process.env[`TWITTER_${variable}`];
    if (value) app[name] = value;
  }
  return app;
}

/**
 * The app's credentials as native code takes them: the caller's, then those of the environment.
 * @param {unknown} config
 */
function readApp(config) {
  return /** @type {import('../index.js').internal.App} */ (
    /** @type {unknown} */ (isObjectOrAbsent(config) ? appOf(config) : config)
  );
}

/**
 * What was given for the app's credentials: native code refuses what are none.
 * @param {object | null | undefined} config
 */
function appOf(config) {
  const given = /** @type {import('../index.js').AppConfig} */ (config ?? {});
  const app = readEnvironmentApp();
  for (const name of APP_NAMES) {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    if (own !== undefined && own !== null) app[name] = own;
  }
  return app;
}

module.exports = {
  APP_NAMES,
  UNREADABLE,
  appOf,
  checkpointText,
  isObject,
  isObjectOrAbsent,
  ownProperties,
  ownProperty,
  prepareClient,
  prepareOptions,
  readApp,
  readEnvironment,
  readEnvironmentApp,
};
