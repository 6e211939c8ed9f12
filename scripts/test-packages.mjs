// Packs all packages, installs them from a registry on the loopback and publishes with them:
// npm run test:packages [-- --built]

import { ensureAddon, ensureNodeModules } from '../tools/lib/ensure.mjs';
import { ensurePlugin } from '../tools/lib/medusa-shop.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { run } from '../tools/lib/steps.mjs';

/** `built`: the addon is. */
const { values } = readOptions({ options: { built: { type: 'boolean', default: false } } });

if (!values.built) ensureAddon();
ensureNodeModules('tools/registry');
ensurePlugin();
run('node', ['--test', '--test-reporter=spec', '__test__/packages/packages.test.mjs']);
