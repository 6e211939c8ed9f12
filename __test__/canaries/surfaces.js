'use strict';

const { inspect } = require('node:util');

const deeply = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true, maxStringLength: null };

/**
 * All that can be seen of a value, by the way of seeing it.
 * @param {any} value
 * @returns {Record<string, string>}
 */
function surfacesOf(value) {
  const surfaces = {
    inspected: inspect(value, deeply),
    properties: inspect(Object.getOwnPropertyDescriptors(Object(value)), deeply),
    json: String(JSON.stringify(value)),
    text: String(value),
  };
  if (!(value instanceof Error)) return surfaces;
  return { ...surfaces, message: value.message, stack: String(value.stack), causes: causesOf(value) };
}

/** @param {any} error */
function causesOf(error) {
  const seen = [];
  for (let cause = error.cause; cause !== undefined && !seen.includes(cause); cause = cause.cause) seen.push(cause);
  return seen.map((cause) => `${cause} ${cause?.stack} ${inspect(cause, deeply)} ${JSON.stringify(cause)}`).join('\n');
}

module.exports = { surfacesOf };
