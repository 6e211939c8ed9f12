// A registry on the loopback that has all packages as they are in this repository.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformName } from '../../js/load/platform.js';
import { packAll } from './pack.mjs';
import { startRegistry } from './registry.mjs';
import { root } from './steps.mjs';

/** Packs and publishes them; the plugin and the addon have to be built. `stop` leaves nothing. */
export async function startPackedRegistry() {
  const folder = mkdtempSync(join(tmpdir(), 'twitter-native-packages-'));
  const platform = platformName();
  const registry = await startRegistry();
  const stop = async () => {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const binaries = { [platform]: join(root, 'native', `twitter-native.${platform}.node`) };
    const tarballs = packAll(folder, { binaries });
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
