// A shop of somebody else's, which has the packages from a registry.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMedusa } from './medusa-process.mjs';
import { npmInstall } from './packed.mjs';
import { root } from './steps.mjs';

const OURS = ['medusa-plugin-twitter', 'twitter-native'];
/** What a shop's packages share, so that a second copy of one is another one to React, or to Medusa. */
const SHARED = [
  '@medusajs/dashboard',
  '@medusajs/draft-order',
  '@medusajs/framework',
  '@medusajs/icons',
  '@medusajs/medusa',
  '@medusajs/ui',
  '@tanstack/react-query',
  'i18next',
  'react',
  'react-dom',
  'react-i18next',
  'react-router',
  'react-router-dom',
  'twitter-native',
];

/** The packages of a new project, as Medusa's own starter has them. @param {string} medusa its version */
const projectOf = (medusa) => ({
  name: 'a-shop',
  version: '0.0.1',
  private: true,
  dependencies: {
    '@medusajs/admin-sdk': medusa,
    '@medusajs/cli': medusa,
    '@medusajs/framework': medusa,
    '@medusajs/medusa': medusa,
  },
  devDependencies: {
    '@swc/core': '^1.7.28',
    '@types/node': '^20.12.11',
    '@types/react': '^18.3.2',
    '@types/react-dom': '^18.2.25',
    react: '^18.3.1',
    'react-dom': '^18.3.1',
    'ts-node': '^10.9.2',
    typescript: '^5.6.2',
  },
});

/**
 * Writes a project: the plugin's example without its package.json.
 * @param {string} folder @param {string} medusa
 */
export function writeProject(folder, medusa) {
  mkdirSync(folder, { recursive: true });
  for (const path of ['medusa-config.ts', 'tsconfig.json', 'src']) {
    cpSync(join(root, 'medusa', 'example', path), join(folder, path), { recursive: true });
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(projectOf(medusa), null, 2));
}

/** @param {string} folder @param {NodeJS.ProcessEnv} env */
export const installOurs = (folder, env) => npmInstall(folder, env, OURS);

/**
 * What is installed: places in node_modules and their versions. What npm itself calls extraneous is left out: it leaves a
 * few packages of its search for peers, which the next installation takes away in a shop without ours too.
 * @param {string} folder
 */
export function installed(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  return new Map(
    Object.entries(packages)
      .filter(([, { extraneous }]) => !extraneous)
      .map(([place, { version, link }]) => [place, link ? 'a link' : String(version)]),
  );
}

/** @typedef {Map<string, string>} Installed */

/** What an installation took away or exchanged. @param {Installed} before @param {Installed} after */
export const lostBetween = (before, after) =>
  [...before]
    .filter(([place, version]) => after.get(place) !== version)
    .map(([place, version]) => `${place} was ${version}, is ${after.get(place) ?? 'gone'}`);

/** What is a link, or is not there once and at the top. @param {Installed} packages */
export function misplaced(packages) {
  const links = [...packages].filter(([, version]) => version === 'a link').map(([place]) => `${place} is a link`);
  const shared = SHARED.flatMap((name) => {
    const places = [...packages.keys()].filter((place) => place.endsWith(`node_modules/${name}`));
    if (places.length === 1 && places[0] === `node_modules/${name}`) return [];
    return [`${name} is ${places.map((place) => `${place} ${packages.get(place)}`).join(', ') || 'nowhere'}`];
  });
  return [...links, ...shared];
}

/** Builds the shop with its admin. @param {string} folder @returns {Promise<string>} what is started */
export async function buildShop(folder) {
  await runMedusa(['build'], { ...process.env, MEDUSA_DISABLE_TELEMETRY: '1' }, folder);
  return join(folder, '.medusa', 'server');
}
