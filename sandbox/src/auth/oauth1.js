'use strict';

const { createHmac, timingSafeEqual } = require('node:crypto');
const OAuth = require('oauth-1.0a');
const { problems } = require('../problems.js');

/** How far a timestamp may be off. */
const TIMESTAMP_WINDOW = 300_000;

const badData = () => problems.v1(400, 215, 'Bad Authentication data.');

/**
 * Reads the header's parameters.
 * @param {string} header
 */
function parseHeader(header) {
  /** @type {Record<string, string>} */
  const parameters = {};
  for (const part of header.slice('OAuth '.length).split(/,\s*/)) {
    const match = /^([^=]+)="([^"]*)"$/.exec(part.trim());
    if (!match) throw badData();
    parameters[decode(match[1])] = decode(match[2]);
  }
  delete parameters.realm;
  if (!parameters.oauth_nonce || !/^[0-9]+$/.test(parameters.oauth_timestamp ?? '')) throw badData();
  return parameters;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badData();
  }
}

/**
 * The pairs that are signed beside the header's: those of the query, and of a form. A key that is there twice
 * counts once, so its signature is refused: X takes no repeated keys.
 * @param {import('fastify').FastifyRequest} request
 * @param {string} query
 */
function signedPairs(request, query) {
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? request.body : {};
  return { ...Object.fromEntries(new URLSearchParams(query)), .../** @type {Record<string, string>} */ (form) };
}

/** Verifies OAuth 1.0a signatures with a library that the client does not use. */
class SignatureVerifier {
  #seen = /** @type {Map<string, number>} */ (new Map());

  /** @param {import('../state.js').State} state */
  constructor(state) {
    this.state = state;
    this.oauth = new OAuth({
      consumer: { key: state.app.apiKey, secret: state.app.apiSecret },
      signature_method: 'HMAC-SHA1',
      hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
    });
  }

  /**
   * Verifies a request and gives its parameters. `secretOf` finds the secret of its token.
   * @param {import('fastify').FastifyRequest} request
   * @param {(token: string) => string | undefined} secretOf
   */
  verify(request, secretOf) {
    const parameters = parseHeader(String(request.headers.authorization));
    const { oauth_signature: signature, ...signed } = parameters;
    const now = this.state.clock.now();
    const refusal = problems.v1(401, 32, 'Could not authenticate you.');
    if (signed.oauth_consumer_key !== this.state.app.apiKey || signed.oauth_signature_method !== 'HMAC-SHA1')
      throw refusal;
    if (Math.abs(Number(signed.oauth_timestamp) * 1000 - now) > TIMESTAMP_WINDOW) {
      throw problems.v1(401, 135, 'Timestamp out of bounds.');
    }
    const secret = signed.oauth_token === undefined ? '' : secretOf(signed.oauth_token);
    if (secret === undefined) throw problems.v1(401, 89, 'Invalid or expired token.');
    const [path, query = ''] = String(request.raw.url).split(/\?(.*)/s);
    const expected = this.oauth.getSignature(
      {
        url: `${request.protocol}://${request.host}${path}`,
        method: request.method,
        data: signedPairs(request, query),
      },
      secret,
      /** @type {any} */ (signed),
    );
    if (!equal(expected, signature ?? '')) throw refusal;
    this.#once(`${signed.oauth_token} ${signed.oauth_nonce}`, now, refusal);
    return signed;
  }

  /** A nonce is good once. @param {string} key @param {number} now @param {Error} refusal */
  #once(key, now, refusal) {
    if (this.#seen.has(key)) throw refusal;
    this.#seen.set(key, now);
    if (this.#seen.size > 100_000) {
      for (const [old, at] of this.#seen) if (now - at > 2 * TIMESTAMP_WINDOW) this.#seen.delete(old);
    }
  }
}

/** @param {string} one @param {string} other */
function equal(one, other) {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

module.exports = { SignatureVerifier };
