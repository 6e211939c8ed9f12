// Measures which lines the tests reach, and prints a table and every line that none reaches: npm run coverage
// Rust: the core under `cargo test`, and core and bindings as Jest drives them, in an addon that counts. JavaScript: what
// Jest runs, in its own processes and in those that tests begin. --report prints what was measured before, again.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { addLcov, addV8, codeAlone, withoutCompileTime } from '../tools/lib/coverage/lines.mjs';
import { report } from '../tools/lib/coverage/report.mjs';
import { ensureAddon, ensureNodeModules } from '../tools/lib/ensure.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { hostTarget, libraryOf } from '../tools/lib/portable.mjs';
import { ensurePythonTools } from '../tools/lib/python-tools.mjs';
import { refuse, requireCargo } from '../tools/lib/requirements.mjs';
import { capture, root, run } from '../tools/lib/steps.mjs';

const FOLDER = join(root, 'target', 'coverage');
const ADDON = join(FOLDER, 'twitter-native.counting.node');
const V8 = join(FOLDER, 'v8');
const TESTS = join(root, 'tools', 'lib', 'coverage', 'tests.cjs');
const RUST = join(FOLDER, 'rust.lcov');
/** Besides tests themselves, which cargo-llvm-cov leaves out: other programs, and what is made for tests alone. */
const NOT_MEASURED = '(/reliability/|test_hooks|/build\\.rs$)';
const JAVASCRIPT = ['index.js', 'medusa.js', 'bin/*.js', 'js/**/*.js'];
const isJavaScript = (/** @type {string} */ file) => /^(index\.js|medusa\.js|bin\/.*\.js|js\/.*\.js)$/.test(file);
const SUITES = ['jest.config.js', '__test__/medusa/jest.config.js'];

const { values } = readOptions({ options: { report: { type: 'boolean', default: false } } });

/** llvm-cov and llvm-profdata of the same LLVM as the compiler's, which rustup has. */
function ensureLlvmTools() {
  const { stdout } = spawnSync('rustc', ['--print', 'target-libdir'], { encoding: 'utf8' });
  const programs = join(stdout.trim(), '..', 'bin');
  if (existsSync(programs) && readdirSync(programs).some((name) => name.startsWith('llvm-cov'))) return;
  run('rustup', ['component', 'add', 'llvm-tools']);
}

/** The environment in which cargo builds what counts, and programs write what they counted. */
function countingEnvironment() {
  const programs = ensurePythonTools('coverage', 'for cargo-llvm-cov');
  const PATH = [programs, process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, CARGO_TARGET_DIR: FOLDER };
  const args = ['llvm-cov', 'show-env', '--no-cfg-coverage'];
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: root, encoding: 'utf8', env });
  if (status !== 0) refuse(`cargo llvm-cov could not be asked: ${stderr}`);
  return {
    ...env,
    ...Object.fromEntries([...stdout.matchAll(/^(\w+)='?(.*?)'?$/gm)].map(([, name, value]) => [name, value])),
  };
}

/** Nothing of an earlier run may count, nor programs that it built. @param {NodeJS.ProcessEnv} env */
function forget(env) {
  run('cargo', ['llvm-cov', 'clean', '--workspace'], { env });
  rmSync(V8, { recursive: true, force: true });
  mkdirSync(V8, { recursive: true });
}

/** Where a suite's own record lies. @param {string} suite */
const recordOf = (suite) => join(FOLDER, 'jest', suite.replaceAll('/', '-'));

/** Runs all of it; gives the names of what failed. @param {NodeJS.ProcessEnv} env */
async function measure(env) {
  const failed = [];
  // Tests look at what the build writes beside the binary.
  ensureAddon();
  forget(env);
  // Both at once, so that what they depend on is compiled once.
  const packages = ['-p', 'twitter-native-core', '-p', 'twitter-native', '--lib', '--tests', '--locked'];
  run('cargo', ['build', ...packages], { env });
  copyFileSync(join(FOLDER, 'debug', libraryOf(hostTarget())), ADDON);
  const { ok: isGood } = await capture('cargo', ['test', ...packages], { env });
  if (!isGood) failed.push('cargo test');
  run('npm', ['run', '--silent', 'build:defective']);
  for (const suite of SUITES) {
    const args = ['--config', suite, '--ci', '--colors=false', '--coverage', '--coverageProvider=v8'];
    // In one process, which ends by itself: one that is killed writes nothing.
    args.push('--runInBand', '--forceExit');
    args.push('--coverageReporters=lcovonly', `--coverageDirectory=${recordOf(suite)}`);
    args.push(
      ...JAVASCRIPT.map((files) => `--collectCoverageFrom=${files}`),
      `--rootDir=${root}`,
      `--setupFiles=${TESTS}`,
    );
    const counting = {
      ...process.env,
      COUNTING_ADDON: ADDON,
      LLVM_PROFILE_FILE: env.LLVM_PROFILE_FILE,
      NODE_V8_COVERAGE: V8,
    };
    const { ok } = await capture(join(root, 'node_modules', '.bin', 'jest'), args, { env: counting });
    if (!ok) failed.push(`jest --config ${suite}`);
  }
  const lcov = ['--lcov', '--output-path', RUST, '--ignore-filename-regex', NOT_MEASURED];
  run('cargo', ['llvm-cov', 'report', '-p', 'twitter-native-core', '-p', 'twitter-native', ...lcov], { env });
  return failed;
}

for (const folder of ['.', 'sandbox', 'medusa']) ensureNodeModules(folder);
requireCargo();
ensureLlvmTools();
const failed = values.report ? [] : await measure(countingEnvironment());

/** @type {import('../tools/lib/coverage/lines.mjs').Lines} */
const rust = new Map();
addLcov(rust, RUST);
withoutCompileTime(rust);
/** @type {import('../tools/lib/coverage/lines.mjs').Lines} */
const javascript = new Map();
for (const suite of SUITES) addLcov(javascript, join(recordOf(suite), 'lcov.info'));
addV8(javascript, V8, isJavaScript);
codeAlone(javascript);
console.log(`\n${report('Rust', rust)}\n\n${report('JavaScript', javascript)}`);
if (failed.length > 0) console.log(`\nFailed, so that less was reached: ${failed.join(', ')}`);
process.exit(failed.length > 0 ? 1 : 0);
