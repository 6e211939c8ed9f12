'use strict';

const { isObject, isObjectOrAbsent, ownProperties } = require('../options.js');
const { TokenManager } = require('../tokens.js');
const { invalid } = require('./failures.js');
const { connectionOf } = require('./peers.js');
const { placeOf, typeOf } = require('./place.js');
const { missingRow, query, rowId } = require('./sql.js');
const { MARK, findFields, patchOf, readTimes, readToken } = require('./token-fields.js');

const OPERATION = 'platformTokens';

/**
 * What tells one version of an account's row from another, and what lay there.
 * @typedef {{ text: string, fields: import('./token-fields.js').Fields, accessToken: string }} Version
 */

/** An account's tokens in the backend's own row. */
class PlatformRow {
  #connection;
  #place;
  #id;
  #cipher;

  /**
   * @param {import('./sql.js').Connection} connection @param {import('./place.js').Place} place @param {string} id
   * @param {import('./token-fields.js').Cipher} cipher
   */
  constructor(connection, place, id, cipher) {
    this.#connection = connection;
    this.#place = place;
    this.#id = id;
    this.#cipher = cipher;
  }

  get #words() {
    const { table, column } = this.#place;
    return `${table}.${column} of the row ${JSON.stringify(this.#id)}`;
  }

  async load() {
    const { quotedTable, quotedColumn, quotedId, table } = this.#place;
    await typeOf(OPERATION, this.#connection, this.#place);
    const { rows } = await query(
      OPERATION,
      this.#words,
      this.#connection,
      `select ${quotedColumn}::text as config from ${quotedTable} where ${quotedId} = ?`,
      [this.#id],
    );
    if (rows.length === 0) throw missingRow(OPERATION, table, this.#id);
    const text = rows[0].config;
    const fields = findFields(parsed(text), this.#words);
    const accessToken = (await readToken(fields, 'access_token', this.#cipher, this.#words)) ?? '';
    const refreshToken = await readToken(fields, 'refresh_token', this.#cipher, this.#words);
    return { accessToken, refreshToken, ...readTimes(fields), version: { text, fields, accessToken } };
  }

  /** @param {import('../../index.js').NewTokenRow} next @param {unknown} expected */
  async store(next, expected) {
    const { quotedTable, quotedColumn, quotedId } = this.#place;
    const { text, fields, accessToken } = /** @type {Version} */ (expected);
    const type = await typeOf(OPERATION, this.#connection, this.#place);
    const isOther = next.accessToken !== accessToken;
    const since = next.refreshingSince;
    const patch = {
      ...(isOther ? await patchOf(fields, next, this.#cipher) : {}),
      ...(since === undefined ? {} : { [MARK]: since }),
    };
    // Merged by Postgres, so that whatever else lies there stays as it is, numbers of any length included.
    const merged = (/** @type {string} */ at) => `(((${at}) || ?::jsonb)${since === undefined ? ' - ?::text' : ''})`;
    const whole = `${quotedColumn}::jsonb`;
    const value = fields.isNested ? `jsonb_set(${whole}, '{token}', ${merged(`${whole} -> 'token'`)})` : merged(whole);
    const { rowCount } = await query(
      OPERATION,
      this.#words,
      this.#connection,
      `update ${quotedTable} set ${quotedColumn} = ${value}::${type} where ${quotedId} = ? and ${quotedColumn}::text = ?`,
      [JSON.stringify(patch), ...(since === undefined ? [MARK] : []), this.#id, text],
    );
    return rowCount === 1;
  }
}

/** @param {string | null} text */
function parsed(text) {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @type {typeof import('../../medusa.js').platformTokens} */
function platformTokens(container, platformId, options) {
  if (!isObjectOrAbsent(options)) throw invalid(OPERATION, 'options', 'must be an object');
  const given = ownProperties(options);
  const place = placeOf(
    OPERATION,
    { ...given, key: undefined },
    { field: 'options', table: 'social_platform', column: 'api_config' },
  );
  const id = rowId(OPERATION, 'platformId', platformId);
  const { encrypt, decrypt, config } = given;
  for (const [name, value, other] of /** @type {const} */ ([
    ['encrypt', encrypt, decrypt],
    ['decrypt', decrypt, encrypt],
  ])) {
    if (value === undefined && other === undefined) continue;
    if (typeof value !== 'function') {
      throw invalid(OPERATION, `options.${name}`, 'must be a function; encrypt and decrypt go together');
    }
  }
  const cipher = /** @type {import('./token-fields.js').Cipher} */ ({ encrypt, decrypt });
  const row = new PlatformRow(connectionOf(OPERATION, container), place, id, cipher);
  return new TokenManager({
    load: () => row.load(),
    store: (/** @type {any} */ next, /** @type {unknown} */ version) => row.store(next, version),
    ...(isObject(config) ? { config } : {}),
  });
}

module.exports = { platformTokens };
