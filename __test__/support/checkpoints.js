'use strict';

/**
 * Keeps checkpoints as a caller would, and all that were given.
 * @param {(state: string, checkpoint: any) => void | Promise<void>} [before] is called before a checkpoint is kept
 */
function keeper(before) {
  /** @type {string[]} */
  const all = [];
  return {
    all,
    /** The newest one. */
    get last() {
      return all.at(-1);
    },
    /** The states that the post went through. */
    get states() {
      const states = all.map((text) => stateOf(JSON.parse(text)));
      return states.filter((state, index) => state !== states[index - 1]);
    },
    /** @param {string} text */
    onCheckpoint: async (text) => {
      const checkpoint = JSON.parse(text);
      await before?.(stateOf(checkpoint), checkpoint);
      all.push(text);
    },
  };
}

/** @param {any} checkpoint */
function stateOf(checkpoint) {
  return (checkpoint.kind === 'thread' ? checkpoint.current : checkpoint)?.post.state ?? 'PUBLISHED';
}

module.exports = { keeper };
