'use strict';

const { LAG } = require('./options.js');
const { checkMembers, checkNumber } = require('./known.js');

/**
 * How late a post shows on its author's timeline: so long after it was committed, by the sandbox's clock, and not at
 * the first so many reads that would have shown it.
 * @typedef {{ ms?: number, reads?: number }} Lag
 */

/** Timelines that are behind. A post can be looked up at once, by its id. */
class TimelineLag {
  #clock;
  /** @type {Lag} */
  #all;
  /** @type {Map<string, Lag>} */
  #users = new Map();
  /** @type {Map<string, Lag>} */
  #posts = new Map();
  /** How often each post was looked for. @type {Map<string, number>} */
  #reads = new Map();

  /** @param {import('./clock.js').Clock} clock @param {Lag} [all] */
  constructor(clock, all = {}) {
    this.#clock = clock;
    this.#all = all;
  }

  /**
   * Sets the lag of one post, of one user's posts, or of all; of several the narrowest counts.
   * @param {Lag & { postId?: string, userId?: string }} lag
   */
  set(lag) {
    checkMembers('A lag of timelines', lag, [...LAG, 'postId', 'userId']);
    const { postId, userId, ms = 0, reads = 0 } = lag;
    for (const [name, number] of Object.entries({ ms, reads })) checkNumber(`A lag's ${name}`, number, 0);
    if (postId !== undefined) this.#posts.set(postId, { ms, reads });
    else if (userId !== undefined) this.#users.set(userId, { ms, reads });
    else this.#all = { ms, reads };
  }

  /** Timelines are up to date again. */
  clear() {
    this.#all = {};
    this.#users.clear();
    this.#posts.clear();
    this.#reads.clear();
  }

  /** The posts of these that a timeline shows; the others have been looked for once more. @param {any[]} posts */
  shown(posts) {
    return posts.filter((post) => {
      const { ms = 0, reads = 0 } = this.#posts.get(post.id) ?? this.#users.get(post.user.id) ?? this.#all;
      const before = this.#reads.get(post.id) ?? 0;
      if (before < reads) this.#reads.set(post.id, before + 1);
      return before >= reads && this.#clock.now() - post.committedAt >= ms;
    });
  }
}

module.exports = { TimelineLag };
