'use strict';

const native = require('./native.js');
const { heldCredentials } = require('./credentials.js');
const { run, start } = require('./call.js');
const { follow } = require('./callers.js');
const { invalidArgument, siteOf, toError } = require('./errors.js');
const { withConfigured } = require('./functions.js');
const { checkpointText, isObject, ownProperties } = require('./options.js');
const { prepareContent, prepareParts } = require('./sources.js');
const { CallerStore } = require('./stores.js');
const { credentialsOf } = require('./tokens.js');

/** Versions that are remembered: native code uses the newest one. */
const MAX_VERSIONS = 16;
/** Rows that have to do with one post: more are no answer to what was asked. */
const MAX_OTHERS = 1000;

/**
 * The caller's functions as native code takes them.
 */
class Store extends CallerStore {
  /** @param {{ load: Function, store: Function, others?: Function }} functions */
  constructor({ load, store, others }) {
    super(MAX_VERSIONS);
    this.tellsOthers = others !== undefined;
    this.load = this.answering(async () => {
      const { state, version } = checkRow((await follow(load())).value);
      return { ...(state === undefined ? {} : { state }), ticket: this.ticketOf(version) };
    });
    this.store = this.answering(async (/** @type {{ state: string, ticket: number }} */ { state, ticket }) =>
      Boolean((await follow(store(state, this.versionOf(ticket)))).value),
    );
    this.others = this.answering(async (/** @type {string[]} */ marks) =>
      statesOf((await follow(others?.([...marks]))).value),
    );
  }
}

/** @param {unknown} rows */
function statesOf(rows) {
  if (!Array.isArray(rows)) throw new TypeError('others() must give an array of rows with their state');
  if (rows.length > MAX_OTHERS) throw new TypeError(`others() must give ${MAX_OTHERS} rows at the most`);
  return Array.from(rows, (row) => {
    const { state } = checkRow(row);
    if (state === undefined) throw new TypeError('others() must give rows with the state as it was stored');
    return state;
  });
}

/** @param {unknown} row @returns {{ state?: string, version?: unknown }} */
function checkRow(row) {
  if (row === undefined || row === null) return {};
  if (!isObject(row)) throw new TypeError('a row must be an object with state and version');
  const { state, version } = ownProperties(row);
  if (state === undefined || state === null) return { version };
  const text = checkpointText(state);
  if (typeof text !== 'string') throw new TypeError('a row must have its state as it was stored');
  return { state: text, version };
}

/** What an intent keeps. @type {WeakMap<object, { handle: any, adapter: Store }>} */
const INTENTS = new WeakMap();

/** @param {object} intent @param {Function} entry */
function privateOf(intent, entry) {
  const known = INTENTS.get(intent);
  if (!known) throw toError(invalidArgument('this', 'must be a PublishIntent'), siteOf(entry));
  return known;
}

/**
 * @param {PublishIntent} intent @param {Function} entry @param {[any, any, any, any]} given @param {boolean} onlyResume
 */
async function publish(intent, entry, [content, token, oauth1, options], onlyResume) {
  const { handle, adapter } = privateOf(intent, entry);
  return await start(
    entry,
    options,
    (prepared, environment, settling) => {
      const begin = Array.isArray(content) ? native.publishIntentThread : native.publishIntentPost;
      const contents = Array.isArray(content)
        ? prepareParts(content, settling, 'content')
        : prepareContent(content, settling);
      const credentials = credentialsOf(token, settling);
      settling.failureOf ??= () => adapter.failure;
      return begin(handle, contents, credentials, heldCredentials(oauth1), prepared, environment, onlyResume);
    },
    withConfigured,
  );
}

/** At most one post per row of the caller's store. */
class PublishIntent {
  /** @param {any} options */
  constructor(options) {
    const given = run(PublishIntent, () => (isObject(options) ? ownProperties(options) : {}));
    const { load, store, others, leaseMs } = given;
    const functions = { load, store, ...(others === undefined || others === null ? {} : { others }) };
    for (const [name, value] of Object.entries(functions)) {
      if (typeof value === 'function') continue;
      throw toError(invalidArgument(`options.${name}`, 'must be a function'), siteOf(PublishIntent));
    }
    const adapter = new Store(/** @type {any} */ (functions));
    const handle = run(PublishIntent, () => native.openIntent(adapter, leaseMs));
    INTENTS.set(this, { handle, adapter });
  }

  /** @param {any} content @param {any} token @param {any} [oauth1] @param {any} [options] */
  publish(content, token, oauth1, options) {
    return publish(this, PublishIntent.prototype.publish, [content, token, oauth1, options], false);
  }

  /** @param {any} content @param {any} token @param {any} [oauth1] @param {any} [options] */
  async resume(content, token, oauth1, options) {
    const given = /** @type {[any, any, any, any]} */ ([content, token, oauth1, options]);
    return (await publish(this, PublishIntent.prototype.resume, given, true)) ?? undefined;
  }

  /** @param {any} decision @param {any} [options] */
  async settle(decision, options) {
    const { handle, adapter } = privateOf(this, PublishIntent.prototype.settle);
    await start(PublishIntent.prototype.settle, options, (prepared, environment, settling) => {
      settling.failureOf = () => adapter.failure;
      const named = isObject(decision);
      const id = named ? ownProperties(decision).tweetId : undefined;
      return native.settleIntent(handle, named ? null : decision, id, prepared, environment);
    });
  }

  /** @param {any} event @param {any} [options] */
  async observe(event, options) {
    const { handle, adapter } = privateOf(this, PublishIntent.prototype.observe);
    return await start(
      PublishIntent.prototype.observe,
      options,
      (prepared, environment, settling) => {
        settling.failureOf = () => adapter.failure;
        return native.observeIntent(handle, checkpointText(event), prepared, environment);
      },
      withConfigured,
    );
  }

  /** @param {any} [options] */
  async status(options) {
    const { handle, adapter } = privateOf(this, PublishIntent.prototype.status);
    return await start(PublishIntent.prototype.status, options, (prepared, environment, settling) => {
      settling.failureOf = () => adapter.failure;
      return native.intentStatus(handle, prepared, environment);
    });
  }
}

module.exports = { PublishIntent };
