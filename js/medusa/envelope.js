'use strict';

const { PublishIntent } = require('../intent.js');
const { isObject, ownProperties } = require('../options.js');
const { failure } = require('./failures.js');

/**
 * What is kept of an intent: its state, and beside it what a query can find and what tells an older copy.
 * @typedef {object} Envelope
 * @property {string} status how far it was when it was written: what `PublishIntent.status()` said of it
 * @property {number} begunAt when it was begun, in milliseconds since the epoch
 * @property {number} writes how often it was written: an older copy has a smaller number
 * @property {string} state the intent's own text
 */

/** States of an intent that somebody works on, or should. */
const UNFINISHED = ['publishing', 'unknown'];

/**
 * Reads what was kept. A state alone, as other code may have stored it, is one that was never written here.
 * @param {string | null} text
 * @returns {Envelope | undefined}
 */
function readEnvelope(text) {
  if (text === null || text.trim() === '') return undefined;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // An intent refuses a state that is none, in its own words.
    return bare(text);
  }
  if (value === null) return undefined;
  if (typeof value === 'string') return bare(value);
  const { status, begunAt, writes, state } = isObject(value) ? ownProperties(value) : /** @type {any} */ ({});
  if (typeof state !== 'string' || typeof status !== 'string') return bare(text);
  return { status, begunAt: wholeOrZero(begunAt), writes: wholeOrZero(writes), state };
}

/** @param {string} state @returns {Envelope} */
function bare(state) {
  return { status: 'unknown', begunAt: 0, writes: 0, state };
}

/** @param {unknown} number */
function wholeOrZero(number) {
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 0;
}

/**
 * What is to be kept in the place of something else.
 * @param {Envelope | undefined} before @param {string} state
 * @returns {Promise<Envelope>}
 */
async function nextEnvelope(before, state) {
  const status = await statusOf(state);
  const goesOn = before !== undefined && UNFINISHED.includes(before.status) && before.begunAt > 0;
  const begunAt = goesOn ? before.begunAt : Date.now();
  return { status, begunAt, writes: (before?.writes ?? 0) + 1, state };
}

/** How far a state is, by the intent's own word. @param {string} state */
async function statusOf(state) {
  const intent = new PublishIntent({ load: () => ({ state }), store: () => false });
  return (await intent.status()).state;
}

/** In an order that a query can rely on. @param {Envelope} envelope */
function writeEnvelope({ status, begunAt, writes, state }) {
  return JSON.stringify({ status, begunAt, writes, state });
}

/** Rows whose last writes are remembered, per connection. */
const MAX_REMEMBERED = 5000;

/**
 * The newest that this process knows of each row. A row's JSON may be overwritten with an older copy of it by code that
 * reads the whole and writes the whole; what is known here shows it.
 * @type {WeakMap<object, Map<string, { created: string | null, writes: number, published?: Envelope }>>}
 */
const REMEMBERED = new WeakMap();

/** @param {object} connection @param {string} row @param {string | null} created @param {Envelope} envelope */
function remember(connection, row, created, envelope) {
  const rows = REMEMBERED.get(connection) ?? new Map();
  REMEMBERED.set(connection, rows);
  const before = rows.get(row);
  if (before?.created === created && before.writes > envelope.writes) return;
  // The newest last, so that the oldest goes first.
  rows.delete(row);
  rows.set(row, {
    created,
    writes: envelope.writes,
    ...(envelope.status === 'published' ? { published: envelope } : {}),
  });
  if (rows.size > MAX_REMEMBERED) rows.delete(rows.keys().next().value);
}

/**
 * What this process knows of a row. To be asked for before the row is read: what other calls of the process write
 * meanwhile may be newer than what is read.
 * @param {object} connection @param {string} row
 */
function known(connection, row) {
  return REMEMBERED.get(connection)?.get(row);
}

/**
 * What a row says, unless this process knew before that it says more. That a post was published is never untrue later, so
 * this much is put back; anything else is for a person.
 * @param {string} operation @param {string} row @param {ReturnType<typeof known>} before @param {string | null} created
 * @param {Envelope | undefined} read
 * @returns {Envelope | undefined}
 */
function newest(operation, row, before, created, read) {
  if (before === undefined || before.created !== created || before.writes <= (read?.writes ?? 0)) return read;
  if (before.published) return before.published;
  throw failure({
    code: 'ABORTED',
    type: 'unexpected_state',
    operation,
    message:
      `${row} was overwritten with an older copy (write ${read?.writes ?? 0}; this process knows of write ${before.writes}), ` +
      'so nothing is sent: its post may exist. Look at the account, and let no other code write this place; a text ' +
      'column of its own is safe from that',
  });
}

module.exports = { UNFINISHED, known, newest, nextEnvelope, readEnvelope, remember, writeEnvelope };
