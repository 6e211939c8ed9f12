'use strict';

const native = require('./native.js');
const { run } = require('./call.js');

/**
 * Signs requests by OAuth 1.0a for one user of one app, whose keys are read and prepared once. What it is made of can't
 * be read from it.
 */
class Signer {
  /** @type {object} */
  #credentials;

  /** @param {any} credentials */
  constructor(credentials) {
    this.#credentials = run(Signer, () => native.holdCredentials(credentials));
  }

  /** @param {any} request */
  sign(request) {
    return run(Signer.prototype.sign, () => native.signOAuth1Request(request, this.#credentials));
  }

  /** @param {any} method @param {any} url @param {any} [params] */
  header(method, url, params) {
    return run(Signer.prototype.header, () => native.oauth1Header(this.#credentials, method, url, params));
  }
}

module.exports = { Signer };
