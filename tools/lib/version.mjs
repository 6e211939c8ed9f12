// The one version of all packages and crates, and every place that has it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** https://semver.org, without build metadata, which npm ignores. */
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;
const CRATES = ['twitter-native', 'twitter-native-core', 'twitter-native-derive'];
const CARGO_LOCKS = ['Cargo.lock', 'bench/Cargo.lock', 'fuzz/Cargo.lock'];

/**
 * A part of a file: the group named `version` is the version, and there is at least one match.
 * @typedef {{ file: string, pattern: RegExp }} TextPlace
 * A member of a JSON file, by the names that lead to it, and what is before the version.
 * @typedef {{ file: string, path: string[], range?: string }} JsonPlace
 */

/** @type {TextPlace[]} */
const TEXTS = [
  { file: 'Cargo.toml', pattern: /(?<=^\[workspace\.package\]\nversion = ")(?<version>[^"]+)/gm },
  { file: 'medusa/openapi.json', pattern: /(?<="title": "medusa-plugin-twitter", "version": ")(?<version>[^"]+)/g },
  ...CARGO_LOCKS.map((file) => ({
    file,
    pattern: new RegExp(`(?<=^name = "(?:${CRATES.join('|')})"\nversion = ")(?<version>[^"]+)`, 'gm'),
  })),
];

/** @type {JsonPlace[]} */
const MEMBERS = [
  ...['', 'sandbox/', 'medusa/'].flatMap((folder) => [
    { file: `${folder}package.json`, path: ['version'] },
    { file: `${folder}package-lock.json`, path: ['version'] },
    { file: `${folder}package-lock.json`, path: ['packages', '', 'version'] },
  ]),
  { file: 'medusa/package.json', path: ['peerDependencies', 'twitter-native'], range: '^' },
  { file: 'medusa/package-lock.json', path: ['packages', '', 'peerDependencies', 'twitter-native'], range: '^' },
  { file: 'medusa/package-lock.json', path: ['packages', '..', 'version'] },
  { file: 'medusa/package-lock.json', path: ['packages', '../sandbox', 'version'] },
];

/** @param {string} folder the repository's @returns {JsonPlace[]} */
function membersOf(folder) {
  const platforms = readdirSync(join(folder, 'npm')).sort();
  return [...MEMBERS, ...platforms.map((name) => ({ file: `npm/${name}/package.json`, path: ['version'] }))];
}

/** The object that has the member. @param {any} json @param {JsonPlace} place */
function holderOf(json, { file, path }) {
  const holder = path.slice(0, -1).reduce((value, name) => value?.[name], json);
  const name = String(path.at(-1));
  if (typeof holder?.[name] !== 'string') throw new Error(`${file} has no ${path.join(' → ')}`);
  return { holder, name };
}

/** @param {string} text @param {TextPlace} place */
function found(text, { file, pattern }) {
  const versions = [...text.matchAll(pattern)].map(({ groups }) => String(groups?.version));
  if (versions.length === 0) throw new Error(`${file} has no version where it was looked for`);
  return versions;
}

/** The files that have it, from the repository's root. @param {string} folder */
export const versionedFiles = (folder) => [...new Set([...membersOf(folder), ...TEXTS].map(({ file }) => file))];

/**
 * The version in each place.
 * @param {string} folder the repository's @returns {{ place: string, version: string }[]}
 */
export function versionsIn(folder) {
  const read = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8');
  const members = membersOf(folder).map((place) => {
    const { holder, name } = holderOf(JSON.parse(read(place.file)), place);
    const version = holder[name].slice(place.range?.length ?? 0);
    return { place: `${place.file}: ${place.path.join(' → ')}`, version };
  });
  const texts = TEXTS.flatMap((place) =>
    found(read(place.file), place).map((version) => ({ place: place.file, version })),
  );
  return [...members, ...texts];
}

/**
 * Sets it in every place: manifests, lock files, what is generated from them.
 * @param {string} folder the repository's @param {string} version
 */
export function setVersion(folder, version) {
  if (!VERSION.test(version))
    throw new Error(`${version} is not a version: it is three numbers, as in 1.2.3 or 1.2.3-rc.1`);
  for (const place of membersOf(folder)) {
    const file = join(folder, place.file);
    const json = JSON.parse(readFileSync(file, 'utf8'));
    const { holder, name } = holderOf(json, place);
    holder[name] = `${place.range ?? ''}${version}`;
    writeFileSync(file, `${JSON.stringify(json, null, 2)}\n`);
  }
  for (const place of TEXTS) {
    const file = join(folder, place.file);
    const text = readFileSync(file, 'utf8');
    found(text, place);
    writeFileSync(file, text.replace(place.pattern, version));
  }
}

/**
 * Gives the section of what is unreleased its version and date.
 * @param {string} text the changelog @param {string} version @param {string} date as 2026-11-27
 */
export function dateChangelog(text, version, date) {
  const heading = /^## (?:\S+ – )?unreleased$/m;
  if (!heading.test(text))
    throw new Error('CHANGELOG.md has no section "## unreleased": what does this release bring?');
  return text.replace(heading, `## ${version} – ${date}`);
}
