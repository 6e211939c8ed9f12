// Counts the instructions of a post, without and with TLS, and of a signature: npm run bench:instructions [-- --accept]
// They depend on the compiler and little else, so that a change of code shows where times would not show it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../tools/lib/steps.mjs';
import { compare, perUnit, totalOf } from './lib/instructions.mjs';
import { build, programOf, startMock } from './lib/native.mjs';

const KEPT = join(root, 'bench', 'instructions.json');
/** The difference between two counts is free of what the process does once. */
const [FEW, MANY] = [100, 600];
const MAX_TOLD = 2000;

const accept = readAccept();
if (spawnSync('valgrind', ['--version'], { stdio: 'ignore' }).status !== 0) {
  console.log('Instructions: passed over, there is no valgrind');
  process.exit();
}
build('twitter-native-bench');
build('bench-instructions');

/** @type {import('./lib/instructions.mjs').Counts} */
const counts = {};
/** What is counted, under the name by which it is kept. */
const COUNTED = {
  signature: { what: 'signature', tls: false },
  post: { what: 'post', tls: false },
  postOverTls: { what: 'post', tls: true },
};
for (const [name, { what, tls }] of Object.entries(COUNTED)) {
  const few = await count(what, tls, FEW);
  counts[name] = perUnit([few, await count(what, tls, MANY)], [FEW, MANY]);
}
const compiler = spawnSync('rustc', ['--version'], { encoding: 'utf8' }).stdout.trim();
if (accept) {
  writeFileSync(KEPT, `${JSON.stringify({ compiler, instructions: counts }, null, 2)}\n`);
  console.log(`Kept: ${JSON.stringify(counts)}`);
} else {
  const kept = JSON.parse(readFileSync(KEPT, 'utf8'));
  const { lines, ok } = compare(kept.instructions, counts);
  for (const line of lines) console.log(line);
  if (kept.compiler !== compiler) console.log(`Counted with ${compiler}; kept with ${kept.compiler}.`);
  console.log(`Instructions: ${ok ? 'passed' : 'failed; --accept keeps the new counts, if they are meant'}`);
  process.exit(ok ? 0 : 1);
}

function readAccept() {
  try {
    return parseArgs({ options: { accept: { type: 'boolean', default: false } } }).values.accept;
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message.split('. ')[0]}; --accept is the only option.`);
    process.exit(1);
  }
}

/** Instructions of a process that does it so often. @param {string} what @param {boolean} tls @param {number} times */
async function count(what, tls, times) {
  const folder = mkdtempSync(join(tmpdir(), 'twitter-native-instructions-'));
  try {
    const caFile = tls ? join(folder, 'ca.pem') : undefined;
    const { mock, finish } = await startMock({ posts: what === 'post' ? times : 0, caFile });
    const counted = callgrind(join(folder, 'callgrind.out'), JSON.stringify({ what, count: times, mock, caFile }));
    const { agrees, problems } = await finish();
    if (!agrees) throw new Error(`the mock disagrees: ${problems.join('; ')}`);
    return counted;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file @param {string} job */
function callgrind(file, job) {
  const program = programOf('bench-instructions');
  const args = ['--tool=callgrind', `--callgrind-out-file=${file}`, program, job];
  const { status, stderr } = spawnSync('valgrind', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`valgrind ended with ${status}: ${stderr.slice(-MAX_TOLD)}`);
  return totalOf(readFileSync(file, 'utf8'));
}
