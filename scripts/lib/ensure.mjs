// Installs and builds what is missing or out of date.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './steps.mjs';

/**
 * Installs a package's dependencies, unless they were installed for the same lock file before.
 * @param {string} folder a package with a lock file
 */
export function ensureNodeModules(folder) {
  const cwd = join(root, folder);
  const wanted = createHash('sha256')
    .update(readFileSync(join(cwd, 'package-lock.json')))
    .digest('hex');
  const stamp = join(cwd, 'node_modules', '.installed-for');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  run('npm', ['ci', '--no-audit', '--no-fund'], { cwd });
  writeFileSync(stamp, wanted);
}

/** Builds the addon for release; cargo sees to it that nothing is built twice. */
export function ensureAddon() {
  run('node', ['scripts/build.mjs']);
}
