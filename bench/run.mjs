// Measures this package and other publishers: npm run bench -- --help
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensureAddon, ensureNodeModules } from '../tools/lib/ensure.mjs';
import { root } from '../tools/lib/steps.mjs';
import { installApp } from './lib/app.mjs';
import { driversFor } from './lib/drivers.mjs';
import { figure, markdown, titleOf } from './lib/markdown.mjs';
import { build } from './lib/native.mjs';
import { measureIdle, reasonToSkip, runOnce } from './lib/one-run.mjs';
import { HELP, readOptions } from './lib/options.mjs';
import { writePage } from './lib/page.mjs';
import { renewed } from './lib/renewed.mjs';
import { chosenScenarios, SCENARIOS } from './lib/scenarios.mjs';
import { summarize } from './lib/statistics.mjs';

/** @typedef {import('./lib/types.d.ts').Report} Report */
/** @typedef {import('./lib/types.d.ts').Result} Result */
/** @typedef {import('./lib/types.d.ts').Scenario} Scenario */

const options = read();
if (options.help) {
  console.log(HELP);
  process.exit();
}
const scenarios = chosenScenarios(options);
if (options.list) {
  for (const { name, title } of SCENARIOS) console.log(`${name.padEnd(32)} ${title}`);
  process.exit();
}
if (scenarios.length === 0) {
  console.error('None of these scenarios is in the short run; leave out --quick.');
  process.exit(1);
}

ensureNodeModules('.');
ensureNodeModules('bench');
ensureAddon();
build('twitter-native-bench');
installApp();

/** @type {Report} */
const report = {
  date: new Date().toISOString().slice(0, 10),
  machine: {
    cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${platform()} ${release()} (${arch()})`,
    node: process.version,
    load: loadavg()[0] ?? 0,
  },
  versions: versions(),
  addonBytes: addonBytes(),
  idlePeakBytes: await measureIdle(),
  runs: options.runs,
  quick: options.quick,
  scenarios: [],
};
if (options.again) {
  // What can't be put together is said before it is measured.
  renewed(keptReport(), { ...report, scenarios: scenarios.map((scenario) => ({ scenario, results: [] })) });
}
for (const scenario of scenarios) report.scenarios.push({ scenario, results: await measure(scenario) });

console.log(`\n${markdown(report)}`);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
if (options.write) writePage(report, join(root, 'docs'));
if (options.again) writePage(renewed(keptReport(), report), join(root, 'docs'));
const failed = report.scenarios.filter(({ results }) =>
  results.some(({ driver, notes }) => driver === 'ours' && notes.length > 0),
);
for (const { scenario } of failed) console.error(`${scenario.name}: runs of this package do not count`);
process.exit(failed.length > 0 ? 1 : 0);

/** The report that docs/performance.md was written from. @returns {Report} */
function keptReport() {
  return JSON.parse(readFileSync(join(root, 'docs', 'performance', 'results.json'), 'utf8'));
}

function read() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exit(1);
  }
}

/**
 * All runs of a scenario: each driver once, then each once more, beginning with another one.
 * @param {Scenario} scenario
 * @returns {Promise<Result[]>}
 */
async function measure(scenario) {
  console.log(`\n${scenario.title}`);
  const drivers = driversFor(scenario, options.drivers);
  const skipped = new Map(drivers.map((driver) => [driver, reasonToSkip(scenario, driver)]));
  const asked = drivers.filter((driver) => skipped.get(driver) === undefined);
  /** @type {Map<string, import('./lib/types.d.ts').Outcome[]>} */
  const outcomes = new Map(asked.map(({ name }) => [name, []]));
  for (let run = 0; run < options.runs; run += 1) {
    const begin = run % Math.max(asked.length, 1);
    for (const driver of [...asked.slice(begin), ...asked.slice(0, begin)]) {
      const outcome = await runOnce(scenario, driver);
      outcomes.get(driver.name)?.push(outcome);
      const shown = 'measured' in outcome ? `${figure(outcome.measured.wallMs)} ms` : outcome.failed;
      console.log(`  ${run + 1}  ${titleOf(driver.name).padEnd(26)} ${shown}`);
    }
  }
  return drivers.map((driver) => {
    const result = summarize(driver.name, outcomes.get(driver.name) ?? []);
    const reason = skipped.get(driver);
    return reason === undefined ? result : { ...result, notes: [reason] };
  });
}

/** @returns {Record<string, string>} */
function versions() {
  const manifest = (/** @type {string[]} */ ...path) =>
    JSON.parse(readFileSync(join(root, ...path, 'package.json'), 'utf8'));
  const packages = Object.entries(/** @type {Record<string, string>} */ (manifest('bench').dependencies));
  return { 'twitter-native': manifest().version, ...Object.fromEntries(packages) };
}

function addonBytes() {
  const folder = join(root, 'native');
  const file = readdirSync(folder).find((name) => name.endsWith('.node') && name.includes(`${platform()}-${arch()}`));
  return file === undefined ? undefined : statSync(join(folder, file)).size;
}
