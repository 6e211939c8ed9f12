// A release as its users get it: published to a registry on the loopback, installed from there, and used.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishFromEmptyProjects } from './empty-projects.mjs';
import { npmInstall, startPackedRegistry } from './packed.mjs';

/**
 * Tries it with the version that the manifests have; the plugin has to be built.
 * @param {Record<string, string>} binaries the file for each system that gets its package
 * @param {string} version
 * @param {{ parent?: string, launch?: import('./empty-projects.mjs').Launch }} [options] where the projects are made, and
 *   how their programs are run
 */
export async function tryRelease(binaries, version, { parent = tmpdir(), launch } = {}) {
  const folder = mkdtempSync(join(parent, 'twitter-native-release-'));
  const registry = await startPackedRegistry({ binaries });
  try {
    console.log(registry.tarballs.map((tarball) => `published to ${registry.url}: ${tarball}`).join('\n'));
    const [first = ''] = registry.tarballs;
    const outcome = registry.publish(first);
    if (outcome !== 'published before') throw new Error(`${first}, published again, was ${outcome}`);
    const packages = ['twitter-native', 'twitter-native-sandbox'].map((name) => `${name}@${version}`);
    const install = (/** @type {string} */ project) => npmInstall(project, registry.env, packages);
    await publishFromEmptyProjects({ folder, install, launch });
  } finally {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
