// Makes the tarballs of a release: npm run pack [-- --out artifacts/packages]
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePlugin } from './lib/medusa-shop.mjs';
import { packAll } from './lib/pack.mjs';
import { refuse } from './lib/requirements.mjs';
import { root } from './lib/steps.mjs';

const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'artifacts', 'packages') } } });

ensurePlugin();
rmSync(values.out, { recursive: true, force: true });
try {
  console.log(packAll(values.out).join('\n'));
  console.log('\nPublish them in this order: npm publish <tarball>');
} catch (error) {
  refuse(/** @type {Error} */ (error).message);
}
