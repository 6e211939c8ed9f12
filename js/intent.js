'use strict';

const { internal } = require('./native.js');
const { credentialsOf, heldCredentials } = require('./credentials.js');
const { run, start } = require('./call.js');
const { follow } = require('./callers.js');
const { invalidArgument, siteOf, toError } = require('./errors.js');
const { withConfigured } = require('./functions.js');
const { checkpointText, isObject, ownProperties } = require('./options.js');
const { prepareContent, prepareParts } = require('./sources.js');
const { CallerStore } = require('./stores.js');

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

/** What an intent keeps. @type {WeakMap<object, { handle: IntentHandle, adapter: Store }>} */
const INTENTS = new WeakMap();

/** @param {object} intent @param {Function} entry */
function privateOf(intent, entry) {
  const known = INTENTS.get(intent);
  if (!known) throw toError(invalidArgument('this', 'must be a PublishIntent'), siteOf(entry));
  return known;
}

/**
 * @typedef {import('../index.js').internal.IntentHandle} IntentHandle
 * @typedef {import('../index.js').PublishedTweet | import('../index.js').PublishedThread} Published
 * @typedef {import('../index.js').internal.Credentials} Credentials
 * @typedef {import('../index.js').internal.Keys} Keys
 * @typedef {import('../index.js').internal.Options} Options
 * @typedef {import('../index.js').internal.Environment} Environment
 */

/**
 * The native function that publishes this content: a thread, if it is an array.
 * @param {IntentHandle} handle @param {unknown} content @param {import('./options.js').Settling} settling
 * @returns {(...rest: [Credentials, Keys, Options, Environment, boolean]) => Promise<Published | null>}
 */
function beginning(handle, content, settling) {
  if (Array.isArray(content)) {
    const parts = prepareParts(content, settling, 'content');
    return (...rest) => internal.publishIntentThread(handle, parts, ...rest);
  }
  const post = prepareContent(content, settling);
  return (...rest) => internal.publishIntentPost(handle, post, ...rest);
}

/** What `publish` and `resume` are given. @typedef {[content: unknown, token: unknown, oauth1: unknown, options: unknown]} Given */

/** @param {PublishIntent} intent @param {Function} entry @param {Given} given @param {boolean} onlyResume */
async function publish(intent, entry, [content, token, oauth1, options], onlyResume) {
  const { handle, adapter } = privateOf(intent, entry);
  return await start(
    entry,
    options,
    (prepared, environment, settling) => {
      const begin = beginning(handle, content, settling);
      const credentials = credentialsOf(token, settling);
      settling.failureOf ??= () => adapter.failure;
      return begin(credentials, heldCredentials(oauth1), prepared, environment, onlyResume);
    },
    withConfigured,
  );
}

/** At most one post per row of the caller's store. */
class PublishIntent {
  /** @param {import('../index.js').PublishIntentOptions} options */
  constructor(options) {
    const given = run(PublishIntent, () => (isObject(options) ? ownProperties(options) : {}));
    const { load, store, others, leaseMs } = given;
    const functions = { load, store, ...(others === undefined || others === null ? {} : { others }) };
    for (const [name, value] of Object.entries(functions)) {
      if (typeof value === 'function') continue;
      throw toError(invalidArgument(`options.${name}`, 'must be a function'), siteOf(PublishIntent));
    }
    const adapter = new Store(/** @type {Record<'load' | 'store' | 'others', Function>} */ (functions));
    const handle = run(PublishIntent, () => internal.openIntent(adapter, leaseMs));
    INTENTS.set(this, { handle, adapter });
  }

  /** @param {unknown} content @param {unknown} token @param {unknown} [oauth1] @param {unknown} [options] */
  publish(content, token, oauth1, options) {
    return publish(this, PublishIntent.prototype.publish, [content, token, oauth1, options], false);
  }

  /** @param {unknown} content @param {unknown} token @param {unknown} [oauth1] @param {unknown} [options] */
  async resume(content, token, oauth1, options) {
    const given = /** @type {Given} */ ([content, token, oauth1, options]);
    return (await publish(this, PublishIntent.prototype.resume, given, true)) ?? undefined;
  }

  /** @param {unknown} decision @param {unknown} [options] */
  async settle(decision, options) {
    const { handle, adapter } = privateOf(this, PublishIntent.prototype.settle);
    await start(PublishIntent.prototype.settle, options, (prepared, environment, settling) => {
      settling.failureOf = () => adapter.failure;
      const named = isObject(decision);
      const id = named ? ownProperties(decision).tweetId : undefined;
      const word = /** @type {string | null} */ (named ? null : decision);
      return internal.settleIntent(handle, word, id, prepared, environment);
    });
  }

  /** @param {unknown} event @param {unknown} [options] */
  async observe(event, options) {
    const { handle, adapter } = privateOf(this, PublishIntent.prototype.observe);
    return await start(
      PublishIntent.prototype.observe,
      options,
      (prepared, environment, settling) => {
        settling.failureOf = () => adapter.failure;
        return internal.observeIntent(handle, checkpointText(event), prepared, environment);
      },
      withConfigured,
    );
  }

  /** @param {unknown} [options] */
  async status(options) {
    const { handle, adapter } = privateOf(this, PublishIntent.prototype.status);
    return await start(PublishIntent.prototype.status, options, (prepared, environment, settling) => {
      settling.failureOf = () => adapter.failure;
      return internal.intentStatus(handle, prepared, environment);
    });
  }
}

module.exports = { PublishIntent };
