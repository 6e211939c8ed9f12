// Publishes one tarball, once.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @param {string} tarball @returns {{ name: string, version: string }} */
function identityOf(tarball) {
  const { status, stdout, stderr } = spawnSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tarball} was not read: ${stderr}`);
  return JSON.parse(stdout);
}

/**
 * Publishes it, unless the registry has the same already. A version with a hyphen, such as 1.2.3-rc.1, is not what
 * `npm install` takes unasked.
 * @param {string} tarball
 * @param {{ provenance?: boolean, env?: NodeJS.ProcessEnv }} [options] `env`: with the registry's settings
 */
export function publishTarball(tarball, { provenance = false, env = process.env } = {}) {
  const { name, version } = identityOf(tarball);
  const options = { env, encoding: /** @type {const} */ ('utf8') };
  const known = spawnSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], options).stdout.trim();
  const own = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (known === own) return 'published before';
  if (known !== '') throw new Error(`${name} ${version} is published, with other contents: set another version`);
  const tag = version.includes('-') ? 'next' : 'latest';
  const args = [
    'publish',
    tarball,
    '--ignore-scripts',
    '--access',
    'public',
    '--tag',
    tag,
    `--provenance=${provenance}`,
  ];
  const { status, stderr } = spawnSync('npm', args, options);
  if (status !== 0) throw new Error(`${tarball} was not published: ${stderr}`);
  return `published as ${tag}`;
}
