'use strict';

const { randomBytes } = require('node:crypto');
const fs = require('node:fs');
const { join } = require('node:path');
const { CliError, EXIT, fileWords } = require('./failure.js');

/** Drafts of processes that were killed are taken away after this time. */
const DRAFT_LIFE_MS = 3_600_000;
const USUAL_ADVICE = 'Set XDG_STATE_HOME to another folder, which is for the states of posts.';
/** Where hard links are not known. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * A text that several processes change, with compare-and-set: a folder with a file per version, whose name only one
 * process can take. A file is whole when it gets its name, so a process may be killed at any time.
 */
class VersionedText {
  /** @param {string} folder it is made when something is stored @param {string} [advice] what to do if it can't be */
  constructor(folder, advice = USUAL_ADVICE) {
    this.folder = folder;
    this.advice = advice;
  }

  /** @param {number} version */
  #fileOf(version) {
    return join(this.folder, `v${version}`);
  }

  #newest() {
    const versions = namesIn(this.folder, this.advice).map((name) => Number(/^v([1-9]\d{0,14})$/.exec(name)?.[1] ?? 0));
    return Math.max(0, ...versions);
  }

  /** What lies there; nothing before the first version. @returns {{ text: string, version: number, storedAt: number } | undefined} */
  load() {
    for (;;) {
      const version = this.#newest();
      if (version === 0) return undefined;
      try {
        const file = this.#fileOf(version);
        return { text: fs.readFileSync(file, 'utf8'), version, storedAt: fs.statSync(file).mtimeMs };
      } catch (error) {
        // A newer one has taken its place meanwhile.
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT')
          throw stateFailure(this.folder, error, this.advice);
      }
    }
  }

  /**
   * Stores a text if what lies there has this version, and says whether it had.
   * @param {string} text
   * @param {number | undefined} expected
   */
  store(text, expected = 0) {
    try {
      if (this.#newest() !== expected) return false;
      makeFolder(this.folder);
      const draft = join(this.folder, `draft-${process.pid}-${randomBytes(6).toString('hex')}`);
      try {
        writeDurably(draft, text);
        fs.linkSync(draft, this.#fileOf(expected + 1));
      } finally {
        fs.rmSync(draft, { force: true });
      }
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
      throw stateFailure(this.folder, error, this.advice);
    }
    syncFolder(this.folder);
    // A process that slept since it saw what was newest may have taken a name that was free again.
    if (this.#newest() > expected + 2) {
      fs.rmSync(this.#fileOf(expected + 1), { force: true });
      return false;
    }
    if (expected > 1) fs.rmSync(this.#fileOf(expected - 1), { force: true });
    return true;
  }

  /** Takes away what killed processes left. */
  tidy() {
    for (const name of namesIn(this.folder).filter((name) => name.startsWith('draft-'))) {
      const draft = join(this.folder, name);
      const age = Date.now() - (fs.statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > DRAFT_LIFE_MS) fs.rmSync(draft, { force: true });
    }
  }
}

/** @param {string} folder @param {string} [advice] */
function namesIn(folder, advice) {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw stateFailure(folder, error, advice);
  }
}

/** @param {string} folder */
function makeFolder(folder) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Writes a new file that only this user can read, and waits until the disk has it. @param {string} file @param {string} text */
function writeDurably(file, text) {
  const descriptor = fs.openSync(file, 'wx', 0o600);
  try {
    fs.writeSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Waits until the disk has a folder's names, where the system can do that. @param {string} folder */
function syncFolder(folder) {
  if (process.platform === 'win32') return;
  const descriptor = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(descriptor);
  } catch {
    // Some file systems can't.
  } finally {
    fs.closeSync(descriptor);
  }
}

/** @param {string} folder @param {unknown} error @param {string} [advice] */
function stateFailure(folder, error, advice = USUAL_ADVICE) {
  if (error instanceof CliError) return error;
  const code = String(/** @type {NodeJS.ErrnoException} */ (error).code);
  const why = NO_LINKS.includes(code) ? 'is on a file system without hard links' : fileWords(error);
  const message = `The folder ${folder} ${why}. ${advice}`;
  return new CliError('STATE_FOLDER', message, EXIT.unexpected);
}

module.exports = { VersionedText, makeFolder, namesIn, stateFailure, syncFolder, writeDurably };
