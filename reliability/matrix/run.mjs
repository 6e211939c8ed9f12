// Runs the fault matrix: npm run test:faults -- [--representative] [--seed N] [--only TEXT]
// The whole of it writes docs/fault-matrix.md.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureAddon, ensureNodeModules } from '../../tools/lib/ensure.mjs';
import { readOptions } from '../../tools/lib/options.mjs';
import { root, run } from '../../tools/lib/steps.mjs';

const { values } = readOptions({
  options: {
    representative: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
});
const WORKERS = 2;
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
const part = values.representative ? 'representative' : 'whole';

ensureNodeModules('.');
ensureNodeModules('sandbox');
if (!values.built) {
  ensureAddon();
  run('npm', ['run', '--silent', 'build:defective']);
}

const require = createRequire(import.meta.url);
const { defectiveAddon } = require('../../__test__/support/defective-addon.js');
const { manyIntents } = require('../kills/intents.js');
const { killedPublishes } = require('../kills/publishes.js');
const { sharedTokens } = require('../kills/tokens.js');
const plan = require('./plan.js');
const report = require('./report.js');

const cells = new Map(plan.whole().map((/** @type {any} */ cell) => [cell.index, cell]));
/** @type {any[]} */
const results = [];
/** @type {string[]} */
const stray = [];

/**
 * @param {object} job
 * @param {NodeJS.ProcessEnv} [env]
 */
function work(job, env = {}) {
  const file = join(root, 'reliability', 'matrix', 'worker.js');
  const child = fork(file, [JSON.stringify({ part, seed, only: values.only, ...job })], {
    env: { ...process.env, ...env },
    // Where panics are reported.
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
  let isOver = false;
  child.on('message', (/** @type {any} */ { end, index, stray: odd, ...verdict }) => {
    if (!end) {
      results.push({ cell: cells.get(index), ...verdict });
      return;
    }
    isOver = true;
    stray.push(...odd);
  });
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      if (code !== 0 || !isOver) stray.push(`a worker ended early (${signal ?? code})`);
      resolve(undefined);
    });
  });
}

const begun = performance.now();
const shards = Array.from({ length: WORKERS }, (_, shard) => work({ shard, of: WORKERS }));
const defective = work({ shard: 0, of: 1, isDefective: true }, { NAPI_RS_NATIVE_LIBRARY_PATH: defectiveAddon() });
/** @type {any[]} */
const rows = [];
if (values.only === undefined) {
  const seeds = Array.from({ length: values.representative ? 1 : 5 }, (_, index) => (seed % 1000) + index);
  const expiries = values.representative ? 20 : 200;
  rows.push(...(await killedPublishes(seeds)));
  for (const withKills of [false, true]) rows.push(await sharedTokens({ expiries, withKills }));
  if (!values.representative) rows.push(await manyIntents({ intents: 500, atOnce: 8, kills: 40, seed }));
}
await Promise.all([...shards, defective]);

results.sort((one, other) => one.cell.index - other.cell.index);
const outcome = { results, rows, seed, stray };
const { FAULTS, PROCESS_FAULTS } = require('./faults.js');
console.log(report.single(results, [...FAULTS, ...PROCESS_FAULTS]));
if (rows.length > 0) console.log(`\n${report.processes(rows)}`);
for (const result of [...results, ...rows]) {
  if (result.violations.length > 0) console.log(`✗ ${report.describe(result)}`);
}
for (const odd of stray) console.log(`✗ ${odd}`);
const { cells: count, passed, failed, checked } = report.summary(outcome);
if (!values.representative && values.only === undefined) {
  writeFileSync(join(root, 'docs', 'fault-matrix.md'), report.page(outcome));
}
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`\n${count} cells, ${checked} invariants checked, seed ${seed}, ${seconds} s`);
console.log(`Cells: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
