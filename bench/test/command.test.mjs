// The command lines, and what becomes of figures.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chart } from '../lib/chart.mjs';
import { compare, perUnit, totalOf } from '../lib/instructions.mjs';
import { readOptions } from '../lib/options.mjs';
import { chosenScenarios, SCENARIOS } from '../lib/scenarios.mjs';
import { median, summarize } from '../lib/statistics.mjs';

/** @param {string} script @param {string[]} args */
function run(script, ...args) {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('what is wrong is refused with one sentence', () => {
  for (const [args, words] of /** @type {Array<[string[], RegExp]>} */ ([
    [['--fast'], /^Unknown option '--fast'; --help names the options\.\n$/],
    [['posts'], /^Unexpected argument 'posts'.*; --help names the options\.\n$/],
    [['--only', 'tweets'], /^No scenario begins with "tweets"; --list names them\.\n$/],
    [['--drivers', 'ours,got'], /^There is no driver "got"; there are ours, .*\.\n$/],
    [['--runs', '0'], /^--runs takes a whole number from 1 to 99, not "0"\.\n$/],
    [['--runs', 'many'], /^--runs takes a whole number from 1 to 99, not "many"\.\n$/],
    [['--again', '--drivers', 'ours'], /^--again goes with neither --write nor --drivers\.\n$/],
    [['--runs'], /^Option '--runs <value>' argument missing; --help names the options\.\n$/],
  ])) {
    const { status, stdout, stderr } = run('run.mjs', ...args);
    assert.match(stderr, words);
    assert.deepEqual([status, stdout], [1, '']);
  }
  const { status, stderr } = run('instructions.mjs', '--force');
  assert.match(stderr, /^Unknown option '--force'; --accept is the only option\.\n$/);
  assert.equal(status, 1);
});

test('help and the list need no build', () => {
  assert.match(run('run.mjs', '--help').stdout, /--quick.*--write/s);
  const names = run('run.mjs', '--list').stdout.trim().split('\n');
  assert.equal(names.length, SCENARIOS.length);
});

test('scenarios are chosen by how their names begin', () => {
  const chosen = chosenScenarios(readOptions(['--only', 'images-warm,metrics', '--only', 'signing']));
  const names = ['images-warm', 'images-warm-50ms', 'metrics', 'metrics-50ms', 'signing'];
  assert.deepEqual(
    chosen.map(({ name }) => name),
    names,
  );
  assert.equal(new Set(SCENARIOS.map(({ name }) => name)).size, SCENARIOS.length);
  const quick = chosenScenarios({ quick: true });
  assert.ok(quick.length > 10 && quick.every(({ work, quick: short }) => work === short));
});

test('only runs that count make medians', () => {
  assert.deepEqual([median([]), median([3, 1, 2]), median([4, 1, 2, 3])], [undefined, 2, 2.5]);
  const ran = (/** @type {number} */ wallMs) => ({
    measured: { wallMs, cpuMs: 1, peakBytes: 2, connections: 3, mockCpuMs: 4 },
  });
  const { runs, counted, wallMs, loopMaxMs, notes } = summarize('ours', [ran(5), { failed: 'it broke' }, ran(7)]);
  assert.deepEqual([runs, counted, wallMs, loopMaxMs, notes], [3, 2, 6, undefined, ['it broke']]);
});

test('a tenth more instructions fails', () => {
  assert.equal(totalOf('events: Ir\nfn=(1) a\n1 2\nsummary: 123456\n'), 123456);
  assert.throws(() => totalOf('events: Ir\n'));
  assert.equal(perUnit([1000, 6000], [100, 600]), 10);
  const judged = (/** @type {number} */ count) => compare({ post: 1000 }, { post: count });
  assert.deepEqual([judged(1100).ok, judged(1101).ok, judged(500).ok], [true, false, true]);
  assert.match(judged(500).lines.join(), /keep it/);
  assert.equal(compare({}, { post: 1 }).ok, false);
});

test('a plot has its lines within its frame', () => {
  const lines = [
    {
      name: 'a & b',
      points: /** @type {Array<[number, number]>} */ ([
        [1, 10],
        [256, 12_345],
      ]),
    },
  ];
  const ticks = /** @type {Array<[number, string]>} */ ([
    [1, '1'],
    [256, '256'],
  ]);
  const svg = chart({ title: 'wall', x: 'at once', y: 'ms', ticks, lines });
  assert.match(svg, /^<svg .*a &#38; b.*<\/svg>\n$/s);
  const places = [...svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
  assert.equal(places.length, 2);
  for (const [x, y] of places) assert.ok(x >= 70 && x <= 570 && y >= 40 && y <= 370, `${x} ${y}`);
});
