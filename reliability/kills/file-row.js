'use strict';

const { linkSync, readFileSync, readdirSync, unlinkSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * A row in a folder, for processes that share it and may be killed at any time: a file per version, whose name only one
 * process can take.
 * @param {string} folder
 * @param {string} name
 */
function fileRow(folder, name) {
  const prefix = `${name}.v`;
  const newest = () =>
    readdirSync(folder)
      .filter((file) => file.startsWith(prefix))
      .reduce((most, file) => Math.max(most, Number(file.slice(prefix.length))), 0);
  let writes = 0;
  return {
    /** @returns {Promise<{ state: string, version: number } | undefined>} */
    async load() {
      for (;;) {
        const version = newest();
        if (version === 0) return undefined;
        try {
          return { state: readFileSync(join(folder, `${prefix}${version}`), 'utf8'), version };
        } catch (error) {
          // A newer one has taken its place meanwhile.
          if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
        }
      }
    },
    /** @param {string} next @param {unknown} expectedVersion */
    async store(next, expectedVersion) {
      const version = /** @type {number | undefined} */ (expectedVersion) ?? 0;
      if (newest() !== version) return false;
      writes += 1;
      const draft = join(folder, `${name}.draft-${process.pid}-${writes}`);
      writeFileSync(draft, next);
      try {
        linkSync(draft, join(folder, `${prefix}${version + 1}`));
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
        throw error;
      } finally {
        unlinkSync(draft);
      }
      // Versions never come back, so that an old one stays taken: the one before last may go.
      if (version > 1) unlinkQuietly(join(folder, `${prefix}${version - 1}`));
      return true;
    },
  };
}

/**
 * The rows of a folder that have one of these marks, as a database's query finds them.
 * @param {string} folder
 * @returns {(marks: string[]) => Promise<Array<{ state: string }>>}
 */
function othersIn(folder) {
  return async (marks) => {
    const names = new Set(readdirSync(folder).flatMap((file) => /^(.+)\.v\d+$/.exec(file)?.[1] ?? []));
    const rows = await Promise.all([...names].map((name) => fileRow(folder, name).load()));
    return rows
      .filter((row) => row !== undefined)
      .filter(({ state }) => JSON.parse(state).marks.some((/** @type {string} */ mark) => marks.includes(mark)));
  };
}

/** @param {string} file */
function unlinkQuietly(file) {
  try {
    unlinkSync(file);
  } catch {
    // Another process was faster.
  }
}

module.exports = { fileRow, othersIn };
