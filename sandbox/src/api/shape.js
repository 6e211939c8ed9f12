'use strict';

const { problems } = require('../problems.js');

/**
 * What a JSON value has to be, as X's specification says it.
 * @typedef {object} Shape
 * @property {'string' | 'boolean' | 'integer' | 'array' | 'object'} type
 * @property {string[]} [values] all that a string may be
 * @property {RegExp} [pattern]
 * @property {[number, number]} [length] of a string, in characters, or of an array
 * @property {[number, number]} [range] of a number
 * @property {Shape} [items]
 * @property {Record<string, Shape>} [members] all that may be in an object; anything, if left out
 * @property {string[]} [required]
 */

/** @type {Shape} */
const ID = { type: 'string', pattern: /^[0-9]{1,19}$/ };
/** @type {Shape} */
const TEXT = { type: 'string' };
/** @type {Shape} */
const BOOLEAN = { type: 'boolean' };

/** @param {string[]} values @returns {Shape} */
const oneOf = (...values) => ({ type: 'string', values });

/** @param {Shape} items @param {[number, number]} [length] @returns {Shape} */
const list = (items, length) => ({ type: 'array', items, length });

/** @param {Record<string, Shape>} members @param {string[]} [required] @returns {Shape} */
const object = (members, required = []) => ({ type: 'object', members, required });

/** @param {unknown} value */
function typeOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** @param {string} path @param {string} message @param {unknown} value @returns {never} */
function refuse(path, message, value) {
  // X echoes what was sent.
  const echo = typeof value === 'string' ? value : JSON.stringify(value);
  throw problems.invalid(`${path}: ${message}`, { [path.replace(/^\$\.?/, '')]: echo === undefined ? [] : [echo] });
}

/**
 * Refuses a JSON value that does not have its shape, as X does.
 * @param {any} value @param {Shape} shape @param {string} [path]
 */
function check(value, shape, path = '$') {
  const found = typeOf(value);
  if (found !== shape.type) refuse(path, `${found} found, ${shape.type} expected`, value);
  if (shape.type === 'object') checkObject(value, shape, path);
  if (shape.type === 'integer') {
    const [least, most] = shape.range ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
    if (value < least || value > most) refuse(path, `must be between ${least} and ${most}`, value);
  }
  if (shape.length) {
    const length = shape.type === 'string' ? [...value].length : value.length;
    const [least, most] = shape.length;
    const unit = shape.type === 'string' ? 'characters long' : 'items long';
    if (length < least || length > most) refuse(path, `must be between ${least} and ${most} ${unit}`, value);
  }
  if (shape.pattern && !shape.pattern.test(value)) {
    refuse(path, `does not match the regex pattern ${shape.pattern.source}`, value);
  }
  if (shape.values && !shape.values.includes(value)) {
    refuse(path, `does not have a value in the enumeration [${shape.values.join(', ')}]`, value);
  }
  if (shape.type === 'array') {
    for (const [index, item] of value.entries()) {
      check(item, /** @type {Shape} */ (shape.items), `${path}[${index}]`);
    }
  }
}

/** @param {any} value @param {Shape} shape @param {string} path */
function checkObject(value, { members, required = [] }, path) {
  if (!members) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Object.hasOwn(members, name)) {
      refuse(
        `${path}.${name}`,
        'is not defined in the schema and the schema does not allow additional properties',
        member,
      );
    }
    check(member, members[name], `${path}.${name}`);
  }
  for (const name of required) {
    if (!Object.hasOwn(value, name)) refuse(`${path}.${name}`, 'is missing but it is required', undefined);
  }
}

module.exports = { BOOLEAN, ID, TEXT, check, list, object, oneOf };
