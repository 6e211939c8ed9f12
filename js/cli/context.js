'use strict';

const { timeoutOf } = require('./args.js');
const { findAccount } = require('./credentials.js');
const { ProgressBar } = require('./progress.js');
const { States } = require('./state.js');

/** What a command works with. */
class Context {
  /** @param {import('./args.js').Arguments} read @param {import('./output.js').Output} output @param {AbortSignal} signal */
  constructor(read, output, signal) {
    this.args = read;
    this.output = output;
    this.signal = signal;
    this.states = new States();
    this.timeoutMs = timeoutOf(read);
    this.bar = new ProgressBar(output.stderr, !output.json);
    output.before = () => this.bar.clear();
  }

  /** Options of a call of the package. */
  get call() {
    return { signal: this.signal, ...(this.timeoutMs === undefined ? {} : { timeoutMs: this.timeoutMs }) };
  }

  /** The credentials, where a command needs some. */
  account = () => findAccount(this.args.texts.credentials);
}

/**
 * A command.
 * @typedef {object} Command
 * @property {string} summary one line
 * @property {string[]} usage how it is called, after the program's name
 * @property {Record<string, import('./args.js').OptionSpec>} options
 * @property {{ most: number, takes: string }} positional
 * @property {string[]} [about] paragraphs below the usage
 * @property {(context: Context) => Promise<number | void>} run gives what the program ends with, if not 0
 */

module.exports = { Context };
