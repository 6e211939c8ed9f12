'use strict';

const { after, before } = require('node:test');
const { startSandbox } = require('../../index.js');
const { conformance } = require('./conformance.js');
const { signedHeader } = require('./sign.js');

/**
 * Who a request comes from: an OAuth 2.0 token, or OAuth 1.0a credentials that sign it.
 * @typedef {string | import('./sign.js').Credentials} Caller
 *
 * @typedef {object} Call
 * @property {Caller} [as]
 * @property {unknown} [json]
 * @property {Record<string, string>} [form]
 * @property {Record<string, string | Buffer>} [parts] of a multipart body; a buffer is a file
 * @property {string} [body]
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 *
 * @typedef {{ status: number, headers: Headers, body: any }} Answer
 */

/** @param {Call} call */
function bodyOf({ json, form, parts, body }) {
  if (json !== undefined) return { body: JSON.stringify(json), type: 'application/json' };
  if (form) return { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' };
  if (!parts) return { body, type: undefined };
  const data = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    data.append(name, typeof value === 'string' ? value : new Blob([new Uint8Array(value)]));
  }
  return { body: data, type: undefined };
}

/**
 * Sends a request to a sandbox and reads its answer.
 * @param {string} url the sandbox's
 * @param {string} method
 * @param {string} path
 * @param {Call} [call]
 * @returns {Promise<Answer>}
 */
async function send(url, method, path, call = {}) {
  const { body, type } = bodyOf(call);
  /** @type {Record<string, string>} */
  const headers = { ...(type ? { 'content-type': type } : {}) };
  if (typeof call.as === 'string') headers.authorization = `Bearer ${call.as}`;
  if (typeof call.as === 'object') {
    headers.authorization = signedHeader({ method, url: `${url}${path}`, form: call.form }, call.as);
  }
  const response = await fetch(`${url}${path}`, {
    method,
    body,
    headers: { ...headers, ...call.headers },
    redirect: 'manual',
    signal: call.signal,
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** @typedef {import('../../index.js').Sandbox} Sandbox @typedef {import('../../index.js').SeededUser} SeededUser */

/**
 * A sandbox for the tests of one file, with a user; they fail if one of its answers is not as X's specification says.
 * @param {import('../../index.js').SandboxOptions} [options]
 * @param {() => unknown} [prepare] what else has to be there before the first test
 */
function useSandbox(options, prepare) {
  const context = {
    sandbox: /** @type {Sandbox} */ (/** @type {unknown} */ (undefined)),
    user: /** @type {SeededUser} */ (/** @type {unknown} */ (undefined)),
    /** The user's OAuth 2.0 token. */
    token: () => context.user.oauth2.accessToken,
    /** @param {string} method @param {string} path @param {Call} [call] */
    call: (method, path, call) => send(context.sandbox.url, method, path, call),
  };
  const judge = conformance();
  before(async () => {
    context.sandbox = await startSandbox({ onAnswer: judge.onAnswer, ...options });
    context.user = context.sandbox.seedUser();
    await prepare?.();
  });
  after(async () => {
    await context.sandbox.close();
    judge.assert();
  });
  return context;
}

/**
 * A sandbox of one test's own, whose answers are judged likewise.
 * @param {import('node:test').TestContext} t
 * @param {import('../../index.js').SandboxOptions} [options]
 */
async function ownSandbox(t, options) {
  const judge = conformance();
  const sandbox = await startSandbox({ onAnswer: judge.onAnswer, ...options });
  t.after(async () => {
    await sandbox.close();
    judge.assert();
  });
  const user = sandbox.seedUser();
  return {
    sandbox,
    user,
    token: () => user.oauth2.accessToken,
    /** @param {string} method @param {string} path @param {Call} [call] */
    call: (method, path, call) => send(sandbox.url, method, path, call),
  };
}

/**
 * Stops a sandbox's clock for the rest of a test: only `advance` moves it.
 * @param {import('node:test').TestContext} t
 * @param {Sandbox} sandbox
 */
function stopClock(t, sandbox) {
  sandbox.clock.freeze();
  t.after(() => sandbox.clock.resume());
}

module.exports = { ownSandbox, send, stopClock, useSandbox };
