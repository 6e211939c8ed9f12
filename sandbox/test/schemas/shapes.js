'use strict';

/**
 * JSON schemas in short.
 * @typedef {Record<string, unknown>} Schema
 */

/** @type {Schema} */
const text = { type: 'string' };
/** @type {Schema} */
const whole = { type: 'integer' };
/** @type {Schema} */
const count = { type: 'integer', minimum: 0 };
/** @type {Schema} */
const truth = { type: 'boolean' };
/** @type {Schema} */
const id = { type: 'string', pattern: '^[0-9]{1,19}$' };
/** @type {Schema} */
const time = { type: 'string', format: 'date-time' };
/** @type {Schema} */
const anything = { type: 'object' };

/** @param {string[]} values @returns {Schema} */
const oneOf = (...values) => ({ type: 'string', enum: values });

/** @param {Schema} items @param {Schema} [more] @returns {Schema} */
const list = (items, more = {}) => ({ type: 'array', items, ...more });

/**
 * An object without other members. X's specification allows others nearly everywhere; what the sandbox says beyond it
 * is a mistake all the same.
 * @param {Record<string, Schema>} required @param {Record<string, Schema>} [optional] @returns {Schema}
 */
const object = (required, optional = {}) => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});

module.exports = { anything, count, id, list, object, oneOf, text, time, truth, whole };
