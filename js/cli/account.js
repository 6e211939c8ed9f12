'use strict';

const { api } = require('./api.js');
const { CliError, EXIT } = require('./failure.js');
const { digestOf } = require('./state.js');

/** @typedef {import('./credentials.js').Account} Account */
/** @typedef {import('./context.js').Context} Context */

const API = 'https://api.x.com';
/** Time for one request that this program sends itself. */
const REQUEST_MS = 30_000;

/** Where X is. */
const apiBase = () => (process.env.X_API_BASE_URL || API).replace(/\/+$/, '');

/**
 * Whose account it is, by its id. It is asked for once a token: a look at the profile is billed.
 * @param {Account} account
 * @param {import('./state.js').States} states
 * @param {{ signal?: AbortSignal, timeoutMs?: number }} options
 */
async function accountId({ oauth2, oauth1, user }, states, options) {
  if (user.id !== undefined) return user.id;
  if (oauth2 === undefined) return `oauth1-${digestOf(String(oauth1?.accessToken)).slice(0, 16)}`;
  const token = typeof oauth2 === 'string' ? oauth2 : await oauth2.getAccessToken(options);
  const known = states.knownAccount(token);
  if (known !== undefined) return known;
  const { id } = await api().getUserProfile(oauth2, options);
  states.keepAccount(token, id);
  return id;
}

/**
 * The user that the credentials belong to, as X says it.
 * @param {Account} account
 * @param {{ signal?: AbortSignal, timeoutMs?: number }} options
 * @returns {Promise<{ id: string, username: string, name: string }>}
 */
async function readUser({ oauth2, oauth1 }, options) {
  if (oauth2 !== undefined) return api().getUserProfile(oauth2, options);
  return readUserSigned(/** @type {import('../../index.js').OAuth1Credentials} */ (oauth1), options);
}

/**
 * The same by OAuth 1.0a, for which the package has no function (https://docs.x.com/x-api/users/user-lookup-me).
 * @param {import('../../index.js').OAuth1Credentials} oauth1
 * @param {{ signal?: AbortSignal, timeoutMs?: number }} options
 */
async function readUserSigned(oauth1, { signal, timeoutMs = REQUEST_MS }) {
  const url = `${apiBase()}/2/users/me`;
  const authorization = new (api().Signer)(oauth1).header('GET', url);
  const response = await request(url, { headers: { authorization }, signal, timeoutMs });
  if (response.status === 401 || response.status === 403) {
    throw new CliError('UNAUTHORIZED', `X does not accept these credentials (${response.status}).`, EXIT.notAuthorized);
  }
  if (response.status === 429)
    throw new CliError('RATE_LIMITED', 'X asks to wait (429). Try again in 15 minutes.', EXIT.later);
  const body = /** @type {any} */ (await response.json().catch(() => undefined));
  const { id, username, name } = body?.data ?? {};
  if (response.status !== 200 || typeof id !== 'string') {
    throw new CliError('UPSTREAM', `X answered ${response.status} and no user. Try again later.`, EXIT.later);
  }
  return { id, username: String(username), name: String(name) };
}

/**
 * A request that holds nothing of the user's but what is in its headers, and follows no redirect.
 * @param {string} url
 * @param {{ method?: string, headers?: Record<string, string>, signal?: AbortSignal, timeoutMs?: number }} options
 */
async function request(url, { method = 'GET', headers = {}, signal, timeoutMs = REQUEST_MS }) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const late = setTimeout(stop, timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await fetch(url, { method, headers, redirect: 'manual', signal: controller.signal });
  } catch {
    if (signal?.aborted) throw new CliError('ABORTED', 'Stopped.', EXIT.aborted);
    throw new CliError('NETWORK', `X could not be reached at ${hostOf(url)}. Try again later.`, EXIT.later);
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', stop);
  }
}

/** @param {string} url */
const hostOf = (url) => (URL.canParse(url) ? new URL(url).host : 'the address in X_API_BASE_URL');

module.exports = { accountId, apiBase, readUser, request };
