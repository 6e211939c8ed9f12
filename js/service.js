'use strict';

const { inspect } = require('node:util');
const native = require('./native.js');
const functions = require('./functions.js');
const { run } = require('./call.js');
const { invalidArgument, siteOf, toError } = require('./errors.js');
const { isObjectOrAbsent, ownProperties, readApp } = require('./options.js');

/** X's app tokens last until they are revoked; callers of the older class ask again after this. */
const APP_TOKEN_LIFE_MS = 7200 * 1000;

/**
 * The service that backends use today: same names, same arguments, same results. It is a plain function, so that
 * classes compiled to ES5 can call it as their base.
 * @this {any}
 * @param {any} [options]
 */
function TwitterService(options) {
  const { app, client } = run(/** @type {any} */ (TwitterService), () => ({
    app: isObjectOrAbsent(options) ? readApp(withoutEmpty(options)) : undefined,
    client: ownProperties(options).client,
  }));
  const complete = (/** @type {string} */ one, /** @type {string} */ other) => app?.[one] && app?.[other];
  if (!complete('clientId', 'clientSecret') && !complete('apiKey', 'apiSecret')) {
    throw toError(
      invalidArgument('options', 'must hold clientId and clientSecret, or apiKey and apiSecret (or X_CLIENT_ID, …)'),
      siteOf(TwitterService),
    );
  }
  const state = { app, client };
  // Behind a function, which shows nothing of it however a service is inspected.
  Object.defineProperty(this, '_private', { value: () => state });
}

/**
 * Backends pass on settings that may be empty: the environment stands in for them, as for those that are missing.
 * @param {object | null | undefined} options
 */
function withoutEmpty(options) {
  return Object.fromEntries(Object.entries(ownProperties(options)).filter(([, value]) => value !== ''));
}

/** The names that subclasses of the older class read from `this.config`. */
const CONFIG = ['clientId', 'clientSecret', 'apiKey', 'apiSecret'];

/**
 * What subclasses read as `this.config`. It is made anew each time, and of accessors, so that neither a service nor it shows a
 * secret however it is inspected.
 * @param {any} app
 */
function configOfApp(app) {
  const config = {};
  for (const name of CONFIG) Object.defineProperty(config, name, { enumerable: true, get: () => app?.[name] ?? '' });
  // With `showHidden`, accessors of a prototype are shown as well.
  Object.defineProperty(config, inspect.custom, { value: () => "[the app's credentials]" });
  return Object.freeze(config);
}

Object.defineProperty(TwitterService.prototype, 'config', {
  configurable: true,
  /** @this {any} */
  get() {
    return this instanceof TwitterService ? configOfApp(/** @type {any} */ (this)._private().app) : undefined;
  },
});

/**
 * The app's credentials and the service's client, with a call's own options over them.
 * @param {any} service
 * @param {any} options
 */
function configOf(service, options) {
  if (!isObjectOrAbsent(options)) return options;
  return orUnread(options, () => ({ ...service._private().app, ...optionsOf(service, options) }));
}

/**
 * The service's client, with a call's own options over it.
 * @param {any} service
 * @param {any} options
 */
function optionsOf(service, options) {
  const { client } = service._private();
  if (client === undefined || !isObjectOrAbsent(options)) return options;
  return orUnread(options, () => {
    const given = ownProperties(options);
    return { ...given, client: given.client ?? client };
  });
}

/**
 * What is made of options; if they can't be read, the options, for the call to refuse.
 * @param {any} options
 * @param {() => any} make
 */
function orUnread(options, make) {
  try {
    return make();
  } catch {
    return options;
  }
}

Object.assign(TwitterService.prototype, {
  /** @param {any} [options] */
  async getAppBearerToken(options) {
    const answer = await functions.getAppBearerToken(configOf(this, options));
    return { ...answer, token: answer.access_token, expiresAt: answer.retrieved_at + APP_TOKEN_LIFE_MS };
  },

  /** @param {any} redirectUri @param {any} [scope] @param {any} [options] */
  initiateUserAuth(redirectUri, scope, options) {
    if (redirectUri === undefined || redirectUri === null || redirectUri === '') {
      const why = 'is missing: give the callback URL that is registered for the app (often kept in X_REDIRECT_URI)';
      throw toError(
        { ...invalidArgument('redirectUri', why), operation: 'initiateUserAuth' },
        siteOf(this.initiateUserAuth),
      );
    }
    // Backends pass on a setting that may be empty.
    const request = functions.initiateUserAuth(redirectUri, scope === '' ? undefined : scope, configOf(this, options));
    native.keepVerifier(request.state, request.codeVerifier);
    return request;
  },

  /** @param {any} code @param {any} redirectUri @param {any} state @param {any} [options] */
  async exchangeCodeForToken(code, redirectUri, state, options) {
    const verifier = typeof state === 'string' ? native.takeVerifier(state) : null;
    if (verifier === null) {
      const why = 'is unknown, was used before or is too old: begin again with initiateUserAuth';
      throw toError(
        { ...invalidArgument('state', why), operation: 'exchangeCodeForToken' },
        siteOf(this.exchangeCodeForToken),
      );
    }
    try {
      return await functions.exchangeCodeForToken(code, redirectUri, verifier, configOf(this, options));
    } catch (error) {
      // X has not refused it, so the user's way back is still good.
      if (/** @type {any} */ (error).status === undefined) native.keepVerifier(state, verifier);
      throw error;
    }
  },

  /** @param {any} refreshToken @param {any} [options] */
  refreshAccessToken(refreshToken, options) {
    return functions.refreshAccessToken(refreshToken, configOf(this, options));
  },

  /** @param {any} accessToken @param {any} [options] */
  getUserProfile(accessToken, options) {
    return functions.getUserProfile(accessToken, optionsOf(this, options));
  },

  /** @param {any} id @param {any} [options] */
  async getTweet(id, options) {
    const { access_token: token } = await functions.getAppBearerToken(configOf(this, options));
    return functions.getTweet(id, token, optionsOf(this, options));
  },

  /** @param {any} userId @param {any} accessToken @param {any} [options] */
  getUserTweets(userId, accessToken, options) {
    return functions.getUserTweets(userId, accessToken, optionsOf(this, options));
  },

  /** @param {any} source @param {any} credentials @param {any} [options] */
  uploadMedia(source, credentials, options) {
    return functions.uploadMedia(source, credentials, optionsOf(this, options));
  },

  /** @param {any} content @param {any} accessToken @param {any} [options] */
  createTweet(content, accessToken, options) {
    return functions.createTweet(content, accessToken, optionsOf(this, options));
  },

  /** @param {any} content @param {any} oauth2Token @param {any} [oauth1Credentials] @param {any} [options] */
  publishTweetWithMedia(content, oauth2Token, oauth1Credentials, options) {
    return functions.publishTweetWithMedia(content, oauth2Token, oauth1Credentials, optionsOf(this, options));
  },

  /** @param {any} tweetId @param {any} accessToken @param {any} [options] */
  getTweetMetrics(tweetId, accessToken, options) {
    return functions.getTweetMetrics(tweetId, accessToken, optionsOf(this, options));
  },
});

module.exports = { TwitterService };
