'use strict';

/**
 * How a publish ended.
 * @typedef {object} Outcome
 * @property {string} text
 * @property {string} [id] the post's
 * @property {string} [code] the error's
 */

/** The code that says that the post may exist. */
const UNKNOWN = 'UNKNOWN_OUTCOME';

/** Compares what the process under test got with what X has committed. */
class Tally {
  publishes = 0;
  faults = 0;
  published = 0;
  /** @type {Map<string, number>} */
  codes = new Map();
  /** @type {string[]} */
  violations = [];

  /**
   * @param {Outcome[]} outcomes of intents that are over
   * @param {ReadonlyMap<string, string[]>} committed ids by text
   */
  judge(outcomes, committed) {
    for (const outcome of outcomes) {
      this.publishes += 1;
      if (outcome.id !== undefined) this.published += 1;
      if (outcome.code !== undefined) this.codes.set(outcome.code, (this.codes.get(outcome.code) ?? 0) + 1);
      const violation = violationOf(outcome, committed.get(outcome.text) ?? []);
      if (violation) this.violations.push(`${outcome.text}: ${violation}`);
    }
  }

  /** Intents that are not over: those of workers that were ended. @param {ReadonlyMap<string, string[]>} committed */
  judgeAtMostOnce(committed) {
    for (const [text, ids] of committed) {
      if (ids.length > 1) this.violations.push(`${text}: ${ids.length} posts`);
    }
  }
}

/** @param {Outcome} outcome @param {string[]} ids of its posts */
function violationOf({ id, code }, ids) {
  if (ids.length > 1) return `${ids.length} posts`;
  if (id !== undefined) return ids[0] === id ? null : `${id} is not there`;
  if (code === undefined) return 'it has neither a post nor an error';
  return ids.length === 1 && code !== UNKNOWN ? `committed, and it reads as ${code}` : null;
}

/** @param {import('../../sandbox/index.js').Ledger} ledger @returns {Map<string, string[]>} */
function committedIn(ledger) {
  /** @type {Map<string, string[]>} */
  const ids = new Map();
  for (const { text, id } of ledger.tweets()) ids.set(text, [...(ids.get(text) ?? []), id]);
  return ids;
}

module.exports = { Tally, committedIn };
