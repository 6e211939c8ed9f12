'use strict';

// Runs a share of the cells, several at once, and reports what came of each: worker.js '{"part":…,"shard":…,"of":…}'
const { readdirSync } = require('node:fs');
const { setTimeout } = require('node:timers/promises');
const { startSandbox } = require('../../sandbox/index.js');
const { runCell, nameOf } = require('./cell.js');
const { STORE_FAILURE } = require('./faults.js');
const { judge } = require('./invariants.js');
const plan = require('./plan.js');

const AT_ONCE = 6;
/** What may be open more or less than before: Node's own threads and handles come and go. */
const ROOM = { descriptors: 2, threads: 12 };
/** Longer than anything is kept open for what may follow. */
const MAX_KEPT_MS = 10_000;

/** @type {{ part: 'whole' | 'representative', shard: number, of: number, seed: number, only?: string, isDefective?: boolean, mutation?: boolean }} */
const job = JSON.parse(process.argv[2]);
const addon = require('../../index.js');
if (job.mutation) require('../../js/native.js').takeIncompleteMessageForUnsent(true);

/** @type {string[]} */
const stray = [];
process.on('unhandledRejection', (reason) => stray.push(`unhandled rejection: ${reason}`));
process.on('uncaughtException', (error) => stray.push(`uncaught: ${error.stack}`));
/** A checkpoint that can't be kept once the post exists is no failure: it becomes a warning. */
const isMeant = (/** @type {Error} */ { name, message }) =>
  name === 'TwitterNativeWarning' && message === `onCheckpoint threw: ${STORE_FAILURE}`;
process.on('warning', (warning) => isMeant(warning) || stray.push(`warning: ${warning.stack}`));

/** @param {object} message */
const tell = (message) => (process.send ? process.send(message) : console.log(JSON.stringify(message)));
const open = () => ({
  descriptors: readdirSync('/proc/self/fd').length,
  threads: readdirSync('/proc/self/task').length,
});

/**
 * What is still open that was not before. Connections that were opened ahead for posts that never came are closed after five
 * seconds.
 * @param {Record<string, number>} before
 */
async function leftSince(before) {
  const until = performance.now() + MAX_KEPT_MS;
  for (;;) {
    const after = open();
    const left = Object.entries(ROOM).filter(([what, room]) => after[what] > before[what] + room);
    if (left.length === 0) return [];
    if (performance.now() > until) return left.map(([what]) => `${after[what]} ${what}, up from ${before[what]}`);
    await setTimeout(100);
  }
}

/** @param {import('./cell.js').Cell} cell @param {Parameters<typeof runCell>[2]} surroundings */
async function run(cell, surroundings) {
  const failed = (/** @type {Error} */ error) => ({ violations: [`it could not be run: ${error.stack}`], checked: 0 });
  return { index: cell.index, ...(await runCell(addon, cell, surroundings).catch(failed)) };
}

async function main() {
  const { part, shard, of, seed, only = '', isDefective = false } = job;
  const cells = plan
    .share(plan.shuffled(plan[part](), seed), shard, of)
    .filter((cell) => nameOf(cell).includes(only) && Boolean(cell.fault.needsDefects) === isDefective);
  const elsewhere = await startSandbox({ tls: true });
  const surroundings = { elsewhere, judge };
  // What the first cell opens for good is not counted against the others.
  if (cells.length > 0) await run(cells[0], surroundings);
  const hasProc = process.platform === 'linux';
  const before = hasProc ? open() : null;
  const left = [...cells];
  const work = async () => {
    for (let cell = left.shift(); cell; cell = left.shift()) tell(await run(cell, surroundings));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await elsewhere.close();
  if (before) stray.push(...(await leftSince(before)));
  tell({ end: true, stray });
}

main().then(() => process.disconnect?.());
