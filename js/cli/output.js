'use strict';

const { CliError, causeOf, exitCodeOf, messageOf } = require('./failure.js');

/** Members of an error that are of no use in a shell: a checkpoint lies in the state folder. */
const LEFT_OUT = ['advice', 'checkpoint', 'operation', 'name', 'message', 'code', 'stack'];

/** What is printed: results on stdout, everything else on stderr. */
class Output {
  /** @param {{ stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, json?: boolean }} streams */
  constructor({ stdout, stderr, json = false }) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.json = json;
    /** Is called before anything is written, so that a progress bar can get out of the way. @type {() => void} */
    this.before = () => {};
  }

  /**
   * Prints a result: its words, or with `--json` its data.
   * @param {Record<string, unknown>} data
   * @param {string[]} lines
   */
  result(data, lines) {
    this.before();
    if (this.json) this.stdout.write(`${JSON.stringify({ ok: true, ...data }, null, 2)}\n`);
    else if (lines.length > 0) this.stdout.write(`${lines.map(printable).join('\n')}\n`);
  }

  /** Says something that is no result. Nobody reads it beside a JSON document. @param {string} sentence */
  note(sentence) {
    if (this.json) return;
    this.ask(sentence);
  }

  /** Says something that a person has to read, whatever is printed else. @param {string} sentence */
  ask(sentence) {
    this.before();
    this.stderr.write(`${printable(sentence)}\n`);
  }

  /** Prints an error and gives what the program ends with. @param {any} thrown */
  error(thrown) {
    this.before();
    const error = causeOf(thrown);
    const exitCode = exitCodeOf(error);
    const known = error instanceof CliError || error?.name === 'TwitterError';
    const message = known ? messageOf(error) : unexpected(error);
    if (this.json) {
      const described = { code: known ? error.code : 'INTERNAL', message, ...fieldsOf(error, known) };
      this.stdout.write(`${JSON.stringify({ ok: false, exitCode, error: described }, null, 2)}\n`);
    } else {
      this.stderr.write(`${printable(message)}\n`);
      for (const line of error?.fields?.advice ?? []) this.stderr.write(`${printable(line)}\n`);
    }
    return exitCode;
  }

  /** Until all that was written is out of this process. */
  async flushed() {
    for (const stream of [this.stdout, this.stderr]) {
      await new Promise((resolve) => {
        if (stream.writableEnded || stream.destroyed) resolve(undefined);
        else stream.write('', () => resolve(undefined));
      });
    }
  }
}

/** @param {any} error @param {boolean} known */
function fieldsOf(error, known) {
  if (!known) return {};
  const fields = error instanceof CliError ? error.fields : error.toJSON();
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !LEFT_OUT.includes(name)));
}

/** A defect of this program. Its words may hold anything, so only its kind is shown. @param {any} error */
function unexpected(error) {
  const kind = typeof error?.code === 'string' ? error.code : (error?.constructor?.name ?? typeof error);
  return `twitter-native ran into an error of its own (${kind}). Please report it; nothing is sent twice if you try again.`;
}

/** Without characters that would move a terminal's cursor or change its colours. @param {string} text */
function printable(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}

module.exports = { Output, printable };
