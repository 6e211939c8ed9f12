// A registry on the loopback that has all packages as they are in this repository.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformName } from '../../js/load/platform.js';
import { PLATFORMS, packAll } from './pack.mjs';
import { startRegistry } from './registry.mjs';
import { root } from './steps.mjs';

/** This system's, as `npm run build` makes it. @returns {Record<string, string>} */
export function builtBinaries() {
  const platform = platformName();
  return { [platform]: join(root, 'native', `twitter-native.${platform}.node`) };
}

/**
 * Packs and publishes them; the addon and, unless it is left out, the plugin have to be built. `stop` leaves nothing.
 * @param {{ binaries?: Record<string, string>, withPlugin?: boolean, allPlatforms?: boolean }} [options] the file for each
 *   system that gets its package; with `allPlatforms` the packages of the others are there as well, without what they are
 *   for: some package managers want to know of all of them
 */
export async function startPackedRegistry({ binaries = builtBinaries(), withPlugin, allPlatforms = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'twitter-native-packages-'));
  const registry = await startRegistry();
  const stop = async () => {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const standIn = join(folder, 'no-binary');
    writeFileSync(standIn, '');
    const others = Object.fromEntries(PLATFORMS.map((platform) => [platform, standIn]));
    const files = allPlatforms ? { ...others, ...binaries } : binaries;
    const tarballs = packAll(folder, { binaries: files, withPlugin });
    for (const tarball of tarballs) registry.publish(tarball);
    return { ...registry, tarballs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Runs `npm install` in a project.
 * @param {string} folder @param {NodeJS.ProcessEnv} env the registry's @param {string[]} [packages] to be added
 */
export function npmInstall(folder, env, packages = []) {
  const args = ['install', ...packages, '--prefer-offline', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}:\n${stderr}`);
}
