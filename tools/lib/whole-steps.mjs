// What only the whole test runs, since it computes for minutes, as steps of it.
import * as counts from './counts.mjs';

/** @typedef {import('./medusa-steps.mjs').Step} Step */

/**
 * Runs only while nobody else wants the processor: the tests beside it wait for servers and browsers, and must not wait for
 * this.
 * @param {string[]} script of npm's, with its arguments
 * @returns {Pick<Step, 'command' | 'args'>}
 */
const idly = (...script) => ({ command: 'nice', args: ['-n', '19', 'npm', 'run', '--silent', ...script] });

/** @type {Step[]} */
export const wholeSteps = [
  { name: 'Model checker', ...idly('test:model') },
  { name: 'Inputs that fuzzing has kept', ...idly('test:fuzz', '--', '--replay'), count: counts.fuzz },
  { name: 'Instructions', ...idly('bench:instructions') },
];
