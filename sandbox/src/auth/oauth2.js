'use strict';

const { createHash } = require('node:crypto');
const { problems } = require('../problems.js');
const { token } = require('../state.js');
const { isForm, mediaTypeOf } = require('./request.js');

const CODE_LIFE = 30_000;
/** About six months. */
const REFRESH_TOKEN_LIFE = 180 * 24 * 3600 * 1000;
const MAX_STATE = 500;
/** `s256` is what twitter-api-v2 and twitter-api-sdk write, and X takes. */
const METHODS = ['S256', 's256', 'plain'];
const OAUTH1_TOKEN = 'urn:x:params:oauth:token-type:oauth1_token';

/** All that an app may ask for. */
const SCOPES = new Set([
  ...['block', 'bookmark', 'broadcast', 'dm', 'follows', 'like', 'list', 'mute'].flatMap((name) => [
    `${name}.read`,
    `${name}.write`,
  ]),
  ...['media.write', 'offline.access', 'space.read', 'timeline.read', 'tweet.read', 'tweet.write'],
  ...['tweet.moderate.write', 'users.read', 'users.email'],
]);

/** OAuth 2.0: the authorization page, tokens, revocation, the app's own token. @param {import('fastify').FastifyInstance} fastify @param {{ state: import('../state.js').State, hooks: import('../webhooks/hooks.js').Hooks }} options */
async function oauth2Routes(fastify, { state, hooks }) {
  for (const path of ['/i/oauth2/authorize', '/2/oauth2/authorize']) {
    fastify.get(path, { config: { endpoint: 'authorize' } }, async (request, reply) =>
      reply.redirect(authorize(state, /** @type {Record<string, string>} */ (request.query))),
    );
  }

  fastify.post('/2/oauth2/token', { config: { endpoint: 'token' } }, async (request) => {
    const body = parametersOf(request);
    checkClient(state, request, body);
    switch (body.grant_type) {
      case 'authorization_code':
        return answer(exchangeCode(state, body));
      case 'refresh_token':
        return answer(refresh(state, body));
      case 'urn:ietf:params:oauth:grant-type:token-exchange':
        return answer(exchangeOAuth1(state, body));
      default:
        throw problems.oauth(400, 'unsupported_grant_type', 'The grant type is not supported.');
    }
  });

  fastify.post('/2/oauth2/revoke', { config: { endpoint: 'revoke' } }, async (request) => {
    const body = parametersOf(request);
    checkClient(state, request, body);
    const grant = state.accessTokens.get(body.token) ?? state.refreshTokens.get(body.token);
    if (grant && !grant.family.revoked) {
      grant.family.revoked = true;
      hooks.revoked(grant.user);
    }
    return { revoked: true };
  });

  fastify.post('/oauth2/token', { config: { endpoint: 'appToken' } }, async (request) => {
    const [key, secret] = basic(request);
    const known = key === state.app.apiKey && secret === state.app.apiSecret;
    // No client was seen to send anything but a form here.
    const form = isForm(request) ? /** @type {Record<string, string>} */ (request.body) : {};
    if (!known || form.grant_type !== 'client_credentials') throw problems.unknownApp();
    state.app.appToken ??= /** @type {any} */ (token(40));
    return { token_type: 'bearer', access_token: state.app.appToken };
  });
}

/** The page where the user says yes: where it leads back to. @param {import('../state.js').State} state @param {Record<string, string>} query */
function authorize(state, query) {
  const method = query.code_challenge_method;
  const scopes = (query.scope ?? '').split(' ');
  const sound =
    query.client_id === state.app.clientId &&
    query.response_type === 'code' &&
    URL.canParse(query.redirect_uri ?? '') &&
    METHODS.includes(method) &&
    query.code_challenge &&
    (query.state ?? '').length <= MAX_STATE &&
    scopes.every((scope) => SCOPES.has(scope));
  if (!sound) throw problems.badRequest('Something went wrong');
  const users = [...state.users.values()];
  const user = users.find(({ username }) => username === query.username) ?? users.at(-1);
  if (!user) throw problems.badRequest('No user is seeded');
  const code = token(24);
  state.codes.set(code, {
    user,
    scope: query.scope,
    challenge: query.code_challenge,
    method,
    redirectUri: query.redirect_uri,
    expiresAt: state.clock.now() + CODE_LIFE,
  });
  const target = new URL(query.redirect_uri);
  target.searchParams.set('state', query.state ?? '');
  target.searchParams.set('code', code);
  return target.href;
}

/**
 * The parameters of a call for tokens: a form, as X's page says, or JSON (twitter-api-v2), or the query, which
 * twitter-api-sdk sends with a form that is empty.
 * @param {import('fastify').FastifyRequest} request
 * @returns {Record<string, string>}
 */
function parametersOf(request) {
  const isRead = isForm(request) || mediaTypeOf(request) === 'application/json';
  const body = isRead && request.body !== null && typeof request.body === 'object' ? request.body : {};
  const all = { .../** @type {object} */ (request.query), ...body };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => typeof value === 'string'));
}

/** Name and secret of an app that authenticates. @param {import('fastify').FastifyRequest} request */
function basic(request) {
  const encoded = /^Basic (.+)$/.exec(String(request.headers.authorization ?? ''))?.[1];
  if (encoded === undefined) return [];
  /** @type {any} */ (request).entry.auth = 'basic';
  try {
    return Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** A confidential client has to authenticate; a public one names itself. @param {import('../state.js').State} state @param {import('fastify').FastifyRequest} request @param {Record<string, string>} body */
function checkClient(state, request, body) {
  const [id, secret] = basic(request);
  if (id === state.app.clientId && secret === state.app.clientSecret) return;
  if (state.options.publicClient && body.client_id === state.app.clientId && !request.headers.authorization) return;
  throw problems.oauth(401, 'unauthorized_client', 'Missing valid authorization header');
}

/** @param {any} grant */
function answer(grant) {
  return {
    token_type: 'bearer',
    expires_in: Math.round((grant.expiresAt - grant.issuedAt) / 1000),
    access_token: grant.accessToken,
    scope: grant.scope,
    refresh_token: grant.refreshToken,
  };
}

/** @param {import('../state.js').State} state @param {Record<string, string>} body */
function exchangeCode(state, body) {
  const refuse = (/** @type {string} */ text) => problems.oauth(400, 'invalid_request', text);
  if (!body.code_verifier) throw refuse('Missing required parameter [code_verifier].');
  const code = state.codes.get(body.code);
  state.codes.delete(body.code);
  if (!code || code.expiresAt <= state.clock.now() || code.redirectUri !== body.redirect_uri) {
    throw refuse('Value passed for the authorization code was invalid.');
  }
  const hash = () => createHash('sha256').update(body.code_verifier).digest('base64url');
  if ((code.method === 'plain' ? body.code_verifier : hash()) !== code.challenge)
    throw refuse('Value passed for the code verifier did not match the code challenge.');
  return state.issue(code.user, code.scope);
}

/** A refresh token is for one use; a second use kills its whole family. @param {import('../state.js').State} state @param {Record<string, string>} body */
function refresh(state, body) {
  const grant = state.refreshTokens.get(body.refresh_token);
  if (grant?.used) grant.family.revoked = true;
  const expired = grant && grant.issuedAt + REFRESH_TOKEN_LIFE <= state.clock.now();
  if (!grant || grant.used || expired || grant.family.revoked) {
    throw problems.oauth(400, 'invalid_request', 'Value passed for the token was invalid.');
  }
  grant.used = true;
  grant.family.refreshes += 1;
  return state.issue(grant.user, grant.scope, grant.family);
}

/** @param {import('../state.js').State} state @param {Record<string, string>} body */
function exchangeOAuth1(state, body) {
  if (body.subject_token_type !== OAUTH1_TOKEN) {
    throw problems.oauth(400, 'invalid_request', 'The subject token type is not supported.');
  }
  const user = state.userByOAuth1Token(body.subject_token ?? '');
  if (!user || user.oauth1Token !== body.subject_token || user.oauth1Secret !== body.oauth_token_secret) {
    throw problems.oauth(400, 'invalid_grant', 'The subject token is invalid.');
  }
  const scope = body.scope ?? 'tweet.read tweet.write users.read media.write offline.access';
  if (!scope.split(' ').every((name) => SCOPES.has(name))) {
    throw problems.oauth(400, 'invalid_scope', 'A requested scope is unknown.');
  }
  return state.issue(user, scope);
}

module.exports = { oauth2Routes };
