'use strict';

const { gates } = require('../reliability/soak/gates.js');
const { SIZES, intentsOf } = require('../reliability/soak/plan.js');
const { Tally } = require('../reliability/soak/tally.js');

const MIB = 1024 * 1024;
const FIRST = { publishes: 0, resident: 90 * MIB, heap: 10 * MIB, descriptors: 24, threads: 13 };
const LAST = { ...FIRST, publishes: 100_000 };

/** A run in which all is well, but for what is given. */
function failedGates({ last = {}, tally = {}, ...others }) {
  const run = {
    samples: [FIRST, { ...LAST, ...last }],
    tally: Object.assign(new Tally(), { publishes: 100_000, published: 99_000, faults: 10_000 }, tally),
    workers: { wanted: 200, ended: 200 },
    clients: { wanted: 2000, made: 2000 },
    stray: [],
    ...others,
  };
  return gates(run)
    .filter(({ passed }) => !passed)
    .map(({ name }) => name);
}

test('a run in which all is well passes', () => {
  expect(failedGates({})).toEqual([]);
  expect(failedGates({ last: { publishes: 1000, resident: FIRST.resident + 7 * MIB } })).toEqual([]);
  expect(failedGates({ last: { resident: FIRST.resident + 31 * MIB, descriptors: 26 } })).toEqual([]);
});

test.each([
  ['less than 32 MiB of resident memory more in all', { last: { resident: FIRST.resident + 33 * MIB } }],
  [
    'less than 1 KiB of resident memory more per publish, or 8 MiB in all',
    { last: { publishes: 1000, resident: FIRST.resident + 9 * MIB } },
  ],
  [
    'less than 1 KiB more on the JavaScript heap per publish',
    { last: { publishes: 1000, heap: FIRST.heap + 2 * MIB } },
  ],
  ['descriptors as before, ±2', { last: { descriptors: 27 } }],
  ['threads as before', { last: { threads: 14 } }],
  ['no warning, no rejection that nobody took', { stray: ['MaxListenersExceededWarning'] }],
  ['each intent at most once, each success there', { tally: { violations: ['two posts'] } }],
  ['faults were met', { tally: { faults: 8000 } }],
  ['clients were made and dropped', { clients: { wanted: 2000, made: 1999 } }],
  ['workers were ended in the middle of a call', { workers: { wanted: 200, ended: 199 } }],
])('a run fails by: %s', (name, flaw) => {
  expect(failedGates(flaw)).toEqual([name]);
});

describe('what is reported against what is committed', () => {
  const judged = (/** @type {object} */ outcome, /** @type {string[]} */ ids) => {
    const tally = new Tally();
    tally.judge([{ text: 'A post', ...outcome }], new Map([['A post', ids]]));
    return tally.violations;
  };

  test('agrees', () => {
    expect(judged({ id: '1' }, ['1'])).toEqual([]);
    expect(judged({ code: 'NETWORK' }, [])).toEqual([]);
    expect(judged({ code: 'UNKNOWN_OUTCOME' }, ['1'])).toEqual([]);
    expect(judged({ code: 'UNKNOWN_OUTCOME' }, [])).toEqual([]);
  });

  test.each([
    ['2 posts', { id: '1' }, ['1', '2']],
    ['2 posts', { code: 'UNKNOWN_OUTCOME' }, ['1', '2']],
    ['1 is not there', { id: '1' }, []],
    ['1 is not there', { id: '1' }, ['2']],
    ['committed, and it reads as NETWORK', { code: 'NETWORK' }, ['1']],
    ['it has neither a post nor an error', {}, []],
  ])('does not: %s', (violation, outcome, ids) => {
    expect(judged(outcome, ids)).toEqual([`A post: ${violation}`]);
  });

  test('also of intents that were not awaited', () => {
    const tally = new Tally();
    tally.judgeAtMostOnce(new Map([['Of a worker', ['1', '2']]]));
    expect(tally.violations).toEqual(['Of a worker: 2 posts']);
  });
});

test('each publish of a run belongs to one round, and each text to one publish', () => {
  const size = SIZES.short;
  const texts = new Set();
  for (let round = -size.warmUp; round < size.rounds; round++) {
    for (const { text } of intentsOf(size, 1, round)) texts.add(text);
  }
  expect(texts.size).toBe(size.publishes + (size.warmUp * size.publishes) / size.rounds);
});
