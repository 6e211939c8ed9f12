// The programs in Rust: built, started, asked.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { root, run } from '../../tools/lib/steps.mjs';

/** @typedef {import('./types.d.ts').Mock} Mock */
/** @typedef {import('./types.d.ts').Verdict} Verdict */

const MANIFEST = join(root, 'bench', 'Cargo.toml');
/** Where what is built for the benchmark lies. */
export const TARGET = resolve(root, process.env.CARGO_TARGET_DIR ?? join('bench', 'target'));

/**
 * Builds a package of the benchmark's workspace.
 * @param {string} name
 * @param {'release' | 'dev'} profile
 */
export function build(name, profile = 'release') {
  run('cargo', ['build', '--manifest-path', MANIFEST, '--locked', '-p', name, '--profile', profile]);
}

/** @param {string} name @param {'release' | 'dev'} profile */
export function programOf(name, profile = 'release') {
  return join(TARGET, profile === 'dev' ? 'debug' : profile, name);
}

/**
 * Starts a mock of X for one run. `finish` ends it and gives its verdict.
 * @param {object} settings
 * @param {'release' | 'dev'} [profile]
 * @returns {Promise<{ mock: Mock, finish: () => Promise<Verdict> }>}
 */
export async function startMock(settings, profile) {
  const program = programOf('bench-mock', profile);
  // Its errors say what is wrong; where in its code is nobody's business here.
  const env = { ...process.env, RUST_BACKTRACE: '0' };
  const child = spawn(program, [JSON.stringify(settings)], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = new Promise((_, reject) => child.once('error', reject));
  const read = async () => {
    const { value, done } = await /** @type {Promise<IteratorResult<string>>} */ (Promise.race([lines.next(), failed]));
    if (done) throw new Error('the mock ended without a word');
    return JSON.parse(value);
  };
  const mock = await read();
  return {
    mock,
    finish: () => {
      child.stdin.end();
      return read();
    },
  };
}
