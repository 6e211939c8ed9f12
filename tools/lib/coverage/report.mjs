// What is printed of the lines that were reached.
import { dirname } from 'node:path';

/** @typedef {import('./lines.mjs').Lines} Lines */

/** Folders with so many parts have a row of their own. */
const DEPTH = 4;

/** @param {string} file */
const roomOf = (file) => dirname(file).split('/').slice(0, DEPTH).join('/');

/** Numbers as `3, 7–9`. @param {number[]} numbers */
export function ranges(numbers) {
  /** @type {[number, number][]} */
  const runs = [];
  for (const number of numbers.toSorted((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** @param {Map<number, boolean>} known */
const missedIn = (known) => [...known].filter(([, isReached]) => !isReached).map(([line]) => line);

/** @param {[string, Map<number, boolean>][]} files @param {string} name */
function row(files, name) {
  const total = files.reduce((sum, [, known]) => sum + known.size, 0);
  const missed = files.reduce((sum, [, known]) => sum + missedIn(known).length, 0);
  const share = total === 0 ? 100 : ((total - missed) / total) * 100;
  return `${name.padEnd(44)}${String(total).padStart(8)}${String(missed).padStart(8)}${share.toFixed(1).padStart(8)} %`;
}

/** A table of rooms, then every line that no test reached. @param {string} title @param {Lines} lines */
export function report(title, lines) {
  const files = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
  const rooms = [...new Set(files.map(([file]) => roomOf(file)))];
  const table = rooms.map((room) =>
    row(
      files.filter(([file]) => roomOf(file) === room),
      room,
    ),
  );
  const head = `${title.padEnd(44)}${'lines'.padStart(8)}${'missed'.padStart(8)}${'reached'.padStart(10)}`;
  const missed = files
    .map(([file, known]) => ({ file, numbers: missedIn(known) }))
    .filter(({ numbers }) => numbers.length > 0)
    .map(({ file, numbers }) => `  ${file}: ${ranges(numbers)}`);
  return [head, ...table, row(files, 'all of it'), '', `Not reached (${title}):`, ...missed].join('\n');
}
