'use strict';

const { follow } = require('../callers.js');
const { PublishIntent } = require('../intent.js');
const { isObject, ownProperties } = require('../options.js');
const { UNFINISHED } = require('./envelope.js');
const { convert } = require('./errors.js');
const { invalid, wholeNumber } = require('./failures.js');
const { connectionOf, medusa } = require('./peers.js');
const { placeOf, placeWords, typeOf } = require('./place.js');
const { asMedusa, readCredentials } = require('./publish.js');
const { jsonRow } = require('./row.js');
const { query } = require('./sql.js');

const OPERATION = 'resumeUnfinished';
const DAY_MS = 86_400_000;

/** @typedef {import('../../medusa.js').ResumedRow} ResumedRow */
/** @typedef {{ limit: number, maxAgeMs: number, timeoutMs: number, concurrency: number }} Bounds */

/** @param {Record<string, unknown>} given @returns {Bounds} */
function readBounds(given) {
  const number = (/** @type {keyof Bounds} */ name, /** @type {number} */ most, /** @type {number} */ otherwise) =>
    wholeNumber(OPERATION, `options.${name}`, given[name], { least: 1, most, otherwise });
  return {
    limit: number('limit', 1000, 20),
    maxAgeMs: number('maxAgeMs', 365 * DAY_MS, DAY_MS),
    timeoutMs: number('timeoutMs', DAY_MS, 300_000),
    concurrency: number('concurrency', 50, 2),
  };
}

/** @type {typeof import('../../medusa.js').resumeUnfinished} */
function resumeUnfinished(container, options) {
  return asMedusa(OPERATION, async () => {
    const place = placeOf(OPERATION, options, { field: 'options' });
    const given = ownProperties(options);
    const { prepare, signal } = given;
    if (typeof prepare !== 'function') {
      throw invalid(OPERATION, 'options.prepare', 'must be a function that gives a row’s content and credentials');
    }
    const bounds = readBounds(given);
    const connection = connectionOf(OPERATION, container);
    const until = Date.now() + bounds.timeoutMs;
    const ids = await unfinished(connection, place, bounds);
    const chosen = ids.slice(0, bounds.limit);
    const isOver = () => Date.now() >= until || Boolean(/** @type {AbortSignal | undefined} */ (signal)?.aborted);
    const how = { container, place, prepare, signal, until };
    const rows = await eachOf(chosen, bounds.concurrency, (id) => (isOver() ? notReached(id) : resumeOne(how, id)));
    return { rows, more: ids.length > chosen.length };
  });
}

/**
 * Ids of rows that were begun and are not over, those that a process left in the middle first. The rest is in no fixed
 * order, so that a row that can't be resumed keeps no other one waiting for ever.
 * @param {import('./sql.js').Connection} connection @param {import('./place.js').Place} place @param {Bounds} bounds
 * @returns {Promise<string[]>} one more than the limit where there are more
 */
async function unfinished(connection, place, { limit, maxAgeMs }) {
  const type = await typeOf(OPERATION, connection, place);
  const status = fieldOf(place, type, 'status', '[a-z]+');
  const begunAt = fieldOf(place, type, 'begunAt', '[0-9]{1,15}');
  const { rows } = await query(
    OPERATION,
    placeWords(place),
    connection,
    `select id from (
        select ${place.quotedId}::text as id, ${status.sql} as status, ${begunAt.sql}::bigint as begun_at
          from ${place.quotedTable} as kept
          where ${place.quotedColumn} is not null and to_jsonb(kept) ->> 'deleted_at' is null
      ) as found
      where status in (${UNFINISHED.map(() => '?').join(', ')}) and begun_at >= ?
      order by status <> 'publishing', random() limit ?`,
    [...status.bindings, ...begunAt.bindings, ...UNFINISHED, Date.now() - maxAgeMs, limit + 1],
  );
  return rows.map(({ id }) => id);
}

/**
 * A field of what is kept at a place, as SQL: null unless it is there and as it was written, whatever else lies there.
 * @param {import('./place.js').Place} place @param {string} type @param {string} name @param {string} pattern
 * @returns {{ sql: string, bindings: string[] }}
 */
function fieldOf({ quotedColumn, key }, type, name, pattern) {
  const json = key === undefined ? `${quotedColumn}::jsonb` : `${quotedColumn}::jsonb -> ?::text`;
  const bindings = key === undefined ? [name] : [key, name];
  if (key !== undefined || type === 'json' || type === 'jsonb') {
    return { sql: `substring(${json} ->> ?::text from ?::text)`, bindings: [...bindings, `^(${pattern})$`] };
  }
  // A text may be no JSON at all. The state comes after these fields, so nothing of it is taken for them.
  return { sql: `substring(${quotedColumn} from ?::text)`, bindings: [`^[{][^{}]*"${name}":"?(${pattern})"?,`] };
}

/**
 * @param {{ container: any, place: import('./place.js').Place, prepare: Function, signal: any, until: number }} how
 * @param {string} id
 * @returns {Promise<ResumedRow>}
 */
async function resumeOne({ container, place, prepare, signal, until }, id) {
  try {
    const { table, column, key, idColumn } = place;
    const row = jsonRow(container, { table, column, id, idColumn, ...(key === undefined ? {} : { key }) });
    const before = await new PublishIntent(row).status();
    if ((before.leaseUntil ?? 0) > Date.now()) return { id, outcome: 'in_progress' };
    const { value } = await follow(prepare(id));
    if (value === undefined || value === null) return { id, outcome: 'skipped' };
    if (!isObject(value)) throw invalid(OPERATION, 'prepare()', 'must give content and credentials, or nothing');
    const { content, credentials, options } = ownProperties(value);
    const { token, oauth1 } = readCredentials(OPERATION, credentials);
    const { leaseMs, timeoutMs, ...others } = ownProperties(/** @type {any} */ (options));
    const left = Math.max(until - Date.now(), 1);
    const intent = new PublishIntent({ ...row, .../** @type {any} */ (leaseMs === undefined ? {} : { leaseMs }) });
    const call = { ...(signal ? { signal } : {}), ...others, timeoutMs: Math.min(Number(timeoutMs ?? left), left) };
    const result = /** @type {any} */ (await intent.resume(/** @type {any} */ (content), token, oauth1, call));
    if (result === undefined) return { id, outcome: 'skipped' };
    const first = result.tweets?.[0] ?? result;
    return { id, outcome: 'published', tweetId: first.tweetId, tweetUrl: first.tweetUrl, result };
  } catch (thrown) {
    return failed(id, thrown);
  }
}

/** @param {string} id @returns {ResumedRow} */
function notReached(id) {
  return { id, outcome: 'not_reached' };
}

/** @param {string} id @param {unknown} thrown @returns {ResumedRow} */
function failed(id, thrown) {
  const error = convert(thrown, medusa(OPERATION).MedusaError);
  const { code } = error;
  if (code === 'IN_PROGRESS') return { id, outcome: 'in_progress' };
  return { id, outcome: code === 'UNKNOWN_OUTCOME' ? 'unknown' : 'failed', error };
}

/**
 * Works on several items at once, and gives the results in the items' order.
 * @template T, R
 * @param {T[]} items @param {number} atOnce @param {(item: T) => Promise<R> | R} work
 * @returns {Promise<R[]>}
 */
async function eachOf(items, atOnce, work) {
  /** @type {R[]} */
  const results = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}

module.exports = { resumeUnfinished };
