// Builds the fuzz targets, and runs one of them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { hostTarget } from './portable.mjs';
import { root, run } from './steps.mjs';

const FOLDER = join(root, 'fuzz');
/** What `cargo fuzz` would set, without its nightly toolchain: LLVM's own pass counts edges and traces comparisons. */
const RUSTFLAGS = [
  '-Cpasses=sancov-module',
  '-Cllvm-args=-sanitizer-coverage-level=4',
  '-Cllvm-args=-sanitizer-coverage-inline-8bit-counters',
  '-Cllvm-args=-sanitizer-coverage-pc-table',
  '-Cllvm-args=-sanitizer-coverage-trace-compares',
  '-Ccodegen-units=1',
  '--cfg fuzzing',
].join(' ');
const SECONDS_PER_INPUT = 10;
const MEGABYTES = 1024;
const MAX_KEPT_AT_ONCE = 40;

/** @typedef {{ target: string, runs: number, perSecond: number, edges: number, inputs: number, findings: string[], output: string }} Outcome */

export const TARGETS = readdirSync(join(FOLDER, 'targets')).map((file) => file.replace(/\.rs$/, ''));

/**
 * Compiles what is out of date; ends the process if that can't be done. A replay takes nothing of what guides a search, so
 * that its targets are built as tests are.
 * @param {boolean} isReplay
 */
export function buildTargets(isReplay) {
  const compilers = process.env.CXX === undefined ? ['c++', 'g++', 'clang++'] : [process.env.CXX];
  const works = (/** @type {string} */ name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
  if (!compilers.some(works)) {
    console.error(`The fuzz targets need a C++ compiler for libFuzzer, and ${compilers.join(', ')} can't be run.`);
    process.exit(1);
  }
  const arguments_ = ['build', '--manifest-path', 'fuzz/Cargo.toml', '--locked'];
  if (isReplay) run('cargo', [...arguments_, '--target-dir', 'target']);
  else run('cargo', [...arguments_, '--release', '--target', host()], { env: { ...process.env, RUSTFLAGS } });
}

/** Where a target's program lies, seen from the repository's root. @param {string} target @param {boolean} isReplay */
export function programOf(target, isReplay) {
  return isReplay ? join('target', 'debug', target) : join('fuzz', 'target', host(), 'release', target);
}

/** @type {string | undefined} */
let triple;
const host = () => (triple ??= hostTarget());

/** The inputs that are kept, and those that runs on this machine have found. @param {string} target */
function corpora(target) {
  const kept = join('fuzz', 'corpus', target);
  const found = join('fuzz', 'target', 'corpus', target);
  mkdirSync(join(root, found), { recursive: true });
  return { kept, found };
}

/**
 * Feeds a target for some seconds, or with the kept inputs alone.
 * @param {string} target
 * @param {number} seconds 0 to try nothing new
 * @returns {Promise<Outcome>}
 */
export async function feed(target, seconds) {
  const { kept, found } = corpora(target);
  const isReplay = seconds === 0;
  const artifacts = join('fuzz', 'artifacts', target);
  mkdirSync(join(root, artifacts), { recursive: true });
  const limits = [`-timeout=${SECONDS_PER_INPUT}`, `-rss_limit_mb=${MEGABYTES}`, `-artifact_prefix=${artifacts}/`];
  const options = isReplay
    ? ['-runs=0', kept]
    : [`-max_total_time=${seconds}`, `-dict=fuzz/dictionaries/${target}.dict`, found, kept];
  const { ok, output } = await execute(programOf(target, isReplay), [...limits, '-print_final_stats=1', ...options]);
  const findings = [...output.matchAll(/Test unit written to (\S+)/g)].map(([, path]) => path);
  // A target that does not start names no input.
  if (!ok && findings.length === 0) findings.push('');
  const last = output.match(/^#(\d+)\s+(?:DONE|pulse|NEW|REDUCE|INITED|RELOAD)\b.*$/gm)?.at(-1) ?? '';
  const figure = (/** @type {RegExp} */ pattern, text = last) => Number(text.match(pattern)?.[1] ?? 0);
  const edges = figure(/cov: (\d+)/);
  const runs = figure(/^#(\d+)/);
  // Without instrumentation there is nothing that guides a run, and a replay has tried all that is kept.
  const inputs = isReplay ? readdirSync(join(root, kept)).length : figure(/corp: (\d+)/);
  const isDone = isReplay ? runs >= inputs : edges > 0;
  if (!isDone && findings.length === 0) findings.push('');
  return {
    target,
    runs,
    perSecond: figure(/average_exec_per_sec:\s+(\d+)/, output),
    edges,
    inputs,
    findings,
    output,
  };
}

/**
 * Keeps some of the inputs that were found here and reach edges which the kept ones do not, those with the most such
 * edges first. Nothing that is kept goes away, since many inputs stand for a rule and not for an edge.
 * @param {string} target
 */
export async function keep(target) {
  const { kept, found } = corpora(target);
  const before = new Set(readdirSync(join(root, kept)));
  const { ok, output } = await execute(programOf(target, false), [
    '-set_cover_merge=1',
    '-use_counters=0',
    kept,
    found,
  ]);
  if (!ok) throw new Error(`${target}: its inputs can't be merged\n${output}`);
  // They are written in the order in which they were chosen.
  const writtenAt = (/** @type {string} */ path) => statSync(path, { bigint: true }).mtimeNs;
  const added = readdirSync(join(root, kept)).filter((name) => !before.has(name));
  const paths = added.map((name) => join(root, kept, name));
  paths.sort((one, other) => Number(writtenAt(one) - writtenAt(other)));
  for (const path of paths.slice(MAX_KEPT_AT_ONCE)) unlinkSync(path);
  return before.size + Math.min(paths.length, MAX_KEPT_AT_ONCE);
}

/**
 * @param {string} program
 * @param {string[]} options
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function execute(program, options) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(join(root, program), options, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => {
      output += error.message;
    });
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
