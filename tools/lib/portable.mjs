// Builds the addon as it is published: for one of the eight systems, for the oldest glibc, and with the same bytes wherever
// it is built.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { GLIBC_FLOOR } from './binary.mjs';
import { ensurePythonTools } from './python-tools.mjs';
import { refuse } from './requirements.mjs';
import { root, run } from './steps.mjs';

/** As `napi.targets` of package.json has them: https://doc.rust-lang.org/rustc/platform-support.html */
export const TARGETS = /** @type {string[]} */ (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).napi.targets
);

const BUILD = join(root, 'target', 'portable');
const AUDITABLE = '0.7.7';

/** This machine's own target. */
export function hostTarget() {
  const { stdout } = spawnSync('rustc', ['-vV'], { encoding: 'utf8' });
  return /^host: (\S+)$/m.exec(stdout ?? '')?.[1] ?? '';
}

/** Flags that `.cargo/config.toml` has for a target, which those of the environment take the place of. @param {string} target */
function configuredFlags(target) {
  const config = readFileSync(join(root, '.cargo', 'config.toml'), 'utf8');
  const [, flags = '[]'] =
    new RegExp(`^\\[target\\.${target}\\]\\r?\\nrustflags = (\\[.*\\])$`, 'm').exec(config) ?? [];
  return /** @type {string[]} */ (JSON.parse(flags));
}

/** The folders with the sources of crates, and of Rust's own library where rustup has them. */
function sourceFolders() {
  const args = ['metadata', '--format-version', '1', '--locked'];
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) refuse(stderr);
  /** @type {{ packages: { source: string | null, manifest_path: string }[] }} */
  const { packages } = JSON.parse(stdout);
  const crates = packages.filter(({ source }) => source !== null).map((one) => dirname(dirname(one.manifest_path)));
  const sysroot = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).stdout.trim();
  return { crates: [...new Set(crates)], library: join(sysroot, 'lib', 'rustlib', 'src', 'rust') };
}

/** Paths as they are in every binary, wherever it is built; what linkers write of their own is left out. @param {string} target */
function rustFlags(target) {
  const { crates, library } = sourceFolders();
  const remap = (/** @type {string} */ from, /** @type {string} */ to) => `--remap-path-prefix=${from}=${to}`;
  const flags = [...crates.map((folder) => remap(folder, '/crates')), remap(library, '/rust')];
  flags.push(remap(root.replace(/[/\\]$/, ''), '/twitter-native'), ...configuredFlags(target));
  // https://learn.microsoft.com/cpp/build/reference/pdbaltpath-use-alternate-pdb-path
  if (target.endsWith('-msvc')) flags.push('-Clink-arg=/PDBALTPATH:%_PDB%', '-Clink-arg=/Brepro');
  // Else the linker writes where it put the file: man 1 ld, -install_name.
  if (target.endsWith('-darwin')) flags.push('-Clink-arg=-Wl,-install_name,@rpath/twitter-native.node');
  return flags;
}

/** The name of a target's package, as `js/load/platform` has it. @param {string} target */
function systemOf(target) {
  const arch = target.startsWith('aarch64-') ? 'arm64' : 'x64';
  if (target.includes('-linux-')) return `linux-${arch}-${target.endsWith('-musl') ? 'musl' : 'gnu'}`;
  return target.endsWith('-darwin') ? `darwin-${arch}` : `win32-${arch}-msvc`;
}

/** What cargo calls the library. @param {string} target */
export function libraryOf(target) {
  if (target.endsWith('-msvc')) return 'twitter_native.dll';
  return target.endsWith('-darwin') ? 'libtwitter_native.dylib' : 'libtwitter_native.so';
}

function requireAuditable() {
  const { status } = spawnSync('cargo', ['auditable', '--version']);
  if (status === 0) return;
  refuse(`cargo-auditable is needed: cargo install cargo-auditable --locked --version ${AUDITABLE}`);
}

/**
 * Builds it, with the list of its crates within (https://github.com/rust-secure-code/cargo-auditable). The linux ones are
 * linked by zig, which can be done on any Linux or Mac; the others on their own system.
 * @param {string} target @param {string} out the folder that the binary goes to @returns {string} the binary
 */
export function buildPortable(target, out) {
  if (!TARGETS.includes(target))
    refuse(`No binary is made for ${target || 'this machine'}, but for ${TARGETS.join(', ')}.`);
  requireAuditable();
  const isLinux = target.includes('-linux-');
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, CARGO_ENCODED_RUSTFLAGS: rustFlags(target).join('\x1f') };
  if (isLinux)
    env.PATH = [ensurePythonTools('zig', `for zig, which links for glibc ${GLIBC_FLOOR}`), env.PATH].join(delimiter);
  const spelled = target.endsWith('-linux-gnu') ? `${target}.${GLIBC_FLOOR}` : target;
  const args = ['--package', 'twitter-native', '--release', '--locked', '--target', spelled, '--target-dir', BUILD];
  run('cargo', ['auditable', isLinux ? 'zigbuild' : 'build', ...args], { env });
  const binary = join(out, `twitter-native.${systemOf(target)}.node`);
  mkdirSync(out, { recursive: true });
  copyFileSync(join(BUILD, target, 'release', libraryOf(target)), binary);
  return binary;
}
