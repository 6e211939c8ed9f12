'use strict';

const { platformName } = require('../js/load/platform.js');
const { whyNotLoaded } = require('../js/load/reasons.js');

/** Why loading failed, where nothing is said otherwise. @param {Partial<Parameters<typeof whyNotLoaded>[0]>} attempt */
const why = (attempt) =>
  whyNotLoaded({
    platform: 'linux-x64-gnu',
    error: new Error('unknown'),
    version: '1.2.3',
    known: ['linux-x64-gnu', 'linux-x64-musl'],
    installed: [],
    glibcVersion: () => undefined,
    ...attempt,
  });

/** @param {string} message @param {string} [code] */
const failed = (message, code) => ({ error: Object.assign(new Error(message), { code }) });

test.each([
  [
    'a system without a binary',
    { platform: 'sunos-x64' },
    /^there is no binary for sunos-x64\. There are some for linux/,
  ],
  ['the permission model', failed('refused', 'ERR_DLOPEN_DISABLED'), /add --allow-addons to --permission/],
  [
    'a package that is missing, in a clone of the repository',
    failed("Cannot find module 'twitter-native-linux-x64-gnu'", 'MODULE_NOT_FOUND'),
    /npm run build does that/,
  ],
  [
    'a glibc that is too old',
    { ...failed("version `GLIBC_2.34' not found"), glibcVersion: () => '2.28' },
    /needs glibc 2\.34, and this system has 2\.28\./,
  ],
  ['a glibc that is not known', failed("version `GLIBC_2.34' not found"), /this system has an older one\./],
  [
    'a binary for musl',
    failed('libc.musl-x86_64.so.1: cannot open shared object file'),
    /is for musl, and this system has glibc/,
  ],
  [
    'a binary for glibc',
    failed('Error loading shared library ld-linux-x86-64.so.2: cannot open shared object file'),
    /is for glibc, and this system has musl/,
  ],
  ['anything else', failed('a broken file'), /^the binary for linux-x64-gnu could not be loaded: a broken file$/],
  ['what is no error', { error: undefined }, /could not be loaded: undefined$/],
])('it is said why nothing was loaded: %s', (_name, attempt, words) => {
  expect(why(attempt)).toMatch(words);
});

describe('a system is named as its package is', () => {
  const own = Object.getOwnPropertyDescriptors(process);
  afterEach(() => {
    for (const name of /** @type {const} */ (['platform', 'arch'])) Object.defineProperty(process, name, own[name]);
  });

  test.each([
    ['win32', 'arm64', 'win32-arm64-msvc'],
    ['darwin', 'x64', 'darwin-x64'],
    ['freebsd', 'x64', 'freebsd-x64'],
  ])('%s on %s', (platform, arch, name) => {
    Object.defineProperty(process, 'platform', { ...own.platform, value: platform });
    Object.defineProperty(process, 'arch', { ...own.arch, value: arch });
    expect(platformName()).toBe(name);
  });
});

describe('on another file system', () => {
  /** A module that sees other files. @param {string} name @param {object} functions */
  function seeing(name, functions) {
    /** @type {any} */
    let seen;
    jest.doMock('node:fs', () => ({ ...jest.requireActual('node:fs'), ...functions }));
    try {
      jest.isolateModules(() => {
        seen = require(name);
      });
    } finally {
      jest.dontMock('node:fs');
    }
    return seen;
  }

  test.each([
    [[], /^twitter-native-linux-x64-gnu, .* npm install --save-optional twitter-native-linux-x64-gnu@1\.2\.3$/],
    [['win32-x64-msvc'], /^twitter-native-linux-x64-gnu is not installed, but twitter-native-win32-x64-msvc is\./],
  ])('a package that is missing is named beside those that are there: %j', (installed, words) => {
    const { whyNotLoaded: whyThere } = seeing('../js/load/reasons.js', { existsSync: () => false });
    const known = ['linux-x64-gnu', 'win32-x64-msvc'];
    const { error } = failed("Cannot find module 'twitter-native-linux-x64-gnu'", 'MODULE_NOT_FOUND');
    const attempt = { platform: 'linux-x64-gnu', error, version: '1.2.3', known, installed };
    expect(whyThere({ ...attempt, glibcVersion: () => undefined })).toMatch(words);
  });

  (process.platform === 'linux' ? test : test.skip)('without /proc the version of glibc tells a system', () => {
    const openSync = () => {
      throw Object.assign(new Error('there is no /proc'), { code: 'ENOENT' });
    };
    const there = seeing('../js/load/platform.js', { openSync });
    const library = there.glibcVersion() === undefined ? 'musl' : 'gnu';
    expect(there.platformName()).toBe(`linux-${process.arch}-${library}`);
    expect(there.platformName()).toBe(platformName());
  });
});
