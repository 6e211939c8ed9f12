'use strict';

/**
 * What a store of the caller's needs on this side: versions, which native code knows by tickets, and why one of its
 * functions failed, the last time that one did. Native code gets functions that do not reject.
 */
class CallerStore {
  /** @type {Map<number, unknown>} */
  #versions = new Map();
  #last = 0;
  #kept;

  /** @param {number} kept how many versions are remembered */
  constructor(kept) {
    this.#kept = kept;
    /** @type {{ error: unknown } | undefined} */
    this.failure = undefined;
  }

  nextTicket() {
    this.#last += 1;
    return this.#last;
  }

  /**
   * A ticket for a version that was read.
   * @param {unknown} version
   */
  ticketOf(version) {
    const ticket = this.nextTicket();
    this.#versions.set(ticket, version);
    // The oldest first.
    if (this.#versions.size > this.#kept)
      this.#versions.delete(/** @type {number} */ (this.#versions.keys().next().value));
    return ticket;
  }

  /** @param {number} ticket */
  versionOf(ticket) {
    return this.#versions.get(ticket);
  }

  /**
   * A function that gives `null` where the caller's fails.
   * @template {unknown[]} Parameters
   * @template Result
   * @param {(...parameters: Parameters) => Promise<Result>} work
   * @returns {(...parameters: Parameters) => Promise<Result | null>}
   */
  answering(work) {
    return async (...parameters) => {
      try {
        return await work(...parameters);
      } catch (error) {
        this.failure = { error };
        return null;
      }
    };
  }
}

module.exports = { CallerStore };
