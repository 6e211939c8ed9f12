// Installs and builds what is missing or out of date.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt } from './addon.mjs';
import { refuse, requireCargo, requireNode } from './requirements.mjs';
import { root, run, succeeds } from './steps.mjs';

/** @param {string} folder a package with a lock file */
function stampOf(folder) {
  const lock = readFileSync(join(root, folder, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, folder, 'node_modules', '.installed-for');
  return { wanted, stamp, isCurrent: existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted };
}

/**
 * Installs a package's dependencies, unless they were installed for the same lock file before.
 * @param {string} folder a package with a lock file
 */
export function ensureNodeModules(folder) {
  requireNode();
  const { wanted, stamp, isCurrent } = stampOf(folder);
  if (isCurrent) return;
  if (!succeeds('npm', ['ci', '--no-audit', '--no-fund'], { cwd: join(root, folder) })) {
    refuse(`The dependencies of ${folder} were not installed: see npm's words above. It needs its registry once.`);
  }
  writeFileSync(stamp, wanted);
}

/**
 * For a change of a lock file that is none of what is installed, such as that of the package's own version: call it before,
 * and what it returns afterwards.
 * @param {string} folder a package with a lock file
 */
export function stillInstalled(folder) {
  const { isCurrent } = stampOf(folder);
  return () => {
    const { wanted, stamp } = stampOf(folder);
    if (isCurrent) writeFileSync(stamp, wanted);
  };
}

/** Builds the addon for release, unless that was done from the same sources before. */
export function ensureAddon() {
  if (isBuilt('release')) return;
  requireNode();
  requireCargo();
  console.log('Compiling the addon in Rust, once for these sources: this takes several minutes.\n');
  run('node', ['scripts/build.mjs']);
}
