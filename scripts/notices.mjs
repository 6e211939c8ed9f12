// Writes THIRD-PARTY-NOTICES of each package from the lock files: npm run notices [-- --check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNodeModules } from '../tools/lib/ensure.mjs';
import { notices } from '../tools/lib/notices.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { refuse, requireCargo } from '../tools/lib/requirements.mjs';
import { root } from '../tools/lib/steps.mjs';

/** `check`: writes nothing, and fails if one is not fresh. */
const { values } = readOptions({ options: { check: { type: 'boolean', default: false } } });
ensureNodeModules('.');
requireCargo();

const stale = Object.entries(notices()).filter(([path, text]) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});
if (values.check) {
  if (stale.length > 0)
    refuse(`Not fresh: ${stale.map(([path]) => path).join(', ')}. \`npm run notices\` writes them.`);
  console.log('THIRD-PARTY-NOTICES are those of the lock files.');
} else {
  for (const [path, text] of stale) {
    writeFileSync(join(root, path), text);
    console.log(`${path}: ${text.length.toLocaleString('en')} characters`);
  }
}
