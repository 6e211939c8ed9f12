// Packs all packages, installs them from a registry on the loopback and publishes with them:
// npm run test:packages [-- --built]
import { parseArgs } from 'node:util';
import { ensureAddon, ensureNodeModules } from './lib/ensure.mjs';
import { ensurePlugin } from './lib/medusa-shop.mjs';
import { run } from './lib/steps.mjs';

/** `built`: the addon is. */
const { values } = parseArgs({ options: { built: { type: 'boolean', default: false } } });

if (!values.built) ensureAddon();
ensureNodeModules('tools/registry');
ensurePlugin();
run('node', ['--test', '--test-reporter=spec', '__test__/packages/packages.test.mjs']);
