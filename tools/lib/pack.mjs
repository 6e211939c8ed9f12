// Packs what is published, as it is published: the one place where tarballs are made.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { joinLoaded } from './joined.mjs';
import { root } from './steps.mjs';
import { NOTICES, problemsOf } from './tarball.mjs';

/** The systems that a binary is made for, as the folders of npm/ are named. */
export const PLATFORMS = readdirSync(join(root, 'npm')).sort();

/** @param {string} folder @returns {any} */
export const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Packs a folder and gives the tarball. @param {string} folder @param {string} out */
function npmPack(folder, out) {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', out];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${folder} was not packed: ${stderr}`);
  const [{ filename }] = JSON.parse(stdout);
  return join(out, filename);
}

/** Unpacks a tarball and gives the package's folder. @param {string} tarball @param {string} folder */
export function unpack(tarball, folder) {
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync('tar', ['-xzf', tarball, '-C', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tarball} was not unpacked: ${stderr}`);
  return join(folder, 'package');
}

/**
 * The package itself names its platforms' packages only in the tarball: in the repository they would be looked for
 * before they are published. What is loaded at once is one file there.
 * @param {string} stage @param {string} out
 */
function packRoot(stage, out) {
  const folder = unpack(npmPack(root, stage), join(stage, 'root'));
  const manifest = manifestOf(folder);
  const binaries = PLATFORMS.map((platform) => manifestOf(join(root, 'npm', platform)));
  manifest.optionalDependencies = Object.fromEntries(binaries.map(({ name, version }) => [name, version]));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  joinLoaded(folder);
  return npmPack(folder, out);
}

/** @param {string} platform @param {string} binary @param {string} stage @param {string} out */
function packPlatform(platform, binary, stage, out) {
  const folder = join(stage, platform);
  cpSync(join(root, 'npm', platform), folder, { recursive: true });
  cpSync(join(root, NOTICES), join(folder, NOTICES));
  cpSync(binary, join(folder, manifestOf(folder).main));
  return npmPack(folder, out);
}

/**
 * The binaries of all systems, wherever in a folder they are. Fails if one is missing or twice there.
 * @param {string} folder @returns {Record<string, string>} by system
 */
export function binariesIn(folder) {
  const files = existsSync(folder) ? /** @type {string[]} */ (readdirSync(folder, { recursive: true })) : [];
  const found = PLATFORMS.map((platform) => {
    const { name, main } = manifestOf(join(root, 'npm', platform));
    const own = files.filter((file) => basename(file) === main);
    if (own.length > 1) throw new Error(`${folder} has more than one ${main}: ${own.join(', ')}`);
    return { platform, name, file: own[0] };
  });
  const missing = found.filter(({ file }) => file === undefined).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`${folder} lacks the binaries of ${missing.join(', ')}`);
  return Object.fromEntries(found.map(({ platform, file }) => [platform, join(folder, String(file))]));
}

/**
 * Packs the platforms' packages, the package itself, the sandbox and the plugin, in the order in which they are to be
 * published. The plugin has to be built. Fails if anything in them is missing or wrong.
 * @param {string} out a folder
 * @param {{ binaries: Record<string, string>, withPlugin?: boolean }} options the file for each system that gets its
 *   package; the plugin may be left out
 * @returns {string[]} the tarballs
 */
export function packAll(out, { binaries, withPlugin = true }) {
  mkdirSync(out, { recursive: true });
  const stage = mkdtempSync(join(tmpdir(), 'twitter-native-pack-'));
  try {
    const tarballs = [
      ...Object.entries(binaries).map(([platform, binary]) => packPlatform(platform, binary, stage, out)),
      packRoot(stage, out),
      npmPack(join(root, 'sandbox'), out),
      ...(withPlugin ? [npmPack(join(root, 'medusa'), out)] : []),
    ];
    const problems = tarballs.flatMap((tarball, index) => {
      const found = problemsOf(unpack(tarball, join(stage, `check-${index}`)));
      return found.map((problem) => `${tarball}: ${problem}`);
    });
    if (problems.length > 0) throw new Error(`These are not to be published:\n${problems.join('\n')}`);
    return tarballs;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
