// Builds the addon and what is generated from it: node scripts/build.mjs [--debug] [--target TRIPLE]
import { forgetBuilt, noteBuilt } from '../tools/lib/addon.mjs';
import { ensureNodeModules } from '../tools/lib/ensure.mjs';
import { requireCargo, requireCrates } from '../tools/lib/requirements.mjs';
import { run } from '../tools/lib/steps.mjs';
import { DECLARATIONS, NAMES, separateInternal, writeNames } from '../tools/lib/types.mjs';

ensureNodeModules('.');
requireCargo();
requireCrates();
const given = process.argv.slice(2);
const isDebug = given.includes('--debug');
const profile = isDebug ? 'debug' : 'release';
const others = given.filter((argument) => argument !== '--debug');
forgetBuilt();
run('node_modules/.bin/napi', [
  ...['build', '--platform', '--no-const-enum', '--output-dir', 'native', '--no-js', '--dts', `../${DECLARATIONS}`],
  ...(isDebug ? [] : ['--release']),
  ...others,
  ...['--', '--locked'],
]);
separateInternal();
writeNames();
run('node_modules/.bin/biome', ['format', '--write', DECLARATIONS, NAMES]);
// One for another system leaves what is in native/ for this one as old as it was.
if (!given.includes('--target')) noteBuilt(profile);
