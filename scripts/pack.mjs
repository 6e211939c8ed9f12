// Makes the tarballs of a release, with the list of their digests: npm run pack:all [-- --binaries FOLDER --out FOLDER]
// The binaries are looked for in artifacts/binaries and the folders in it; there has to be one for each system.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensurePlugin } from '../tools/lib/medusa-shop.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { binariesIn, packAll } from '../tools/lib/pack.mjs';
import { refuse } from '../tools/lib/requirements.mjs';
import { root } from '../tools/lib/steps.mjs';

const { values } = readOptions({
  options: {
    binaries: { type: 'string', default: join(root, 'artifacts', 'binaries') },
    out: { type: 'string', default: join(root, 'artifacts', 'packages') },
  },
});

/** As `sha256sum --check` reads it. @param {string} file */
const digestLine = (file) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${basename(file)}\n`;

try {
  const binaries = binariesIn(values.binaries);
  ensurePlugin();
  rmSync(values.out, { recursive: true, force: true });
  const tarballs = packAll(values.out, { binaries });
  writeFileSync(join(values.out, 'SHA256SUMS'), tarballs.map(digestLine).join(''));
  // The order in which they are to be published: no package before those that it needs.
  writeFileSync(join(values.out, 'ORDER'), tarballs.map((file) => `${basename(file)}\n`).join(''));
  console.log(tarballs.join('\n'));
  console.log('\nPublish them in this order: npm publish <tarball>');
} catch (error) {
  refuse(/** @type {Error} */ (error).message);
}
