'use strict';

const assert = require('node:assert/strict');
const { after, test } = require('node:test');

/** What an app does with X. */
const OPERATIONS = /** @type {const} */ ([
  ...['OAuth 1.0a in three steps', 'OAuth 1.0a with a PIN', 'OAuth 2.0 with PKCE', 'refresh', 'revoke', 'app token'],
  ...['text', 'reply', 'quote', 'poll', 'delete'],
  ...['image on v2', 'GIF on v2', 'video on v2', 'alt text on v2', 'subtitles on v2', 'one-shot image on v2'],
  ...['image on v1.1', 'GIF on v1.1', 'video on v1.1', 'alt text on v1.1'],
  ...['look-up of one', 'look-up of several', 'timeline', 'users/me', 'refusals', 'rate limit'],
  ...['webhooks', 'subscriptions'],
]);

/** @typedef {typeof OPERATIONS[number]} Operation @typedef {'twitter-api-v2' | '@xdevplatform/xdk' | 'twitter-api-sdk'} Client */

const NO_V1 = 'it has no calls of v1.1';
const NO_MEDIA = 'it has no calls for media';
const NO_OAUTH1 = 'it knows OAuth 2.0 alone';
const NO_EVENTS = 'it has no calls for them';

/** What a client can't do at all, and why; nothing else is left out. @type {Record<Client, Partial<Record<Operation, string>>>} */
const IMPOSSIBLE = {
  'twitter-api-v2': {
    'one-shot image on v2': 'it uploads in segments alone on v2',
    'subtitles on v2': 'it has no call for them on v2',
    webhooks: NO_EVENTS,
    subscriptions: NO_EVENTS,
  },
  '@xdevplatform/xdk': {
    revoke: 'it has no call for it',
    'app token': 'it takes one, but has no call to get one',
    'image on v1.1': NO_V1,
    'GIF on v1.1': NO_V1,
    'video on v1.1': NO_V1,
    'alt text on v1.1': NO_V1,
  },
  'twitter-api-sdk': {
    webhooks: NO_EVENTS,
    subscriptions: NO_EVENTS,
    'OAuth 1.0a in three steps': NO_OAUTH1,
    'OAuth 1.0a with a PIN': NO_OAUTH1,
    'app token': 'it takes one, but has no call to get one',
    'image on v2': NO_MEDIA,
    'GIF on v2': NO_MEDIA,
    'video on v2': NO_MEDIA,
    'alt text on v2': NO_MEDIA,
    'subtitles on v2': NO_MEDIA,
    'one-shot image on v2': NO_MEDIA,
    'image on v1.1': NO_MEDIA,
    'GIF on v1.1': NO_MEDIA,
    'video on v1.1': NO_MEDIA,
    'alt text on v1.1': NO_MEDIA,
  },
};

/**
 * The tests of one client: each names the operation that it drives. Those that are neither driven nor impossible, or
 * both, fail at the end.
 * @param {Client} client
 */
function operationsOf(client) {
  /** @type {Set<Operation>} */
  const driven = new Set();
  after(() => {
    const impossible = Object.keys(IMPOSSIBLE[client]);
    assert.deepEqual([...driven, ...impossible].sort(), [...OPERATIONS].sort());
  });
  return {
    /** @param {Operation} operation @param {(t: import('node:test').TestContext) => Promise<void>} run */
    drives(operation, run) {
      driven.add(operation);
      test(`${client}: ${operation}`, run);
    },
  };
}

module.exports = { operationsOf };
