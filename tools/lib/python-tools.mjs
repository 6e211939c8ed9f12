// Programs that PyPI has compiled, pinned by digest in tools/NAME/requirements.txt, for commands that not everybody runs.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './requirements.mjs';
import { root, run } from './steps.mjs';

/**
 * Installs them, unless that was done for the same versions before.
 * @param {string} name of the folder in tools/ @param {string} why as the end of "is needed"
 * @returns {string} the folder with the programs
 */
export function ensurePythonTools(name, why) {
  const folder = join(root, 'target', 'tools', name);
  const requirements = join(root, 'tools', name, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  const stamp = join(folder, '.installed-for');
  const programs = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return programs;
  const made = spawnSync('python3', ['-m', 'venv', '--clear', folder], { encoding: 'utf8' });
  if (made.status !== 0) refuse(`Python 3 with venv is needed ${why}: ${made.stderr ?? made.error}`);
  run(join(programs, 'pip'), ['install', '--quiet', '--require-hashes', '--requirement', requirements]);
  writeFileSync(stamp, wanted);
  return programs;
}
