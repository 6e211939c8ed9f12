'use strict';

const native = require('./native.js');
const { run, start } = require('./call.js');
const { heldCredentials } = require('./credentials.js');
const { TwitterError } = require('./errors.js');
const {
  checkpointText,
  isObject,
  isObjectOrAbsent,
  ownProperties,
  prepareOptions,
  readApp,
  readEnvironment,
  readEnvironmentApp,
} = require('./options.js');
const { prepareContent, prepareParts, prepareSource, unshared } = require('./sources.js');
const { credentialsOf } = require('./tokens.js');

/** @typedef {any} Argument */

/**
 * The functions that `configure()` was last given; the other options are kept natively.
 * @type {{ onRequest?: unknown, store?: unknown }}
 */
let configured = {};

/**
 * Options of a call, with the functions that `configure()` was given where the call has none.
 * @param {Argument} options
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
 * Starts a native call with what `configure()` was given for the options that the call lacks.
 * @template T
 * @param {Function} entry
 * @param {Argument} options
 * @param {(options: any, environment: object, settling: import('./options.js').Settling) => Promise<T>} work
 */
function begin(entry, options, work) {
  return start(entry, options, work, withConfigured);
}

/** @param {Argument} content @param {Argument} token @param {Argument} [oauth1] @param {Argument} [options] */
function publishTweetWithMedia(content, token, oauth1, options) {
  return begin(publishTweetWithMedia, options, (prepared, environment, settling) =>
    native.publishTweetWithMedia(
      prepareContent(content, settling),
      credentialsOf(token, settling),
      heldCredentials(oauth1),
      prepared,
      environment,
    ),
  );
}

/** @param {Argument} parts @param {Argument} token @param {Argument} [oauth1] @param {Argument} [options] */
function publishThread(parts, token, oauth1, options) {
  return begin(publishThread, options, (prepared, environment, settling) => {
    const preparedParts = prepareParts(parts, settling);
    return native.publishThread(
      preparedParts,
      credentialsOf(token, settling),
      heldCredentials(oauth1),
      prepared,
      environment,
    );
  });
}

/** @param {Argument} source @param {Argument} credentials @param {Argument} [options] */
function uploadMedia(source, credentials, options) {
  return begin(uploadMedia, options, (prepared, environment, settling) =>
    native.uploadMedia(prepareSource(source, settling), credentialsOf(credentials, settling), prepared, environment),
  );
}

/** @param {Argument} source @param {Argument} credentials @param {Argument} [options] */
function uploadMediaDetailed(source, credentials, options) {
  return begin(uploadMediaDetailed, options, (prepared, environment, settling) =>
    native.uploadMediaDetailed(
      prepareSource(source, settling),
      credentialsOf(credentials, settling),
      prepared,
      environment,
    ),
  );
}

/** @param {Argument} source @param {Argument} [options] */
function probeMedia(source, options) {
  return begin(probeMedia, options, (prepared, environment, settling) =>
    native.probeMedia(prepareSource(source, settling), prepared, environment),
  );
}

/** @param {Argument} content @param {Argument} credentials @param {Argument} [options] */
function createTweet(content, credentials, options) {
  return begin(createTweet, options, (prepared, environment, settling) =>
    native.createTweet(prepareContent(content, settling), credentialsOf(credentials, settling), prepared, environment),
  );
}

/** @param {Argument} checkpoint @param {Argument} credentials @param {Argument} [options] */
function resolveOutcome(checkpoint, credentials, options) {
  return begin(resolveOutcome, options, (prepared, environment, settling) =>
    native.resolveOutcome(checkpointText(checkpoint), credentialsOf(credentials, settling), prepared, environment),
  );
}

/** @param {Argument} checkpoint */
function inspectCheckpoint(checkpoint) {
  return run(inspectCheckpoint, () => native.inspectCheckpoint(checkpointText(checkpoint)));
}

/** @param {Argument} tweetId @param {Argument} credentials @param {Argument} [options] */
function deleteTweet(tweetId, credentials, options) {
  return begin(deleteTweet, options, (prepared, environment, settling) =>
    native.deleteTweet(tweetId, credentialsOf(credentials, settling), prepared, environment),
  );
}

/** @param {Argument} tweetId @param {Argument} credentials @param {Argument} [options] */
function getTweet(tweetId, credentials, options) {
  return begin(getTweet, options, (prepared, environment, settling) =>
    native.getTweet(tweetId, credentialsOf(credentials, settling), prepared, environment),
  );
}

/** @param {Argument} userId @param {Argument} credentials @param {Argument} [options] */
function getUserTweets(userId, credentials, options) {
  return begin(getUserTweets, options, (prepared, environment, settling) =>
    native
      .getUserTweets(userId, credentialsOf(credentials, settling), prepared, environment)
      .then((/** @type {any} */ { tweets, ...page }) => Object.assign([...tweets], page)),
  );
}

/** @param {Argument} tweetId @param {Argument} credentials @param {Argument} [options] */
function getTweetMetrics(tweetId, credentials, options) {
  return begin(getTweetMetrics, options, (prepared, environment, settling) =>
    native.getTweetMetrics(tweetId, credentialsOf(credentials, settling), prepared, environment),
  );
}

/** @param {Argument} tweetIds @param {Argument} credentials @param {Argument} [options] */
function getTweetsMetrics(tweetIds, credentials, options) {
  return begin(getTweetsMetrics, options, (prepared, environment, settling) =>
    native
      .getTweetsMetrics(tweetIds, credentialsOf(credentials, settling), prepared, environment)
      .then((/** @type {any[]} */ rows) =>
        Array.from(rows, ({ error, ...row }) => (error ? { ...row, error: new TwitterError(error) } : row)),
      ),
  );
}

/** @param {Argument} accessToken @param {Argument} [options] */
function getUserProfile(accessToken, options) {
  return begin(getUserProfile, options, (prepared, environment, settling) =>
    native.getUserProfile(credentialsOf(accessToken, settling), prepared, environment),
  );
}

function appFromEnvironment() {
  return run(appFromEnvironment, () => ({ ...readEnvironmentApp() }));
}

/** @param {Argument} [config] */
function getAppBearerToken(config) {
  return begin(getAppBearerToken, config, (options, environment) =>
    native.getAppBearerToken(readApp(config), options, environment),
  );
}

/** @param {Argument} redirectUri @param {Argument} [scope] @param {Argument} [config] */
function initiateUserAuth(redirectUri, scope, config) {
  return run(initiateUserAuth, () =>
    native.initiateUserAuth(redirectUri, scope, readApp(config), callOptions(config), readEnvironment()),
  );
}

/** @param {Argument} code @param {Argument} redirectUri @param {Argument} codeVerifier @param {Argument} [config] */
function exchangeCodeForToken(code, redirectUri, codeVerifier, config) {
  return begin(exchangeCodeForToken, config, (options, environment) =>
    native.exchangeCodeForToken(code, redirectUri, codeVerifier, readApp(config), options, environment),
  );
}

/** @param {Argument} refreshToken @param {Argument} [config] */
function refreshAccessToken(refreshToken, config) {
  return begin(refreshAccessToken, config, (options, environment) =>
    native.refreshAccessToken(refreshToken, readApp(config), options, environment),
  );
}

/** @param {Argument} token @param {Argument} [config] */
function revokeToken(token, config) {
  return begin(revokeToken, config, (options, environment) =>
    native.revokeToken(token, readApp(config), options, environment),
  );
}

/** @param {Argument} credentials @param {Argument} [config] */
function exchangeOAuth1ForOAuth2(credentials, config) {
  return begin(exchangeOAuth1ForOAuth2, config, (options, environment) =>
    native.exchangeOAuth1ForOAuth2(credentials, readApp(config), options, environment),
  );
}

/** @param {Argument} callbackUrl @param {Argument} [config] */
function requestOAuth1Token(callbackUrl, config) {
  return begin(requestOAuth1Token, config, (options, environment) =>
    native.requestOAuth1Token(callbackUrl, readApp(config), options, environment),
  );
}

/** @param {Argument} token @param {Argument} [config] */
function oauth1AuthorizeUrl(token, config) {
  return run(oauth1AuthorizeUrl, () => native.oauth1AuthorizeUrl(token, callOptions(config), readEnvironment()));
}

/** @param {Argument} token @param {Argument} tokenSecret @param {Argument} verifier @param {Argument} [config] */
function exchangeOAuth1Verifier(token, tokenSecret, verifier, config) {
  return begin(exchangeOAuth1Verifier, config, (options, environment) =>
    native.exchangeOAuth1Verifier(token, tokenSecret, verifier, readApp(config), options, environment),
  );
}

/** @param {Argument} request @param {Argument} credentials */
function signOAuth1Request(request, credentials) {
  return run(signOAuth1Request, () => native.signOAuth1Request(request, heldCredentials(credentials)));
}

/** @param {Argument} text */
function parseTweetText(text) {
  return run(parseTweetText, () => native.parseTweetText(text));
}

/** @param {Argument} content @param {Argument} [limits] */
function validateTweet(content, limits) {
  return run(validateTweet, () =>
    native.validateTweet(prepareContent(content, { cleanup: [] }), limits, readEnvironment()),
  );
}

/** @param {Argument} content @param {Argument} [prices] */
function estimateCost(content, prices) {
  return run(estimateCost, () => {
    const settling = { cleanup: [] };
    if (Array.isArray(content)) return native.estimateCost(prepareParts(content, settling, 'content'), prices);
    const isCalls = isObject(content) && Object.hasOwn(content, 'calls');
    return native.estimateCost(isCalls ? ownProperties(content) : prepareContent(content, settling), prices);
  });
}

/** @param {Argument} [config] */
function getUsage(config) {
  return begin(getUsage, config, (options, environment) => native.getUsage(readApp(config), options, environment));
}

/** @param {Argument} crcToken @param {Argument} consumerSecret */
function webhookCrcResponse(crcToken, consumerSecret) {
  return run(webhookCrcResponse, () => native.webhookCrcResponse(crcToken, consumerSecret));
}

/** @param {Argument} rawBody @param {Argument} signatureHeader @param {Argument} consumerSecret */
function verifyWebhookSignature(rawBody, signatureHeader, consumerSecret) {
  return run(verifyWebhookSignature, () =>
    native.verifyWebhookSignature(unshared(rawBody), signatureHeader, consumerSecret),
  );
}

/** @param {Argument} options */
function configure(options) {
  const { onRequest, store } = run(configure, () => {
    const { client } = /** @type {{ client: unknown }} */ (prepareOptions({ client: options }, { cleanup: [] }));
    native.configure(client);
    const { onRequest, rateLimit } = ownProperties(options);
    return { onRequest, store: isObject(rateLimit) ? ownProperties(rateLimit).store : undefined };
  });
  configured = { onRequest: onRequest ?? undefined, store: store ?? undefined };
}

/** @param {Argument} [options] */
function rateLimits(options) {
  return run(rateLimits, () => native.rateLimits(callOptions(options), readEnvironment()));
}

/**
 * Options for a synchronous function, which has nothing to clean up.
 * @param {Argument} options
 */
function callOptions(options) {
  return prepareOptions(options, { cleanup: [] });
}

module.exports = {
  appFromEnvironment,
  configure,
  createTweet,
  deleteTweet,
  estimateCost,
  exchangeCodeForToken,
  exchangeOAuth1ForOAuth2,
  exchangeOAuth1Verifier,
  getAppBearerToken,
  getTweet,
  getTweetMetrics,
  getTweetsMetrics,
  getUsage,
  getUserProfile,
  getUserTweets,
  initiateUserAuth,
  inspectCheckpoint,
  oauth1AuthorizeUrl,
  parseTweetText,
  probeMedia,
  publishThread,
  publishTweetWithMedia,
  rateLimits,
  refreshAccessToken,
  requestOAuth1Token,
  resolveOutcome,
  revokeToken,
  signOAuth1Request,
  uploadMedia,
  uploadMediaDetailed,
  validateTweet,
  verifyWebhookSignature,
  webhookCrcResponse,
  withConfigured,
};
