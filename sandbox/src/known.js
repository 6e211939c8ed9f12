'use strict';

/** Something that a test asked for and that the sandbox does not have: a mistake in the test, so it is not ignored. */
class UnknownName extends TypeError {}

/** @param {readonly string[]} names */
const listed = (names) => [...names].sort().join(', ') || 'none';

/**
 * Refuses a name that is not known; the error lists those that are.
 * @param {string} what what the name is one of, such as "kind of fault"
 * @param {unknown} name @param {readonly string[]} known
 */
function checkName(what, name, known) {
  if (known.includes(/** @type {string} */ (name))) return;
  throw new UnknownName(`There is no ${what} ${JSON.stringify(name) ?? 'undefined'}. Known: ${listed(known)}`);
}

/**
 * Refuses what is no object, and members that are not known.
 * @param {string} what @param {unknown} value @param {readonly string[]} known
 */
function checkMembers(what, value, known) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnknownName(`${what} has to be an object. Known members: ${listed(known)}`);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw new UnknownName(`${what} has no member "${name}". Known: ${listed(known)}`);
  }
}

/** Refuses what is no number of at least `least`. @param {string} what @param {unknown} value @param {number} least */
function checkNumber(what, value, least) {
  if (typeof value === 'number' && value >= least) return;
  throw new UnknownName(`${what} has to be a number of at least ${least}, not ${JSON.stringify(value) ?? 'undefined'}`);
}

module.exports = { UnknownName, checkMembers, checkName, checkNumber };
