// Installs and builds what is missing, then runs every test and check: npm test
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as counts from '../tools/lib/counts.mjs';
import { ensureNodeModules } from '../tools/lib/ensure.mjs';
import { medusaSteps } from '../tools/lib/medusa-steps.mjs';
import { searchForSecrets } from '../tools/lib/secrets.mjs';
import { capture, root } from '../tools/lib/steps.mjs';
import { wholeSteps } from '../tools/lib/whole-steps.mjs';

const GENERATED = ['index.d.ts', 'index.js', 'Cargo.lock'];
/** Steps of fewer seconds are left out of the list of durations. */
const MIN_TOLD = 5;
const RECORDS = join(root, 'target', 'test-records');
/** What computes for minutes, too: the model checker, what fuzzing has kept, counts of instructions. */
const IS_WHOLE = process.env.TEST_WHOLE === '1';
/** For the other workspaces: what they share with the addon's is compiled once. */
const SHARED = { ...process.env, CARGO_TARGET_DIR: join(root, 'target') };

const bin = (/** @type {string} */ name) => join(root, 'node_modules', '.bin', name);
const snapshot = () => GENERATED.map((file) => readFileSync(join(root, file), 'utf8'));

const totals = { passed: 0, failed: 0 };
/** @type {string[]} */
const failures = [];
/** Where the time went, in seconds: a reader of a long run wants to know. @type {[string, number][]} */
const durations = [];
let printed = '';

/** @param {string} name @param {counts.Counts} result @param {boolean} ok */
function note(name, result, ok) {
  const failed = ok ? result.failed : Math.max(result.failed, 1);
  const passed = ok || result.failed > 0 ? result.passed : 0;
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) failures.push(name);
}

/**
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {(output: string) => counts.Counts} [count]
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<boolean>} whether it passed
 */
async function step(name, command, args, count = counts.one, options = {}) {
  console.log(`\n── ${name}`);
  const begun = performance.now();
  const { ok, output } = await capture(command, args, options);
  printed += output;
  durations.push([name, Math.round((performance.now() - begun) / 1000)]);
  note(name, count(output), ok);
  return ok;
}

console.log('── Build');
ensureNodeModules('.');
ensureNodeModules('sandbox');
ensureNodeModules('bench');
const before = snapshot();
// Linking takes one core for minutes, so what else has to be compiled is compiled meanwhile.
await Promise.all([buildAddon(), checkRust()]);
const after = snapshot();
const stale = GENERATED.filter((_, index) => before[index] !== after[index]);
if (stale.length > 0) console.log(`Not fresh, commit what the build wrote: ${stale.join(', ')}`);
note('generated files are fresh', counts.one(), stale.length === 0);

async function buildAddon() {
  if (!(await step('Build of the addon', 'node', ['scripts/build.mjs']))) process.exit(1);
}

async function checkRust() {
  await step('Build of the addon with defects on purpose', 'npm', ['run', '--silent', 'build:defective']);
  const lints = (/** @type {string[]} */ ...args) => ['clippy', ...args, '--locked', '--', '-D', 'warnings'];
  const fuzz = ['--manifest-path', 'fuzz/Cargo.toml'];
  const bench = ['--manifest-path', 'bench/Cargo.toml'];
  await step('Rust format', 'cargo', ['fmt', '--all', '--check']);
  await step('Rust format of the fuzz targets', 'cargo', ['fmt', ...fuzz, '--check']);
  await step('Rust format of the benchmark', 'cargo', ['fmt', ...bench, '--all', '--check']);
  // What the addon exports, nothing uses but Node: as a test it would be dead code.
  await step('Rust lints of the addon', 'cargo', lints('-p', 'twitter-native', '-p', 'twitter-native-derive'));
  await step('Rust lints of the core', 'cargo', lints('-p', 'twitter-native-core', '--all-targets'));
  // Nothing is linked, so libFuzzer need not be compiled, which takes a C++ compiler.
  const env = { ...SHARED, CUSTOM_LIBFUZZER_PATH: join(root, 'target', 'libfuzzer.a') };
  await step('Rust lints of the fuzz targets', 'cargo', lints(...fuzz), counts.one, { env });
  const shared = { env: SHARED };
  await step(
    'Rust lints of the benchmark',
    'cargo',
    lints(...bench, '--workspace', '--all-targets'),
    counts.one,
    shared,
  );
  const benchTests = ['test', ...bench, '-p', 'twitter-native-bench', '--locked'];
  await step('Rust tests of the benchmark', 'cargo', benchTests, counts.cargo, shared);
  await step('Rust tests', 'cargo', ['test', '-p', 'twitter-native-core', '--locked'], counts.cargo);
}

await step('Arrows between rooms', 'node', ['scripts/check-arrows.mjs']);
await step('JavaScript format and lints', bin('biome'), ['ci', '.']);
await step('Types of the JavaScript layer', bin('tsc'), ['-p', 'tsconfig.json']);
for (const consumer of ['commonjs', 'esm', 'bundler', 'without-node']) {
  await step(`Types for a consumer (${consumer})`, bin('tsc'), ['-p', `__test__/types/${consumer}`]);
}
await step('Types of the sandbox', bin('tsc'), ['-p', 'sandbox/tsconfig.json']);
await step('Types of the benchmark', bin('tsc'), ['-p', 'bench/tsconfig.json']);
await step('Sandbox tests', 'npm', ['test', '--silent'], counts.nodeTest, { cwd: join(root, 'sandbox') });
await step('Real clients of X against the sandbox', 'npm', ['run', '--silent', 'test:clients'], counts.nodeTest, {
  cwd: join(root, 'sandbox'),
});

await step('The mock of the benchmark, and each of its publishers once', 'npm', ['test', '--silent'], counts.nodeTest, {
  cwd: join(root, 'bench'),
  env: SHARED,
});

rmSync(RECORDS, { recursive: true, force: true });
const env = { ...process.env, TWITTER_NATIVE_TEST_RECORDS: RECORDS };
// From here on no other step compiles, and many wait for servers and timers: that time is left to what computes.
const computing = runLane(IS_WHOLE ? wholeSteps : []);
await step('Jest', bin('jest'), ['--ci', '--colors=false'], counts.jest, { env });
await step('What a release is made by', 'npm', ['run', '--silent', 'test:release'], counts.nodeTest);
await step('Workflows', 'npm', ['run', '--silent', 'check:workflows']);
await step('Examples', 'npm', ['run', '--silent', 'test:examples'], counts.nodeTest);
await step(
  'Fault matrix, a part of it',
  'node',
  ['reliability/matrix/run.mjs', '--built', '--representative'],
  counts.matrix,
);
await step('Soak, a short one', 'node', ['reliability/soak/run.mjs', '--short', '--built'], counts.gates);

ensureNodeModules('medusa');
for (const lanes of medusaSteps) {
  // Each of these waits for servers and browsers much of the time.
  await Promise.all(lanes.map(runLane));
}
await computing;

/** @param {import('../tools/lib/medusa-steps.mjs').Step[]} lane */
async function runLane(lane) {
  for (const { name, command, args, count, options, missing } of lane) {
    const lack = missing?.();
    if (lack === undefined) {
      await step(name, command, args, count, { ...options, env });
      continue;
    }
    console.log(`\n── ${name}: passed over, ${lack}`);
    if (process.env.REQUIRE_ALL_TESTS === '1') note(name, counts.one(), false);
  }
}

const search = searchForSecrets(RECORDS, printed);
const searched = search.secrets > 0 && search.characters > 0 && search.found.length === 0;
console.log(
  `\n── ${search.secrets} secrets looked for in ${search.characters} characters: ${search.found.length} found`,
);
for (const place of search.found.slice(0, 10)) console.log(`after: ${place}`);
note('no secret is seen', counts.one(), searched);

console.log('\n── Seconds, the longest first');
for (const [name, seconds] of durations.toSorted(([, one], [, other]) => other - one)) {
  if (seconds >= MIN_TOLD) console.log(`${String(seconds).padStart(5)}  ${name}`);
}
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);
