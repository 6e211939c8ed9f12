// Builds the addon and what is generated from it: node scripts/build.mjs [--debug]
import { run } from './lib/steps.mjs';
import { ensureNodeModules } from './lib/ensure.mjs';

ensureNodeModules('.');
const profile = process.argv.includes('--debug') ? [] : ['--release'];
const napi = ['build', '--platform', '--no-const-enum', '--output-dir', 'native', '--js', 'index.js', '--dts', 'index.d.ts'];
run('node_modules/.bin/napi', [...napi, ...profile]);
run('node', ['scripts/generate-types.mjs']);
run('node_modules/.bin/biome', ['format', '--write', 'index.d.ts', 'index.d.mts']);
