// What a release is made by: the look into binaries, the version, the notices, the packing.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { platformName } from '../../js/load/platform.js';
import { inspectBinary } from '../../tools/lib/binary.mjs';
import { notices } from '../../tools/lib/notices.mjs';
import { binariesIn, manifestOf, PLATFORMS } from '../../tools/lib/pack.mjs';
import { root } from '../../tools/lib/steps.mjs';
import { dateChangelog, setVersion, versionedFiles, versionsIn } from '../../tools/lib/version.mjs';
import { libraryThatNeeds } from '../support/shared-library.js';

const { version: current } = manifestOf(root);
const isGnu = platformName().endsWith('-gnu');

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (/** @type {string} */ of, /** @type {string} */ file) => readFileSync(join(of, file), 'utf8');

describe('a binary', () => {
  /** What is wrong with a file that is no program, of these bytes. @param {string} bytes */
  function problemsOf(bytes) {
    const file = join(folder, 'addon.node');
    writeFileSync(file, bytes);
    return inspectBinary(file).problems;
  }

  test('that names no path of the machine that built it is good', () => {
    assert.deepEqual(problemsOf('/crates/tokio-1.0.0/src/lib.rs\0/twitter-native/src/lib.rs\0/rustc/1a2b/library'), []);
  });

  for (const [where, path] of [
    ['the repository', `${root}src/lib.rs`],
    ['the home folder', `${homedir()}/.profile`],
    ["another person's home folder", '/home/somebody/project/src/lib.rs'],
    ['a Mac', '/Users/runner/work/project/src/lib.rs'],
    ['a Windows machine', 'C:\\Users\\runner\\project\\lib.rs'],
    ["cargo's crates", '/usr/local/cargo/registry/src/index/bytes-1.0.0/src/lib.rs'],
  ]) {
    test(`that names a path in ${where} is refused`, () => {
      const [problem, ...others] = problemsOf(`abc\0${path}\0def`);
      assert.match(String(problem), /^it names a path of the machine that built it: /);
      assert.ok(String(path).endsWith(String(problem).slice(-12)));
      assert.deepEqual(others, []);
    });
  }

  describe('for glibc', { skip: !isGnu }, () => {
    /** @param {{ library: string, version?: string }} needed */
    function inspect(needed) {
      const file = join(folder, 'addon.node');
      libraryThatNeeds(file, needed);
      return inspectBinary(file);
    }

    test('that needs no later one than 2.17 is good', () => {
      const { glibc, libraries, problems } = inspect({ library: 'libc.so.6', version: 'GLIBC_2.17' });
      assert.deepEqual([glibc, libraries, problems], ['2.17', ['libc.so.6'], []]);
    });

    for (const version of ['2.18', '2.34', '3.0', 'PRIVATE']) {
      test(`that needs ${version} is refused, with the symbol`, () => {
        const { problems } = inspect({ library: 'libc.so.6', version: `GLIBC_${version}` });
        assert.deepEqual(problems, [`it needs glibc ${version}, later than 2.17: needed`]);
      });
    }

    test('that needs a library which not every system has is refused', () => {
      assert.deepEqual(inspect({ library: 'libssl.so.3' }).problems, [
        'it needs libssl.so.3, which not every system has',
      ]);
    });

    test('as the everyday build makes it is judged by the command', () => {
      const built = join(root, 'native', `twitter-native.${platformName()}.node`);
      const args = [join(root, 'scripts/check-binary.mjs'), '--glibc', '2.2', built];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      assert.equal(status, 1);
      assert.match(stdout, / bytes; needs glibc 2\.\d+, .*libc\.so\.6/);
      assert.match(stderr, /it needs glibc 2\.\d+, later than 2\.2: \w+/);
    });
  });
});

describe('the version', () => {
  /** A copy of the files that have it. */
  function copy() {
    const files = versionedFiles(root);
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(root, file), join(folder, file));
    }
    return files;
  }

  test('is the same in all places of this repository', () => {
    assert.deepEqual(
      versionsIn(root).filter(({ version }) => version !== current),
      [],
    );
  });

  test('is set everywhere, and nothing else is changed', () => {
    const files = copy();
    setVersion(folder, '7.8.9-rc.1');
    const places = versionsIn(root).map(({ place }) => ({ place, version: '7.8.9-rc.1' }));
    assert.deepEqual(versionsIn(folder), places);
    assert.equal(manifestOf(join(folder, 'medusa')).peerDependencies['twitter-native'], '^7.8.9-rc.1');
    for (const lock of ['Cargo.lock', 'bench/Cargo.lock', 'fuzz/Cargo.lock']) {
      for (const crate of ['twitter-native-core', 'twitter-native-derive']) {
        assert.ok(read(folder, lock).includes(`name = "${crate}"\nversion = "7.8.9-rc.1"\n`), `${lock} has ${crate}`);
      }
    }
    setVersion(folder, current);
    for (const file of files) assert.equal(read(folder, file), read(root, file), file);
  });

  test('is asked for in every place: one that is gone is named', () => {
    copy();
    writeFileSync(join(folder, 'Cargo.lock'), '');
    assert.throws(() => versionsIn(folder), /^Error: Cargo\.lock has no version where it was looked for$/);
    assert.throws(() => setVersion(folder, '1.2.3'), /Cargo\.lock has no version/);
    writeFileSync(join(folder, 'sandbox/package.json'), '{}');
    assert.throws(() => setVersion(folder, '1.2.3'), /sandbox\/package\.json has no version/);
  });

  for (const version of ['1.2', '1.2.3.4', 'v1.2.3', '01.2.3', '1.2.3+build', '', '1.2.3 ']) {
    test(`“${version}” is none`, () => {
      copy();
      assert.throws(() => setVersion(folder, version), /is not a version: it is three numbers/);
      assert.deepEqual(versionsIn(folder), versionsIn(root));
    });
  }

  test('and the day are put into the changelog, which has to have something unreleased', () => {
    const date = (/** @type {string} */ text) => dateChangelog(text, '1.2.3', '2026-11-27');
    assert.equal(date('# Changelog\n\n## unreleased\n\n- A'), '# Changelog\n\n## 1.2.3 – 2026-11-27\n\n- A');
    assert.equal(date('# Changelog\n\n## 0.1.0 – unreleased\n'), '# Changelog\n\n## 1.2.3 – 2026-11-27\n');
    assert.throws(() => date('# Changelog\n\n## 1.0.0 – 2026-01-01\n'), /has no section "## unreleased"/);
  });
});

describe('a release', () => {
  test('of a tree with changes is refused before anything is done', { skip: !existsSync(join(root, '.git')) }, () => {
    const stray = join(root, 'scripts', 'a-stray-file');
    writeFileSync(stray, '');
    try {
      const args = [join(root, 'scripts/release.mjs'), '--dry-run'];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, /^Nothing is released from a tree with changes\. .*\n[\s\S]*\?\? scripts\/a-stray-file/);
    } finally {
      rmSync(stray);
    }
  });

  test('needs a version', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/release.mjs')], { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [1, 'Which version? --version 1.2.3\n']);
  });
});

describe('the notices', () => {
  test('are those of the lock files', () => {
    for (const [file, text] of Object.entries(notices())) {
      assert.ok(text === read(root, file), `${file} is not fresh: \`npm run notices\` writes it`);
    }
  });

  test('name what is linked in, with its licence, and whose lists are derived from', () => {
    const text = read(root, 'THIRD-PARTY-NOTICES');
    for (const name of ['rustls', 'tokio', 'ring', 'napi', 'schannel', 'security-framework']) {
      assert.match(text, new RegExp(`^${name} \\d\\S* \\(.+\\)$`, 'm'));
    }
    for (const source of ['twitter-text', 'twemoji-parser', 'IANA']) assert.ok(text.includes(source));
    // A macro runs where it is compiled, and is in no binary.
    assert.doesNotMatch(text, /^napi-derive /m);
  });

  test('of the sandbox name all that comes with it', () => {
    const text = read(root, 'sandbox/THIRD-PARTY-NOTICES');
    for (const name of Object.keys(manifestOf(join(root, 'sandbox')).dependencies))
      assert.ok(text.includes(`\n${name} `));
  });
});

describe('packing', () => {
  const write = (/** @type {string} */ system, /** @type {string} */ place) => {
    mkdirSync(join(folder, place), { recursive: true });
    writeFileSync(join(folder, place, `twitter-native.${system}.node`), '');
  };

  test('takes the binaries from wherever in a folder they are', () => {
    for (const system of PLATFORMS) write(system, `binaries-${system}`);
    const expected = PLATFORMS.map((system) => [
      system,
      join(folder, `binaries-${system}`, `twitter-native.${system}.node`),
    ]);
    assert.deepEqual(binariesIn(folder), Object.fromEntries(expected));
  });

  test('is refused if a system has no binary, or two', () => {
    const [first = '', ...others] = PLATFORMS;
    for (const system of others) write(system, system);
    assert.throws(() => binariesIn(folder), new RegExp(`lacks the binaries of twitter-native-${first}$`));
    write(first, 'one');
    write(first, 'two');
    assert.throws(() => binariesIn(folder), new RegExp(`has more than one twitter-native\\.${first}\\.node: `));
    assert.throws(() => binariesIn(join(folder, 'none')), /lacks the binaries of .*darwin-arm64, .*win32-x64-msvc$/);
  });

  test('is a command of its own, which npm does not take for its own `pack`', () => {
    const args = ['run', '--silent', 'pack:all', '--', '--binaries', folder, '--out', join(folder, 'out')];
    const { status, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /lacks the binaries of twitter-native-/);
  });
});
