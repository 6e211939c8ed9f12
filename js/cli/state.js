'use strict';

const { createHash, randomBytes } = require('node:crypto');
const fs = require('node:fs');
const { homedir } = require('node:os');
const { isAbsolute, join } = require('node:path');
const { api } = require('./api.js');
const { damaged, fileWords } = require('./failure.js');
const { VersionedText, makeFolder, namesIn, stateFailure, writeDurably } = require('./versions.js');

/** How long other processes leave a post alone after the last sign of life of the one that was killed. */
const LEASE_MS = 5000;
/** When a post whose answer was lost is looked for, in milliseconds: sooner than a server would, as a person waits. */
const LOOKS_MS = [500, 3000, 10_000, 30_000, 120_000];
/** What is settled is forgotten after this time. */
const KEPT_MS = 30 * 86_400_000;
/** A post's name in this folder: a digest of what it is, and which time it is posted. */
const ID = /^([0-9a-f]{16})-([1-9]\d{0,5})$/;

/** Where states lie: `XDG_STATE_HOME`, or this system's place for them. */
function stateFolder() {
  const { XDG_STATE_HOME: given, LOCALAPPDATA: local } = process.env;
  // The XDG specification has paths that are not absolute ignored.
  if (given && isAbsolute(given)) return join(given, 'twitter-native');
  if (process.platform === 'win32' && local) return join(local, 'twitter-native', 'State');
  return join(homedir(), '.local', 'state', 'twitter-native');
}

/** @param {string} text */
const digestOf = (text) => createHash('sha256').update(text).digest('hex');

/** A post or thread of an account, as far as it is. Nothing of its text, of its media's addresses or of a token is kept. */
class PostState {
  /** @param {string} folder that of the account @param {string} id */
  constructor(folder, id) {
    this.id = id;
    this.folder = join(folder, id);
    this.row = new VersionedText(this.folder);
    this.intent = new (api().PublishIntent)({
      leaseMs: LEASE_MS,
      load: async () => {
        const found = this.row.load();
        return found && { state: found.text, version: found.version };
      },
      store: async (next, version) => this.row.store(next, /** @type {number | undefined} */ (version)),
      others: async (marks) => statesWith(folder, marks),
    });
  }

  /** How far it is. @returns {Promise<import('../../index.js').IntentStatus & { storedAt: number }>} */
  async status() {
    const storedAt = this.row.load()?.storedAt ?? 0;
    try {
      return { ...(await this.intent.status()), storedAt };
    } catch (error) {
      throw this.explained(error);
    }
  }

  /** Says which file is damaged, if that is why. @param {any} error */
  explained(error) {
    if (error?.field !== 'load().state') return error;
    return damaged(
      `The state in ${this.folder} is damaged or of a newer version, so it is not known whether the post exists. ` +
        'Look at the account; if the post is not there, delete that folder and run the command again.',
    );
  }

  get #checkpointFile() {
    return join(this.folder, 'checkpoint');
  }

  /** Keeps what `resolve` looks a lost post up by. @param {string} checkpoint */
  keepCheckpoint(checkpoint) {
    replaceFile(this.#checkpointFile, checkpoint);
  }

  checkpoint() {
    return readIfThere(this.#checkpointFile);
  }

  get #reportedFile() {
    return join(this.folder, 'reported');
  }

  /** Notes that somebody saw that it is published. A disk that is full does not undo that. */
  markReported() {
    try {
      replaceFile(this.#reportedFile, '');
    } catch {
      // The same command with --again says once more that it is published, and then posts.
    }
  }

  isReported() {
    return fs.existsSync(this.#reportedFile);
  }
}

/**
 * The states of one account's posts that have one of these marks. One that can't be read may have any: then this fails, and
 * nothing is settled.
 * @param {string} folder @param {string[]} marks
 */
function statesWith(folder, marks) {
  const names = namesIn(folder).filter((name) => ID.test(name));
  const states = names.flatMap((name) => new VersionedText(join(folder, name)).load()?.text ?? []);
  return states
    .filter((state) => JSON.parse(state).marks?.some((/** @type {string} */ mark) => marks.includes(mark)))
    .map((state) => ({ state }));
}

/** The state folder. */
class States {
  constructor(root = stateFolder()) {
    this.root = root;
    this.posts = join(root, 'posts');
  }

  /**
   * The states of one content, the latest last.
   * @param {string} account @param {string} content what is to be posted, as a text that is the same for the same post
   */
  of(account, content) {
    const digest = digestOf(content).slice(0, 16);
    const folder = join(this.posts, account);
    const times = namesIn(folder)
      .map((name) => ID.exec(name))
      .filter((match) => match?.[1] === digest)
      .map((match) => Number(match?.[2]))
      .toSorted((one, other) => one - other);
    const nth = (/** @type {number} */ time) => new PostState(folder, `${digest}-${time}`);
    const latest = times.at(-1);
    return { latest: latest === undefined ? undefined : nth(latest), next: () => nth((latest ?? 0) + 1) };
  }

  /** Whether any account has begun to post this. @param {string} content */
  isBegun(content) {
    const digest = digestOf(content).slice(0, 16);
    return namesIn(this.posts).some((account) =>
      namesIn(join(this.posts, account)).some((name) => ID.exec(name)?.[1] === digest),
    );
  }

  /** All states, with the account that each belongs to. @returns {Array<{ account: string, state: PostState }>} */
  all() {
    return namesIn(this.posts).flatMap((account) => {
      const folder = join(this.posts, account);
      if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
      return namesIn(folder)
        .filter((name) => ID.test(name))
        .map((name) => ({ account, state: new PostState(folder, name) }));
    });
  }

  /** @param {string} id */
  find(id) {
    return this.all().find(({ state }) => state.id === id);
  }

  /** Forgets what was settled long ago. */
  async tidy() {
    for (const { state } of this.all()) {
      state.row.tidy();
      const stored = state.row.load();
      if (stored === undefined || Date.now() - stored.storedAt < KEPT_MS) continue;
      const { state: word, inDoubt } = await state.intent.status().catch(() => ({ state: 'unknown', inDoubt: true }));
      if (!inDoubt && (word === 'published' || word === 'failed'))
        fs.rmSync(state.folder, { recursive: true, force: true });
    }
  }

  /** Whose token it is, if this was found out before. @param {string} token */
  knownAccount(token) {
    const text = readIfThere(this.#accountFile(token));
    return text !== undefined && /^\d{1,19}$/.test(text) ? text : undefined;
  }

  /** @param {string} token @param {string} account */
  keepAccount(token, account) {
    makeFolder(join(this.root, 'accounts'));
    this.#forgetAccounts();
    replaceFile(this.#accountFile(token), account);
  }

  /** A token can't be derived from its digest. @param {string} token */
  #accountFile(token) {
    return join(this.root, 'accounts', digestOf(`account of ${token}`).slice(0, 32));
  }

  #forgetAccounts() {
    const folder = join(this.root, 'accounts');
    for (const name of namesIn(folder)) {
      const file = join(folder, name);
      const at = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - at > KEPT_MS) fs.rmSync(file, { force: true });
    }
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw damaged(`The state file ${file} ${fileWords(error)}.`);
  }
}

/** Puts a whole file in the place of another. @param {string} file @param {string} text */
function replaceFile(file, text) {
  const draft = `${file}.draft-${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    writeDurably(draft, text);
    fs.renameSync(draft, file);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw stateFailure(file, error);
  }
}

module.exports = { ID, LEASE_MS, LOOKS_MS, PostState, States, digestOf, stateFolder };
