'use strict';

/** @typedef {import('@opentelemetry/api').Span} Span @typedef {import('@opentelemetry/api').Context} Context */

/** What a publish does, in its order. `upload` and `process` may overlap; the others end what was before them. */
const SIDE_BY_SIDE = ['upload', 'process'];

/**
 * The phase that a request belongs to; others, of tokens and accounts, belong to none.
 * @param {{ method: string, path: string }} request
 */
function phaseOf({ method, path }) {
  if (method === 'POST' && path === '/2/tweets') return 'post';
  if (path.includes('/media/')) return method === 'GET' ? 'process' : 'upload';
  return method === 'GET' && path.endsWith('/tweets') ? 'reconcile' : undefined;
}

/** The spans of a publish's phases. They are known by what happens in them: requests that are over, and progress. */
class Phases {
  #start;
  #otel;
  #parent;
  /** @type {Map<string, { span: Span, context: Context, last: number }>} */
  #open = new Map();
  /** How far each medium is. @type {Map<number, string>} */
  #media = new Map();

  /**
   * @param {(name: string, parent: Context, startTime: number) => Span} start
   * @param {Pick<typeof import('@opentelemetry/api'), 'trace'>} otel
   * @param {Context} parent
   */
  constructor(start, otel, parent) {
    this.#start = start;
    this.#otel = otel;
    this.#parent = parent;
  }

  /**
   * What a request's span belongs to.
   * @param {any} event @param {number} begun @param {number} ended
   */
  ofRequest(event, begun, ended) {
    const name = phaseOf(event);
    return name === undefined ? this.#parent : this.#enter(name, begun, ended).context;
  }

  /** @param {any} event @param {number} now */
  ofProgress({ mediaIndex, phase, totalBytes }, now) {
    const before = this.#media.get(mediaIndex);
    if (before === phase) return;
    this.#media.set(mediaIndex, phase);
    const name = phase === 'processing' || before === 'processing' ? 'process' : 'upload';
    const attributes = { 'twitter_native.media_index': mediaIndex, 'twitter_native.media_bytes': totalBytes };
    this.#enter(name, now, now).span.addEvent(phase, attributes, now);
  }

  /** @param {string} name @param {number} begun @param {number} ended */
  #enter(name, begun, ended) {
    for (const other of [...this.#open.keys()]) {
      if (other !== name && !(SIDE_BY_SIDE.includes(name) && SIDE_BY_SIDE.includes(other))) this.#close(other);
    }
    let phase = this.#open.get(name);
    if (phase === undefined) {
      const span = this.#start(name, this.#parent, begun);
      phase = { span, context: this.#otel.trace.setSpan(this.#parent, span), last: ended };
      this.#open.set(name, phase);
    }
    phase.last = ended;
    return phase;
  }

  /** @param {string} name */
  #close(name) {
    const phase = this.#open.get(name);
    this.#open.delete(name);
    phase?.span.end(phase.last);
    // The next part of a thread has media of its own.
    if (name === 'upload') this.#media.clear();
  }

  end() {
    for (const name of [...this.#open.keys()]) this.#close(name);
  }
}

module.exports = { Phases };
