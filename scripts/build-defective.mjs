// Builds the addon with defects on purpose, for the tests that show that they are noticed: npm run build:defective
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNodeModules } from '../tools/lib/ensure.mjs';
import { hostTarget, libraryOf } from '../tools/lib/portable.mjs';
import { requireCargo, requireCrates } from '../tools/lib/requirements.mjs';
import { root, run } from '../tools/lib/steps.mjs';

const BUILD = join(root, 'target');
const FOLDER = join(BUILD, 'defective-addon');
const ADDON = join(FOLDER, 'twitter-native.node');

ensureNodeModules('.');
requireCargo();
requireCrates();
// By cargo itself, where Rust's tests are built, too: napi would have what it depends on compiled a second time.
run('cargo', ['build', '-p', 'twitter-native', '--features', 'test-hooks', '--locked', '--target-dir', BUILD]);
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
copyFileSync(join(BUILD, 'debug', libraryOf(hostTarget())), ADDON);
