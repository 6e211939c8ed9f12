// Builds what is older than its sources.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from './steps.mjs';

/** @param {string} path a file or a folder @returns {string[]} */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

/** A digest of files and folders, named from the repository's root. @param {string[]} sources */
export function digestOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(join(root, source)))) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * Runs a command, unless it was run for the same sources before and what it made is still there.
 * @param {{ name: string, sources: string[], output: string, cwd: string, command: [string, ...string[]],
 *   env?: Record<string, string> }} build paths from the repository's root; `output` is a folder
 */
export function ensureBuilt({ name, sources, output, cwd, command: [program, ...args], env }) {
  const wanted = digestOf(sources);
  const stamp = join(dirname(join(root, output)), '.built-for');
  if (existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log(`Building ${name} …`);
  run(program, args, { cwd: join(root, cwd), env: { ...process.env, ...env } });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
