'use strict';

/** What the program ends with; `--help` and docs/guides/command-line.md explain each. */
const EXIT = Object.freeze({
  done: 0,
  unexpected: 1,
  invalid: 2,
  refused: 3,
  notAuthorized: 4,
  later: 5,
  unknown: 6,
  aborted: 130,
});

/** What each exit code means, in the words of `--help`. */
const EXIT_WORDS = Object.freeze([
  [EXIT.done, 'done'],
  [EXIT.unexpected, 'something unexpected went wrong'],
  [EXIT.invalid, 'an option, a file, the text or a medium is not right'],
  [EXIT.refused, 'X refuses it'],
  [EXIT.notAuthorized, 'no credentials, or X does not accept them'],
  [EXIT.later, 'not now: rate limit, network, or another process is at it'],
  [EXIT.unknown, 'nobody knows whether the post exists: see twitter-native resolve'],
  [EXIT.aborted, 'stopped by Ctrl-C or SIGTERM'],
]);

/** Codes of `TwitterError`, by what a script that calls this program can do about them. @type {Record<string, number>} */
const EXIT_OF_CODE = {
  INVALID_ARGUMENT: EXIT.invalid,
  INVALID_TWEET: EXIT.invalid,
  INVALID_MEDIA: EXIT.invalid,
  MEDIA_SOURCE: EXIT.invalid,
  MEDIA_FORBIDDEN_HOST: EXIT.invalid,
  MEDIA_TOO_LARGE: EXIT.invalid,
  CHECKPOINT_MISMATCH: EXIT.invalid,
  MEDIA_PROCESSING: EXIT.refused,
  FORBIDDEN: EXIT.refused,
  DUPLICATE_TWEET: EXIT.refused,
  NOT_FOUND: EXIT.refused,
  USAGE_CAP: EXIT.refused,
  UNAUTHORIZED: EXIT.notAuthorized,
  MISSING_SCOPE: EXIT.notAuthorized,
  REAUTH_REQUIRED: EXIT.notAuthorized,
  RATE_LIMITED: EXIT.later,
  NO_CREDITS: EXIT.later,
  NETWORK: EXIT.later,
  TIMEOUT: EXIT.later,
  UPSTREAM: EXIT.later,
  IN_PROGRESS: EXIT.later,
  UNKNOWN_OUTCOME: EXIT.unknown,
  ABORTED: EXIT.aborted,
};

/** What this program itself finds: one sentence that says what to do. */
class CliError extends Error {
  /**
   * @param {string} code a word for programs
   * @param {string} message
   * @param {number} exitCode
   * @param {Record<string, unknown>} [fields] what `--json` prints beside it
   */
  constructor(code, message, exitCode, fields = {}) {
    super(message);
    this.name = 'CliError';
    this.code = code;
    this.exitCode = exitCode;
    this.fields = fields;
  }
}

/** Wrong options or input. @param {string} message */
const usage = (message) => new CliError('USAGE', message, EXIT.invalid);

/** Credentials that are missing or can't be used. @param {string} message */
const unauthorized = (message) => new CliError('NO_CREDENTIALS', message, EXIT.notAuthorized);

/** A state that can't be read: the post that it is about may exist. @param {string} message */
const damaged = (message) => new CliError('STATE_DAMAGED', message, EXIT.unknown);

/** @type {Record<string, string>} */
const FILE_WORDS = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  ENOTDIR: 'is not in a folder',
  EACCES: 'may not be opened by this user',
  EPERM: 'may not be changed by this user',
  EROFS: 'is on a disk that can only be read',
  ENOSPC: 'does not fit on its disk, which is full',
  EMFILE: 'could not be opened: this process has too many files open',
  ELOOP: 'is a link that leads nowhere',
  ENAMETOOLONG: 'has a name that is too long',
};

/** Why a file could not be used, without anything of what is in it. @param {unknown} error */
function fileWords(error) {
  const code = String(/** @type {NodeJS.ErrnoException} */ (error)?.code ?? 'unknown error');
  return FILE_WORDS[code] ?? `could not be used (${code})`;
}

/**
 * What went wrong below an abort: a store of this program's that failed has its own sentence.
 * @param {any} error
 */
function causeOf(error) {
  return error?.code === 'ABORTED' && error.cause instanceof CliError ? error.cause : error;
}

/** An error's message as a sentence of its own; those of this program are. @param {any} error */
function messageOf(error) {
  const message = String(error.message);
  if (error instanceof CliError) return message;
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?…]$/.test(message) ? '' : '.'}`;
}

/** @param {any} error */
function exitCodeOf(error) {
  if (error instanceof CliError) return error.exitCode;
  if (error?.name !== 'TwitterError') return EXIT.unexpected;
  return EXIT_OF_CODE[error.code] ?? EXIT.unexpected;
}

module.exports = {
  CliError,
  EXIT,
  EXIT_WORDS,
  causeOf,
  damaged,
  exitCodeOf,
  fileWords,
  messageOf,
  unauthorized,
  usage,
};
