// The crates that are compiled into the binaries, for whatever system.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TARGETS } from './portable.mjs';
import { root } from './steps.mjs';

/**
 * As https://doc.rust-lang.org/cargo/commands/cargo-metadata.html has them.
 * @typedef {{ id: string, name: string, version: string, license: string | null, repository: string | null,
 *   source: string | null, manifest_path: string, targets: { kind: string[] }[] }} Crate
 * @typedef {{ id: string, deps: { pkg: string, dep_kinds: { kind: string | null }[] }[] }} Node
 * @typedef {{ packages: Crate[], resolve: { nodes: Node[] } }} Metadata
 */

/** @returns {Metadata} */
function metadata() {
  const systems = TARGETS.flatMap((target) => ['--filter-platform', target]);
  const args = ['metadata', '--format-version', '1', '--locked', ...systems];
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Those of others, by name and version, each with the folder of its sources. What only helps to compile is left out. */
export function shippedCrates() {
  const { packages, resolve } = metadata();
  const crates = new Map(packages.map((crate) => [crate.id, crate]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const addon = packages.find(({ name, source }) => name === 'twitter-native' && source === null);
  /** @type {Set<string>} */
  const shipped = new Set();
  const open = addon ? [addon.id] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const isMacro = crates.get(id)?.targets.some(({ kind }) => kind.includes('proc-macro'));
    if (isMacro || shipped.has(id)) continue;
    shipped.add(id);
    const needed = nodes.get(id)?.deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null)) ?? [];
    open.push(...needed.map(({ pkg }) => pkg));
  }
  return packages
    .filter(({ id, source }) => shipped.has(id) && source !== null)
    .map((crate) => ({ ...crate, folder: dirname(crate.manifest_path) }))
    .sort((one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1));
}

/** Where a crate without the text of its licence has it. */
export const TEXT_ELSEWHERE = new Map([
  ['https://github.com/napi-rs/napi-rs', join(root, 'node_modules/@napi-rs/cli/LICENSE')],
]);

/** The digests of the crates' archives, by `name version`, as Cargo.lock has them. @returns {Map<string, string>} */
export function checksums() {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const entry = /^name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "([0-9a-f]{64})"$/gm;
  return new Map([...lock.matchAll(entry)].map(([, name, version, sum = '']) => [`${name} ${version}`, sum]));
}
