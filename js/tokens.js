'use strict';

const { internal } = require('./native.js');
const { follow, quietly } = require('./callers.js');
const { run, start } = require('./call.js');
const { invalidArgument, siteOf, toError } = require('./errors.js');
const { HANDLE, credentialsOf } = require('./credentials.js');
const { isObject, ownProperties, prepareOptions, readApp, readEnvironment } = require('./options.js');
const { CallerStore } = require('./stores.js');

/** A refresh takes no longer. While one is under way the process is kept alive, or the new tokens would be lost. */
const MAX_REFRESH_MS = 30_000;
/** Versions that are remembered: each refresh reads three or four. */
const MAX_TICKETS = 64;

/**
 * The caller's functions as native code takes them.
 */
class Store extends CallerStore {
  /** @type {Map<number, { release: unknown, alive: NodeJS.Timeout }>} */
  #locks = new Map();

  /** @param {{ load: Function, store: Function, lock?: Function }} functions */
  constructor({ load, store, lock }) {
    super(MAX_TICKETS);
    this.load = this.answering(async () => {
      const { version, ...tokens } = checkRow((await follow(load())).value);
      return { ...tokens, ticket: this.ticketOf(version) };
    });
    this.store = this.answering(
      async (/** @type {import('../index.js').internal.StoredTokens} */ { ticket, ...next }) => {
        const version = this.versionOf(ticket);
        return Boolean((await follow(store({ ...next }, version))).value);
      },
    );
    this.acquire = this.answering(async () => {
      const ticket = this.nextTicket();
      const { value: release } = await follow(lock?.());
      this.#locks.set(ticket, { release, alive: setTimeout(() => {}, MAX_REFRESH_MS) });
      return ticket;
    });
    this.release = (/** @type {number} */ ticket) => {
      const held = this.#locks.get(ticket);
      this.#locks.delete(ticket);
      clearTimeout(held?.alive);
      // What is not given back expires by itself.
      const release = held?.release;
      if (typeof release === 'function') quietly('the release of lock()', () => Reflect.apply(release, undefined, []));
    };
  }
}

/** @param {unknown} row */
function checkRow(row) {
  if (!isObject(row)) throw new TypeError('load() must give an object with accessToken, refreshToken and expiresAt');
  const given = ownProperties(row);
  const { accessToken, refreshToken, expiresAt, obtainedAt, refreshingSince, version } = given;
  if (typeof accessToken !== 'string') throw new TypeError('load() must give an accessToken that is a string');
  if (refreshToken !== undefined && refreshToken !== null && typeof refreshToken !== 'string') {
    throw new TypeError('load() must give a refreshToken that is a string');
  }
  return {
    accessToken,
    refreshToken: refreshToken ?? undefined,
    expiresAt: timeOf(expiresAt, 'expiresAt'),
    obtainedAt: timeOf(obtainedAt, 'obtainedAt'),
    refreshingSince: timeOf(refreshingSince, 'refreshingSince'),
    version,
  };
}

/** @param {unknown} time @param {string} name */
function timeOf(time, name) {
  if (time === undefined || time === null) return undefined;
  const milliseconds = Number(time);
  const isTime = typeof time === 'number' || Object.prototype.toString.call(time) === '[object Date]';
  if (!isTime || !Number.isFinite(milliseconds)) {
    throw new TypeError(`load() must give an ${name} in milliseconds since the epoch, or as a Date`);
  }
  return milliseconds;
}

/** One account's tokens, in the caller's store, refreshed in time and by one process at once. */
class TokenManager {
  /** @param {import('../index.js').TokenManagerOptions} options */
  constructor(options) {
    const given = run(TokenManager, () => (isObject(options) ? ownProperties(options) : {}));
    const { load, store, lock, config } = given;
    const functions = { load, store, ...(lock === undefined || lock === null ? {} : { lock }) };
    for (const [name, value] of Object.entries(functions)) {
      if (typeof value === 'function') continue;
      throw toError(invalidArgument(`options.${name}`, 'must be a function'), siteOf(TokenManager));
    }
    const adapter = new Store(/** @type {Record<'load' | 'store' | 'lock', Function>} */ (functions));
    const handle = run(TokenManager, () =>
      internal.manageTokens(adapter, readApp(config), prepareOptions(config, { cleanup: [] }), readEnvironment()),
    );
    // Behind a function, which shows nothing of it however a manager is inspected.
    Object.defineProperty(this, HANDLE, { value: () => ({ handle, failureOf: () => adapter.failure }) });
  }

  /** @param {import('../index.js').CallOptions} [options] */
  getAccessToken(options) {
    return start(TokenManager.prototype.getAccessToken, options, (prepared, environment, settling) =>
      internal.managedAccessToken(credentialsOf(this, settling), prepared, environment),
    );
  }
}

module.exports = { TokenManager };
