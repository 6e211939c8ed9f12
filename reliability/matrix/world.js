'use strict';

const https = require('node:https');
const { startSandbox } = require('../../sandbox/index.js');
const { hurry } = require('../../__test__/support/hurry.js');
const { SEGMENT_BYTES } = require('./operations.js');

/** @typedef {import('../../sandbox/index.js').Sandbox} Sandbox */

const REDIRECT_URI = 'https://shop.example.com/callback';

const MAX_ATTEMPTS = 3;

/**
 * How long things may take.
 * @typedef {object} Patience
 * @property {number} attemptMs a connection, and an attempt
 * @property {number} callMs a whole call
 */

/**
 * All that a cell has to do with: a sandbox for X, one for media, an account, and another account that has nothing to
 * do with what goes wrong.
 */
class World {
  /** @type {string | null} the host that is connected to in place of the sandbox's */
  host = null;
  /** @type {Array<{ accessToken: string, refreshToken: string | undefined, expiresAt: number, version: number }>} */
  rows = [];
  at = '';
  /** Processes that want the same tokens at once. */
  rivals = 1;
  code = '';
  verifier = '';
  redirectUri = REDIRECT_URI;
  standing = { id: '' };

  /**
   * @param {any} addon the package
   * @param {{ api: Sandbox, media: Sandbox, elsewhere: Sandbox, name: string, patience: Patience }} parts
   */
  constructor(addon, { api, media, elsewhere, name, patience }) {
    this.package = addon;
    /** @type {Patience} */
    this.patience = patience;
    Object.assign(this, { api, media, elsewhere });
    /** @type {Sandbox} */
    this.api = api;
    /** @type {Sandbox} */
    this.media = media;
    /** Where redirects lead, and nothing of ours may follow with a secret. @type {Sandbox} */
    this.elsewhere = elsewhere;
    this.user = api.seedUser({ username: 'account' });
    this.other = api.seedUser({ username: 'bystander' });
    this.text = `Published once: ${name}`;
    this.name = name;
  }

  get token() {
    return this.user.oauth2.accessToken;
  }

  get app() {
    const { X_CLIENT_ID: clientId, X_CLIENT_SECRET: clientSecret } = this.api.env;
    return { clientId, clientSecret };
  }

  /** Options of the client; one and the same for all calls, unless the host changes. */
  get client() {
    const url = new URL(this.api.url);
    if (this.host && this.at !== '/media/jpeg') url.hostname = this.host;
    return {
      apiBaseUrl: url.origin,
      uploadBaseUrl: url.origin,
      caCertificates: [this.api.caCertificate],
      userAgent: `matrix/${this.name.replaceAll(/[^\w]+/g, '-')}`,
      connectTimeoutMs: this.patience.attemptMs,
      requestTimeoutMs: this.patience.attemptMs,
      retry: { maxAttempts: MAX_ATTEMPTS, baseDelayMs: 5, maxDelayMs: 30, budget: 10_000 },
      rateLimit: { maxWaitMs: 2000 },
      upload: { segmentBytes: SEGMENT_BYTES, concurrency: 2 },
      mediaPolicy: { allowPrivateNetworks: true },
    };
  }

  /** @param {string} path */
  mediaUrl = (path) => {
    const url = new URL(path, this.media.url);
    if (this.host) url.hostname = this.host;
    return url.href;
  };

  /** A manager of the account's tokens, which lie in a row with compare-and-set. @param {object} client */
  tokenManager(client) {
    return new this.package.TokenManager({
      load: async () => ({ ...this.rows.at(-1) }),
      store: async (/** @type {any} */ next, /** @type {number} */ expectedVersion) => {
        if (this.rows.at(-1)?.version !== expectedVersion) return false;
        this.rows.push({ ...next, version: expectedVersion + 1 });
        return true;
      },
      config: { ...this.app, client },
    });
  }

  /** The access token, as one process or several that don't know of each other get it. @param {object} client @param {object} options */
  async accessToken(client, options) {
    const managers = Array.from({ length: this.rivals }, () => this.tokenManager(client));
    const tokens = await Promise.all(managers.map((manager) => manager.getAccessToken(options)));
    if (new Set(tokens).size > 1) throw new Error('they got different tokens');
    return tokens[0];
  }

  /** Gets what operations need: a post to measure, tokens that have expired, a code. */
  async prepare() {
    const { accessToken, refreshToken } = this.user.oauth2;
    this.rows = [{ accessToken, refreshToken, expiresAt: Date.now() - 1000, version: 1 }];
  }

  async prepareStanding() {
    // By another client, whose connections are not this one's.
    const client = { ...this.client, userAgent: 'matrix/preparation' };
    this.standing = await this.package.createTweet({ text: `Standing: ${this.name}` }, this.token, { client });
  }

  async prepareCode() {
    const { authUrl, codeVerifier } = this.package.initiateUserAuth(REDIRECT_URI, undefined, {
      ...this.app,
      client: { ...this.client, authorizeUrl: `${this.api.url}/i/oauth2/authorize` },
    });
    const location = await new Promise((resolve, reject) => {
      const options = { ca: this.api.caCertificate, agent: false };
      https
        .get(`${authUrl}&username=${this.user.username}`, options, (answer) => {
          answer.resume();
          resolve(answer.headers.location);
        })
        .on('error', reject);
    });
    this.code = String(new URL(String(location)).searchParams.get('code'));
    this.verifier = codeVerifier;
  }

  /** @param {AbortSignal} signal */
  hurry(signal) {
    return hurry(this.api, signal);
  }

  /** What may be seen nowhere. */
  get secrets() {
    const { env } = this.api;
    const ofUser = (/** @type {import('../../sandbox/index.js').SeededUser} */ { oauth1Credentials, oauth2 }) => [
      oauth1Credentials.accessTokenSecret,
      // An OAuth 1.0a token begins with its account's id, which anyone may see.
      oauth1Credentials.accessToken.replace(/^\d+-/, ''),
      oauth2.accessToken,
      oauth2.refreshToken,
    ];
    const issued = this.api.ledger.tokens().flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]);
    return [
      ...[env.X_CLIENT_SECRET, env.X_API_SECRET, this.code, this.verifier],
      ...[...ofUser(this.user), ...ofUser(this.other), ...issued],
    ].filter((secret) => secret?.length >= 12);
  }

  async close() {
    await Promise.all([this.api.close(), this.media.close()]);
  }
}

/**
 * @param {any} addon
 * @param {{ protocol: 'HTTP/1.1' | 'HTTP/2', name: string, elsewhere: Sandbox, patience: Patience }} how
 */
async function createWorld(addon, { protocol, name, elsewhere, patience }) {
  const [api, media] = await Promise.all([
    startSandbox({
      tls: true,
      http2: protocol === 'HTTP/2',
      rateLimits: false,
      // X's own check for duplicates would hide ours that fails.
      allowDuplicates: true,
      processingMs: 30,
      checkAfterSecs: 0,
      maxSegmentBytes: 5_000_000,
    }),
    startSandbox({ tls: true }),
  ]);
  const world = new World(addon, { api, media, elsewhere, name, patience });
  await world.prepare();
  return world;
}

module.exports = { World, createWorld, MAX_ATTEMPTS };
