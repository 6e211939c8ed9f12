// What a machine must have, said in one sentence where it is missing.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';

const NODE_MAJOR = 20;

/** Ends the process with one sentence. @param {string} sentence @returns {never} */
export function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Whether `found` is `wanted` or later; both as `1.88` or `1.88.0`. @param {string} found @param {string} wanted */
function isAtLeast(found, wanted) {
  const parts = (/** @type {string} */ version) => version.split('.').map(Number);
  const [major = 0, minor = 0] = parts(found);
  const [wantedMajor = 0, wantedMinor = 0] = parts(wanted);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

export function requireNode() {
  if (isAtLeast(process.versions.node, `${NODE_MAJOR}.0`)) return;
  refuse(`Node ${NODE_MAJOR} or later is needed; this is ${process.version}. See https://nodejs.org/en/download.`);
}

/** The oldest Rust that compiles the addon, as Cargo.toml has it. */
function oldestRust() {
  const [, version] = /^rust-version = "([\d.]+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8')) ?? [];
  if (version === undefined) throw new Error('Cargo.toml does not say which Rust it needs');
  return version;
}

/** Downloads the crates that are not here yet: the tools that come after show a stack where they can't. */
export function requireCrates() {
  const args = ['metadata', '--format-version', '1', '--locked'];
  const { status } = spawnSync('cargo', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    refuse(
      'The crates that the addon is made of were not downloaded: see cargo’s words above. It needs crates.io once.',
    );
  }
}

export function requireCargo() {
  const wanted = oldestRust();
  const { error, status, stdout } = spawnSync('cargo', ['--version'], { encoding: 'utf8' });
  const [, found] = /^cargo (\d+\.\d+)/.exec(stdout ?? '') ?? [];
  if (error || status !== 0 || found === undefined) {
    refuse(`Rust ${wanted} or later is needed to compile the addon, and there is no cargo. See https://rustup.rs.`);
  }
  if (isAtLeast(found, wanted)) return;
  refuse(`Rust ${wanted} or later is needed to compile the addon; this is ${found}. \`rustup update stable\` gets it.`);
}
