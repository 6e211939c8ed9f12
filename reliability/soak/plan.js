'use strict';

const { randomFrom } = require('../../__test__/support/random.js');

/**
 * How large a run is.
 * @typedef {object} Size
 * @property {number} publishes after the warm-up
 * @property {number} clients
 * @property {number} workers
 * @property {number} rounds
 * @property {number} warmUp rounds of the same kind before them, whose growth does not count
 */

/** @type {Record<'whole' | 'short', Size>} */
const SIZES = {
  whole: { publishes: 100_000, clients: 2000, workers: 200, rounds: 100, warmUp: 10 },
  short: { publishes: 1600, clients: 160, workers: 20, rounds: 8, warmUp: 3 },
};

/** Faults per publish. */
const FAULT_RATE = 0.1;

/**
 * Which of so many things belong to a round: as many to each as to the others, as far as that can be.
 * @param {number} total @param {Size} size @param {number} round
 * @returns {{ from: number, to: number }}
 */
function share(total, { rounds }, round) {
  return { from: Math.floor((total * round) / rounds), to: Math.floor((total * (round + 1)) / rounds) };
}

/**
 * Something that is to be published once.
 * @typedef {object} Intent
 * @property {string} text no other one has it
 * @property {number} client through which client's configuration it goes
 * @property {'none' | 'picture' | 'video'} medium
 * @property {'data' | 'stream' | 'url'} source
 * @property {'oauth2' | 'oauth1' | 'manager'} signing
 * @property {'none' | 'shared' | 'own' | 'aborted'} signal
 * @property {boolean} isWatched it has listeners
 */

/**
 * What a round publishes. The rounds of the warm-up are those below 0.
 * @param {Size} size @param {number} seed @param {number} round
 * @returns {Intent[]}
 */
function intentsOf(size, seed, round) {
  const random = randomFrom(seed + 7919 * (round + size.warmUp));
  const publishes = share(size.publishes, size, round);
  const perClient = size.publishes / size.clients;
  const intents = [];
  for (let number = publishes.from; number < publishes.to; number++) {
    intents.push({ text: `Soak ${seed}: ${number}`, client: Math.floor(number / perClient), ...pick(random) });
  }
  return intents;
}

/** @param {() => number} random @returns {Omit<Intent, 'text' | 'client'>} */
function pick(random) {
  const [kind, source, signing, signal, watched] = [random(), random(), random(), random(), random()];
  return {
    medium: kind < 0.01 ? 'video' : kind < 0.1 ? 'picture' : 'none',
    source: source < 0.4 ? 'data' : source < 0.7 ? 'stream' : 'url',
    signing: signing < 0.6 ? 'oauth2' : signing < 0.85 ? 'oauth1' : 'manager',
    signal: signal < 0.005 ? 'aborted' : signal < 0.25 ? 'own' : signal < 0.5 ? 'shared' : 'none',
    isWatched: watched < 0.5,
  };
}

module.exports = { FAULT_RATE, SIZES, intentsOf, share };
