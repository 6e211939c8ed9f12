// A report with some of its scenarios measured again.

/** @typedef {import('./types.d.ts').Report} Report */

/**
 * What was measured again takes the place of what there was. Throws where the two could not be compared.
 * @param {Report} kept
 * @param {Report} report
 * @returns {Report}
 */
export function renewed(kept, report) {
  if (kept.quick || report.quick) throw new Error('A short run is no part of a whole one.');
  const circumstances = (/** @type {Report} */ { machine: { load: _, ...machine }, versions, runs }) =>
    JSON.stringify({ machine, versions, runs });
  if (circumstances(kept) !== circumstances(report)) {
    throw new Error(
      'The rest was measured on another machine, with other versions, or more or less often: measure all of it.',
    );
  }
  const again = new Map(report.scenarios.map((one) => [one.scenario.name, one]));
  const missing = [...again.keys()].find((name) => !kept.scenarios.some(({ scenario }) => scenario.name === name));
  if (missing !== undefined) throw new Error(`The rest was measured before there was "${missing}": measure all of it.`);
  return {
    ...kept,
    addonBytes: report.addonBytes,
    again: [...new Set([...(kept.again ?? []), ...again.keys()])].sort(),
    scenarios: kept.scenarios.map((one) => again.get(one.scenario.name) ?? one),
  };
}
