'use strict';

const { randomBytes } = require('node:crypto');
const { hmacsign, rfc3986 } = require('oauth-sign');

/**
 * @typedef {object} Credentials
 * @property {string} apiKey
 * @property {string} apiSecret
 * @property {string} [accessToken]
 * @property {string} [accessTokenSecret]
 */

/**
 * The header of a request that is signed as OAuth 1.0a says, by a library that the sandbox does not verify with.
 * @param {object} request
 * @param {string} request.method
 * @param {string} request.url with its query
 * @param {Record<string, string>} [request.form] the pairs of its body, if that is a form
 * @param {Credentials} credentials
 * @param {Record<string, string | undefined>} [overrides] other `oauth_` parameters; undefined leaves one out
 */
function signedHeader({ method, url, form = {} }, credentials, overrides = {}) {
  const [base, query = ''] = url.split('?');
  /** @type {Record<string, string | undefined>} */
  const all = {
    oauth_consumer_key: credentials.apiKey,
    oauth_nonce: randomBytes(16).toString('hex'),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_token: credentials.accessToken,
    oauth_version: '1.0',
    ...overrides,
  };
  const own = /** @type {Record<string, string>} */ (
    Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  );
  const pairs = { ...Object.fromEntries(new URLSearchParams(query)), ...form, ...own };
  const { apiSecret, accessTokenSecret = '' } = credentials;
  const header = { oauth_signature: hmacsign(method, base, pairs, apiSecret, accessTokenSecret), ...own };
  return `OAuth ${Object.entries(header)
    .map(([name, value]) => `${name}="${rfc3986(value)}"`)
    .join(', ')}`;
}

module.exports = { signedHeader };
