// What loading the package costs: only what a call needs is loaded, and the system is recognised by a look at one page.
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { platformName } = require('../js/load/platform.js');

const root = join(__dirname, '..');

/** Runs a program in a process of its own, and gives what it prints as JSON. @param {string} program */
function printed(program) {
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: root, encoding: 'utf8' }));
}

test('what few programs use is loaded when it is asked for, and is the same from then on', () => {
  const { after, before, same } = printed(`
    const { relative } = require('node:path');
    const files = () => Object.keys(require.cache).map((file) => relative('.', file).replaceAll('\\\\', '/'));
    const api = require('./index.js');
    const before = files();
    const { TokenManager, TwitterService, webhooks } = api;
    const same = TokenManager === api.TokenManager && TwitterService === api.default && webhooks === api.webhooks;
    console.log(JSON.stringify({ before, same, after: files() }));
  `);
  const seldom = ['intent', 'phases', 'service', 'signer', 'spans', 'stores', 'tokens', 'webhooks', 'load/reasons'];
  for (const name of seldom) expect(before).not.toContain(`js/${name}.js`);
  for (const name of ['functions', 'native', 'sources']) expect(before).toContain(`js/${name}.js`);
  for (const name of ['service', 'tokens', 'webhooks']) expect(after).toContain(`js/${name}.js`);
  expect(same).toBe(true);
});

test('both entries share their classes', () => {
  const same = printed(`
    const { PublishIntent, TwitterError } = require('./index.js');
    require('./medusa.js');
    const isSame = PublishIntent === require('./js/intent.js').PublishIntent;
    const native = Object.keys(require.cache).filter((file) => file.endsWith('.node')).length;
    console.log(JSON.stringify([isSame, TwitterError === require('./js/errors.js').TwitterError, native]));
  `);
  expect(same).toEqual([true, true, 1]);
});

test('every name of the API is a plain property that a test can put something in place of', () => {
  const found = printed(`
    const api = require('./index.js');
    const missing = Object.keys(api).filter((name) => name !== '__esModule' && api[name] === undefined);
    const replaced = require('node:vm').runInNewContext('({})');
    for (const name of ['Signer', 'createTweet']) api[name] = replaced;
    const { get, value } = Object.getOwnPropertyDescriptor(api, 'Signer');
    console.log(JSON.stringify({ missing, isReplaced: api.Signer === replaced && value === replaced && !get }));
  `);
  expect(found).toEqual({ missing: [], isReplaced: true });
});

test("OpenTelemetry's API is not loaded by a call while nothing is set up there", () => {
  const isLoaded = printed(`
    const { createTweet } = require('./index.js');
    createTweet({ text: '' }, 'token').catch(() => {
      console.log(Object.keys(require.cache).some((file) => /@opentelemetry/.test(file)));
    });
  `);
  expect(isLoaded).toBe(false);
});

/** What a Linux looks like, and what is mapped there. */
const SYSTEMS = [
  ['glibc alone', { loader: '/lib64/ld-linux-x86-64.so.2' }, 'gnu', false],
  ['glibc in another place', { loader: '/nix/store/x-glibc/lib/ld-linux-x86-64.so.2' }, 'gnu', false],
  ['musl', { loader: '/lib/ld-musl-x86_64.so.1', musl: true, mapped: '/lib/ld-musl-x86_64.so.1' }, 'musl', false],
  ['glibc, with musl installed', { loader: '/lib64/ld-linux-x86-64.so.2', musl: true }, 'gnu', true],
  [
    "musl in glibc's place",
    { loader: '/lib/ld-linux-aarch64.so.1', musl: true, mapped: '/lib/ld-musl-aarch64.so.1' },
    'musl',
    true,
  ],
  ['a program that names no loader', { loader: '', mapped: '/lib/ld-musl-x86_64.so.1' }, 'musl', true],
];

const isLinux = process.platform === 'linux';

(isLinux ? test : test.skip).each(SYSTEMS)(
  '%s is recognised',
  (_name, { loader, mapped = '/lib/libc.so.6', musl = false }, expected, looks) => {
    const readMaps = jest.fn(() => `7f00-7f01 r-xp 00000000 00:00 0 ${mapped}`);
    jest.isolateModules(() => {
      jest.doMock('node:fs', () => ({
        closeSync: () => {},
        existsSync: () => musl,
        openSync: (/** @type {string} */ file) => file,
        readFileSync: readMaps,
        readSync: (_file, /** @type {Buffer} */ page) => page.write(`\x7fELF\0${loader}\0`, 'latin1'),
      }));
      expect(require('../js/load/platform.js').platformName()).toBe(`linux-${process.arch}-${expected}`);
    });
    jest.dontMock('node:fs');
    expect(readMaps).toHaveBeenCalledTimes(looks ? 1 : 0);
  },
);

(isLinux ? test : test.skip)('this system is recognised as what is mapped says', () => {
  const libc = readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-') ? 'musl' : 'gnu';
  expect(platformName()).toBe(`linux-${process.arch}-${libc}`);
});
