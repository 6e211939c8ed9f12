// An app that has this package as it is published: what is measured is what users have.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { manifestOf, packAll, unpack } from '../../tools/lib/pack.mjs';
import { builtBinaries } from '../../tools/lib/packed.mjs';
import { TARGET } from './native.mjs';

/** The app's folder. */
export const APP = join(TARGET, 'app');

/** Installs the package anew. The addon has to be built. */
export function installApp() {
  mkdirSync(TARGET, { recursive: true });
  const stage = mkdtempSync(join(TARGET, 'packing-'));
  try {
    const tarballs = packAll(stage, { binaries: builtBinaries(), withPlugin: false });
    rmSync(APP, { recursive: true, force: true });
    mkdirSync(join(APP, 'node_modules'), { recursive: true });
    for (const [index, tarball] of tarballs.entries()) {
      const folder = unpack(tarball, join(stage, String(index)));
      renameSync(folder, join(APP, 'node_modules', manifestOf(folder).name));
    }
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
