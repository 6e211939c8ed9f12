'use strict';

const { types } = require('node:util');
const { failure, invalid } = require('./failures.js');

/** Names as Medusa's migrations make them. Whatever else could be quoted, nobody has meant it. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
/** The longest id. */
const MAX_ID = 255;

/** @typedef {{ raw(sql: string, bindings: unknown[]): Promise<{ rows: any[], rowCount: number }> }} Connection */

/**
 * A table's or column's name, quoted.
 * @param {string} operation @param {string} field @param {unknown} name
 * @param {{ withSchema?: boolean }} [options]
 */
function identifier(operation, field, name, { withSchema = false } = {}) {
  const parts = typeof name === 'string' ? name.split('.') : [];
  const isFine = parts.length > 0 && parts.length <= (withSchema ? 2 : 1) && parts.every((part) => NAME.test(part));
  if (!isFine) {
    const what = withSchema ? 'a table, or a schema and a table with a dot between' : 'a column';
    throw invalid(operation, field, `must name ${what}: letters, digits and _, at most 63, and no digit first`);
  }
  return parts.map((part) => `"${part}"`).join('.');
}

/** @param {string} operation @param {string} field @param {unknown} id */
function rowId(operation, field, id) {
  const text = typeof id === 'number' || typeof id === 'bigint' ? String(id) : id;
  // Postgres has no NUL.
  if (typeof text === 'string' && text !== '' && text.length <= MAX_ID && !text.includes('\0')) return text;
  throw invalid(operation, field, `must be the row's id: a text of 1 to ${MAX_ID} characters, or a number`);
}

/**
 * Runs a query. What Postgres refuses is reported without the query and its values: they are part of knex's messages, and
 * may be tokens.
 * @param {string} operation @param {string} what what the query is about, for people
 * @param {Connection} connection @param {string} sql @param {unknown[]} bindings
 */
async function query(operation, what, connection, sql, bindings) {
  try {
    return await connection.raw(sql, bindings);
  } catch (thrown) {
    const message = `${what} could not be read or written: ${reasonOf(thrown, bindings)}`;
    throw failure({ code: 'ABORTED', type: 'unexpected_state', operation, message, retryable: true });
  }
}

/** @param {unknown} thrown @param {unknown[]} bindings */
function reasonOf(thrown, bindings) {
  if (typeof thrown !== 'object' || thrown === null || types.isProxy(thrown)) return 'the database gave no reason';
  const { code, message } = /** @type {{ code?: unknown, message?: unknown }} */ (thrown);
  const sqlState = typeof code === 'string' ? ` (${code})` : '';
  // knex puts the whole query before Postgres's own words.
  const words = typeof message === 'string' ? (message.split(' - ').at(-1) ?? '') : '';
  const longer = words.match(/[^\s"'(),:;=]{12,}/g) ?? [];
  const repeats = bindings.some((value) => longer.some((word) => String(value).includes(word)));
  return `${repeats || words === '' ? 'the database refused it' : words.slice(0, 300)}${sqlState}`;
}

/** The types of columns, which do not change while a process runs. @type {WeakMap<object, Map<string, string>>} */
const TYPES = new WeakMap();

/**
 * A column's type in Postgres's words, for example `jsonb`.
 * @param {string} operation @param {Connection} connection
 * @param {{ table: string, column: string }} names unquoted
 * @param {string} quotedTable
 */
async function columnType(operation, connection, { table, column }, quotedTable) {
  const known = TYPES.get(connection) ?? new Map();
  TYPES.set(connection, known);
  const key = `${quotedTable}.${column}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const { rows } = await query(
    operation,
    table,
    connection,
    `select format_type(atttypid, null) as type from pg_attribute
      where attrelid = to_regclass(?) and attname = ? and attnum > 0 and not attisdropped`,
    [quotedTable, column],
  );
  if (rows.length === 0) {
    throw invalid(operation, 'column', `${column} is no column of a table ${table} in Medusa's database`);
  }
  known.set(key, rows[0].type);
  return /** @type {string} */ (rows[0].type);
}

/** @param {string} operation @param {string} table @param {string} id */
function missingRow(operation, table, id) {
  const message = `${table} has no row with the id ${JSON.stringify(id)}`;
  return failure({ code: 'NOT_FOUND', type: 'not_found', operation, message });
}

module.exports = { columnType, identifier, missingRow, query, rowId };
