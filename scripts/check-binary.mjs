// Whether binaries may be published: node scripts/check-binary.mjs [--glibc 2.17] FILE...
// Refuses symbols of a later glibc, libraries that not every system has, and paths of the machine that built them.

import { GLIBC_FLOOR, inspectBinary } from '../tools/lib/binary.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { refuse } from '../tools/lib/requirements.mjs';

const { values, positionals } = readOptions({
  options: { glibc: { type: 'string', default: GLIBC_FLOOR } },
  allowPositionals: true,
});
if (positionals.length === 0) refuse('Which binaries? node scripts/check-binary.mjs [--glibc 2.17] FILE...');

let isGood = true;
for (const file of positionals) {
  const { bytes, glibc, libraries, problems } = inspectBinary(file, values.glibc);
  const needs = [glibc && `glibc ${glibc}`, ...libraries].filter(Boolean).join(', ');
  console.log(`${file}: ${bytes.toLocaleString('en')} bytes${needs && `; needs ${needs}`}`);
  for (const problem of problems) console.error(`  ${problem}`);
  isGood &&= problems.length === 0;
}
process.exit(isGood ? 0 : 1);
