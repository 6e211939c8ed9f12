// The packages as users get them: packed, published to a registry on the loopback, and installed from there.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { platformName } from '../../js/load/platform.js';
import { manifestOf, PLATFORMS, unpack } from '../../tools/lib/pack.mjs';
import { npmInstall, startPackedRegistry } from '../../tools/lib/packed.mjs';
import { root } from '../../tools/lib/steps.mjs';
import { problemsOf } from '../../tools/lib/tarball.mjs';

const BINARY = `twitter-native-${platformName()}`;
const { version, devDependencies } = manifestOf(root);

/** @type {string} */
let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'packages-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('what is not to be published', () => {
  const good = {
    name: 'a-package',
    version,
    description: 'A package',
    license: 'MIT',
    repository: 'https://example.test/a',
    homepage: 'https://example.test',
    bugs: 'https://example.test/bugs',
    main: './index.js',
    exports: { '.': { require: { default: './index.js' } }, './parts/*': './parts/*.js' },
  };
  const files = {
    'README.md': '',
    'THIRD-PARTY-NOTICES': '',
    LICENSE: readFileSync(join(root, 'LICENSE'), 'utf8'),
    'index.js': '',
    'parts/a.js': '',
  };

  /** @param {object} manifest @param {Record<string, string | undefined>} others */
  function problems(manifest = {}, others = {}) {
    const own = mkdtempSync(join(folder, 'package-'));
    const all = { ...files, ...others, 'package.json': JSON.stringify({ ...good, ...manifest }) };
    mkdirSync(join(own, 'parts'));
    for (const [name, text] of Object.entries(all)) if (text !== undefined) writeFileSync(join(own, name), text);
    return problemsOf(own);
  }

  test('a whole package is fine', () => assert.deepEqual(problems(), []));

  for (const [name, manifest, others, problem] of /** @type {const} */ ([
    ['a local dependency', { dependencies: { a: 'file:..' } }, {}, /^dependencies has a from file:\.\./],
    ['a local peer', { peerDependencies: { a: '../a' } }, {}, /^peerDependencies has a from \.\.\/a/],
    ['a missing binary', { main: 'a.node' }, {}, /^it lacks a\.node$/],
    ['a missing file of `exports`', { exports: { import: './index.mjs' } }, {}, /^it lacks \.\/index\.mjs$/],
    ['a pattern without files', {}, { 'parts/a.js': undefined }, /^it lacks \.\/parts\/\*\.js$/],
    ['missing types', { types: 'index.d.ts' }, {}, /^it lacks index\.d\.ts$/],
    ['missing notices', {}, { 'THIRD-PARTY-NOTICES': undefined }, /^it lacks THIRD-PARTY-NOTICES$/],
    ['a missing licence', {}, { LICENSE: undefined }, /^it lacks LICENSE$/],
    ['another licence', {}, { LICENSE: 'none' }, /^its LICENSE is another one$/],
    ['another version', { version: '0.0.9' }, {}, /^its version is 0\.0\.9, not /],
    ['no address for bugs', { bugs: undefined }, {}, /^package\.json has no bugs$/],
  ])) {
    test(name, () => {
      const found = problems(manifest, others);
      assert.equal(found.length, 1);
      assert.match(String(found[0]), problem);
    });
  }

  test('a platform’s folder without its binary is not packed by npm either', () => {
    const other = PLATFORMS.find(
      (platform) => !readdirSync(join(root, 'npm', platform)).some((n) => n.endsWith('.node')),
    );
    assert.ok(other);
    const { status, stderr } = spawnSync('npm', ['pack', '--dry-run'], {
      cwd: join(root, 'npm', other),
      encoding: 'utf8',
    });
    assert.notEqual(status, 0);
    assert.match(stderr, new RegExp(`twitter-native-${other} is not packed: \\S+\\.node is missing`));
  });

  test('the package is not packed without the names of its binaries', () => {
    const { status, stderr } = spawnSync('npm', ['pack', '--dry-run'], { cwd: root, encoding: 'utf8' });
    assert.notEqual(status, 0);
    assert.match(stderr, /Not packed: npm run pack:all/);
  });
});

describe('what would be published', () => {
  /** @type {Awaited<ReturnType<typeof startPackedRegistry>>} */
  let registry;
  /** @type {string} */
  let project;
  /** @type {import('../../sandbox/index.js').Sandbox} */
  let sandbox;
  /** @type {string} */
  let token;

  before(async () => {
    registry = await startPackedRegistry();
    project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'a-project', private: true }));
    const tools = ['typescript', '@types/node'].map((name) => `${name}@${devDependencies[name]}`);
    npmInstall(project, registry.env, ['twitter-native', 'twitter-native-sandbox', ...tools]);
    // The installed one too.
    const { startSandbox } = createRequire(join(project, 'package.json'))('twitter-native-sandbox');
    sandbox = await startSandbox();
    token = sandbox.seedUser().oauth2.accessToken;
  });
  after(async () => {
    await sandbox?.close();
    await registry?.stop();
  });

  /** @param {string} tarball a part of its name */
  const packed = (tarball) => {
    const path = registry.tarballs.find((name) => name.endsWith(`/${tarball}-${version}.tgz`));
    assert.ok(path);
    return unpack(path, mkdtempSync(join(folder, 'unpacked-')));
  };

  test('the package brings nothing but its binary, whose packages it names for all systems', () => {
    const { dependencies, optionalDependencies } = manifestOf(packed('twitter-native'));
    assert.equal(dependencies, undefined);
    const names = PLATFORMS.map((platform) => [`twitter-native-${platform}`, version]);
    assert.deepEqual(optionalDependencies, Object.fromEntries(names));
    assert.ok(
      existsSync(join(project, 'node_modules', BINARY, manifestOf(join(project, 'node_modules', BINARY)).main)),
    );
  });

  test('the package has no sources, tests or binaries', () => {
    const entries = readdirSync(packed('twitter-native')).filter(
      (name) => !/^(index|medusa)\.(d\.)?m?[jt]s$/.test(name),
    );
    assert.deepEqual(entries.sort(), ['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES', 'bin', 'js', 'package.json']);
  });

  test('what loading takes is one file, and whatever loads a part of it gets the same', async () => {
    const program = `
      const { relative } = require('node:path');
      const { TwitterError } = require('twitter-native');
      const folder = 'node_modules/twitter-native';
      const files = Object.keys(require.cache).map((file) => relative(folder, file).replaceAll('\\\\', '/'));
      const isSame = TwitterError === require('./' + folder + '/js/errors.js').TwitterError;
      const { toMedusaError } = require('twitter-native/medusa');
      console.log(JSON.stringify({ files: files.filter((file) => !file.startsWith('..')), isSame, toMedusaError: typeof toMedusaError }));`;
    writeFileSync(join(project, 'loading.cjs'), program);
    assert.deepEqual(JSON.parse(await run(['loading.cjs'])), {
      files: ['index.js', 'js/joined.js'],
      isSame: true,
      toMedusaError: 'function',
    });
  });

  test('the plugin shares the shop’s twitter-native, and leaves the dashboard’s packages to the dashboard', () => {
    const manifest = manifestOf(packed('medusa-plugin-twitter'));
    assert.deepEqual(Object.keys(manifest.dependencies), ['d3-scale', 'fastq', 'ioredis']);
    const optional = Object.keys(manifest.peerDependenciesMeta);
    const needed = Object.keys(manifest.peerDependencies).filter((name) => !optional.includes(name));
    assert.deepEqual(needed, ['@medusajs/framework', '@medusajs/medusa', 'twitter-native']);
  });

  const publish = (/** @type {string} */ text) => `
    const url = String(process.env.PICTURE);
    const { tweetId } = await publishTweetWithMedia(
      { text: '${text}', media: [{ url, altText: 'A picture' }] }, String(process.env.TOKEN));
    console.log(tweetId);`;

  /** Runs a program of the project, and gives what it printed. @param {string[]} args @param {string} [program] */
  async function run(args, program = process.execPath) {
    const picture = `${sandbox.url}/media/jpeg?width=300&height=200`;
    const own = { TOKEN: token, PICTURE: picture, X_OAUTH2_TOKEN: token, XDG_STATE_HOME: join(project, 'state') };
    const env = { ...process.env, ...sandbox.env, ...own };
    const child = spawn(program, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (part) => {
      printed += part;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 0, printed);
    return printed.trim();
  }

  /** @param {string} tweetId @param {string} text */
  function assertPosted(tweetId, text) {
    const posts = sandbox.ledger.tweets().filter((tweet) => tweet.text === text);
    assert.deepEqual(
      posts.map(({ id, media }) => [id, media.map((/** @type {any} */ medium) => medium.altText)]),
      [[tweetId, ['A picture']]],
    );
  }

  test('npx runs the command line, which says its version and posts', async () => {
    const npx = (/** @type {string[]} */ args) => run(['twitter-native', ...args], 'npx');
    assert.equal(await npx(['--version']), version);
    const address = await npx(['post', 'From a shell', '--image', `${sandbox.url}/media/jpeg`, '--alt', 'A picture']);
    assertPosted(String(address.split('/').at(-1)), 'From a shell');
  });

  test('CommonJS publishes', async () => {
    const program = `const { publishTweetWithMedia } = require('twitter-native'); (async () => {${publish('CommonJS')}})();`;
    writeFileSync(join(project, 'commonjs.cjs'), program);
    assertPosted(await run(['commonjs.cjs']), 'CommonJS');
  });

  test('an ES module publishes', async () => {
    writeFileSync(
      join(project, 'module.mjs'),
      `import { publishTweetWithMedia } from 'twitter-native'; ${publish('A module')}`,
    );
    assertPosted(await run(['module.mjs']), 'A module');
  });

  test('TypeScript publishes from CommonJS and ES modules, with the types that were installed', async () => {
    const kinds = { c: 'Types of CommonJS', m: 'Types of a module' };
    for (const [kind, text] of Object.entries(kinds)) {
      const program = `
        import { publishTweetWithMedia, TwitterError, type PublishedTweet } from 'twitter-native';
        import type { JsonRowOptions } from 'twitter-native/medusa';
        import type { Sandbox } from 'twitter-native-sandbox';
        export type Used = [PublishedTweet['tweetUrl'], JsonRowOptions['table'], Sandbox['url'], TwitterError['code']];
        // @ts-expect-error a text is no number
        export const wrong = () => publishTweetWithMedia({ text: 1 }, '');
        export async function main(): Promise<void> {${publish(text)}}
        void main();`;
      writeFileSync(join(project, `typed.${kind}ts`), program);
    }
    const flags = ['--strict', '--module', 'node16', '--target', 'ES2022', '--types', 'node'];
    await run([join('node_modules', 'typescript', 'bin', 'tsc'), ...flags, 'typed.cts', 'typed.mts']);
    for (const [kind, text] of Object.entries(kinds)) assertPosted(await run([`typed.${kind}js`]), text);
  });
});
