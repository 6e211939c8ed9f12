'use strict';

const { createHmac, timingSafeEqual, randomBytes } = require('node:crypto');
const http = require('node:http');
const https = require('node:https');

/** How long X waits for an answer. */
const PATIENCE_MS = 10_000;
/** More of an answer is not read. */
const MAX_ANSWER = 64 << 10;

/** @param {string | Buffer} message @param {string} secret the app's, of OAuth 1.0a */
const signature = (message, secret) => `sha256=${createHmac('sha256', secret).update(message).digest('base64')}`;

/**
 * Calls a webhook, over a connection of its own, and follows nothing.
 * @param {URL} url
 * @param {{ method: 'GET' | 'POST', headers?: Record<string, string>, body?: string, signal: AbortSignal }} call
 * @returns {Promise<{ status: number, body: string }>}
 */
function callWebhook(url, { method, headers, body, signal }) {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const sent = request(url, { method, headers, agent: false, signal: limit }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => {
        text = (text + chunk).slice(0, MAX_ANSWER);
      });
      answer.on('end', () => resolve({ status: Number(answer.statusCode), body: text }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/**
 * Delivers an event; gives the status of the answer, or why there is none.
 * @param {URL} url @param {object} event @param {string} secret @param {AbortSignal} signal
 */
async function deliver(url, event, secret, signal) {
  const body = JSON.stringify(event);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-twitter-webhooks-signature': signature(body, secret),
  };
  try {
    const { status } = await callWebhook(url, { method: 'POST', headers, body, signal });
    return { status, error: null };
  } catch (error) {
    return { status: null, error: String(/** @type {Error} */ (error).message) };
  }
}

/**
 * Asks a webhook to prove that it knows the app's secret. What it did wrong, and whether that may pass by itself;
 * undefined if nothing.
 * @param {URL} url @param {string} secret @param {AbortSignal} signal
 * @returns {Promise<{ what: string, isTransient: boolean } | undefined>}
 */
async function challenge(url, secret, signal) {
  const token = randomBytes(24).toString('base64url');
  const target = new URL(url);
  target.searchParams.set('crc_token', token);
  let answer;
  try {
    answer = await callWebhook(target, { method: 'GET', signal });
  } catch {
    return { what: 'CRC GET request failed', isTransient: true };
  }
  const { status, body } = answer;
  if (status >= 400) return { what: `Non-200 response code during CRC GET request (${status})`, isTransient: true };
  if (status >= 300) return { what: `CRC GET request was redirected (${status})`, isTransient: false };
  return isProof(body, signature(token, secret)) ? undefined : { what: 'Invalid response_token', isTransient: false };
}

/** @param {string} body @param {string} expected */
function isProof(body, expected) {
  try {
    const [given, wanted] = [Buffer.from(String(JSON.parse(body).response_token)), Buffer.from(expected)];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  } catch {
    return false;
  }
}

module.exports = { challenge, deliver, signature };
