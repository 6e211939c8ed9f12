// Installs packed packages into empty projects and publishes with them: node scripts/try-packages.mjs FOLDER
// For a system with nothing but Node and npm, where no binary was built: the folder is what `npm run pack:all` wrote.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { publishFromEmptyProjects } from '../tools/lib/empty-projects.mjs';

const packages = resolve(process.argv[2] ?? 'artifacts/packages');
const PLATFORM = /^twitter-native-(darwin|linux|win32)-/;
const USED = /^twitter-native-(sandbox-)?\d/;

const tarballs = readdirSync(packages).filter((file) => file.endsWith('.tgz'));
/** As dependencies: npm chooses among the systems' packages as it does when they come from its registry. @param {RegExp} names */
const among = (names) =>
  Object.fromEntries(
    tarballs
      .filter((file) => names.test(file))
      .map((file) => [file.replace(/-\d+\.\d+\.\d+.*$/, ''), `file:${join(packages, file)}`]),
  );

/** @param {string} project */
function install(project) {
  const file = join(project, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const all = { ...manifest, dependencies: among(USED), optionalDependencies: among(PLATFORM) };
  writeFileSync(file, JSON.stringify(all));
  const isWindows = process.platform === 'win32';
  const args = ['install', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', args, { cwd: project, encoding: 'utf8', shell: isWindows });
  if (status !== 0) throw new Error(`npm install ended with ${status}:\n${stderr}`);
}

const folder = mkdtempSync(join(tmpdir(), 'twitter-native-packages-'));
console.log(`Node ${process.version} on ${process.platform} ${process.arch}`);
try {
  await publishFromEmptyProjects({ folder, install });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
