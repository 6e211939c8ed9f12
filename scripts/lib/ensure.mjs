// Installs and builds what is missing or out of date.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from './steps.mjs';

/**
 * Runs `work` unless it was run for the same content before.
 * @param {string} stamp a file that keeps what it was run for
 * @param {string} state
 * @param {() => void} work
 */
function once(stamp, state, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}

/** @param {string[]} files */
function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/**
 * Files below a folder, in a stable order.
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(join(root, folder))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(join(root, path)).isDirectory() ? filesBelow(path) : [path];
    });
}

/** @param {string} folder a package with a lock file */
export function ensureNodeModules(folder) {
  const lock = join(folder, 'package-lock.json');
  const stamp = join(root, folder, 'node_modules', '.installed-for');
  once(stamp, hashOf([lock]), () => run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: join(root, folder) }));
}

/** Builds the addon in release mode if its sources changed since it was built here. */
export function ensureAddon() {
  ensureNodeModules('.');
  const sources = ['Cargo.toml', 'Cargo.lock', 'build.rs', 'types/header.d.ts', ...filesBelow('src'), ...filesBelow('crates')];
  const state = `${hashOf(sources)} ${process.platform} ${process.arch}`;
  const stamp = join(root, 'target', '.addon-built-for');
  const isThere = existsSync(join(root, 'native')) && readdirSync(join(root, 'native')).some((name) => name.endsWith('.node'));
  once(isThere ? stamp : join(root, 'target', '.never'), isThere ? state : `${Date.now()}`, () => run('node', ['scripts/build.mjs']));
  writeFileSync(stamp, state);
}
