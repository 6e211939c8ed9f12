'use strict';

const { appendFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { inspect } = require('node:util');

/** Where the run's records go; without it nothing is kept. */
const folder = process.env.TWITTER_NATIVE_TEST_RECORDS;
if (folder) mkdirSync(folder, { recursive: true });

/** @param {string} kind @param {string} text */
function append(kind, text) {
  if (folder) appendFileSync(join(folder, `${kind}-${process.pid}.txt`), `${text}\n`);
}

/**
 * Keeps what may never be seen.
 * @param {Array<string | undefined>} secrets
 */
function keepSecrets(secrets) {
  // An OAuth 1.0a token begins with its account's id, which anyone may see.
  for (const secret of secrets) if (secret) append('secrets', secret.replace(/^\d+-/, ''));
}

/**
 * Keeps all that can be seen of a value: inspected to the bottom, as JSON, and an error's stack.
 * @param {unknown} value
 */
function keepSeen(value) {
  append('seen', inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }));
  if (value instanceof Error) append('seen', `${value.stack}\n${JSON.stringify(value)}\n${String(value)}`);
}

module.exports = { keepSecrets, keepSeen };
