'use strict';

const { PublishIntent } = require('../intent.js');
const { isObject, isObjectOrAbsent, ownProperties } = require('../options.js');
const { convert, isTwitterFailure } = require('./errors.js');
const { invalid } = require('./failures.js');
const { medusa } = require('./peers.js');
const { rowOf } = require('./row.js');

/**
 * Does work whose failures become Medusa's. Its package is looked for before anything is begun.
 * @template T
 * @param {string} operation @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function asMedusa(operation, work) {
  const { MedusaError } = medusa(operation);
  try {
    return await work();
  } catch (error) {
    throw convert(error, MedusaError);
  }
}

/** @param {string} operation @param {unknown} credentials */
function readCredentials(operation, credentials) {
  if (!isObject(credentials)) {
    throw invalid(operation, 'credentials', 'must be an object with token (a text or a TokenManager), oauth1, or both');
  }
  const { token, oauth1 } = ownProperties(credentials);
  return { token: /** @type {any} */ (token), oauth1: /** @type {any} */ (oauth1 ?? null) };
}

/** @param {string} operation @param {unknown} options @returns {{ leaseMs: any, others: Record<string, any> }} */
function readOptions(operation, options) {
  if (!isObjectOrAbsent(options)) throw invalid(operation, 'options', 'must be an object');
  const { leaseMs, ...others } = ownProperties(options);
  return { leaseMs, others };
}

/**
 * @param {unknown} container @param {unknown} row @param {any} content @param {unknown} credentials @param {unknown} [options]
 */
function publishOnce(container, row, content, credentials, options) {
  return asMedusa('publishOnce', async () => {
    const { token, oauth1 } = readCredentials('publishOnce', credentials);
    const { leaseMs, others } = readOptions('publishOnce', options);
    const store = rowOf('publishOnce', container, row);
    const intent = new PublishIntent({ load: store.load, store: store.store, leaseMs });
    return intent.publish(content, token, oauth1, others);
  });
}

/**
 * @param {unknown} container @param {unknown} row @param {any} decision @param {unknown} [options]
 */
function resolveDoubt(container, row, decision, options) {
  return asMedusa('resolveDoubt', async () => {
    const { leaseMs, others } = readOptions('resolveDoubt', options);
    const { content, credentials, ...publishing } = others;
    const looks = credentials !== undefined && credentials !== null;
    const { token, oauth1 } = looks ? readCredentials('resolveDoubt', credentials) : /** @type {any} */ ({});
    if (looks && (content === undefined || content === null)) {
      throw invalid('resolveDoubt', 'options.content', 'is needed beside credentials: what was to be published');
    }
    const store = rowOf('resolveDoubt', container, row);
    const intent = new PublishIntent({ load: store.load, store: store.store, leaseMs });
    const { signal, timeoutMs } = publishing;
    await intent.settle(decision, { signal, timeoutMs });
    if (looks && (decision === 'check' || decision === 'retry')) await look(intent, content, token, oauth1, publishing);
    return intent.status();
  });
}

/**
 * Looks for a post at once, or sends it again if an operator has said so. How that ended is what the row says; what it
 * does not say is thrown.
 * @param {PublishIntent} intent @param {any} content @param {any} token @param {any} oauth1 @param {any} options
 */
async function look(intent, content, token, oauth1, options) {
  try {
    await intent.resume(content, token, oauth1, options);
  } catch (error) {
    const { code } = /** @type {{ code?: string }} */ (error);
    const said = isTwitterFailure(error) ? await intent.status() : undefined;
    if (said?.error?.code !== code && code !== 'IN_PROGRESS') throw error;
  }
}

module.exports = { asMedusa, publishOnce, readCredentials, resolveDoubt };
