// Installs and builds what is missing or out of date.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt } from './addon.mjs';
import { refuse, requireNode } from './requirements.mjs';
import { root, run, succeeds } from './steps.mjs';

/**
 * Installs a package's dependencies, unless they were installed for the same lock file before.
 * @param {string} folder a package with a lock file
 */
export function ensureNodeModules(folder) {
  requireNode();
  const cwd = join(root, folder);
  const wanted = createHash('sha256')
    .update(readFileSync(join(cwd, 'package-lock.json')))
    .digest('hex');
  const stamp = join(cwd, 'node_modules', '.installed-for');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!succeeds('npm', ['ci', '--no-audit', '--no-fund'], { cwd })) {
    refuse(`The dependencies of ${folder} were not installed: see npm's words above. It needs its registry once.`);
  }
  writeFileSync(stamp, wanted);
}

/** Builds the addon for release, unless that was done from the same sources before. */
export function ensureAddon() {
  if (isBuilt('release')) return;
  console.log('Compiling the addon in Rust, once for these sources: this takes several minutes.\n');
  run('node', ['scripts/build.mjs']);
}
