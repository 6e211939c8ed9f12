'use strict';

const { isObject, ownProperties } = require('../options.js');
const { failure } = require('./failures.js');

/** The mark of a refresh under way, beside the tokens. */
const MARK = 'refreshing_since';
/** Numbers below are seconds since the epoch, and above milliseconds: the year 5138 and March of 1973. */
const SECONDS_BELOW = 100_000_000_000;

/**
 * An account's tokens in a backend's JSON, as X's own names have them: `access_token`, `refresh_token`, `expires_in`,
 * `retrieved_at`, `expires_at`, and `access_token_encrypted`, `refresh_token_encrypted` where they are encrypted; at the
 * top, or inside of `token`.
 * @typedef {object} Fields
 * @property {boolean} isNested they lie inside of `token`
 * @property {Record<string, unknown>} there what lies there
 */

/**
 * @typedef {object} Cipher
 * @property {Function} [encrypt]
 * @property {Function} [decrypt]
 */

/**
 * Finds the tokens.
 * @param {unknown} config @param {string} words where that is, for people
 * @returns {Fields}
 */
function findFields(config, words) {
  const top = isObject(config) ? ownProperties(config) : {};
  if (has(top, 'access_token')) return { isNested: false, there: top };
  const nested = isObject(top.token) ? ownProperties(top.token) : {};
  if (has(nested, 'access_token')) return { isNested: true, there: nested };
  throw failure({
    code: 'REAUTH_REQUIRED',
    type: 'not_allowed',
    operation: 'platformTokens',
    message: `${words} holds no access_token; have the user authorize the account`,
  });
}

/** @param {Record<string, unknown>} there @param {string} name */
function has(there, name) {
  return isText(there[name]) || isKept(there[`${name}_encrypted`]);
}

/** @param {unknown} value @returns {value is string} */
function isText(value) {
  return typeof value === 'string' && value !== '';
}

/** @param {unknown} value */
function isKept(value) {
  return value !== undefined && value !== null && value !== '';
}

/**
 * A token, decrypted. A readable one beside an encrypted one is the newer of the two: whoever encrypts it takes it away.
 * @param {Fields} fields @param {string} name @param {Cipher} cipher @param {string} words
 * @returns {Promise<string | undefined>}
 */
async function readToken({ there }, name, { decrypt }, words) {
  const encrypted = there[`${name}_encrypted`];
  if (isKept(encrypted) && decrypt === undefined) {
    throw failure({
      code: 'INVALID_ARGUMENT',
      type: 'invalid_data',
      operation: 'platformTokens',
      field: 'options.decrypt',
      message: `options.decrypt and options.encrypt are needed: ${words} holds ${name}_encrypted`,
    });
  }
  const plain = there[name];
  if (isText(plain)) return plain;
  if (!isKept(encrypted)) return undefined;
  const token = await decrypt?.(encrypted);
  if (isText(token)) return token;
  throw failure({
    code: 'INVALID_ARGUMENT',
    type: 'invalid_data',
    operation: 'platformTokens',
    field: 'options.decrypt',
    message: `options.decrypt gave no text for ${name}_encrypted of ${words}`,
  });
}

/**
 * When the tokens were given and when the access token expires, in milliseconds since the epoch.
 * @param {Fields} fields
 */
function readTimes({ there }) {
  const obtainedAt = timeOf(there.retrieved_at);
  const seconds = Number(there.expires_in ?? Number.NaN);
  const counted = obtainedAt !== undefined && seconds > 0 ? obtainedAt + seconds * 1000 : undefined;
  return { obtainedAt, expiresAt: counted ?? timeOf(there.expires_at), refreshingSince: timeOf(there[MARK]) };
}

/** @param {unknown} value seconds or milliseconds since the epoch, or a date as a text */
function timeOf(value) {
  if (!isKept(value)) return undefined;
  const number = Number(value);
  if (Number.isFinite(number)) return number < SECONDS_BELOW ? number * 1000 : number;
  const time = Date.parse(String(value));
  return Number.isNaN(time) ? undefined : time;
}

/** A time in the form of the one that it takes the place of. @param {unknown} before @param {number} time */
function likeBefore(before, time) {
  if (typeof before === 'number') return before < SECONDS_BELOW ? Math.floor(time / 1000) : time;
  return new Date(time).toISOString();
}

/**
 * What changes in a backend's JSON when other tokens are stored. Tokens stay in the forms in which they lie there, and a
 * readable form that was empty stays so.
 * @param {Fields} fields @param {import('../../index.js').NewTokenRow} next @param {Cipher} cipher
 * @returns {Promise<Record<string, unknown>>}
 */
async function patchOf({ there }, next, { encrypt }) {
  const obtainedAt = next.obtainedAt ?? Date.now();
  const { expiresAt } = next;
  return {
    ...(await patchToken(there, 'access_token', next.accessToken, encrypt)),
    ...(await patchToken(there, 'refresh_token', next.refreshToken, encrypt)),
    retrieved_at: likeBefore(there.retrieved_at, obtainedAt),
    expires_in: expiresAt === undefined ? null : Math.round((expiresAt - obtainedAt) / 1000),
    ...(isKept(there.expires_at) && expiresAt !== undefined
      ? { expires_at: likeBefore(there.expires_at, expiresAt) }
      : {}),
  };
}

/**
 * @param {Record<string, unknown>} there @param {string} name @param {string | undefined} token
 * @param {Function | undefined} encrypt
 */
async function patchToken(there, name, token, encrypt) {
  if (token === undefined) return {};
  if (encrypt === undefined) return { [name]: token };
  const encrypted = await encrypt(token);
  if (!isKept(encrypted)) {
    throw failure({
      code: 'INVALID_ARGUMENT',
      type: 'invalid_data',
      operation: 'platformTokens',
      field: 'options.encrypt',
      message: 'options.encrypt gave nothing for a token',
    });
  }
  return { [`${name}_encrypted`]: encrypted, ...(isText(there[name]) ? { [name]: token } : {}) };
}

module.exports = { MARK, findFields, patchOf, readTimes, readToken };
