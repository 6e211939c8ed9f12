'use strict';

const { checkNumber } = require('./known.js');

const DAY = 24 * 3600 * 1000;

/**
 * X's own guard: it refuses a post like a recent one of the same account, also if that was deleted. How long it
 * remembers is not documented, so tests may set it.
 */
class Duplicates {
  #clock;
  #windowMs;
  /** Whether they are refused. */
  refused;
  /** When a post with this content was last committed. @type {Map<string, number>} */
  #last = new Map();

  /** @param {import('./clock.js').Clock} clock @param {{ allowDuplicates?: boolean, duplicateWindowMs?: number }} options */
  constructor(clock, { allowDuplicates = false, duplicateWindowMs = DAY }) {
    this.#clock = clock;
    this.#windowMs = duplicateWindowMs;
    this.refused = !allowDuplicates;
  }

  get windowMs() {
    return this.#windowMs;
  }

  set windowMs(ms) {
    checkNumber('duplicates.windowMs', ms, 0);
    this.#windowMs = ms;
  }

  /** Whether a post is one too many; if not, it is remembered. @param {string} content */
  isDuplicate(content) {
    const now = this.#clock.now();
    const before = this.#last.get(content);
    if (this.refused && before !== undefined && now - before < this.#windowMs) return true;
    this.#last.set(content, now);
    return false;
  }
}

module.exports = { Duplicates };
