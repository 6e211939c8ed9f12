'use strict';

const { randomInt } = require('node:crypto');
const { problems } = require('../problems.js');
const { token } = require('../state.js');
const { isForm } = require('./request.js');

/** OAuth 1.0a's three steps. @param {import('fastify').FastifyInstance} fastify @param {{ state: import('../state.js').State, verifier: import('./oauth1.js').SignatureVerifier, hooks: import('../webhooks/hooks.js').Hooks }} options */
async function threeLeggedRoutes(fastify, { state, verifier, hooks }) {
  const form = (/** @type {Record<string, string>} */ pairs) => new URLSearchParams(pairs).toString();
  const signed = (/** @type {import('fastify').FastifyRequest} */ request) => {
    if (!String(request.headers.authorization ?? '').startsWith('OAuth '))
      throw problems.v1(400, 215, 'Bad Authentication data.');
    const header = verifier.verify(
      request,
      (token) => state.temporaryTokens.get(token)?.secret ?? secretOfUser(state, token),
    );
    // RFC 5849 §3.5: what belongs to the flow may also be in a form (twitter-api-v2) or the query (X's own SDK).
    const form = /** @type {object} */ (isForm(request) ? request.body : {});
    return /** @type {Record<string, string>} */ ({ .../** @type {object} */ (request.query), ...form, ...header });
  };

  fastify.post('/oauth/request_token', { config: { endpoint: 'requestToken' } }, async (request, reply) => {
    const { oauth_callback: callback } = signed(request);
    if (!callback) throw problems.v1(403, 415, 'Callback URL not approved for this client application.');
    const temporary = { token: token(20), secret: token(24), callback, user: null, verifier: null };
    state.temporaryTokens.set(temporary.token, temporary);
    reply.type('text/html');
    return form({
      oauth_token: temporary.token,
      oauth_token_secret: temporary.secret,
      oauth_callback_confirmed: 'true',
    });
  });

  const authorize = async (
    /** @type {import('fastify').FastifyRequest} */ request,
    /** @type {import('fastify').FastifyReply} */ reply,
  ) => {
    const { oauth_token: name, screen_name: username } = /** @type {Record<string, string>} */ (request.query);
    const temporary = state.temporaryTokens.get(name);
    const users = [...state.users.values()];
    const user = users.find((known) => known.username === username) ?? users.at(-1);
    if (!temporary || !user) throw problems.notFound();
    temporary.user = user;
    temporary.verifier = temporary.callback === 'oob' ? String(randomInt(1_000_000, 9_999_999)) : token(16);
    if (temporary.callback === 'oob') return temporary.verifier;
    const target = new URL(temporary.callback);
    target.searchParams.set('oauth_token', temporary.token);
    target.searchParams.set('oauth_verifier', temporary.verifier);
    return reply.redirect(target.href);
  };
  // X's own SDK sends people to `/i/oauth/authenticate`.
  fastify.get('/i/oauth/authenticate', { config: { endpoint: 'authorizeOAuth1' } }, authorize);
  fastify.get('/oauth/authorize', { config: { endpoint: 'authorizeOAuth1' } }, authorize);
  fastify.get('/oauth/authenticate', { config: { endpoint: 'authorizeOAuth1' } }, authorize);

  fastify.post('/oauth/access_token', { config: { endpoint: 'accessToken' } }, async (request, reply) => {
    const { oauth_token: name, oauth_verifier: verifierGiven } = signed(request);
    const temporary = state.temporaryTokens.get(String(name));
    if (!temporary?.verifier || temporary.verifier !== verifierGiven)
      throw problems.v1(401, 89, 'Invalid or expired token.');
    state.temporaryTokens.delete(temporary.token);
    const { user } = temporary;
    reply.type('text/html');
    return form({
      oauth_token: user.oauth1Token,
      oauth_token_secret: user.oauth1Secret,
      user_id: user.id,
      screen_name: user.username,
    });
  });

  fastify.post('/1.1/oauth/invalidate_token', { config: { endpoint: 'invalidateToken' } }, async (request) => {
    const { oauth_token: name } = signed(request);
    const user = state.userByOAuth1Token(String(name));
    if (user) {
      state.renewOAuth1(user);
      hooks.revoked(user);
    }
    return { access_token: name };
  });
}

/** @param {import('../state.js').State} state @param {string} token */
function secretOfUser(state, token) {
  const user = state.userByOAuth1Token(token);
  return user?.oauth1Token === token ? user.oauth1Secret : undefined;
}

module.exports = { threeLeggedRoutes };
