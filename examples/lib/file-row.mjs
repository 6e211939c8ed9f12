import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A row with compare-and-set, made of files, so that the examples need no database. Each version is a file of its own:
 * only one process can make the next one. In a backend this is one `UPDATE … WHERE version = …`.
 * @param {string} folder
 */
export function fileRow(folder) {
  mkdirSync(folder, { recursive: true });
  const fileOf = (/** @type {number} */ version) => join(folder, `v${version}`);
  const newest = () => Math.max(0, ...readdirSync(folder).map((name) => Number(/^v(\d+)$/.exec(name)?.[1] ?? 0)));
  return {
    read() {
      const version = newest();
      return version === 0 ? undefined : { text: readFileSync(fileOf(version), 'utf8'), version };
    },
    /** @param {string} text @param {number | undefined} expected */
    write(text, expected = 0) {
      if (newest() !== expected) return false;
      const draft = join(folder, `draft-${process.pid}`);
      writeFileSync(draft, text, { mode: 0o600 });
      try {
        linkSync(draft, fileOf(expected + 1));
        return true;
      } catch (error) {
        if (error.code === 'EEXIST') return false;
        throw error;
      } finally {
        rmSync(draft);
      }
    },
  };
}
