// Installs what folders with a lock file need, unless that was done: node scripts/ensure.mjs FOLDER …
import { ensureNodeModules } from '../tools/lib/ensure.mjs';

for (const folder of process.argv.slice(2)) ensureNodeModules(folder);
