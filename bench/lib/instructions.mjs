// Counts of instructions: read, and compared with those that are kept.

/** @typedef {Record<string, number>} Counts */

/** A tenth more is not noise any more. */
const MAX_GROWTH = 1.1;
/** A tenth less is worth keeping, so that it is not lost again. */
const MIN_GAIN = 0.9;

/** The sum in a file of callgrind's. @param {string} text */
export function totalOf(text) {
  const total = text.match(/^(?:summary|totals):\s+(\d+)/m)?.[1];
  if (total === undefined) throw new Error("callgrind's file has no sum");
  return Number(total);
}

/** What one of many takes. @param {[number, number]} totals @param {[number, number]} times */
export function perUnit([few, many], [fewTimes, manyTimes]) {
  return Math.round((many - few) / (manyTimes - fewTimes));
}

/** @param {Counts} kept @param {Counts} counted */
export function compare(kept, counted) {
  let ok = true;
  const lines = Object.entries(counted).map(([what, count]) => {
    const before = kept[what];
    const amount = `${what}: ${count.toLocaleString('en-US')} instructions`;
    if (before === undefined) {
      ok = false;
      return `${amount}, and none are kept`;
    }
    const share = count / before;
    const change = `${amount}, kept ${before.toLocaleString('en-US')} (${share.toFixed(3)} ×)`;
    if (share > MAX_GROWTH) {
      ok = false;
      return `${change}: more than a tenth more`;
    }
    return share < MIN_GAIN ? `${change}: keep it with --accept` : change;
  });
  return { lines, ok };
}
