'use strict';

/**
 * Memory that nothing leads to any more, as LeakSanitizer reports it: one block per place that it was taken at.
 * @typedef {{ bytes: number, objects: number, stack: string }} Block
 */

const LEAK = /^(?:Direct|Indirect) leak of (\d+) byte\(s\) in (\d+) object\(s\) allocated from:\n((?: {4}#.*\n?)+)/gm;

/**
 * What Node and napi-rs hold for each environment or call, and do not give back when its thread is ended: the innermost
 * frames, and how many there may be.
 */
const HELD = [
  // napi-rs keeps the constructors of its classes for as long as the process lives, in each environment anew.
  { frames: [/ in operator new/, / in napi_create_reference /, / in napi_register_module_v1 /], perClass: 1 },
  // Node frees a promise's handle when it is settled, which nobody can do any more when the worker is gone.
  { frames: [/ in operator new/, / in napi_create_promise /, /js_deferred/], perEndedCall: 1 },
];

/** @param {string} stack @param {RegExp[]} frames */
function isAt(stack, frames) {
  const lines = stack.split('\n');
  return frames.every((frame, index) => frame.test(lines[index] ?? ''));
}

/**
 * The blocks that are not among those that are held on purpose, or all of a kind of which there are too many.
 * @param {Block[]} blocks @param {{ environments: number, classes: number, endedCalls: number }} run
 */
function unexplained(blocks, { environments, classes, endedCalls }) {
  return HELD.reduce((left, { frames, perClass = 0, perEndedCall = 0 }) => {
    const held = left.filter(({ stack }) => isAt(stack, frames));
    const count = held.reduce((sum, { objects }) => sum + objects, 0);
    const most = perClass * classes * environments + perEndedCall * endedCalls;
    return count > most ? left : left.filter((block) => !held.includes(block));
  }, blocks);
}

/**
 * The blocks of a report that our own code took part in taking. Node never gives back all that it has at its end.
 * @param {string} report
 * @param {{ library: string, environments: number, classes: number, endedCalls: number }} run the addon's file name;
 * threads that loaded it; classes that it has; calls that ended with their threads
 * @returns {{ ours: Block[], others: number, errors: string[] }}
 */
function readReport(report, { library, ...run }) {
  const blocks = [...report.matchAll(LEAK)].map(([, bytes, objects, stack]) => ({
    bytes: Number(bytes),
    objects: Number(objects),
    stack,
  }));
  const ours = unexplained(
    blocks.filter(({ stack }) => stack.includes(library)),
    run,
  );
  const errors = [...report.matchAll(/ERROR: AddressSanitizer: .*/g)].map(([line]) => line);
  return { ours, others: blocks.length - ours.length, errors };
}

module.exports = { readReport };
