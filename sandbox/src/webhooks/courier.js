'use strict';

const { deliver } = require('./call.js');
const { USUAL, checkSettings } = require('./settings.js');

/**
 * An event on its way to a webhook.
 * @typedef {{ webhookId: string, event: any, dueAt: number, isReplay: boolean, over: () => void }} Parcel
 *
 * What became of one.
 * @typedef {object} Delivery
 * @property {string} webhookId
 * @property {any} event
 * @property {number} at
 * @property {number | null} status of the answer; null if there was none
 * @property {string | null} error why there was none
 * @property {number} copy counted from 1
 * @property {boolean} isReplay
 */

/** Delivers events: one after another to each webhook, late, twice and out of order if that is asked for. */
class Courier {
  /** @type {Parcel[]} */
  #waiting = [];
  /** @type {Map<string, Promise<void>>} by webhook */
  #queues = new Map();
  /** @type {Delivery[]} */
  #done = [];
  #settings = { ...USUAL };
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #closing = new AbortController();
  #parts;

  /**
   * @param {object} parts
   * @param {import('../clock.js').Clock} parts.clock
   * @param {string} parts.secret
   * @param {(webhookId: string) => URL | undefined} parts.find where a webhook is, if it takes events
   * @param {() => void} parts.changed called for each delivery
   */
  constructor(parts) {
    this.#parts = parts;
    parts.clock.onAdvance(() => this.#send());
  }

  get signal() {
    return this.#closing.signal;
  }

  get settings() {
    return { ...this.#settings };
  }

  /** @param {Partial<typeof USUAL>} settings those that are left out stay */
  set(settings) {
    checkSettings(settings);
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    Object.assign(this.#settings, Object.fromEntries(given));
    this.#send();
  }

  reset() {
    this.set(USUAL);
  }

  /** What was delivered, or tried to be, the oldest first. */
  deliveries() {
    return [...this.#done];
  }

  /**
   * Takes an event; waits until it was delivered, or tried to be.
   * @param {string} webhookId @param {object} event @param {{ isReplay?: boolean }} [how]
   * @returns {Promise<void>}
   */
  post(webhookId, event, { isReplay = false } = {}) {
    const dueAt = this.#parts.clock.now() + this.#settings.lagMs;
    return new Promise((over) => {
      this.#waiting.push({ webhookId, event, dueAt, isReplay, over });
      this.#send();
    });
  }

  /** Delivers what waits, whatever it waits for. */
  release() {
    const { hold, reorder } = this.#settings;
    for (const parcel of this.#waiting) parcel.dueAt = Number.NEGATIVE_INFINITY;
    Object.assign(this.#settings, { hold: false, reorder: Math.min(reorder, Math.max(1, this.#waiting.length)) });
    this.#send();
    Object.assign(this.#settings, { hold, reorder });
  }

  /** Until nothing is under way; what waits is not. */
  async settled() {
    while (this.#queues.size > 0) await Promise.all(this.#queues.values());
  }

  async close() {
    clearTimeout(this.#timer);
    this.#closing.abort();
    this.#waiting = [];
    await this.settled();
  }

  /** Hands on what is due. */
  #send() {
    clearTimeout(this.#timer);
    const { hold, reorder } = this.#settings;
    const now = this.#parts.clock.now();
    const due = hold ? [] : this.#waiting.filter(({ dueAt }) => dueAt <= now);
    // So many at a time, the newest first.
    for (let at = 0; at + reorder <= due.length; at += reorder) {
      const group = due.slice(at, at + reorder);
      this.#waiting = this.#waiting.filter((parcel) => !group.includes(parcel));
      for (const parcel of group.reverse()) this.#queue(parcel);
    }
    const next = Math.min(...this.#waiting.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > now));
    // Real time passes, too, unless the clock stands still.
    if (!hold && Number.isFinite(next)) this.#timer = setTimeout(() => this.#send(), next - now + 1).unref();
  }

  /** @param {Parcel} parcel */
  #queue(parcel) {
    const { webhookId } = parcel;
    const before = this.#queues.get(webhookId) ?? Promise.resolve();
    const work = before.then(() => this.#deliver(parcel));
    this.#queues.set(webhookId, work);
    work.then(() => {
      if (this.#queues.get(webhookId) === work) this.#queues.delete(webhookId);
      parcel.over();
      this.#parts.changed();
    });
  }

  /** @param {Parcel} parcel */
  async #deliver({ webhookId, event, isReplay }) {
    for (let copy = 1; copy <= this.#settings.copies && !this.signal.aborted; copy += 1) {
      const url = this.#parts.find(webhookId);
      const at = this.#parts.clock.now();
      const delivery = { webhookId, event, at, copy, isReplay };
      if (!url) return;
      if (this.#settings.lose > 0) {
        this.#settings.lose -= 1;
        this.#done.push({ ...delivery, status: null, error: 'lost on its way' });
      } else {
        this.#done.push({ ...delivery, ...(await deliver(url, event, this.#parts.secret, this.signal)) });
      }
      this.#parts.changed();
    }
  }
}

module.exports = { Courier };
