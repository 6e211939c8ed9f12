'use strict';

const { isObject, ownProperties } = require('../options.js');
const { invalid } = require('./failures.js');
const { columnType, identifier } = require('./sql.js');

/** The longest key. */
const MAX_KEY = 200;
const TEXTS = ['text', 'character varying'];
const JSONS = ['json', 'jsonb'];

/**
 * Where rows keep their state: a column, or a key inside of a JSON column.
 * @typedef {object} Place
 * @property {string} table as it was given
 * @property {string} column as it was given
 * @property {string} [key]
 * @property {string} idColumn as it was given
 * @property {string} quotedTable
 * @property {string} quotedColumn
 * @property {string} quotedId
 */

/**
 * @param {string} operation @param {unknown} given @param {{ field: string, table?: string, column?: string }} names
 * @returns {Place}
 */
function placeOf(operation, given, { field, ...defaults }) {
  if (!isObject(given)) throw invalid(operation, field, 'must be an object with table and column');
  const { table = defaults.table, column = defaults.column, key, idColumn = 'id' } = ownProperties(given);
  const quotedTable = identifier(operation, `${field}.table`, table, { withSchema: true });
  const quotedColumn = identifier(operation, `${field}.column`, column);
  const quotedId = identifier(operation, `${field}.idColumn`, idColumn);
  const isKey = typeof key === 'string' && key !== '' && key.length <= MAX_KEY && !key.includes('\0');
  if (key !== undefined && key !== null && !isKey) {
    throw invalid(operation, `${field}.key`, `must be a text of 1 to ${MAX_KEY} characters, or left out`);
  }
  return {
    table: String(table),
    column: String(column),
    idColumn: String(idColumn),
    ...(isKey ? { key } : {}),
    quotedTable,
    quotedColumn,
    quotedId,
  };
}

/** A place in words. @param {Place} place */
function placeWords({ table, column, key }) {
  return `${table}.${column}${key === undefined ? '' : `, key ${JSON.stringify(key)}`}`;
}

/**
 * A place with its column's type, which has to be one that can hold a state.
 * @param {string} operation @param {import('./sql.js').Connection} connection @param {Place} place
 */
async function typeOf(operation, connection, place) {
  const type = await columnType(operation, connection, place, place.quotedTable);
  const allowed = place.key === undefined ? [...TEXTS, ...JSONS] : JSONS;
  if (allowed.includes(type)) return type;
  const wanted = place.key === undefined ? 'text, json or jsonb' : 'json or jsonb, or the key left out';
  throw invalid(
    operation,
    'column',
    `${place.column} of ${place.table} is of the type ${type}; it has to be ${wanted}`,
  );
}

/**
 * What lies at a place, as SQL that gives a text: equal texts mean that nobody has written it.
 * @param {Place} place
 * @returns {{ sql: string, bindings: string[] }}
 */
function held({ quotedColumn, key }) {
  if (key === undefined) return { sql: `${quotedColumn}::text`, bindings: [] };
  return { sql: `(${quotedColumn}::jsonb -> ?::text)::text`, bindings: [key] };
}

/**
 * The column's value with another text at a place, as SQL. Other keys stay as they are; a column without a value becomes
 * an object.
 * @param {Place} place @param {string} type @param {string} text
 * @returns {{ sql: string, bindings: string[] }}
 */
function replaced({ quotedColumn, key }, type, text) {
  if (key === undefined) return { sql: `?::text::${type}`, bindings: [text] };
  return {
    sql: `jsonb_set(coalesce(nullif(${quotedColumn}::jsonb, 'null'), '{}'), array[?::text], ?::jsonb)::${type}`,
    bindings: [key, text],
  };
}

module.exports = { held, placeOf, placeWords, replaced, typeOf };
