'use strict';

const { problems } = require('../problems.js');

/**
 * Who a request acts as.
 * @typedef {object} Identity
 * @property {'oauth1' | 'oauth2' | 'app'} kind
 * @property {import('../state.js').User | null} user
 * @property {string[]} [scopes] of an OAuth 2.0 token
 */

/**
 * Finds out who a request acts as, and whether they may.
 * @param {import('../state.js').State} state
 * @param {import('./oauth1.js').SignatureVerifier} verifier
 * @param {import('fastify').FastifyRequest} request
 * @param {{ scopes: string[], appOnly?: boolean, appAlone?: boolean, oauth1Only?: boolean }} needs
 * @returns {Identity}
 */
function authenticate(state, verifier, request, needs) {
  const header = String(request.headers.authorization ?? '');
  if (header.startsWith('OAuth ')) {
    const { oauth_token: token } = verifier.verify(request, (token) => {
      const user = state.userByOAuth1Token(token);
      return user?.oauth1Token === token ? user.oauth1Secret : undefined;
    });
    const user = state.userByOAuth1Token(String(token));
    if (!user) throw problems.unauthorized();
    if (needs.appAlone) throw problems.unsupportedAuthentication(appAlone('OAuth 1.0a User Context'));
    return { kind: 'oauth1', user };
  }
  if (needs.oauth1Only) {
    if (header === '') throw problems.v1(400, 215, 'Bad Authentication data.');
    throw problems.v1(403, 220, 'Your credentials do not allow access to this resource.');
  }
  if (!header.startsWith('Bearer ')) throw problems.unauthorized();
  const token = header.slice('Bearer '.length);
  if (state.app.appToken !== null && token === state.app.appToken) {
    if (needs.appOnly) return { kind: 'app', user: null };
    throw problems.unsupportedAuthentication(
      'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint. Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].',
    );
  }
  const grant = state.accessTokens.get(token);
  if (!grant || grant.family.revoked || grant.expiresAt <= state.clock.now()) throw problems.unauthorized();
  if (needs.appAlone) throw problems.unsupportedAuthentication(appAlone('OAuth 2.0 User Context'));
  const granted = grant.scope.split(' ');
  if (!needs.scopes.every((scope) => granted.includes(scope))) throw problems.forbidden();
  return { kind: 'oauth2', user: grant.user, scopes: granted };
}

/** @param {string} kind */
const appAlone = (kind) =>
  `Authenticating with ${kind} is forbidden for this endpoint. Supported authentication types are [OAuth 2.0 Application-Only].`;

module.exports = { authenticate };
