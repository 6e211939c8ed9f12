'use strict';

const { createRequire } = require('node:module');
const { join } = require('node:path');
const { isObject } = require('../options.js');
const { failure, invalid } = require('./failures.js');

/** Medusa's package that has its error class and the names of what a container holds. */
const UTILS = '@medusajs/framework/utils';

/** @type {{ MedusaError: any, ContainerRegistrationKeys: Record<string, string> } | undefined} */
let known;

/**
 * Medusa's own utilities, loaded when they are first needed. A package that is linked into a backend does not find
 * them from where it lies, so the backend's folder is tried after that.
 * @param {string} operation
 * @returns {{ MedusaError: any, ContainerRegistrationKeys: Record<string, string> }}
 */
function medusa(operation) {
  const found = known ?? load(operation);
  known = found;
  return found;
}

/**
 * @param {string} operation
 * @returns {{ MedusaError: any, ContainerRegistrationKeys: Record<string, string> }}
 */
function load(operation) {
  let why;
  for (const find of [() => require(UTILS), () => createRequire(join(process.cwd(), 'package.json'))(UTILS)]) {
    try {
      return find();
    } catch (error) {
      why = error;
    }
  }
  throw failure(
    {
      code: 'INVALID_ARGUMENT',
      type: 'unexpected_state',
      operation,
      message: `twitter-native/medusa needs @medusajs/framework 2, which could not be loaded: install it in ${process.cwd()}, and call from there`,
    },
    why,
  );
}

/**
 * Medusa's Postgres connection.
 * @param {string} operation
 * @param {unknown} container
 * @returns {{ raw(sql: string, bindings: unknown[]): Promise<{ rows: any[], rowCount: number }> }}
 */
function connectionOf(operation, container) {
  if (!isObject(container) && typeof container !== 'function') {
    throw invalid(operation, 'container', "must be Medusa's container, for example req.scope or a step's container");
  }
  const { resolve } = /** @type {any} */ (container);
  if (typeof resolve !== 'function') {
    throw invalid(operation, 'container', "must be Medusa's container, for example req.scope or a step's container");
  }
  const key = medusa(operation).ContainerRegistrationKeys.PG_CONNECTION;
  const connection = Reflect.apply(resolve, container, [key]);
  if (typeof connection?.raw === 'function') return connection;
  throw invalid(operation, 'container', `has no Postgres connection under ${key}`);
}

module.exports = { connectionOf, medusa };
