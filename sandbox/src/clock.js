'use strict';

/** A clock that tests can move: tokens, codes, media and rate windows all go by it. */
class Clock {
  #offset = 0;
  #frozenAt = /** @type {number | null} */ (null);
  /** @type {Array<() => void>} */
  #listeners = [];

  /** Milliseconds since the epoch. */
  now() {
    return (this.#frozenAt ?? Date.now()) + this.#offset;
  }

  /** @param {number} ms */
  advance(ms) {
    this.#offset += ms;
    for (const listener of this.#listeners) listener();
  }

  /** Calls a function whenever the clock was moved. @param {() => void} listener */
  onAdvance(listener) {
    this.#listeners.push(listener);
  }

  /** Time stands still until `resume`, but for `advance`. */
  freeze() {
    this.#frozenAt ??= Date.now();
  }

  resume() {
    this.#frozenAt = null;
  }
}

module.exports = { Clock };
