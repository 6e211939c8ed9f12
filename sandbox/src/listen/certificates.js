'use strict';

const { generate } = require('selfsigned');

/** @typedef {{ key: string, cert: string }} Identity */

const NAMES = [
  { type: /** @type {2} */ (2), value: 'localhost' },
  { type: /** @type {7} */ (7), ip: '127.0.0.1' },
  { type: /** @type {7} */ (7), ip: '::1' },
];

/** A root of its own, which nobody trusts who was not set to. @param {string} name */
async function root(name) {
  return generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}

/** @param {{ private: string, cert: string }} authority @returns {Promise<Identity>} */
async function server(authority) {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: NAMES },
    ],
  });
  return { key: made.private, cert: made.cert };
}

async function make() {
  const [trusted, other] = await Promise.all([root('twitter-native sandbox'), root('Somebody else')]);
  const [own, stranger] = await Promise.all([server(trusted), server(other)]);
  return { root: trusted.cert, own, stranger };
}

/** @type {ReturnType<typeof make> | undefined} */
let made;

/**
 * The certificates of this process's sandboxes, made at their first use: the root to trust, the sandbox's own, and
 * one of a root that nobody knows.
 */
function certificates() {
  made ??= make();
  return made;
}

module.exports = { certificates };
