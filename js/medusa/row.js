'use strict';

const { isObject, ownProperties } = require('../options.js');
const { known, newest, nextEnvelope, readEnvelope, remember, writeEnvelope } = require('./envelope.js');
const { failure } = require('./failures.js');
const { connectionOf } = require('./peers.js');
const { held, placeOf, placeWords, replaced, typeOf } = require('./place.js');
const { missingRow, query, rowId } = require('./sql.js');

/** @typedef {import('./envelope.js').Envelope} Envelope */

/**
 * What tells one version of a row from another.
 * @typedef {{ text: string | null, created: string | null, envelope: Envelope | undefined }} Version
 */

/** One row of the backend's own table, as an intent's store. */
class JsonRow {
  #connection;
  #place;
  #id;
  #operation;

  /**
   * @param {string} operation @param {import('./sql.js').Connection} connection
   * @param {import('./place.js').Place} place @param {string} id
   */
  constructor(operation, connection, place, id) {
    this.#operation = operation;
    this.#connection = connection;
    this.#place = place;
    this.#id = id;
  }

  get #words() {
    return `${placeWords(this.#place)}, of the row ${JSON.stringify(this.#id)}`;
  }

  async load() {
    const before = known(this.#connection, this.#words);
    const { text, created } = await this.#read();
    const read = readEnvelope(text);
    const envelope = newest(this.#operation, this.#words, before, created, read);
    if (envelope !== undefined) remember(this.#connection, this.#words, created, envelope);
    /** @type {Version} */
    const version = { text, created, envelope };
    if (envelope === undefined) return { version };
    if (envelope !== read && (await this.#write(envelope, version))) version.text = (await this.#read()).text;
    return { state: envelope.state, version };
  }

  /** @param {string} next @param {unknown} expected @returns {Promise<boolean>} */
  async store(next, expected) {
    const version = /** @type {Version} */ (expected);
    if (!isObject(version) || !('text' in version)) {
      throw failure({
        code: 'INVALID_ARGUMENT',
        type: 'invalid_data',
        operation: this.#operation,
        message: 'store() of a row needs the version that its load() gave',
      });
    }
    const envelope = await nextEnvelope(version.envelope, next);
    const isWritten = await this.#write(envelope, version);
    if (isWritten) remember(this.#connection, this.#words, version.created, envelope);
    return isWritten;
  }

  async #read() {
    const { quotedTable, quotedId } = this.#place;
    await typeOf(this.#operation, this.#connection, this.#place);
    const { sql, bindings } = held(this.#place);
    const { rows } = await query(
      this.#operation,
      this.#words,
      this.#connection,
      // A row that was deleted and made anew under the same id is another one.
      `select ${sql} as held, to_jsonb(kept) ->> 'created_at' as created from ${quotedTable} as kept where ${quotedId} = ?`,
      [...bindings, this.#id],
    );
    if (rows.length === 0) throw missingRow(this.#operation, this.#place.table, this.#id);
    return /** @type {{ text: string | null, created: string | null }} */ ({
      text: rows[0].held,
      created: rows[0].created,
    });
  }

  /** Writes what is to be kept, if what was read still lies there. @param {Envelope} envelope @param {Version} version */
  async #write(envelope, { text }) {
    const { quotedTable, quotedColumn, quotedId } = this.#place;
    const type = await typeOf(this.#operation, this.#connection, this.#place);
    const next = replaced(this.#place, type, writeEnvelope(envelope));
    const before = held(this.#place);
    const { rowCount } = await query(
      this.#operation,
      this.#words,
      this.#connection,
      `update ${quotedTable} set ${quotedColumn} = ${next.sql}
        where ${quotedId} = ? and ${before.sql} is not distinct from ?::text`,
      [...next.bindings, this.#id, ...before.bindings, text],
    );
    return rowCount === 1;
  }
}

/**
 * @type {typeof import('../../medusa.js').jsonRow}
 */
function jsonRow(container, options) {
  return rowFor('jsonRow', container, options, 'options');
}

/**
 * @param {string} operation @param {unknown} container @param {unknown} options @param {string} field
 */
function rowFor(operation, container, options, field) {
  const place = placeOf(operation, options, { field });
  const id = rowId(operation, `${field}.id`, ownProperties(/** @type {object} */ (options)).id);
  const row = new JsonRow(operation, connectionOf(operation, container), place, id);
  return Object.freeze({
    load: () => row.load(),
    store: (/** @type {string} */ next, /** @type {unknown} */ version) => row.store(next, version),
  });
}

/**
 * A row that was made before, or one by the arguments of {@link jsonRow}.
 * @param {string} operation @param {unknown} container @param {unknown} row
 * @returns {import('../../medusa.js').JsonRow}
 */
function rowOf(operation, container, row) {
  if (isObject(row)) {
    const { load, store } = ownProperties(row);
    if (typeof load === 'function' && typeof store === 'function') return /** @type {any} */ (row);
  }
  return rowFor(operation, container, row, 'row');
}

module.exports = { jsonRow, rowOf };
