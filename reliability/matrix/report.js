'use strict';

const { FAULTS, PROCESS_FAULTS } = require('./faults.js');
const { INVARIANTS } = require('./invariants.js');
const { OPERATIONS } = require('./operations.js');

/**
 * @typedef {{ cell: import('./cell.js').Cell, violations: string[], checked: number }} Result
 * @typedef {{ name: string, violations: string[], checked: number }} Row
 */

/** Passed cells of all: the number alone if all passed. @param {Result[]} results */
function mark(results) {
  if (results.length === 0) return '–';
  const passed = results.filter(({ violations }) => violations.length === 0).length;
  return passed === results.length ? `✓ ${passed}` : `✗ ${passed}/${results.length}`;
}

/** @param {string[][]} rows the first is the head */
function table(rows) {
  const [head, ...body] = rows;
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

/** Each operation with each fault. @param {Result[]} results @param {import('./faults.js').MatrixFault[]} faults */
function single(results, faults) {
  const head = ['', ...OPERATIONS.map(({ id }) => id)];
  const body = faults.map((fault) => [
    fault.id,
    ...OPERATIONS.map((operation) =>
      mark(results.filter(({ cell }) => cell.operation === operation && cell.fault === fault && !cell.then)),
    ),
  ]);
  return table([head, ...body]);
}

/** Pairs of faults on the post: by number, as a page has no room for the names. @param {Result[]} results */
function pairs(results) {
  const faults = FAULTS.filter(({ host }) => !host);
  const number = new Map(faults.map((fault, index) => [fault, String(index + 1)]));
  const verdicts = new Map(
    results
      .filter(({ cell }) => cell.then)
      .map((result) => [`${result.cell.fault.id}\n${result.cell.then?.id}`, result]),
  );
  const head = ['first \\ second', ...faults.map((fault) => number.get(fault) ?? '')];
  const body = faults.map((fault) => [
    `${number.get(fault)} ${fault.id}`,
    ...faults.map((then) => {
      const result = verdicts.get(`${fault.id}\n${then.id}`);
      if (!result) return '–';
      return result.violations.length === 0 ? '✓' : '✗';
    }),
  ]);
  return table([head, ...body]);
}

/** @param {Row[]} rows */
function processes(rows) {
  const names = [...new Set(rows.map(({ name }) => name))];
  return table([
    ['', 'passed'],
    ...names.map((name) => {
      const own = rows.filter((row) => row.name === name);
      const passed = own.filter(({ violations }) => violations.length === 0).length;
      return [name, passed === own.length ? `✓ ${passed}` : `✗ ${passed}/${own.length}`];
    }),
  ]);
}

/** @type {Record<string, string>} */
const WORDS = {
  I1: 'at most one committed post per intent',
  I2: 'what was committed never reads as failed, what surely was not sent never as unknown',
  I3: 'what is said to be published is there, and when all is well again everything is',
  I4: 'at most one segment is sent again per fault; FINALIZE only when all are acknowledged',
  I5: "the stored refresh token is X's latest, or the user is to authorize again",
  I6: 'within the deadline and a second, within the attempts',
  I7: 'no secret in a result, an error, its stack, its JSON or a checkpoint',
  I8: 'the promise settles once, with a result or a `TwitterError`',
  I9: 'nothing is under way after it; descriptors and threads are back where they were',
  I10: 'credentials go to the configured host alone',
  I11: "one account's token is never in another one's request",
};

/** @param {{ results: Result[], rows: Row[], seed: number, stray: string[] }} run */
function summary({ results, rows, stray }) {
  const all = [...results, ...rows];
  const passed = all.filter(({ violations }) => violations.length === 0).length;
  const checked = all.reduce((sum, { checked: count }) => sum + count, 0);
  return { cells: all.length, passed, failed: all.length - passed + stray.length, checked };
}

/** The page that is published. @param {{ results: Result[], rows: Row[], seed: number, stray: string[] }} run */
function page(run) {
  const { cells, passed, checked } = summary(run);
  const { results, rows, seed } = run;
  const failed = [...results, ...rows].filter(({ violations }) => violations.length > 0);
  return `# Fault matrix

Written by \`npm run test:faults\`. ${passed} of ${cells} cells passed; ${checked} invariants were checked; seed ${seed}.

A cell is a call of an operation with one fault in its way, at its first request or at every one, over HTTP/1.1 or
HTTP/2, against the sandbox, which keeps a ledger of what was committed. When the call has ended the fault is taken
away, and a call that failed is made again with its last checkpoint. A number is that of the cells; – is a fault that
the operation can't meet. In every cell all of this has to hold:

${Object.keys(INVARIANTS)
  .map((name) => `- **${name}** ${WORDS[name]}`)
  .join('\n')}

## One fault

${single(results, FAULTS)}

"Committed" means that X did what it was asked for, and its answer was lost.

## In our own process

${single(results, PROCESS_FAULTS)}

${processes(rows)}

A killed process is followed by another one that gets the last checkpoint which the first one stored. The eight
processes share one account; X takes a refresh token once, and ends the grant when it sees one twice.

## Two faults on the post

The first request to create the post meets the first fault, the second request, in the same call or the next, meets the
second.

${pairs(results)}
${failed.length > 0 ? `\n## Failed\n\n${failed.map((result) => `- ${describe(result)}`).join('\n')}\n` : ''}`;
}

/** @param {any} result */
const describe = ({ name, cell, violations }) => {
  const { nameOf } = require('./cell.js');
  return `${name ?? nameOf(cell)}: ${violations.join('; ')}`;
};

module.exports = { describe, page, pairs, processes, single, summary };
