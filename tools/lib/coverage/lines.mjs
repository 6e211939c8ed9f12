// Which lines of which file were reached, from the records that runtimes write.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../steps.mjs';

/** @typedef {Map<string, Map<number, boolean>>} Lines of each file, by its path from the repository's root: was it reached? */

/** @param {Lines} lines @param {string} file @param {number} line @param {boolean} isReached */
function note(lines, file, line, isReached) {
  const known = lines.get(file) ?? new Map();
  lines.set(file, known);
  known.set(line, isReached || known.get(line) === true);
}

const fromRoot = (/** @type {string} */ path) => relative(root, path).split(sep).join('/');

/** Adds what a file of the form of lcov says: https://manpages.debian.org/lcov/geninfo.1 @param {Lines} lines @param {string} path */
export function addLcov(lines, path) {
  let file = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.startsWith('SF:')) file = fromRoot(join(root, fromRoot(line.slice(3))));
    const [, number, count] = /^DA:(\d+),(\d+)/.exec(line) ?? [];
    if (number !== undefined) note(lines, file, Number(number), Number(count) > 0);
  }
}

/**
 * Adds what Node has written to the folder of NODE_V8_COVERAGE, which it does as a process ends by itself.
 * @param {Lines} lines
 * @param {string} folder
 * @param {(file: string) => boolean} isWanted
 */
export function addV8(lines, folder, isWanted) {
  for (const name of readdirSync(folder)) {
    /** @type {{ result: { url: string, functions: { ranges: Range[] }[] }[] }} */
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const { url, functions } of result) {
      if (!url.startsWith('file:')) continue;
      const path = fileURLToPath(url);
      if (isWanted(fromRoot(path))) addRanges(lines, path, functions);
    }
  }
}

/** @typedef {{ startOffset: number, endOffset: number, count: number }} Range */

/** @param {Lines} lines @param {string} path @param {{ ranges: Range[] }[]} functions */
function addRanges(lines, path, functions) {
  const source = readFileSync(path, 'utf8');
  const isReached = new Uint8Array(source.length).fill(1);
  // An inner range says more than one around it.
  const ranges = functions.flatMap((each) => each.ranges);
  ranges.sort((one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset);
  for (const { startOffset, endOffset, count } of ranges) isReached.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  let offset = 0;
  for (const [index, text] of source.split('\n').entries()) {
    const letters = [...text.matchAll(/\S/g)].map(({ index: at }) => offset + at);
    if (letters.length > 0)
      note(
        lines,
        fromRoot(path),
        index + 1,
        letters.some((at) => isReached[at] === 1),
      );
    offset += text.length + 1;
  }
}

const SAYS_NOTHING = /^(\/\/|\/?\*|[^\w]*$)/;

/** Leaves out lines without code: V8 counts comments and blank lines. @param {Lines} lines */
export function codeAlone(lines) {
  for (const [file, known] of lines) {
    const text = readFileSync(join(root, file), 'utf8').split('\n');
    for (const line of known.keys()) if (SAYS_NOTHING.test((text[line - 1] ?? '').trim())) known.delete(line);
    if (known.size === 0) lines.delete(file);
  }
}

/**
 * Leaves out unreached lines of Rust that no test can reach: attributes, and constant functions, which the compiler runs.
 * @param {Lines} lines
 */
export function withoutCompileTime(lines) {
  for (const [file, known] of lines) {
    const source = readFileSync(join(root, file), 'utf8').split('\n');
    for (const line of compileTimeLines(source)) if (known.get(line) === false) known.delete(line);
  }
}

/** Numbers of lines. @param {string[]} source */
export function compileTimeLines(source) {
  const found = [];
  /** What ends a part that has begun. @type {((text: string) => boolean) | undefined} */
  let ends;
  for (const [index, text] of source.entries()) {
    const [, indent] = /^(\s*)(?:pub(?:\(.*?\))? )?const fn /.exec(text) ?? [];
    if (ends === undefined && indent !== undefined) ends = (later) => later === `${indent}}`;
    if (ends === undefined && /^\s*#!?\[/.test(text)) ends = (later) => later.endsWith(']');
    if (ends === undefined) continue;
    found.push(index + 1);
    if (ends(text)) ends = undefined;
  }
  return found;
}
