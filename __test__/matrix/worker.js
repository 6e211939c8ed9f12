'use strict';

// Runs a share of the cells, several at once, and tells what came of each.
const { readdirSync } = require('node:fs');
const { startSandbox } = require('../../sandbox/index.js');
const { runCell, nameOf } = require('./cell.js');
const { judge } = require('./invariants.js');
const plan = require('./plan.js');

const [part, shard, of, only] = process.argv.slice(2);
const AT_ONCE = 6;
const addon = require('../../index.js');

/** @type {string[]} */
const stray = [];
process.on('unhandledRejection', (reason) => stray.push(`unhandled rejection: ${reason}`));
process.on('uncaughtException', (error) => stray.push(`uncaught: ${error.stack}`));
process.on('warning', (warning) => stray.push(`warning: ${warning.message}`));

const descriptors = () => readdirSync('/proc/self/fd').length;
const threads = () => readdirSync('/proc/self/task').length;

async function main() {
  const cells = plan
    .share(plan[part](), Number(shard), Number(of))
    .filter((cell) => !only || nameOf(cell).includes(only));
  const elsewhere = await startSandbox({ tls: true });
  const surroundings = { elsewhere, judge };
  const tell = (message) => (process.send ? process.send(message) : console.log(JSON.stringify(message)));
  const run = async (cell) => {
    const verdict = await runCell(addon, cell, surroundings).catch((error) => ({
      violations: [`it could not be run: ${error.stack}`],
      checked: 0,
    }));
    return { index: cell.index, name: nameOf(cell), ...verdict };
  };
  // What the first cell opens for good is not counted against the others.
  if (cells.length > 0) await run(cells[0]);
  const before = { descriptors: descriptors(), threads: threads() };
  const left = [...cells];
  const work = async () => {
    for (let cell = left.shift(); cell; cell = left.shift()) tell(await run(cell));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await elsewhere.close();
  const after = { descriptors: descriptors(), threads: threads() };
  tell({ end: true, stray, before, after });
}

main().then(() => process.disconnect?.());
