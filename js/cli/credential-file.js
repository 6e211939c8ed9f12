'use strict';

const { createHash, randomBytes } = require('node:crypto');
const fs = require('node:fs');
const { homedir } = require('node:os');
const { basename, dirname, isAbsolute, join } = require('node:path');
const { CliError, fileWords, unauthorized } = require('./failure.js');
const { lock } = require('./lock.js');
const { syncFolder, writeDurably } = require('./versions.js');

/** The format that is written. */
const FORMAT = 1;
/** A file of credentials is far smaller. */
const MAX_BYTES = 65_536;
/** Group and others. */
const OTHERS = 0o077;
const REFRESH_LOCK = { holdMs: 30_000, waitMs: 40_000 };
const WRITE_LOCK = { holdMs: 5000, waitMs: 15_000 };

/**
 * @typedef {object} Credentials
 * @property {{ clientId?: string, clientSecret?: string, apiKey?: string, apiSecret?: string }} [app]
 * @property {{ id?: string, username?: string }} [user]
 * @property {{ accessToken: string, refreshToken?: string, expiresAt?: number, obtainedAt?: number, refreshingSince?: number, scope?: string }} [oauth2]
 * @property {{ accessToken: string, accessTokenSecret: string }} [oauth1]
 */

/** The members of a file and their types. @type {Record<string, Record<string, 'string' | 'number'>>} */
const MEMBERS = {
  app: { clientId: 'string', clientSecret: 'string', apiKey: 'string', apiSecret: 'string' },
  user: { id: 'string', username: 'string' },
  oauth2: {
    accessToken: 'string',
    refreshToken: 'string',
    expiresAt: 'number',
    obtainedAt: 'number',
    refreshingSince: 'number',
    scope: 'string',
  },
  oauth1: { accessToken: 'string', accessTokenSecret: 'string' },
};

/** Where credentials lie unless another file is named. */
function usualFile() {
  const { XDG_CONFIG_HOME: given, APPDATA: roaming } = process.env;
  if (given && isAbsolute(given)) return join(given, 'twitter-native', 'credentials.json');
  if (process.platform === 'win32' && roaming) return join(roaming, 'twitter-native', 'credentials.json');
  return join(homedir(), '.config', 'twitter-native', 'credentials.json');
}

/** One account's credentials in a file that this user alone can read. */
class CredentialFile {
  /** @param {string} path */
  constructor(path) {
    this.path = path;
  }

  /** What it holds; nothing if there is no such file. @returns {{ credentials: Credentials, version: string } | undefined} */
  read() {
    const text = this.#text();
    if (text === undefined) return undefined;
    return { credentials: this.#parsed(text), version: createHash('sha256').update(text).digest('hex') };
  }

  #text() {
    try {
      const descriptor = fs.openSync(this.path, 'r');
      try {
        this.#check(fs.fstatSync(descriptor));
        return fs.readFileSync(descriptor, 'utf8');
      } finally {
        fs.closeSync(descriptor);
      }
    } catch (error) {
      if (error instanceof CliError) throw error;
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
      throw unauthorized(`The credential file ${this.path} ${fileWords(error)}.`);
    }
  }

  /** @param {fs.Stats} stats */
  #check(stats) {
    if (!stats.isFile()) throw unauthorized(`The credential file ${this.path} is not a file.`);
    const mode = stats.mode & 0o777;
    // Windows has no such modes: there the file is as private as the folder that it lies in.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      const shown = mode.toString(8).padStart(4, '0');
      throw unauthorized(
        `The credential file ${this.path} has mode ${shown}, so that others may read it. Run: chmod 600 ${this.path}`,
      );
    }
    if (stats.size > MAX_BYTES) throw this.#damaged();
  }

  /** The words of `JSON.parse` repeat what it read. @param {string} text @returns {Credentials} */
  #parsed(text) {
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      throw this.#damaged();
    }
    if (!isPlain(data)) throw this.#damaged();
    const { format, ...parts } = data;
    if (typeof format === 'number' && format > FORMAT) {
      throw unauthorized(`The credential file ${this.path} was written by a newer version of twitter-native.`);
    }
    if (format !== FORMAT) throw this.#damaged();
    for (const [name, members] of Object.entries(MEMBERS)) {
      if (parts[name] !== undefined && !hasTypes(parts[name], members)) throw this.#damaged();
    }
    const { oauth2, oauth1 } = parts;
    if (oauth2 !== undefined && !oauth2.accessToken) throw this.#damaged();
    if (oauth1 !== undefined && !(oauth1.accessToken && oauth1.accessTokenSecret)) throw this.#damaged();
    return parts;
  }

  #damaged() {
    return unauthorized(
      `The credential file ${this.path} is damaged. Run twitter-native auth to write it anew, after you have moved it away.`,
    );
  }

  /**
   * Writes it if it still has this version, and says whether it had. Readers see the old file or the new one, whole.
   * @param {(before: Credentials) => Credentials} change
   * @param {string | undefined} [expected] any, if left out
   */
  async change(change, expected) {
    const release = await this.#lock('write', WRITE_LOCK);
    try {
      const found = this.read();
      if (expected !== undefined && found?.version !== expected) return false;
      this.#replace(`${JSON.stringify({ format: FORMAT, ...change(found?.credentials ?? {}) }, null, 2)}\n`);
      return true;
    } finally {
      release();
    }
  }

  /** Finds out whether it could be written, before somebody fetches tokens that are given once only. */
  async prepare() {
    const release = await this.#lock('write', WRITE_LOCK);
    release();
  }

  /** @param {string} text */
  #replace(text) {
    const folder = dirname(this.path);
    const draft = join(folder, `.${basename(this.path)}-${process.pid}-${randomBytes(6).toString('hex')}`);
    try {
      writeDurably(draft, text);
      fs.renameSync(draft, this.path);
      syncFolder(folder);
    } catch (error) {
      fs.rmSync(draft, { force: true });
      throw unauthorized(`The credential file ${this.path} could not be written: it ${fileWords(error)}.`);
    }
  }

  /** @param {string} name @param {{ holdMs: number, waitMs: number }} limits */
  #lock(name, limits) {
    return lock(join(`${this.path}.lock`, name), limits);
  }

  /**
   * What a `TokenManager` needs to keep this file's tokens: however many processes use it, one refreshes them.
   * @returns {import('../../index.js').TokenManagerOptions}
   */
  tokens() {
    return {
      load: () => {
        const { credentials, version } = this.read() ?? {};
        if (!credentials?.oauth2)
          throw unauthorized(`The credential file ${this.path} has no OAuth 2.0 tokens any more.`);
        const { scope: _scope, ...tokens } = credentials.oauth2;
        return { ...tokens, version };
      },
      store: (next, expected) =>
        this.change(
          (before) => ({
            ...before,
            oauth2: { ...next, ...(before.oauth2?.scope === undefined ? {} : { scope: before.oauth2.scope }) },
          }),
          String(expected),
        ),
      lock: () => this.#lock('refresh', REFRESH_LOCK),
    };
  }
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isPlain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @param {Record<string, 'string' | 'number'>} members */
function hasTypes(value, members) {
  if (!isPlain(value)) return false;
  return Object.entries(members).every(([name, type]) => value[name] === undefined || typeof value[name] === type);
}

module.exports = { CredentialFile, usualFile };
