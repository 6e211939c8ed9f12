// Builds the addon and what is generated from it: node scripts/build.mjs [--debug] [--target TRIPLE]
import { forgetBuilt, noteBuilt } from './lib/addon.mjs';
import { ensureNodeModules } from './lib/ensure.mjs';
import { requireCargo } from './lib/requirements.mjs';
import { run } from './lib/steps.mjs';

ensureNodeModules('.');
requireCargo();
const given = process.argv.slice(2);
const isDebug = given.includes('--debug');
const profile = isDebug ? [] : ['--release'];
const others = given.filter((argument) => argument !== '--debug');
const outputs = ['--output-dir', 'native', '--no-js', '--dts', 'index.d.ts'];
forgetBuilt();
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
// One for another system leaves what is in native/ for this one as old as it was.
if (!given.includes('--target')) noteBuilt(isDebug ? 'debug' : 'release');
