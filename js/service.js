'use strict';

const { inspect } = require('node:util');
const { internal } = require('./native.js');
const { functions } = require('./functions.js');
const { run } = require('./call.js');
const { invalidArgument, siteOf, toError } = require('./errors.js');
const { APP_NAMES, appOf, isObjectOrAbsent, ownProperties } = require('./options.js');

/** @typedef {import('../index.js').AppConfig} AppConfig */
/** @typedef {import('../index.js').CallOptions} CallOptions */
/** @typedef {import('../index.js').OAuthConfig} OAuthConfig */

/**
 * A service, seen from here.
 * @typedef {{ _private(): { app: AppConfig | undefined, client: unknown } }} Service
 */

/** X's app tokens last until they are revoked; callers of the older class ask again after this. */
const APP_TOKEN_LIFE_MS = 7200 * 1000;

/**
 * The service that backends use today: same names, same arguments, same results. It is a plain function, so that
 * classes compiled to ES5 can call it as their base.
 * @this {object}
 * @param {import('../index.js').TwitterServiceOptions} [options]
 */
function TwitterService(options) {
  const { app, client } = run(TwitterService, () => ({
    app: isObjectOrAbsent(options) ? appOf(withoutEmpty(options)) : undefined,
    client: ownProperties(options).client,
  }));
  const complete = (/** @type {keyof AppConfig} */ one, /** @type {keyof AppConfig} */ other) =>
    app?.[one] && app?.[other];
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
 * Backends pass on settings that may be empty: the environment takes their place, as for those that are missing.
 * @param {object | null | undefined} options
 */
function withoutEmpty(options) {
  return Object.fromEntries(Object.entries(ownProperties(options)).filter(([, value]) => value !== ''));
}

/**
 * What subclasses read as `this.config`. It is made anew each time, and of accessors, so that neither a service nor it shows a
 * secret however it is inspected.
 * @param {AppConfig | undefined} app
 */
function configOfApp(app) {
  const config = {};
  for (const name of APP_NAMES) Object.defineProperty(config, name, { enumerable: true, get: () => app?.[name] ?? '' });
  // With `showHidden`, accessors of a prototype are shown as well.
  Object.defineProperty(config, inspect.custom, { value: () => "[the app's credentials]" });
  return Object.freeze(config);
}

Object.defineProperty(TwitterService.prototype, 'config', {
  configurable: true,
  /** @this {unknown} */
  get() {
    return this instanceof TwitterService ? configOfApp(privateOf(this).app) : undefined;
  },
});

/**
 * The app's credentials and the service's client, with a call's own options over them.
 * @param {object} service
 * @param {CallOptions | undefined} options
 * @returns {OAuthConfig | undefined}
 */
function configOf(service, options) {
  if (!isObjectOrAbsent(options)) return options;
  return orUnread(options, () => ({ ...privateOf(service).app, ...optionsOf(service, options) }));
}

/**
 * The service's client, with a call's own options over it.
 * @template {object | undefined} Options
 * @param {object} service
 * @param {Options} options
 * @returns {Options}
 */
function optionsOf(service, options) {
  const { client } = privateOf(service);
  if (client === undefined || !isObjectOrAbsent(options)) return options;
  return orUnread(options, () => {
    const given = ownProperties(options);
    return /** @type {Options} */ ({ ...given, client: given.client ?? client });
  });
}

/** @param {object} service */
function privateOf(service) {
  return /** @type {Service} */ (service)._private();
}

/**
 * What is made of options; if they can't be read, the options, for the call to refuse.
 * @template Options
 * @param {Options} options
 * @param {() => Options} make
 */
function orUnread(options, make) {
  try {
    return make();
  } catch {
    return options;
  }
}

/** @type {Omit<import('../index.js').TwitterService, 'config'>} */
const methods = {
  async getAppBearerToken(options) {
    const answer = await functions.getAppBearerToken(configOf(this, options));
    return { ...answer, token: answer.access_token, expiresAt: answer.retrieved_at + APP_TOKEN_LIFE_MS };
  },

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
    internal.keepVerifier(request.state, request.codeVerifier);
    return request;
  },

  async exchangeCodeForToken(code, redirectUri, state, options) {
    const verifier = typeof state === 'string' ? internal.takeVerifier(state) : null;
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
      if (/** @type {{ status?: number }} */ (error).status === undefined) internal.keepVerifier(state, verifier);
      throw error;
    }
  },

  refreshAccessToken(refreshToken, options) {
    return functions.refreshAccessToken(refreshToken, configOf(this, options));
  },

  getUserProfile(accessToken, options) {
    return functions.getUserProfile(accessToken, optionsOf(this, options));
  },

  async getTweet(id, options) {
    const { access_token: token } = await functions.getAppBearerToken(configOf(this, options));
    return functions.getTweet(id, token, optionsOf(this, options));
  },

  getUserTweets(userId, accessToken, options) {
    return functions.getUserTweets(userId, accessToken, optionsOf(this, options));
  },

  uploadMedia(source, credentials, options) {
    return functions.uploadMedia(source, credentials, optionsOf(this, options));
  },

  createTweet(content, accessToken, options) {
    return functions.createTweet(content, accessToken, optionsOf(this, options));
  },

  publishTweetWithMedia(content, oauth2Token, oauth1Credentials, options) {
    return functions.publishTweetWithMedia(content, oauth2Token, oauth1Credentials, optionsOf(this, options));
  },

  getTweetMetrics(tweetId, accessToken, options) {
    return functions.getTweetMetrics(tweetId, accessToken, optionsOf(this, options));
  },
};
Object.assign(TwitterService.prototype, methods);

module.exports = { TwitterService };
