// Publishes the tarballs of a folder in their order: node scripts/publish.mjs [--provenance] FOLDER
// What the registry already has is passed over, so that it can be run again if it ended in the middle.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from '../tools/lib/options.mjs';
import { publishTarball } from '../tools/lib/publish.mjs';
import { refuse } from '../tools/lib/requirements.mjs';

const { values, positionals } = readOptions({
  options: { provenance: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) refuse('Which folder? node scripts/publish.mjs [--provenance] FOLDER');

try {
  for (const name of readFileSync(join(folder, 'ORDER'), 'utf8').trim().split('\n')) {
    const outcome = publishTarball(join(folder, name), { provenance: values.provenance });
    console.log(`${name}: ${outcome}`);
  }
} catch (error) {
  refuse(/** @type {Error} */ (error).message);
}
