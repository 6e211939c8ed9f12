'use strict';

const { invalidArgument } = require('./errors.js');

/** Longer arrays than any argument can need are refused before they are walked. Native code has the same bound. */
const MAX_ELEMENTS = 100_000;

/** How many elements of arrays one argument's reading has come across. */
class Walk {
  #elements = 0;

  /**
   * Prepares each element of an array. All arrays of one argument count together, since one may hold another again and
   * again. What is no array is left for native code to refuse.
   * @param {unknown} array
   * @param {string} field
   * @param {(element: unknown, field: string) => unknown} prepare
   */
  each(array, field, prepare) {
    if (!Array.isArray(array)) return array;
    const { length } = array;
    // A proxy's may be anything.
    if (!(Number.isInteger(length) && length >= 0)) throw invalidArgument(field, 'could not be read');
    this.#elements += length;
    if (this.#elements > MAX_ELEMENTS) {
      throw invalidArgument(field, `must have at most ${MAX_ELEMENTS} elements, and has ${length}`);
    }
    const prepared = [];
    for (let index = 0; index < length; index += 1) prepared.push(prepare(array[index], `${field}[${index}]`));
    return prepared;
  }
}

module.exports = { Walk };
