// What `npm run coverage` makes of the records that runtimes write.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addLcov, addV8, codeAlone, compileTimeLines } from '../../tools/lib/coverage/lines.mjs';
import { ranges, report } from '../../tools/lib/coverage/report.mjs';
import { root } from '../../tools/lib/steps.mjs';

const FILE = 'js/cli/nearest.js';

/** @param {(folder: string) => void} work */
function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'twitter-native-coverage-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('lines are reported as ranges', () => {
  assert.equal(ranges([9, 3, 7, 8]), '3, 7–9');
  assert.equal(ranges([]), '');
});

test('a process that a test begins counts what it ran', () => {
  inFolder((folder) => {
    const env = { ...process.env, NODE_V8_COVERAGE: folder };
    assert.equal(spawnSync(process.execPath, ['-e', `require('./${FILE}')`], { cwd: root, env }).status, 0);
    const lines = new Map();
    addV8(lines, folder, (file) => file === FILE);
    codeAlone(lines);
    const source = readFileSync(join(root, FILE), 'utf8').split('\n');
    const reached = (/** @type {string} */ text) =>
      lines.get(FILE).get(source.findIndex((line) => line.includes(text)) + 1);
    // The module was loaded, and nothing in it was called.
    assert.equal(reached('module.exports'), true);
    assert.equal(reached('return'), false);
    assert.ok(!lines.get(FILE).has(source.indexOf('') + 1));
  });
});

test('a line that one of several records has reached is reached', () => {
  inFolder((folder) => {
    const lines = new Map();
    for (const [name, counts] of Object.entries({ one: [0, 1, 0], other: [1, 0, 0] })) {
      const path = join(folder, name);
      const records = counts.map((count, index) => `DA:${index + 1},${count}\n`).join('');
      writeFileSync(path, `SF:${join(root, FILE)}\n${records}end_of_record\n`);
      addLcov(lines, path);
    }
    assert.deepEqual(
      [...lines.get(FILE)],
      [
        [1, true],
        [2, true],
        [3, false],
      ],
    );
    assert.match(
      report('JavaScript', lines),
      /js\/cli +3 +1 +66\.7 %[\s\S]*Not reached \(JavaScript\):\n {2}js\/cli\/nearest\.js: 3$/,
    );
  });
});

test('what the compiler runs is no line that tests could reach', () => {
  const source = [
    '#[napi(',
    '    catch_unwind',
    ')]',
    'pub fn one() -> u8 {',
    '    1',
    '}',
    '',
    '    pub(crate) const fn two() -> u8 {',
    '        if true {',
    '        }',
    '    }',
    '#[derive(Clone)]',
    'struct Three;',
  ];
  assert.deepEqual(compileTimeLines(source), [1, 2, 3, 8, 9, 10, 11, 12]);
});
