// What must be right in a package before it is published.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from './steps.mjs';

/** Whose work is in a package. */
export const NOTICES = 'THIRD-PARTY-NOTICES';
/** What npm installs from. */
const INSTALLED = ['dependencies', 'optionalDependencies', 'peerDependencies'];
/** What only a repository has: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#local-paths */
const LOCAL = /^(file|link|workspace|portal):|^[./~]/;
const FIELDS = ['description', 'license', 'repository', 'homepage', 'bugs'];

/** @param {unknown} targets `exports`, or a part of it @returns {string[]} the files it names */
function filesNamed(targets) {
  if (typeof targets === 'string') return [targets];
  return Object.values(targets ?? {}).flatMap(filesNamed);
}

/** Whether a file is there; `*` stands for any part of a path. @param {string[]} files @param {string} wanted */
function has(files, wanted) {
  const path = wanted.replace(/^\.\//, '');
  const [before = '', after] = path.split('*');
  if (after === undefined) return files.includes(path);
  return files.some(
    (file) => file.length > before.length + after.length && file.startsWith(before) && file.endsWith(after),
  );
}

/** @param {any} manifest @param {string[]} files */
function* missingFiles({ main, types, bin, exports }, files) {
  const wanted = new Set(['README.md', 'LICENSE', NOTICES, ...[main, types, bin, exports].flatMap(filesNamed)]);
  for (const path of wanted) if (!has(files, path)) yield `it lacks ${path}`;
}

/** @param {any} manifest */
function* localDependencies(manifest) {
  for (const field of INSTALLED) {
    for (const [name, wanted] of Object.entries(manifest[field] ?? {})) {
      if (LOCAL.test(wanted)) yield `${field} has ${name} from ${wanted}, which is nowhere but here`;
    }
  }
}

/** @param {string} folder a package as npm unpacks it @returns {string[]} what is wrong with it, in words */
export function problemsOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const license = (/** @type {string} */ of) => readFileSync(join(of, 'LICENSE'), 'utf8');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return [
    ...missingFiles(manifest, files),
    ...localDependencies(manifest),
    ...FIELDS.filter((field) => !manifest[field]).map((field) => `package.json has no ${field}`),
    ...(manifest.version === version ? [] : [`its version is ${manifest.version}, not ${version}`]),
    ...(existsSync(join(folder, 'LICENSE')) && license(folder) !== license(root) ? ['its LICENSE is another one'] : []),
  ];
}
