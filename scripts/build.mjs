// Builds the addon and what is generated from it: node scripts/build.mjs [--debug] [--target TRIPLE]
import { ensureNodeModules } from './lib/ensure.mjs';
import { run } from './lib/steps.mjs';

ensureNodeModules('.');
const given = process.argv.slice(2);
const profile = given.includes('--debug') ? [] : ['--release'];
const others = given.filter((argument) => argument !== '--debug');
const outputs = ['--output-dir', 'native', '--js', 'index.js', '--dts', 'index.d.ts'];
run('node_modules/.bin/napi', [
  'build',
  '--platform',
  '--no-const-enum',
  ...outputs,
  ...profile,
  ...others,
  '--',
  '--locked',
]);
run('node', ['scripts/generate-types.mjs']);
run('node_modules/.bin/biome', ['format', '--write', 'index.d.ts', 'index.d.mts']);
