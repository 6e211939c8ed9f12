'use strict';

const { spawnSync } = require('node:child_process');
const { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { glibcVersion, platformName } = require('../js/load/platform.js');
const { libraryThatNeeds } = require('./support/shared-library.js');

const root = join(__dirname, '..');
const platform = platformName();
const isGnu = platform.endsWith('-gnu');
const [nodeMajor = 0] = process.versions.node.split('.').map(Number);
const PERMISSION = nodeMajor >= 22 ? '--permission' : '--experimental-permission';

/** A project with this package as npm installs it, and no binary. @type {string} */
let project;
const packageFolder = (/** @type {string} */ name) => join(project, 'node_modules', name);
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'load-'));
  const own = packageFolder('twitter-native');
  mkdirSync(own, { recursive: true });
  for (const name of ['index.js', 'js', 'package.json']) cpSync(join(root, name), join(own, name), { recursive: true });
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Installs a package with a binary. @param {string} system @param {(file: string) => void} write */
function install(system, write) {
  const name = `twitter-native-${system}`;
  mkdirSync(packageFolder(name), { recursive: true });
  writeFileSync(join(packageFolder(name), 'package.json'), JSON.stringify({ name, main: 'addon.node' }));
  write(join(packageFolder(name), 'addon.node'));
}

/** The one that this repository has built. @param {string} file */
function builtAddon(file) {
  const built = readdirSync(join(root, 'native')).find((name) => name.endsWith(`${platform}.node`));
  copyFileSync(join(root, 'native', String(built)), file);
}

/** Loads it in a process of its own, and gives what that prints. @param {{ node?: string[], before?: string }} [options] */
function load({ node = [], before = '' } = {}) {
  const program = `${before}; try { console.log(typeof require('twitter-native').createTweet); } catch (error) { console.log(error.message); }`;
  const { NAPI_RS_NATIVE_LIBRARY_PATH: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, [...node, '-e', program], {
    cwd: project,
    env,
    encoding: 'utf8',
  });
  return (stdout || stderr).trim();
}

test('the binary of its package is loaded', () => {
  install(platform, builtAddon);
  expect(load()).toBe('function');
});

test('a package that is missing is named, with the usual reasons and the command', () => {
  const { version } = require('../package.json');
  const name = `twitter-native-${platform}`;
  expect(load()).toBe(
    `twitter-native can't be loaded: ${name}, the package with the binary for this system, is not installed. ` +
      'npm leaves it out with --omit=optional, with a package-lock.json that another system made, and when ' +
      'node_modules is copied from another system. ' +
      `This installs it: npm install --save-optional ${name}@${version}`,
  );
});

test('in a clone of the repository the addon is to be compiled', () => {
  writeFileSync(join(packageFolder('twitter-native'), 'Cargo.toml'), '');
  expect(load()).toBe(
    "twitter-native can't be loaded: this is its repository, and the addon is not compiled yet. npm run build does that.",
  );
});

test('a node_modules of another system is seen to be that', () => {
  const other = platform === 'win32-arm64-msvc' ? 'linux-x64-musl' : 'win32-arm64-msvc';
  install(other, (file) => writeFileSync(file, ''));
  expect(load()).toMatch(
    `twitter-native-${platform} is not installed, but twitter-native-${other} is. Was node_modules copied from another`,
  );
});

test('a system without a binary is named first', () => {
  const before = "Object.defineProperty(process, 'arch', { value: 'riscv64' })";
  expect(load({ before })).toMatch(
    /^twitter-native can't be loaded: there is no binary for \w+-riscv64\S*\. There are /,
  );
});

test("Node's permission model is named, with the flag that lets it load", () => {
  install(platform, builtAddon);
  const node = ['--no-warnings', PERMISSION, '--allow-fs-read=*'];
  expect(load({ node })).toMatch(/^twitter-native can't be loaded: Node's permission model .* add --allow-addons/);
  expect(load({ node: [...node, '--allow-addons'] })).toBe('function');
});

test('what is no binary at all is reported as the system reports it', () => {
  install(platform, (file) => writeFileSync(file, 'not a binary'));
  expect(load()).toMatch(`twitter-native can't be loaded: the binary for ${platform} could not be loaded: `);
});

(isGnu ? describe : describe.skip)('on glibc', () => {
  test('one that is too old is named, with the version that is needed', () => {
    install(platform, (file) => libraryThatNeeds(file, { library: 'libc.so.6', version: 'GLIBC_9.99' }));
    expect(load()).toBe(
      `twitter-native can't be loaded: the binary needs glibc 9.99, and this system has ${glibcVersion()}. ` +
        'Use a newer system or base image.',
    );
  });

  test('a binary for musl is seen to be that', () => {
    install(platform, (file) => libraryThatNeeds(file, { library: 'libc.musl-x86_64.so.1' }));
    expect(load()).toMatch(/^twitter-native can't be loaded: the binary is for musl, and this system has glibc\. /);
  });
});
