'use strict';

const { FAULT_RATE } = require('./plan.js');

/** @typedef {import('../../sandbox/index.js').Fault} Fault */

/** @param {string} title @param {number} status */
const problem = (title, status) => ({ title, detail: title, type: 'about:blank', status });

/** What goes wrong: connections, answers that are lost or refuse, and delays. @type {Array<() => Fault>} */
const KINDS = [
  () => ({ kind: 'resetBeforeRead' }),
  () => ({ kind: 'resetAfterRead' }),
  () => ({ kind: 'commitThenReset' }),
  () => ({ kind: 'closeAfterRead' }),
  () => ({ kind: 'commitThenClose' }),
  () => ({ kind: 'status', status: 503, body: problem('Service Unavailable', 503) }),
  () => ({ kind: 'commitThenStatus', status: 503, body: problem('Service Unavailable', 503) }),
  () => ({ kind: 'status', status: 429, body: problem('Too Many Requests', 429), headers: resetNow() }),
  () => ({ kind: 'garbage' }),
  () => ({ kind: 'html', status: 502 }),
  () => ({ kind: 'truncate' }),
  () => ({ kind: 'statusLine' }),
  () => ({ kind: 'delay', ms: 20 }),
];

/** A window that ends at once. */
const resetNow = () => ({
  'retry-after': '0',
  'x-rate-limit-limit': '50',
  'x-rate-limit-remaining': '0',
  'x-rate-limit-reset': String(Math.floor(Date.now() / 1000)),
});

/** Which share of the faults each endpoint gets, and about how many requests to it there are per publish. */
const ENDPOINTS = [
  { endpoint: 'createTweet', share: 0.78, requests: 1 },
  { endpoint: 'uploadMedia', share: 0.08, requests: 0.08 },
  { endpoint: 'source', share: 0.03, requests: 0.025 },
  { endpoint: 'appendUpload', share: 0.03, requests: 0.03 },
  { endpoint: 'initializeUpload', share: 0.01, requests: 0.009 },
  { endpoint: 'finalizeUpload', share: 0.01, requests: 0.009 },
  { endpoint: 'userTimeline', share: 0.06, requests: 0.08 },
];

/**
 * Lays the faults of a round in its way, each at a request of its own.
 * @param {import('../../sandbox/index.js').Sandbox} sandbox
 * @param {number} publishes
 * @param {() => number} random
 * @returns {() => number} how many of them were met
 */
function arm({ faults }, publishes, random) {
  /** @type {Array<{ readonly hits: number }>} */
  const handles = [];
  for (const { endpoint, share, requests } of ENDPOINTS) {
    const last = Math.max(1, Math.floor(publishes * requests));
    const attempts = new Set();
    const count = Math.min(last, Math.round(publishes * FAULT_RATE * share));
    while (attempts.size < count) attempts.add(1 + Math.floor(random() * last));
    for (const attempt of attempts) {
      const fault = KINDS[Math.floor(random() * KINDS.length)]();
      handles.push(faults.add({ endpoint, fault, attempt, times: 1 }));
    }
  }
  return () => handles.reduce((sum, { hits }) => sum + hits, 0);
}

module.exports = { arm };
