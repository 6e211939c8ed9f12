'use strict';

const { randomBytes } = require('node:crypto');
const { Billing } = require('./billing.js');
const { Duplicates } = require('./duplicates.js');
const { TimelineLag } = require('./lag.js');
const { checkSeed } = require('./options.js');

const TWITTER_EPOCH = 1288834974657n;

/**
 * @typedef {object} User
 * @property {string} id
 * @property {string} name
 * @property {string} username
 * @property {boolean} premium
 * @property {string} createdAt
 * @property {string} oauth1Token
 * @property {string} oauth1Secret
 * @property {any} [family] the OAuth 2.0 tokens that are good
 */

/** Everything that the sandbox holds. */
class State {
  /** @param {import('./clock.js').Clock} clock @param {any} options */
  constructor(clock, options) {
    this.clock = clock;
    this.options = options;
    this.app = {
      /** X's number for it. */
      id: '29820954',
      clientId: options.clientId ?? token(16),
      clientSecret: options.clientSecret ?? token(32),
      apiKey: options.apiKey ?? token(16),
      apiSecret: options.apiSecret ?? token(32),
      appToken: null,
      projectId: '1900000000000000001',
      /** The user whose own posts are cheaper to read. */
      ownerId: /** @type {string | null} */ (null),
    };
    /** @type {Map<string, User>} */
    this.users = new Map();
    /** @type {Map<string, any>} */
    this.tweets = new Map();
    this.billing = new Billing(clock);
    this.duplicates = new Duplicates(clock, options);
    this.lag = new TimelineLag(clock, options.timelineLag);
    /** @type {Map<string, any>} */
    this.media = new Map();
    /** @type {any[]} OAuth 2.0 grants: a family of tokens each */
    this.grants = [];
    /** @type {Map<string, any>} */
    this.accessTokens = new Map();
    /** @type {Map<string, any>} */
    this.refreshTokens = new Map();
    /** @type {Map<string, any>} */
    this.codes = new Map();
    /** @type {Map<string, any>} temporary tokens of OAuth 1.0a */
    this.temporaryTokens = new Map();
    /** @type {any[]} requests for generated media */
    this.mediaJournal = [];
    /** Switches that tests may set. */
    this.exhausted = /** @type {null | 'usage-cap' | 'credits' | 'spend-cap'} */ (null);
    this.lastId = 0n;
  }

  /** A new id: it begins with the time, and ids grow. */
  snowflake() {
    const now = (BigInt(this.clock.now()) - TWITTER_EPOCH) << 22n;
    this.lastId = now > this.lastId ? now : this.lastId + 1n;
    return this.lastId.toString();
  }

  /** @param {{ username?: string, name?: string, premium?: boolean, scopes?: string, ownsApp?: boolean }} [options] */
  seedUser(options = {}) {
    checkSeed(options);
    const id = this.snowflake();
    const username = options.username ?? `user_${id.slice(-6)}`;
    const user = {
      id,
      name: options.name ?? username,
      username,
      premium: options.premium ?? false,
      createdAt: new Date(this.clock.now()).toISOString(),
      oauth1Token: `${id}-${token(20)}`,
      oauth1Secret: token(24),
    };
    this.users.set(id, user);
    if (options.ownsApp) this.app.ownerId = id;
    const grant = this.issue(user, options.scopes ?? 'tweet.read tweet.write users.read media.write offline.access');
    return {
      id,
      name: user.name,
      username,
      oauth1Credentials: {
        apiKey: this.app.apiKey,
        apiSecret: this.app.apiSecret,
        accessToken: user.oauth1Token,
        accessTokenSecret: user.oauth1Secret,
      },
      oauth2: {
        accessToken: grant.accessToken,
        refreshToken: grant.refreshToken,
        scope: grant.scope,
        expiresAt: grant.expiresAt,
      },
    };
  }

  /**
   * Issues tokens: in the family of those that they replace, or in a new one, which ends the user's family before.
   * @param {User} user @param {string} scope @param {any} [family]
   */
  issue(user, scope, family = { user, revoked: false, refreshes: 0 }) {
    if (user.family && user.family !== family) user.family.revoked = true;
    user.family = family;
    const grant = {
      family,
      user,
      scope,
      accessToken: token(32),
      refreshToken: scope.includes('offline.access') ? token(32) : undefined,
      issuedAt: this.clock.now(),
      expiresAt: this.clock.now() + (this.options.accessTokenLifeMs ?? 7_200_000),
      used: false,
    };
    this.grants.push(grant);
    this.accessTokens.set(grant.accessToken, grant);
    if (grant.refreshToken) this.refreshTokens.set(grant.refreshToken, grant);
    return grant;
  }

  /** Another OAuth 1.0a token: the one before is good no more. @param {User} user */
  renewOAuth1(user) {
    Object.assign(user, { oauth1Token: `${user.id}-${token(20)}`, oauth1Secret: token(24) });
  }

  /** The app may do nothing for a user any more. @param {User} user */
  endAccess(user) {
    if (user.family) user.family.revoked = true;
    this.renewOAuth1(user);
  }

  /** @param {string} token */
  userByOAuth1Token(token) {
    return this.users.get(token.split('-')[0]);
  }

  /** Posts as readers find them, newest first: of an edited one the last version. */
  timelinePosts() {
    return [...this.tweets.values()].filter((tweet) => !tweet.deleted && tweet.id === tweet.versions.at(-1)).reverse();
  }
}

/** @param {number} bytes */
function token(bytes) {
  return randomBytes(bytes).toString('base64url').replace(/[-_]/g, 'x');
}

module.exports = { State, token };
