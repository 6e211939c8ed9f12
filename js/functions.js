'use strict';

const native = require('./native.js');
const { run, start } = require('./call.js');
const { credentialsOf, heldCredentials } = require('./credentials.js');
const { TwitterError } = require('./errors.js');
const {
  checkpointText,
  isObject,
  isObjectOrAbsent,
  ownProperties,
  prepareClient,
  prepareOptions,
  readApp,
  readEnvironment,
  readEnvironmentApp,
} = require('./options.js');
const { prepareContent, prepareCosted, prepareParts, prepareSource, unshared } = require('./sources.js');

/** @typedef {import('./options.js').Settling} Settling */
/** @typedef {import('../index.js').CallOptions} CallOptions */

/**
 * What native code reads as it is.
 * @template T
 * @param {T} given
 */
const asGiven = (given) => given;

/** @param {import('../index.js').internal.Failure} failure */
const errorOf = (failure) =>
  /** @type {import('../index.js').TwitterError} */ (/** @type {unknown} */ (new TwitterError(failure)));

/**
 * How each function is made of the native one of its name. `takes` prepares its own arguments, in their order; then comes
 * what `last` says: the options of a call, or a config, which has the app's credentials, too.
 * @type {import('../types/native.js').Table}
 */
const TABLE = {
  publishTweetWithMedia: { takes: [prepareContent, credentialsOf, heldCredentials], last: 'options' },
  publishThread: { takes: [prepareParts, credentialsOf, heldCredentials], last: 'options' },
  resolveOutcome: { takes: [checkpointText, credentialsOf], last: 'options' },
  inspectCheckpoint: { takes: [checkpointText], sync: true },

  uploadMedia: { takes: [prepareSource, credentialsOf], last: 'options' },
  uploadMediaDetailed: { takes: [prepareSource, credentialsOf], last: 'options' },
  probeMedia: { takes: [prepareSource], last: 'options' },

  createTweet: { takes: [prepareContent, credentialsOf], last: 'options' },
  deleteTweet: { takes: [asGiven, credentialsOf], last: 'options' },
  getTweet: { takes: [asGiven, credentialsOf], last: 'options' },
  getUserTweets: {
    takes: [asGiven, credentialsOf],
    last: 'options',
    gives: ({ tweets, ...page }) => Object.assign([...tweets], page),
  },
  getUserProfile: { takes: [credentialsOf], last: 'options' },
  getTweetMetrics: { takes: [asGiven, credentialsOf], last: 'options' },
  getTweetsMetrics: {
    takes: [asGiven, credentialsOf],
    last: 'options',
    gives: (rows) => Array.from(rows, ({ error, ...row }) => (error ? { ...row, error: errorOf(error) } : row)),
  },

  parseTweetText: { takes: [asGiven], sync: true },
  validateTweet: { takes: [prepareContent, asGiven], sync: true, needsEnvironment: true },
  estimateCost: { takes: [prepareCosted, asGiven], sync: true },
  getUsage: { takes: [], last: 'config' },

  getAppBearerToken: { takes: [], last: 'config' },
  initiateUserAuth: { takes: [asGiven, asGiven], last: 'config', sync: true },
  exchangeCodeForToken: { takes: [asGiven, asGiven, asGiven], last: 'config' },
  refreshAccessToken: { takes: [asGiven], last: 'config' },
  revokeToken: { takes: [asGiven], last: 'config' },
  exchangeOAuth1ForOAuth2: { takes: [heldCredentials], last: 'config' },
  requestOAuth1Token: { takes: [asGiven], last: 'config' },
  oauth1AuthorizeUrl: { takes: [asGiven], last: 'options', sync: true },
  exchangeOAuth1Verifier: { takes: [asGiven, asGiven, asGiven], last: 'config' },

  webhookCrcResponse: { takes: [asGiven, asGiven], sync: true },
  verifyWebhookSignature: { takes: [unshared, asGiven, asGiven], sync: true },

  rateLimits: { takes: [], last: 'options', sync: true },
};

/**
 * The functions that `configure()` was last given; the other options are kept natively.
 * @type {{ onRequest?: unknown, store?: unknown }}
 */
let configured = {};

/**
 * Options of a call, with the functions that `configure()` was given where the call has none.
 * @param {unknown} options
 */
function withConfigured(options) {
  const { onRequest, store } = configured;
  if ((onRequest === undefined && store === undefined) || !isObjectOrAbsent(options)) return options;
  const given = ownProperties(options);
  if (!isObjectOrAbsent(given.client)) return options;
  const client = { ...(onRequest === undefined ? {} : { onRequest }), ...given.client };
  const limit = /** @type {{ rateLimit?: unknown }} */ (client).rateLimit;
  if (store === undefined || !isObjectOrAbsent(limit)) return { ...given, client };
  return { ...given, client: { ...client, rateLimit: { store, ...limit } } };
}

/**
 * A row of the table while it is used: what fits together in it was checked where it is declared.
 * @typedef {object} AnyRow
 * @property {Array<(given: unknown, settling: Settling) => unknown>} takes
 * @property {'options' | 'config'} [last]
 * @property {true} [sync]
 * @property {true} [needsEnvironment]
 * @property {(result: unknown) => unknown} [gives]
 */

/**
 * Makes a function of its row.
 * @param {string} name
 * @param {AnyRow} row
 */
function make(name, { takes, last, sync, needsEnvironment, gives }) {
  const natives = /** @type {Record<string, (...prepared: unknown[]) => unknown>} */ (/** @type {unknown} */ (native));

  /** @param {unknown[]} given @param {Settling} settling @param {unknown[]} others what comes after the app */
  function call(given, settling, others) {
    const own = takes.map((prepare, place) => prepare(given[place], settling));
    const app = last === 'config' ? [readApp(given[takes.length])] : [];
    return natives[name]?.(...own, ...app, ...others);
  }

  /** @param {unknown[]} given */
  function now(...given) {
    return run(now, () => {
      const settling = { cleanup: [] };
      const options = last === undefined ? [] : [prepareOptions(given[takes.length], settling)];
      const environment = last === undefined && !needsEnvironment ? [] : [readEnvironment()];
      return call(given, settling, [...options, ...environment]);
    });
  }

  /** @param {unknown[]} given */
  function later(...given) {
    return start(
      later,
      given[takes.length],
      (options, environment, settling) => {
        const result = /** @type {Promise<unknown>} */ (call(given, settling, [options, environment]));
        return gives === undefined ? result : result.then(gives);
      },
      withConfigured,
    );
  }

  const made = sync ? now : later;
  Object.defineProperty(made, 'name', { value: name });
  return Object.defineProperty(made, 'length', { value: takes.length + (last === undefined ? 0 : 1) });
}

/** @type {import('../index.js').appFromEnvironment} */
function appFromEnvironment() {
  return run(appFromEnvironment, () => ({ ...readEnvironmentApp() }));
}

/** @type {import('../index.js').configure} */
function configure(options) {
  const { onRequest, store } = run(configure, () => {
    native.configure(prepareClient(options));
    const { onRequest, rateLimit } = ownProperties(options);
    return { onRequest, store: isObject(rateLimit) ? ownProperties(rateLimit).store : undefined };
  });
  configured = { onRequest: onRequest ?? undefined, store: store ?? undefined };
}

const rows = /** @type {Array<[string, AnyRow]>} */ (Object.entries(TABLE));
const made = /** @type {import('../types/native.js').TableFunctions} */ (
  Object.fromEntries(rows.map(([name, row]) => [name, make(name, row)]))
);

module.exports = { functions: { ...made, appFromEnvironment, configure }, withConfigured };
