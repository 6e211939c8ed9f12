// Sets a version everywhere and commits it with its tag, which the workflow publishes:
//   npm run release -- --version 1.2.3
// or tries all that can be tried on this machine, and leaves the tree as it was:
//   npm run release -- --dry-run [--version 1.2.3]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { platformName } from '../js/load/platform.js';
import { inspectBinary } from '../tools/lib/binary.mjs';
import { ensureNodeModules, stillInstalled } from '../tools/lib/ensure.mjs';
import { ensurePlugin } from '../tools/lib/medusa-shop.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { buildPortable, hostTarget } from '../tools/lib/portable.mjs';
import { tryRelease } from '../tools/lib/release-trial.mjs';
import { refuse, requireCargo } from '../tools/lib/requirements.mjs';
import { root, run } from '../tools/lib/steps.mjs';
import { dateChangelog, setVersion, versionedFiles, versionsIn } from '../tools/lib/version.mjs';

const INSTALLED = ['.', 'sandbox', 'medusa'];
const CHANGELOG = join(root, 'CHANGELOG.md');

const { values } = readOptions({
  options: { version: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
});
const isDry = values['dry-run'];
const { version: current } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const version = values.version ?? (isDry ? `${current}-dry-run` : refuse('Which version? --version 1.2.3'));

/** @param {string[]} args */
function git(args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) refuse(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

const changes = () => git(['status', '--porcelain']);

/** What puts back what a release writes. It is called however this process ends. */
function restorer() {
  const keeps = INSTALLED.map((folder) => stillInstalled(folder));
  const restore = () => {
    spawnSync('git', ['checkout', '--quiet', 'HEAD', '--', 'CHANGELOG.md', ...versionedFiles(root)], { cwd: root });
    for (const keep of keeps) keep();
  };
  process.on('exit', restore);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => process.exit(1));
  }
  return restore;
}

function writeVersion() {
  const keeps = INSTALLED.map((folder) => stillInstalled(folder));
  setVersion(root, version);
  const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
  writeFileSync(CHANGELOG, dateChangelog(readFileSync(CHANGELOG, 'utf8'), version, today));
  for (const keep of keeps) keep();
  const other = versionsIn(root).find((one) => one.version !== version);
  if (other) throw new Error(`${other.place} has ${other.version}`);
}

function check() {
  // With --locked: a lock file that does not fit the new version is seen here.
  for (const manifest of ['Cargo.toml', 'bench/Cargo.toml', 'fuzz/Cargo.toml']) {
    const args = ['metadata', '--locked', '--format-version', '1', '--manifest-path', manifest];
    const { status, stderr } = spawnSync('cargo', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) refuse(stderr);
  }
  run('npm', ['run', '--silent', 'check:supply']);
  run('npm', ['run', '--silent', 'check:workflows']);
}

/** Builds, publishes to a registry on the loopback, installs from there and posts. */
async function tryHere() {
  const out = mkdtempSync(join(tmpdir(), 'twitter-native-binary-'));
  try {
    const binary = buildPortable(hostTarget(), out);
    const { bytes, glibc, problems } = inspectBinary(binary);
    if (problems.length > 0) refuse(problems.join('\n'));
    console.log(`${basename(binary)}: ${bytes.toLocaleString('en')} bytes${glibc ? `, from glibc ${glibc} on` : ''}`);
    ensurePlugin();
    await tryRelease({ [platformName()]: binary }, version);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const dirty = changes();
if (dirty) refuse(`Nothing is released from a tree with changes. Commit or stash these:\n${dirty}`);
if (git(['tag', '--list', `v${version}`])) refuse(`There is a tag v${version} already.`);
requireCargo();
for (const folder of INSTALLED) ensureNodeModules(folder);

const restore = restorer();
try {
  writeVersion();
  console.log(`${version} is set in ${versionsIn(root).length} places:\n${git(['diff', '--stat'])}`);
  check();
  if (isDry) await tryHere();
} catch (error) {
  refuse(/** @type {Error} */ (error).message);
}
if (isDry) {
  restore();
  const left = changes();
  if (left) refuse(`The tree has changes that were not there before:\n${left}`);
  console.log(`\n${version} could be released from here. The tree is as it was.`);
} else {
  git(['commit', '--quiet', '--all', '--message', `Release ${version}`]);
  git(['tag', '--annotate', `v${version}`, '--message', `twitter-native ${version}`]);
  console.log(`\nCommitted, with tag v${version}. This publishes it: git push --follow-tags`);
}
