// How many tests each runner says that it ran.

/** @typedef {{ passed: number, failed: number }} Counts */

/** @param {string} output @param {RegExp} pattern */
function sum(output, pattern) {
  let total = 0;
  for (const match of output.matchAll(pattern)) total += Number(match[1]);
  return total;
}

/** A command that only passes or fails counts as one test. @returns {Counts} */
export const one = () => ({ passed: 1, failed: 0 });

/** @param {string} output @returns {Counts} */
export const cargo = (output) => ({
  passed: sum(output, /^test result: .*? (\d+) passed/gm),
  failed: sum(output, /^test result: .*? (\d+) failed/gm),
});

/** @param {string} output @returns {Counts} */
export const nodeTest = (output) => ({
  passed: sum(output, /^ℹ pass (\d+)/gm),
  failed: sum(output, /^ℹ fail (\d+)/gm),
});

/** @param {string} output @returns {Counts} */
export const matrix = (output) => ({
  passed: sum(output, /^Cells: (\d+) passed/gm),
  failed: sum(output, /^Cells: \d+ passed, (\d+) failed/gm),
});

/** @param {string} output @returns {Counts} */
export const fleet = (output) => ({
  passed: sum(output, /^Fleet: (\d+) passed/gm),
  failed: sum(output, /^Fleet: \d+ passed, (\d+) failed/gm),
});

/** @param {string} output @returns {Counts} */
export const fuzz = (output) => ({
  passed: sum(output, /^(\d+) passed, \d+ failed$/gm),
  failed: sum(output, /^\d+ passed, (\d+) failed$/gm),
});

/** @param {string} output @returns {Counts} */
export const gates = (output) => ({
  passed: sum(output, /^Gates: (\d+) passed/gm),
  failed: sum(output, /^Gates: \d+ passed, (\d+) failed/gm),
});

/** @param {string} output @returns {Counts} */
export const jest = (output) => ({
  passed: sum(output, /^Tests:.*?(\d+) passed/gm),
  failed: sum(output, /^Tests:.*?(\d+) failed/gm),
});
