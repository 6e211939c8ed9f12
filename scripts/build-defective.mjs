// Builds the addon with the feature `test-hooks`, for the tests that need defects: node scripts/build-defective.mjs
import { ensureNodeModules } from './lib/ensure.mjs';
import { run } from './lib/steps.mjs';

ensureNodeModules('.');
run('node_modules/.bin/napi', [
  ...['build', '--platform', '--features', 'test-hooks', '--target-dir', 'target'],
  ...['--output-dir', 'target/defective-addon', '--no-js', '--dts', 'index.d.ts'],
  ...['--', '--locked'],
]);
