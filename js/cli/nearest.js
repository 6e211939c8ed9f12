'use strict';

/** Letters that two words may differ in, so that one counts as the other mistyped. */
const MAX_DISTANCE = 2;

/** Insertions, deletions and replacements that make one word the other. @param {string} one @param {string} other */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, otherLetter] of [...other].entries()) {
      const replaced = Number(row[column]) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, Number(row[column + 1]) + 1, Number(next[column]) + 1));
    }
    row = next;
  }
  return Number(row.at(-1));
}

/**
 * The known word that was probably meant.
 * @param {string} word
 * @param {string[]} known
 */
function nearest(word, known) {
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase().slice(0, 64), candidate) }))
    .toSorted((one, other) => one.far - other.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.min(MAX_DISTANCE, best.candidate.length - 1)
    ? best.candidate
    : undefined;
}

module.exports = { nearest };
