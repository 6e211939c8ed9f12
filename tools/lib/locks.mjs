// The lock files of npm, which say where packages come from.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';

/** All lock files of npm in the repository. */
function lockFiles() {
  const { stdout } = spawnSync('git', ['ls-files', '*package-lock.json'], { cwd: root, encoding: 'utf8' });
  return stdout.trim().split('\n');
}

/** The addresses that packages would be downloaded from, whatever registry is configured: they hold on one machine only. */
export function lockedAddresses() {
  return lockFiles().flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/"resolved": "(\w+:\/\/[^"]+)"/g)].map(([, address]) => `${file} has ${address}`);
  });
}
