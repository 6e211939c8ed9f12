// The command line of the benchmark.
import { parseArgs } from 'node:util';
import { DRIVER_NAMES } from './drivers.mjs';
import { SCENARIOS } from './scenarios.mjs';

const MAX_RUNS = 99;

export const HELP = `Usage: npm run bench -- [options]

Measures this package and other publishers of X against a mock that agrees only with what is right.

  --quick          smaller work, 3 minutes
  --only NAME      only scenarios whose name begins so; again, or with commas, for several
  --drivers NAMES  only these publishers, with commas: ${DRIVER_NAMES.join(', ')}
  --runs N         runs of each, in turn with the others' (3)
  --json FILE      writes the results there
  --write          writes docs/performance.md, its plots and its figures, from this run alone
  --again          the same with what --only names in place of what was measured before
  --list           names the scenarios
  --help           this text

A figure can be compared with the others of its run, and with nothing else.`;

/**
 * @typedef {object} Options
 * @property {boolean} quick
 * @property {string[]} [only]
 * @property {string[]} [drivers]
 * @property {number} runs
 * @property {string} [json]
 * @property {boolean} write
 * @property {boolean} again
 * @property {boolean} list
 * @property {boolean} help
 */

/**
 * Reads a command line. Throws an error whose message is one sentence.
 * @param {string[]} args
 * @returns {Options}
 */
export function readOptions(args) {
  const { only, drivers, runs, ...rest } = parse(args);
  const names = listOf(only);
  const unknown = names?.find((wanted) => !SCENARIOS.some(({ name }) => name.startsWith(wanted)));
  if (unknown !== undefined) throw new Error(`No scenario begins with "${unknown}"; --list names them.`);
  const wanted = listOf(drivers);
  const stranger = wanted?.find((name) => !DRIVER_NAMES.includes(name));
  if (stranger !== undefined) {
    throw new Error(`There is no driver "${stranger}"; there are ${DRIVER_NAMES.join(', ')}.`);
  }
  const count = Number(runs ?? 3);
  if (!Number.isInteger(count) || count < 1 || count > MAX_RUNS) {
    throw new Error(`--runs takes a whole number from 1 to ${MAX_RUNS}, not "${runs}".`);
  }
  if (rest.again && (rest.write || wanted !== undefined)) {
    throw new Error('--again goes with neither --write nor --drivers.');
  }
  return { ...rest, only: names, drivers: wanted, runs: count };
}

/** @param {string[]} args */
function parse(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        drivers: { type: 'string', multiple: true },
        runs: { type: 'string' },
        json: { type: 'string' },
        write: { type: 'boolean', default: false },
        again: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    const [sentence] = /** @type {Error} */ (error).message.split(/\. |\n/);
    throw new Error(`${sentence}; --help names the options.`);
  }
}

/** @param {string[] | undefined} values */
function listOf(values) {
  const list = values?.flatMap((value) => value.split(',').filter((name) => name !== ''));
  return list && list.length > 0 ? list : undefined;
}
