'use strict';

const { readFileSync, statSync } = require('node:fs');
const { dirname, resolve } = require('node:path');
const { fileWords, usage } = require('./failure.js');

/** A thread of 100 parts of 25,000 letters is smaller. */
const MAX_BYTES = 4_000_000;
const SEPARATOR = /^-{3,}$/;
/** A picture in Markdown that has a line of its own: `![what it shows](file or URL)`. */
const MEDIUM = /^!\[(.*)\]\(<?([^<>]+?)>?\)$/;

/** @typedef {{ text: string, media: Array<{ source: string, alt: string | undefined }> }} ThreadPart */

/**
 * Reads a thread from a file: parts are separated by lines of `---`, and media are lines like Markdown's pictures, with
 * paths from the file's folder. Nothing else is Markdown; a backslash in front makes such a line a text.
 * @param {string} path
 * @returns {ThreadPart[]}
 */
function readThread(path) {
  const folder = dirname(resolve(path));
  const parts = partsOf(textOf(path)).map((lines) => partOf(lines, folder));
  for (const [index, { text, media }] of parts.entries()) {
    if (text === '' && media.length === 0) {
      throw usage(`Part ${index + 1} of ${path} is empty. Parts are separated by one line of ---.`);
    }
  }
  return parts;
}

/** @param {string} path */
function textOf(path) {
  try {
    const stats = statSync(path);
    if (stats.isFile() && stats.size > MAX_BYTES)
      throw usage(`The thread file ${path} is larger than ${MAX_BYTES} bytes.`);
    const bytes = readFileSync(path);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (/** @type {any} */ (error).name === 'CliError') throw error;
    if (/** @type {any} */ (error).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw usage(`The thread file ${path} is not a text in UTF-8.`);
    }
    throw usage(`The thread file ${path} ${fileWords(error)}.`);
  }
}

/** @param {string} text */
function partsOf(text) {
  /** @type {string[][]} */
  const parts = [[]];
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (SEPARATOR.test(line.trimEnd())) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  // A file may begin and end with a separator.
  const isBlank = (/** @type {string[] | undefined} */ lines) => lines?.every((line) => line.trim() === '') ?? false;
  if (parts.length > 1 && isBlank(parts[0])) parts.shift();
  if (parts.length > 1 && isBlank(parts.at(-1))) parts.pop();
  return parts;
}

/** @param {string[]} lines @param {string} folder @returns {ThreadPart} */
function partOf(lines, folder) {
  const media = [];
  const text = [];
  for (const line of lines) {
    const [, alt = '', source] = MEDIUM.exec(line.trim()) ?? [];
    if (source !== undefined) {
      const isUrl = /^https?:\/\//i.test(source);
      media.push({ source: isUrl ? source : resolve(folder, source), alt: alt === '' ? undefined : alt });
    } else text.push(/^\\(-{3,}\s*$|!\[)/.test(line) ? line.slice(1) : line.trimEnd());
  }
  return { text: text.join('\n').trim(), media };
}

module.exports = { readThread };
