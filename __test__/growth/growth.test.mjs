// How much a new endpoint and a new option take: both are added to a copy of the tree, which is then built and used, and
// what does not fit together in js/ is an error of types there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ensureNodeModules } from '../../tools/lib/ensure.mjs';
import { hostTarget } from '../../tools/lib/portable.mjs';
import { root } from '../../tools/lib/steps.mjs';
import { ENDPOINT, OPTION } from './additions.mjs';

/** Under `target`, where no other tool looks, and always the same: cargo keeps what it compiled by the folder's name. */
const COPY = join(root, 'target', 'growth');
const TARGET = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const GENERATED = ['index.d.ts', 'index.js'];

const read = (/** @type {string} */ file) => readFileSync(join(COPY, file), 'utf8');
const write = (/** @type {string} */ file, /** @type {string} */ text) => writeFileSync(join(COPY, file), text);

/** What git has and would have of the tree. */
function filesOfTree() {
  const { stdout } = spawnSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  return stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

/** @param {import('./additions.mjs').Addition[]} additions */
function apply(additions) {
  for (const { file, after: place, text } of additions) {
    const before = read(file);
    if (place === undefined) {
      write(file, before + text);
      continue;
    }
    assert.equal(before.split(place).length, 2, `${file} has ${JSON.stringify(place)} once`);
    write(
      file,
      before.replace(place, () => place + text),
    );
  }
}

/** @param {string} command @param {string[]} args */
function runInCopy(command, args) {
  const env = { ...process.env, CARGO_TARGET_DIR: TARGET };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: COPY, env, encoding: 'utf8' });
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

const build = () => runInCopy('node', ['scripts/build.mjs', '--debug']);
const checkTypes = () => runInCopy('node_modules/.bin/tsc', ['-p', 'tsconfig.growth.json']);

/**
 * Says what is wrong with the types of a file in which one part is replaced.
 * @param {string} file @param {string} part @param {string} other
 */
function typesWith(file, part, other) {
  const good = read(file);
  assert.equal(good.split(part).length, 2, `${file} has ${JSON.stringify(part)} once`);
  write(
    file,
    good.replace(part, () => other),
  );
  try {
    return checkTypes();
  } finally {
    write(file, good);
  }
}

const filesOf = (/** @type {import('./additions.mjs').Addition[]} */ additions) => [
  ...new Set(additions.map(({ file }) => file)),
];

describe('a new endpoint and a new option', () => {
  /** @type {string[]} */
  let tree;
  before(() => {
    ensureNodeModules('.');
    rmSync(COPY, { recursive: true, force: true });
    tree = filesOfTree();
    for (const file of tree) {
      mkdirSync(dirname(join(COPY, file)), { recursive: true });
      cpSync(join(root, file), join(COPY, file), { verbatimSymlinks: true });
    }
    symlinkSync(join(root, 'node_modules'), join(COPY, 'node_modules'));
    write(
      'tsconfig.growth.json',
      JSON.stringify({ extends: './tsconfig.json', include: ['index.js', 'js/**/*.js', 'types/*.d.ts'] }),
    );
    apply([...ENDPOINT, ...OPTION]);
    const { ok, output } = build();
    assert.ok(ok, output);
  });
  after(() => rmSync(COPY, { recursive: true, force: true }));

  test('touch six files and two; all other changes are the build’s', () => {
    assert.equal(filesOf(ENDPOINT).length, 6);
    assert.equal(filesOf(OPTION).length, 2);
    const changed = tree.filter((file) => !readFileSync(join(COPY, file)).equals(readFileSync(join(root, file))));
    assert.deepEqual(changed.sort(), [...filesOf(ENDPOINT), ...filesOf(OPTION), ...GENERATED].sort());
  });

  test('are used from CommonJS and ESM', async () => {
    /** @type {string[]} */
    const asked = [];
    const server = createServer((request, response) => {
      asked.push(String(request.url));
      const data = request.url?.startsWith('/2/users/by/') ? { id: '12', username: 'Somebody' } : [];
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    try {
      const options = { client: { apiBaseUrl: `http://127.0.0.1:${port}` } };
      const required = createRequire(join(COPY, 'package.json'))('./index.js');
      assert.equal(required.getUserByName.name, 'getUserByName');
      assert.equal(required.getUserByName.length, 3);
      assert.deepEqual(await required.getUserByName('somebody', 'token', options), { id: '12', username: 'Somebody' });
      await required.getUserTweets('12', 'token', { ...options, sortOrder: 'recency' });
      assert.equal(asked[0], '/2/users/by/username/somebody');
      assert.equal(new URL(String(asked[1]), 'http://x').searchParams.get('sort_order'), 'recency');
      await assert.rejects(required.getUserByName(1, 'token', options), {
        code: 'INVALID_ARGUMENT',
        message: 'Failed to get user: name must be a string',
        operation: 'getUserByName',
      });
      const imported = await import(pathToFileURL(join(COPY, 'index.mjs')).href);
      assert.equal(imported.getUserByName, required.getUserByName);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  test('are declared, with what their comments say', () => {
    const declared = read('index.d.ts');
    assert.match(declared, /\/\*\* Reads a user by name\. \*\/\nexport declare function getUserByName\(/);
    assert.match(declared, /\/\*\* Which posts come first\. \*\/\n {2}sortOrder\?: 'recency' \| 'relevancy';/);
    assert.doesNotMatch(declared, /internal/);
  });

  test('are declared as today’s sources say, also where cargo has compiled them before napi asks for types', () => {
    const sources = 'src/exports/tweets.rs';
    write(sources, read(sources).replace('/// Reads a user by name.', '/// Reads a user by their name.'));
    const compiled = runInCopy('cargo', ['build', '-p', 'twitter-native', '--locked', '--target', hostTarget()]);
    assert.ok(compiled.ok, compiled.output);
    for (const _ of ['at first', 'and again']) {
      const { ok, output } = build();
      assert.ok(ok, output);
      assert.match(read('index.d.ts'), /\/\*\* Reads a user by their name\. \*\//);
    }
  });

  test('fit together', () => {
    const { ok, output } = checkTypes();
    assert.ok(ok, output);
  });

  const row = "getUserByName: { takes: [asGiven, credentialsOf], last: 'options' },";
  for (const [name, file, part, other, problem] of [
    ['a function without its row', 'js/functions.js', row, '', /'getUserByName' is missing/],
    [
      'arguments that are prepared in a wrong order',
      'js/functions.js',
      row,
      row.replace('asGiven, credentialsOf', 'credentialsOf, asGiven'),
      /functions\.js\(\d+,\d+\): error/,
    ],
    [
      'an argument that is not prepared',
      'js/functions.js',
      row,
      row.replace('credentialsOf', 'asGiven'),
      /functions\.js\(\d+,\d+\): error/,
    ],
    ['options in place of a config', 'js/functions.js', row, row.replace('options', 'config'), /"config"' is not/],
    [
      'a native call whose arguments are swapped',
      'js/webhooks.js',
      'internal.replayWebhook(prepareReplay(replay), app, options, environment)',
      'internal.replayWebhook(prepareReplay(replay), options, app, environment)',
      /webhooks\.js\(\d+,\d+\): error/,
    ],
    [
      'an environment before the options',
      'js/tokens.js',
      'internal.managedAccessToken(credentialsOf(this, settling), prepared, environment)',
      'internal.managedAccessToken(credentialsOf(this, settling), environment, prepared)',
      /tokens\.js\(\d+,\d+\): error/,
    ],
    [
      'what callers give, handed on as it is',
      'js/signer.js',
      'internal.oauth1Header(this.#credentials, method,',
      'internal.oauth1Header({ method }, method,',
      /signer\.js\(\d+,\d+\): error/,
    ],
  ]) {
    test(`${name} is an error of types`, () => {
      const { ok, output } = typesWith(String(file), String(part), String(other));
      assert.equal(ok, false);
      assert.match(output, /** @type {RegExp} */ (problem));
    });
  }
});
