'use strict';

const { parseArgs } = require('node:util');
const { usage } = require('./failure.js');
const { nearest } = require('./nearest.js');

/**
 * An option of a command.
 * @typedef {object} OptionSpec
 * @property {'string' | 'boolean'} type
 * @property {boolean} [multiple] it may be given several times
 * @property {string} [short]
 * @property {string} [value] placeholder of its value in `--help`
 * @property {string} help
 *
 * An option as it was given, in the order of the command line.
 * @typedef {{ name: string, value: string | undefined }} Given
 *
 * @typedef {object} Arguments
 * @property {Record<string, string | undefined>} texts the last value of each option with a value
 * @property {Record<string, boolean>} flags
 * @property {Given[]} given
 * @property {string[]} positionals
 */

/** Options of all commands. @type {Record<string, OptionSpec>} */
const COMMON = {
  credentials: { type: 'string', value: 'FILE', help: 'use the credentials of this file, not the environment’s' },
  timeout: { type: 'string', value: 'SECONDS', help: 'give up after so long' },
  json: { type: 'boolean', help: 'print one JSON document, the result or the error' },
  help: { type: 'boolean', short: 'h', help: 'show this' },
};

/** Secrets that people look for among the options. */
const SECRET_NAMES = /token|secret|password|bearer|api-?key|client-?id|consumer/i;

/**
 * Reads a command's arguments. Node's own parser splits them; what is wrong is said in words of this program, which
 * repeat no value: one may be a secret that somebody put there.
 * @param {string[]} argv
 * @param {Record<string, OptionSpec>} own the command's options
 * @param {{ command: string, most: number, takes: string }} positional how many arguments without a name there may be
 * @returns {Arguments}
 */
function readArguments(argv, own, { command, most, takes }) {
  const specs = { ...own, ...COMMON };
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, short }]) => [
      name,
      { type, multiple: true, ...(short ? { short } : {}) },
    ]),
  );
  const { tokens } = parseArgs({ args: argv, options, strict: false, allowPositionals: true, tokens: true });
  /** @type {Arguments} */
  const read = { texts: {}, flags: {}, given: [], positionals: [] };
  for (const token of tokens) {
    if (token.kind === 'positional') read.positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, Object.keys(specs), command);
    checkOption(spec, token, read);
    read.given.push({ name: token.name, value: token.value });
    if (spec.type === 'boolean') read.flags[token.name] = true;
    else read.texts[token.name] = token.value;
  }
  if (read.positionals.length > most) {
    throw usage(`${command} takes ${takes}, and ${read.positionals.length} were given. Quote a text that has spaces.`);
  }
  return read;
}

/**
 * @param {OptionSpec} spec
 * @param {{ name: string, rawName: string, value: string | undefined, inlineValue: boolean | undefined }} token
 * @param {Arguments} read
 */
function checkOption(spec, { name, rawName, value, inlineValue }, read) {
  if (spec.type === 'boolean') {
    if (value !== undefined) throw usage(`${rawName} takes no value.`);
    return;
  }
  if (value === undefined) throw usage(`${rawName} needs a value: ${rawName} ${spec.value}.`);
  if (value.startsWith('-') && !inlineValue) {
    throw usage(`${rawName} needs a value. If its value begins with a dash, write ${rawName}=VALUE.`);
  }
  if (!spec.multiple && Object.hasOwn(read.texts, name)) throw usage(`${rawName} can be given once only.`);
}

/** @param {string} rawName @param {string[]} known @param {string} command */
function unknownOption(rawName, known, command) {
  const meant = nearest(rawName.replace(/^-+/, ''), known);
  if (meant !== undefined) return usage(`There is no option ${shown(rawName)}. Did you mean --${meant}?`);
  if (SECRET_NAMES.test(rawName)) {
    return usage(
      `There is no option ${shown(rawName)}: other users could see it. Put tokens into the environment, or run twitter-native auth.`,
    );
  }
  const dash = /^-[^-]/.test(rawName) ? ' If it is a text, put -- before it.' : '';
  return usage(`There is no option ${shown(rawName)}. See twitter-native ${command} --help.${dash}`);
}

/** An option's name as far as it is a name. @param {string} rawName */
const shown = (rawName) => (/^-{1,2}[\w-]{1,40}$/.test(rawName) ? rawName : 'like that');

/**
 * A whole number that an option was given.
 * @param {Arguments} read
 * @param {string} name
 * @param {{ least: number, most: number }} range
 */
function numberOf({ texts }, name, { least, most }) {
  const text = texts[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d{1,15}$/.test(text) || number < least || number > most) {
    throw usage(`--${name} takes a whole number from ${least} to ${most}.`);
  }
  return number;
}

/** Longest time that a call may be given: a day, in seconds. */
const MAX_TIMEOUT_S = 86_400;

/** The deadline of a call in milliseconds, if there is one. @param {Arguments} read */
function timeoutOf(read) {
  const seconds = numberOf(read, 'timeout', { least: 1, most: MAX_TIMEOUT_S });
  return seconds === undefined ? undefined : seconds * 1000;
}

/** An id of a post: 1 to 19 digits. @param {string} text @param {string} what */
function idOf(text, what) {
  if (!/^\d{1,19}$/.test(text)) throw usage(`${what} takes the id of a post, which is a number of up to 19 digits.`);
  return text;
}

module.exports = { COMMON, idOf, numberOf, readArguments, timeoutOf };
