// Publishes until memory that is not given back would show: npm run test:soak -- [--short] [--seed N] [--built]
import { createRequire } from 'node:module';
import { ensureAddon, ensureNodeModules } from '../../tools/lib/ensure.mjs';
import { readOptions } from '../../tools/lib/options.mjs';

const { values } = readOptions({
  options: {
    short: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
    seed: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);

ensureNodeModules('.');
ensureNodeModules('sandbox');
if (!values.built) ensureAddon();

const require = createRequire(import.meta.url);
const { gates, inMib } = require('./gates.js');
const { soak } = require('./host.js');
const { SIZES } = require('./plan.js');

const size = values.short ? SIZES.short : SIZES.whole;
const shown = size.publishes / Math.min(size.rounds, 10);
const begun = performance.now();
const seconds = () => Math.round((performance.now() - begun) / 1000);

/** @param {unknown[]} cells */
const row = (cells) => console.log(cells.map((cell) => String(cell).padStart(12)).join(''));

row(['publishes', 'resident', 'heap', 'descriptors', 'threads', 'seconds']);
const run = await soak({
  size,
  seed,
  onSample: (/** @type {any} */ { publishes, resident, heap, descriptors, threads }) => {
    if (publishes % shown !== 0) return;
    row([publishes, inMib(resident), inMib(heap), descriptors ?? '?', threads ?? '?', seconds()]);
  },
});

console.log('');
const judged = gates(run);
for (const { name, passed, figure } of judged) console.log(`${passed ? '✓' : '✗'} ${name}: ${figure}`);
for (const violation of [...run.tally.violations, ...run.stray].slice(0, 20)) console.log(`✗ ${violation}`);
const failed = judged.filter(({ passed }) => !passed).length;
console.log(`\nseed ${seed}, ${size.publishes} publishes, ${seconds()} s`);
console.log(`Gates: ${judged.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
