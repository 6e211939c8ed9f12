// Lets the example use the one installation of Medusa that the plugin has: a link in place of a second 750 MB.
import { lstatSync, symlinkSync } from 'node:fs';

const link = new URL('../node_modules', import.meta.url);
if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync('../../medusa/node_modules', link, 'dir');
