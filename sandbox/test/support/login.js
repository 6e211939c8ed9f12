'use strict';

const { createHash } = require('node:crypto');

/** From RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const CALLBACK = 'http://127.0.0.1:8080/callback?from=x';
const ALL_SCOPES = 'tweet.read tweet.write users.read media.write offline.access';

/** @typedef {Pick<Awaited<ReturnType<typeof import('./harness.js').ownSandbox>>, 'sandbox' | 'call'>} Context */

/**
 * The query of X's page where a user says yes to the app; undefined leaves a parameter out.
 * @param {Context} context @param {Record<string, string | undefined>} [changes]
 */
function authorizeQuery({ sandbox }, changes = {}) {
  const all = {
    response_type: 'code',
    client_id: sandbox.env.X_CLIENT_ID,
    redirect_uri: CALLBACK,
    scope: ALL_SCOPES,
    state: 'a state',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return new URLSearchParams(/** @type {Record<string, string>} */ (Object.fromEntries(given))).toString();
}

/** Says yes on X's page; gives the code that comes back. @param {Context} context @param {Record<string, string>} [changes] */
async function authorize(context, changes) {
  const { headers } = await context.call('GET', `/i/oauth2/authorize?${authorizeQuery(context, changes)}`);
  return String(new URL(String(headers.get('location'))).searchParams.get('code'));
}

/** The header of an app that authenticates. @param {string} id @param {string} secret */
const basic = (id, secret) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });

/** Asks the token endpoint, as a confidential client. @param {Context} context @param {Record<string, string>} form */
function askForToken({ sandbox, call }, form) {
  const headers = basic(sandbox.env.X_CLIENT_ID, sandbox.env.X_CLIENT_SECRET);
  return call('POST', '/2/oauth2/token', { headers, form });
}

/** @param {string} code @param {Record<string, string>} [changes] */
const codeForm = (code, changes) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: CALLBACK,
  code_verifier: VERIFIER,
  ...changes,
});

/** @param {string} token */
const refreshForm = (token) => ({ grant_type: 'refresh_token', refresh_token: token });

/** Logs a user in. @param {Context} context @param {Record<string, string>} [changes] */
async function logIn(context, changes) {
  return (await askForToken(context, codeForm(await authorize(context, changes)))).body;
}

/** Whom a token acts as, or the status of the refusal. @param {Context} context @param {string} token */
async function ownerOf({ call }, token) {
  const { status, body } = await call('GET', '/2/users/me', { as: token });
  return status === 200 ? body.data.id : status;
}

const challengeOf = (/** @type {string} */ verifier) => createHash('sha256').update(verifier).digest('base64url');

module.exports = {
  ALL_SCOPES,
  CALLBACK,
  VERIFIER,
  askForToken,
  authorize,
  authorizeQuery,
  basic,
  challengeOf,
  codeForm,
  logIn,
  ownerOf,
  refreshForm,
};
