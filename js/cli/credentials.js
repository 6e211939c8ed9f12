'use strict';

const { resolve } = require('node:path');
const { api } = require('./api.js');
const { CredentialFile, usualFile } = require('./credential-file.js');
const { unauthorized } = require('./failure.js');

/** @typedef {import('../../index.js').OAuth1Credentials} OAuth1Credentials */
/** @typedef {import('../../index.js').AppConfig} AppConfig */

/**
 * What calls are made with.
 * @typedef {object} Account
 * @property {string} source where it comes from, for a person
 * @property {AppConfig} app
 * @property {import('../../index.js').TokenManager | string | undefined} oauth2
 * @property {OAuth1Credentials | undefined} oauth1
 * @property {string | undefined} scope what was granted, as far as it is known
 * @property {{ id?: string, username?: string }} user as far as it is known
 * @property {CredentialFile} [file]
 */

/** What no token has: a line break at the end of a secret's file, for example. */
const NOT_OF_A_TOKEN = /[^\x21-\x7e]/;

/** A token, under either prefix that the package takes; an empty text counts as absent. @param {string} name */
function tokenOfEnvironment(name) {
  const variable = [`X_${name}`, `TWITTER_${name}`].find((each) => process.env[each]);
  const token = variable && process.env[variable];
  if (token && NOT_OF_A_TOKEN.test(token)) {
    throw unauthorized(`${variable} contains a space, a line break or another character that no token has.`);
  }
  return token;
}

/**
 * The credentials: those of the file that was named; else of the environment; else of the usual file.
 * @param {string | undefined} named
 * @returns {Account}
 */
function findAccount(named) {
  if (named !== undefined) return accountOfFile(resolve(named), true) ?? missing();
  return accountOfEnvironment() ?? accountOfFile(usualFile(), false) ?? missing();
}

/** @returns {never} */
function missing() {
  throw unauthorized(
    'There are no credentials. Run twitter-native auth, or set X_OAUTH2_TOKEN, or X_API_KEY, X_API_SECRET, ' +
      'X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET.',
  );
}

/** @returns {Account | undefined} */
function accountOfEnvironment() {
  const oauth2 = tokenOfEnvironment('OAUTH2_TOKEN');
  const accessToken = tokenOfEnvironment('ACCESS_TOKEN');
  const accessTokenSecret = tokenOfEnvironment('ACCESS_TOKEN_SECRET');
  const app = api().appFromEnvironment();
  if (!oauth2 && !accessToken && !accessTokenSecret) return undefined;
  const needed = {
    X_API_KEY: app.apiKey,
    X_API_SECRET: app.apiSecret,
    X_ACCESS_TOKEN: accessToken,
    X_ACCESS_TOKEN_SECRET: accessTokenSecret,
  };
  const lacking = Object.keys(needed).filter((name) => !needed[/** @type {keyof typeof needed} */ (name)]);
  if (!oauth2 && lacking.length > 0) {
    throw unauthorized(`The environment has a part of OAuth 1.0a credentials only. Set ${lacking.join(' and ')} too.`);
  }
  const oauth1 = lacking.length > 0 ? undefined : oauth1Of(app, { accessToken, accessTokenSecret });
  return { source: 'the environment', app, oauth2, oauth1, scope: undefined, user: oauth2 ? {} : userOf(oauth1) };
}

/** @param {AppConfig} app @param {{ accessToken?: string, accessTokenSecret?: string }} tokens @returns {OAuth1Credentials} */
function oauth1Of({ apiKey = '', apiSecret = '' }, { accessToken = '', accessTokenSecret = '' }) {
  return { apiKey, apiSecret, accessToken, accessTokenSecret };
}

/** An OAuth 1.0a token begins with its user's id. @param {OAuth1Credentials | undefined} oauth1 */
function userOf(oauth1) {
  const id = /^(\d{1,19})-/.exec(oauth1?.accessToken ?? '')?.[1];
  return id === undefined ? {} : { id };
}

/** @param {string} path @param {boolean} isNeeded @returns {Account | undefined} */
function accountOfFile(path, isNeeded) {
  const file = new CredentialFile(path);
  const found = file.read();
  if (found === undefined) {
    if (isNeeded)
      throw unauthorized(`There is no credential file ${path}. Run twitter-native auth --credentials ${path}`);
    return undefined;
  }
  const { app: own, oauth2, oauth1: tokens, user = {} } = found.credentials;
  // The tokens belong to the app that they were granted to.
  const app = { ...api().appFromEnvironment(), ...own };
  if (tokens && !(app.apiKey && app.apiSecret) && !oauth2) {
    throw unauthorized(
      `The tokens in ${path} need X_API_KEY and X_API_SECRET. Set them, or run twitter-native auth --oauth1.`,
    );
  }
  const oauth1 = tokens && app.apiKey && app.apiSecret ? oauth1Of(app, tokens) : undefined;
  if (!oauth2 && !oauth1) throw unauthorized(`The credential file ${path} has no tokens. Run twitter-native auth.`);
  return {
    source: path,
    app,
    oauth2: oauth2 && new (api().TokenManager)({ ...file.tokens(), config: app }),
    oauth1,
    scope: oauth2?.scope,
    user: oauth2 ? user : { ...userOf(oauth1), ...user },
    file,
  };
}

/** What a call takes that wants one kind of credentials. @param {Account} account */
const either = ({ oauth2, oauth1 }) => /** @type {any} */ (oauth2 ?? oauth1);

module.exports = { either, findAccount };
