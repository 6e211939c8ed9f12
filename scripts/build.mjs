// Builds the addon and what is generated from it: node scripts/build.mjs [--debug]
import { ensureNodeModules } from './lib/ensure.mjs';
import { run } from './lib/steps.mjs';

ensureNodeModules('.');
const profile = process.argv.includes('--debug') ? [] : ['--release'];
const outputs = ['--output-dir', 'native', '--js', 'index.js', '--dts', 'index.d.ts'];
run('node_modules/.bin/napi', ['build', '--platform', '--no-const-enum', ...outputs, ...profile, '--', '--locked']);
run('node', ['scripts/generate-types.mjs']);
run('node_modules/.bin/biome', ['format', '--write', 'index.d.ts', 'index.d.mts']);
