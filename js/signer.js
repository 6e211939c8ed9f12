'use strict';

const native = require('./native.js');
const { run } = require('./call.js');
const { heldCredentials } = require('./credentials.js');
const { invalidArgument } = require('./errors.js');
const { isObject, ownProperty } = require('./options.js');

const { internal } = native;

/**
 * Signs a request. Its properties are read here: native code takes longer to read them than to sign.
 * @param {import('../index.js').OAuth1Request} request
 * @param {import('../index.js').internal.Keys} keys
 * @returns {import('../index.js').SignedRequest}
 */
function signRequest(request, keys) {
  if (!isObject(request))
    throw invalidArgument('request', (request ?? null) === null ? 'is missing' : 'must be an object');
  const lines = native.signOAuth1Request(
    keys,
    ownProperty(request, 'method'),
    ownProperty(request, 'url'),
    ownProperty(request, 'params'),
    ownProperty(request, 'nonce'),
    ownProperty(request, 'timestamp'),
  );
  const header = lines.indexOf('\n');
  const signature = lines.indexOf('\n', header + 1);
  return {
    header: lines.slice(0, header),
    signature: lines.slice(header + 1, signature),
    baseString: lines.slice(signature + 1),
  };
}

/** @type {import('../index.js').signOAuth1Request} */
function signOAuth1Request(request, credentials) {
  return run(signOAuth1Request, () => signRequest(request, heldCredentials(credentials)));
}

/**
 * Signs requests by OAuth 1.0a for one user of one app, whose keys are read and prepared once. What it is made of can't
 * be read from it.
 */
class Signer {
  /** @type {import('../index.js').internal.HeldCredentials} */
  #credentials;

  /** @param {import('../index.js').OAuth1Credentials} credentials */
  constructor(credentials) {
    this.#credentials = run(Signer, () => internal.holdCredentials(credentials));
  }

  /** @param {import('../index.js').OAuth1Request} request */
  sign(request) {
    return run(Signer.prototype.sign, () => signRequest(request, this.#credentials));
  }

  /** @param {string} method @param {string} url @param {Record<string, string>} [params] */
  header(method, url, params) {
    return run(Signer.prototype.header, () => internal.oauth1Header(this.#credentials, method, url, params));
  }
}

module.exports = { Signer, signOAuth1Request };
