'use strict';

const { readReport } = require('../reliability/leaks/report.js');

const run = { library: 'addon.node', environments: 2, classes: 4, endedCalls: 1 };
const OURS = '    #1 0x2 in keep (/x/addon.node+0x2)';
const CLASSES = [
  '    #0 0x1 in operator new(unsigned long) asan_new_delete.cpp:95',
  '    #1 0x2 in napi_create_reference (/usr/bin/node+0x2)',
  '    #2 0x3 in napi_register_module_v1 (/x/addon.node+0x3)',
].join('\n');

/** A block as LeakSanitizer reports it. */
const block = (/** @type {number} */ objects, /** @type {string} */ frames, kind = 'Direct') =>
  `${kind} leak of ${8 * objects} byte(s) in ${objects} object(s) allocated from:\n${frames}\n\n`;
const withFrame = (/** @type {string} */ frame) => `    #0 0x1 in malloc (libasan.so+0x1)\n${frame}`;

test('blocks with our frames are ours, others are not', () => {
  const node = withFrame('    #1 0x2 in node::Start (/usr/bin/node+0x2)');
  const report = `==1==ERROR: LeakSanitizer\n\n${block(2, withFrame(OURS))}${block(1, node)}${block(3, withFrame(OURS), 'Indirect')}`;
  const { ours, others, errors } = readReport(report, run);
  expect(ours.map(({ bytes, objects }) => [bytes, objects])).toEqual([
    [16, 2],
    [24, 3],
  ]);
  expect({ others, errors }).toEqual({ others: 1, errors: [] });
});

test('what is held for each environment is none, unless it grows', () => {
  expect(readReport(block(8, CLASSES), run).ours).toEqual([]);
  expect(readReport(block(9, CLASSES), run).ours).toHaveLength(1);
});

test('an error of memory is one', () => {
  const line = 'ERROR: AddressSanitizer: heap-use-after-free on address 0x1';
  expect(readReport(`==1==${line}\n`, run).errors).toEqual([line]);
});
