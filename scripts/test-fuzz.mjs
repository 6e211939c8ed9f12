// Runs the fuzz targets: node scripts/test-fuzz.mjs [--seconds N] [--only TARGET] [--replay | --keep]
// --replay tries the kept inputs alone; --keep runs, then keeps the inputs that reach something new.
import { availableParallelism } from 'node:os';
import { buildTargets, feed, keep, programOf, TARGETS } from '../tools/lib/fuzz.mjs';
import { readOptions } from '../tools/lib/options.mjs';

const MAX_AT_ONCE = 2;
const PANIC_LINES = 6;

const { values } = readOptions({
  options: {
    seconds: { type: 'string', default: '60' },
    only: { type: 'string' },
    replay: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const seconds = values.replay ? 0 : Number(values.seconds);
const chosen = TARGETS.filter((target) => values.only === undefined || target === values.only);
if (!Number.isInteger(seconds) || seconds < (values.replay ? 0 : 1) || chosen.length === 0) {
  console.error(`--seconds takes a whole number of seconds, --only one of ${TARGETS.join(', ')}`);
  process.exit(1);
}

const HEAD = ['target', 'runs', 'exec/s', 'edges', 'inputs', 'findings'];
const line = (/** @type {(string | number)[]} */ cells) =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(20) : String(cell).padStart(11))).join('');

/** @param {import('../tools/lib/fuzz.mjs').Outcome} outcome */
function explain({ target, findings, output }) {
  const lines = output.split('\n');
  const panic = lines.findIndex((text) => text.includes('panicked at'));
  const said = panic === -1 ? lines.slice(-PANIC_LINES) : lines.slice(panic, panic + PANIC_LINES);
  console.log(said.map((text) => `  ${text}`).join('\n'));
  for (const input of findings)
    if (input !== '') console.log(`  again with: ${programOf(target, values.replay)} ${input}`);
}

buildTargets(values.replay);
console.log(line(HEAD));
const waiting = [...chosen];
let failed = 0;
async function work() {
  for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
    const outcome = await feed(target, seconds);
    const { runs, perSecond, edges, inputs, findings } = outcome;
    const search = seconds === 0 ? ['–', '–'] : [perSecond, edges];
    console.log(line([target, runs, ...search, inputs, findings.length]));
    if (findings.length > 0) {
      failed += 1;
      explain(outcome);
    } else if (values.keep) {
      console.log(`  keeps ${await keep(target)} inputs`);
    }
  }
}
await Promise.all(Array.from({ length: Math.min(MAX_AT_ONCE, availableParallelism()) }, work));
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
