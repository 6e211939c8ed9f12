// The page says what a run showed, the bad as well as the good.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { circumstances } from '../lib/markdown.mjs';
import { writePage } from '../lib/page.mjs';
import { renewed } from '../lib/renewed.mjs';
import { SCENARIOS } from '../lib/scenarios.mjs';

/** @typedef {import('../lib/types.d.ts').Report} Report */

/** @param {string} name @param {Record<string, number>} wall in milliseconds, of each driver */
function measured(name, wall, notes = {}) {
  const scenario = SCENARIOS.find((one) => one.name === name);
  assert.ok(scenario);
  const figures = { runs: 3, counted: 3, cpuMs: 10, peakBytes: 50e6, loopP99Ms: 2, loopMaxMs: 3, connections: 1 };
  const results = Object.entries(wall).map(([driver, wallMs]) => ({ ...figures, driver, wallMs, notes: [] }));
  const failed = Object.entries(notes).map(([driver, note]) => ({ driver, runs: 3, counted: 0, notes: [note] }));
  return { scenario, results: [...results, ...failed] };
}

/** @param {Report['scenarios']} scenarios @returns {Report} */
function reportOf(scenarios) {
  return {
    date: '2026-01-02',
    machine: { cpu: 'a processor', cores: 8, memoryBytes: 16e9, system: 'linux', node: 'v20', load: 0 },
    versions: { undici: '7' },
    addonBytes: 4e6,
    idlePeakBytes: 45e6,
    runs: 3,
    quick: false,
    scenarios,
  };
}

/** @param {Report['scenarios']} scenarios */
function pageOf(scenarios) {
  const folder = mkdtempSync(join(tmpdir(), 'twitter-native-page-'));
  try {
    writePage(reportOf(scenarios), folder);
    assert.deepEqual(
      JSON.parse(readFileSync(join(folder, 'performance', 'results.json'), 'utf8')).scenarios,
      scenarios,
    );
    return {
      text: readFileSync(join(folder, 'performance.md'), 'utf8'),
      files: readdirSync(join(folder, 'performance')).sort(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('where another one is faster, it is said, and where aims are missed', () => {
  const { text } = pageOf([
    measured('posts-at-once-cold', { ours: 200, undici: 100, relay: 50 }),
    measured('posts-at-once-warm', { ours: 100, undici: 300, relay: 50 }, { xdk: 'the mock disagrees: 1 posts' }),
  ]);
  assert.match(text, /2,000 posts, 50 at once: wall is 2\.00 × that of undici/);
  assert.doesNotMatch(text, /20,000 posts, 50 at once: wall is/);
  assert.match(text, /2,000 posts, 50 at once: wall \| ≤ 0\.25 × undici, tuned by hand \| 2\.00 × \| \*\*no\*\*/);
  assert.match(text, /20,000 posts, 50 at once: wall \| ≤ 0\.45 × undici, tuned by hand \| 0\.33 × \| yes/);
  assert.match(text, /Why:\n\n- Posts without TLS: each has a connection of its own/);
  assert.doesNotMatch(text, /- Posts over TLS/);
  assert.match(text, /@xdevplatform\/xdk: 3 of 3 runs do not count, the mock disagrees: 1 posts/);
  assert.match(text, /a machine of 8 cores \(a processor\)/);
});

test('plots are written of what was measured', () => {
  const sizes = ['size-16mib', 'size-64mib'].map((name) => measured(name, { ours: 100, undici: 200 }));
  const { text, files } = pageOf(sizes);
  assert.deepEqual(files, ['memory-size.svg', 'results.json', 'wall-size.svg']);
  for (const file of files) assert.ok(text.includes(`performance/${file}`), file);
  assert.deepEqual(pageOf([measured('signing', { ours: 1, undici: 2 })]).files, ['results.json']);
});

test('a part that is measured again takes the place of the older one, and is named', () => {
  const [cold, warm] = [measured('posts-at-once-cold', { ours: 200 }), measured('posts-at-once-warm', { ours: 100 })];
  const [later, last] = [measured('posts-at-once-warm', { ours: 50 }), measured('posts-at-once-warm', { ours: 40 })];
  const once = renewed(reportOf([cold, warm]), reportOf([later]));
  const twice = renewed(once, { ...reportOf([last]), addonBytes: 5e6 });
  assert.deepEqual(twice.scenarios, [cold, last]);
  assert.match(circumstances(twice), /Measured again since, .*: posts-at-once-warm\. .* 5\.00 MB/);
  assert.doesNotMatch(circumstances(reportOf([cold])), /again/);
});

test('what could not be compared is not put together', () => {
  const kept = reportOf([measured('posts-at-once-cold', { ours: 200 })]);
  const other = { ...kept, machine: { ...kept.machine, cores: 2 } };
  const short = { ...kept, quick: true };
  assert.throws(() => renewed(kept, other), /another machine/);
  assert.throws(() => renewed(kept, { ...kept, versions: { undici: '8' } }), /other versions/);
  assert.throws(() => renewed(kept, { ...kept, runs: 1 }), /more or less often/);
  assert.throws(() => renewed(kept, short), /short run/);
  assert.throws(() => renewed(kept, reportOf([measured('signing', { ours: 1 })])), /before there was "signing"/);
  assert.deepEqual(renewed(kept, { ...kept, machine: { ...kept.machine, load: 3 } }).again, ['posts-at-once-cold']);
});
