// THIRD-PARTY-NOTICES: whose work is in the packages, and under which licences.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCrates, TEXT_ELSEWHERE } from './crates.mjs';
import { root } from './steps.mjs';

const RULE = `\n\n${'─'.repeat(80)}\n\n`;
const LICENSE_FILE = /(^|\/)((un)?licen[sc]e|copying|notice|copyright)[^/]*$/i;

/** What is derived from others' lists, and where the text of the licence is. */
export const DERIVED = [
  {
    name: 'twitter-text',
    version: '3.1.0',
    what: `The list of top-level domains, IANA's as twitter-text 3.1.0 has it, and the rules by which texts are counted,
from twitter-text (https://github.com/twitter/twitter-text)`,
    license: 'Apache-2.0',
    file: 'node_modules/twitter-text/LICENSE',
  },
  {
    name: 'twemoji-parser',
    version: '11.0.2',
    what: `The table of emoji, which states the facts of the expression in twemoji-parser 11.0.2
(https://github.com/twitter/twemoji-parser)`,
    license: 'MIT',
    file: 'node_modules/twemoji-parser/LICENSE.md',
  },
];
const IANA = `The tables of addresses that are not public are IANA's registries of special-purpose addresses
(https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry), which, like the list of
top-level domains (https://data.iana.org/TLD/tlds-alpha-by-domain.txt), are public and without restriction.`;

const RUST = `Rust's standard library is copyright of the Rust Project Developers, licensed under MIT or Apache-2.0
(https://github.com/rust-lang/rust). The Linux binaries contain LLVM's unwinder, licensed under Apache-2.0 with LLVM's
exception.`;

/** Without the differences of line ends and margins that tell nothing. @param {string} text */
const tidy = (text) =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

/**
 * The files with a crate's licence. Where MIT is one of several to choose from, that one is chosen.
 * @param {import('./crates.mjs').Crate & { folder: string }} crate
 */
function licenseFiles({ name, version, license, repository, folder }) {
  const files = /** @type {string[]} */ (readdirSync(folder, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => LICENSE_FILE.test(file) && !/\.(rs|toml)$/.test(file))
    .sort();
  const mit = files.filter((file) => /^[^/]*mit[^/]*$/i.test(file));
  if (/\bMIT\b/.test(license ?? '') && !/\bAND\b/.test(license ?? '') && mit.length > 0)
    return [join(folder, String(mit[0]))];
  const elsewhere = TEXT_ELSEWHERE.get(repository ?? '');
  if (files.length === 0 && elsewhere) return [elsewhere];
  if (files.length === 0)
    throw new Error(`${name} ${version} has no text of its licence: name one in tools/lib/crates.mjs`);
  return files.map((file) => join(folder, file));
}

/** The crates under each text, those with the same one together. */
function cratesByText() {
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const crate of shippedCrates()) {
    const text = licenseFiles(crate)
      .map((file) => tidy(readFileSync(file, 'utf8')))
      .filter(Boolean)
      .join('\n\n');
    byText.set(text, [...(byText.get(text) ?? []), `${crate.name} ${crate.version} (${crate.license})`]);
  }
  return byText;
}

/** For the package and its binaries. */
function ofBinaries() {
  const derived = DERIVED.map(
    ({ what, license, file }) => `${what}.\nLicence: ${license}\n\n${tidy(readFileSync(join(root, file), 'utf8'))}`,
  );
  const crates = [...cratesByText()].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  return [
    'THIRD-PARTY NOTICES\n\ntwitter-native is licensed under MIT (see LICENSE). Its binaries contain the work of others, listed here with their\nlicences. The package of the name twitter-native alone has no code of others.\n\nWritten by `npm run notices`; do not edit.',
    ...derived,
    IANA,
    RUST,
    ...crates,
  ]
    .join(RULE)
    .concat('\n');
}

/** @typedef {{ version?: string, license?: string, dependencies?: Record<string, string> }} Installed */

/**
 * Where the package that another one needs is in a lock file, as Node looks for it.
 * @param {Record<string, Installed>} packages @param {string} from @param {string} name @returns {string | undefined}
 */
function locate(packages, from, name) {
  const path = `${from && `${from}/`}node_modules/${name}`;
  if (packages[path]) return path;
  if (from === '') return undefined;
  return locate(packages, from.slice(0, Math.max(from.lastIndexOf('/node_modules/'), 0)), name);
}

/** All that a package's own dependencies bring, peers left out, as its lock file has it. @param {string} folder */
export function installedWith(folder) {
  /** @type {{ packages: Record<string, Installed> }} */
  const { packages } = JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8'));
  /** @type {Set<string>} */
  const found = new Set();
  const open = [''];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const name of Object.keys(packages[from]?.dependencies ?? {})) {
      const path = locate(packages, from, name);
      if (path === undefined)
        throw new Error(`the lock file does not have ${name}, which ${from || 'the package'} needs`);
      if (!found.has(path)) open.push(path);
      found.add(path);
    }
  }
  return [...found].map((path) => {
    const name = String(path.split('node_modules/').at(-1));
    const { version = '', license = DERIVED.find((one) => one.name === name)?.license } = packages[path] ?? {};
    if (license === undefined) throw new Error(`the lock file has no licence of ${name}`);
    return { name, version, license };
  });
}

/** For a package without code of others: what npm installs beside it. @param {string} folder */
function ofInstalled(folder) {
  const lines = installedWith(folder).map((one) => `${one.name} ${one.version} (${one.license})`);
  const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return `THIRD-PARTY NOTICES

${name} is licensed under MIT (see LICENSE) and contains no code of others. npm installs these beside it,
each with its own licence; the versions are those that it was tested with.

Written by \`npm run notices\`; do not edit.

${[...new Set(lines)].sort().join('\n')}
`;
}

/** The text of each file, by its path from the repository's root. */
export function notices() {
  return {
    'THIRD-PARTY-NOTICES': ofBinaries(),
    'sandbox/THIRD-PARTY-NOTICES': ofInstalled('sandbox'),
    'medusa/THIRD-PARTY-NOTICES': ofInstalled('medusa'),
  };
}
