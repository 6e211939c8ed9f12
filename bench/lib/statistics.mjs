// Medians of runs, and what they are compared by.

/** @typedef {import('./types.d.ts').Outcome} Outcome */
/** @typedef {import('./types.d.ts').Result} Result */

/** @param {number[]} values */
export function median(values) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/**
 * Medians of what counts.
 * @param {string} driver
 * @param {Outcome[]} outcomes
 * @returns {Result}
 */
export function summarize(driver, outcomes) {
  const counted = outcomes.flatMap((outcome) => ('measured' in outcome ? [outcome.measured] : []));
  const failures = outcomes.flatMap((outcome) => ('failed' in outcome ? [outcome.failed] : []));
  const of = (/** @type {(run: (typeof counted)[number]) => number | undefined} */ read) =>
    median(counted.flatMap((run) => read(run) ?? []));
  return {
    driver,
    runs: outcomes.length,
    counted: counted.length,
    wallMs: of((run) => run.wallMs),
    cpuMs: of((run) => run.cpuMs),
    peakBytes: of((run) => run.peakBytes),
    loopP99Ms: of((run) => run.loop?.p99Ms),
    loopMaxMs: of((run) => run.loop?.maxMs),
    connections: of((run) => run.connections),
    mockCpuMs: of((run) => run.mockCpuMs),
    firstCallBlockedMs: of((run) => run.firstCall?.blockedMs),
    notes: [...new Set(failures)],
  };
}
