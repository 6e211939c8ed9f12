// The files that are ours.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What is installed or built, and hidden folders. */
const NOT_OURS = /^(node_modules|target|artifacts|coverage|\..+)$/;

/**
 * Paths of the files whose names match, from the folder on.
 * @param {string} root
 * @param {RegExp} names
 * @param {string} [folder] in it
 * @returns {string[]}
 */
export function sourcesOf(root, names, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.test(entry.name) ? [] : sourcesOf(root, names, path);
    return names.test(path) ? [path] : [];
  });
}
