// Looks for memory that is lost or misused, with AddressSanitizer under Node itself: npm run test:leaks -- [--seed N]
// Needs Linux on x86-64, a nightly toolchain of Rust, and gcc's libasan.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { ensureAddon, ensureNodeModules } from '../../tools/lib/ensure.mjs';
import { readOptions } from '../../tools/lib/options.mjs';
import { capture, root, run } from '../../tools/lib/steps.mjs';

const TRIPLE = 'x86_64-unknown-linux-gnu';
const LIBRARY = 'twitter-native.leaks.node';
const FOLDER = join(root, 'target', 'leaks');
const ADDON = join(FOLDER, LIBRARY);
/** Blocks that are lost on purpose. */
const PLANTED = 16;
/** Publishes out of memory that is taken away. */
const MOVES = 200;
const SIZE = { publishes: 240, clients: 24, workers: 5, rounds: 2, warmUp: 0 };

const { values } = readOptions({ options: { seed: { type: 'string', default: '1' } } });

/** @param {string} command @param {string[]} args */
const ask = (command, args) => spawnSync(command, args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';

/** What is missing for it, if something is. */
function missing() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it runs on Linux on x86-64 alone';
  if (!ask('rustup', ['toolchain', 'list']).includes('nightly'))
    return 'a nightly toolchain (rustup toolchain install nightly)';
  if (!isAbsolute(libasan())) return "gcc's libasan (gcc -print-file-name=libasan.so does not find it)";
  return null;
}

const libasan = () => ask('gcc', ['-print-file-name=libasan.so']);

const lack = missing();
if (lack) {
  console.log(`The search for leaks could not run. Missing: ${lack}`);
  process.exit(1);
}

ensureNodeModules('.');
ensureNodeModules('sandbox');
// What the build declares is counted.
ensureAddon();
run(
  'cargo',
  ['+nightly', 'build', '--locked', '--target', TRIPLE, '--target-dir', FOLDER, '--features', 'test-hooks'],
  // Without nodelete the frames of the addon have no names at the end.
  { env: { ...process.env, RUSTFLAGS: '-Zsanitizer=address -Clink-args=-Wl,-z,nodelete' } },
);
copyFileSync(join(FOLDER, TRIPLE, 'debug', 'libtwitter_native.so'), ADDON);

const require = createRequire(import.meta.url);
const { readReport } = require('./report.js');
const { soak } = require('../soak/host.js');
const { describeMedia, startSandbox } = require('../../sandbox/index.js');
const REPORTS = join(FOLDER, 'reports');
/** Native classes, as the build declares them. */
const CLASSES = readFileSync(join(root, 'native', 'internal.d.ts'), 'utf8').match(/ class /g)?.length ?? 0;

/** The environment in which Node runs under AddressSanitizer. @param {string} name of the run */
function sanitized(name) {
  const options = [
    'detect_leaks=1',
    // Node is built without frame pointers.
    'fast_unwind_on_malloc=0',
    'malloc_context_size=40',
    // What Node loses is no failure of ours: reports are judged here.
    'exitcode=0',
    `log_path=${join(REPORTS, name)}`,
  ];
  return { LD_PRELOAD: libasan(), ASAN_OPTIONS: options.join(':'), NAPI_RS_NATIVE_LIBRARY_PATH: ADDON };
}

/** @param {string} name of the run @param {number} [workers] that were ended in the middle of a call */
function reportOf(name, workers = 0) {
  const files = readdirSync(REPORTS).filter((file) => file.startsWith(`${name}.`));
  return readReport(files.map((file) => readFileSync(join(REPORTS, file), 'utf8')).join('\n'), {
    library: LIBRARY,
    environments: 1 + workers,
    classes: CLASSES,
    endedCalls: workers,
  });
}

/** @param {string} name @param {number} leaks */
async function callAll(name, leaks) {
  const sandbox = await startSandbox({ rateLimits: false });
  const job = JSON.stringify({ token: sandbox.seedUser().oauth2.accessToken, leaks });
  const env = { ...process.env, ...sandbox.env, ...sanitized(name) };
  const program = join(root, 'reliability', 'leaks', 'program.cjs');
  const { ok } = await capture(process.execPath, ['--expose-gc', program, job], { env });
  await sandbox.close();
  return { ...reportOf(name), ended: ok };
}

/** @param {string} name */
async function publishAll(name) {
  const { stray, tally, workers } = await soak({
    size: SIZE,
    seed: Number(values.seed),
    env: sanitized(name),
    onSample: () => {},
  });
  const wrong = [...stray, ...tally.violations];
  for (const line of wrong) console.log(line);
  return { ...reportOf(name, SIZE.workers), ended: wrong.length === 0 && workers.ended === SIZE.workers };
}

/** Publishes out of memory that is transferred or made smaller meanwhile. @param {string} name */
async function moveMemory(name) {
  const sandbox = await startSandbox({ rateLimits: false, processingMs: 0 });
  const job = {
    seed: Number(values.seed),
    token: sandbox.seedUser().oauth2.accessToken,
    publishes: MOVES,
    summary: true,
    client: { upload: { segmentBytes: 400_000 } },
    video: await writeMedium({ kind: 'mp4', bytes: 2_500_000 }),
    picture: await writeMedium({ kind: 'jpeg', bytes: 60_000 }),
  };
  const env = { ...process.env, ...sandbox.env, ...sanitized(name) };
  const program = join(root, '__test__', 'support', 'programs', 'moving-memory.cjs');
  const { ok, output } = await capture(process.execPath, ['--expose-gc', program, JSON.stringify(job)], { env });
  await sandbox.close();
  // A process that AddressSanitizer stops prints nothing.
  const { published = 0, MEDIA_SOURCE: refused = 0 } = ok && output ? JSON.parse(output) : {};
  return { ...reportOf(name), ended: refused > 0 && published + refused === MOVES };
}

/** @param {Parameters<typeof describeMedia>[0]} spec @returns {Promise<string>} the file's path */
async function writeMedium(spec) {
  const chunks = [];
  for await (const chunk of describeMedia(spec).read()) chunks.push(chunk);
  const path = join(REPORTS, `medium.${spec.kind}`);
  writeFileSync(path, Buffer.concat(chunks));
  return path;
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const failures = [];

const planted = await callAll('planted', PLANTED);
const seen = planted.ours.reduce((sum, { objects }) => sum + objects, 0);
console.log(`planted: ${seen} of ${PLANTED} blocks seen`);
if (seen !== PLANTED) failures.push('a planted leak was not seen');

for (const [name, work] of Object.entries({
  calls: () => callAll('calls', 0),
  publishes: () => publishAll('publishes'),
  memory: () => moveMemory('memory'),
})) {
  const { ours, others, errors, ended } = await work();
  console.log(`${name}: ${ours.length} leaks with our frames, ${errors.length} errors; ${others} leaks without them`);
  for (const { bytes, objects, stack } of ours.slice(0, 10))
    console.log(`${bytes} bytes in ${objects} blocks\n${stack}`);
  for (const error of errors) console.log(error);
  if (!ended) failures.push(`${name} did not end well`);
  if (ours.length > 0) failures.push(`${name} lost memory`);
  if (errors.length > 0) failures.push(`${name} misused memory`);
}

for (const failure of failures) console.log(`✗ ${failure}`);
console.log(`Leaks: ${failures.length === 0 ? 'none' : `failed, reports are in ${REPORTS}`}`);
process.exit(failures.length > 0 ? 1 : 0);
