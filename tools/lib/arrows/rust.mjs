// Which module of a crate uses which, by its `use` declarations and paths.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesOf } from './sources.mjs';

/** @typedef {import('./graph.mjs').Graph} Graph */

/** Tests may use what they test, and whatever else they like. */
const isTest = (/** @type {string} */ name) => /(^|\/)tests(\/|$)/.test(name);

/** Module paths of a crate's files, as `protocol/media`. @param {string} root */
function modulesOf(root) {
  /** @type {Map<string, string>} */
  const modules = new Map();
  for (const path of sourcesOf(root, /\.rs$/)) {
    const name = path.slice(0, -3).replace(/(^|\/)mod$/, '');
    if (!isTest(name)) modules.set(name === 'lib' ? '' : name, readFileSync(join(root, path), 'utf8'));
  }
  return modules;
}

/** The leaves of `a::{b, c::{d, e}}`. @param {string} tree @returns {string[]} */
function leaves(tree) {
  const brace = tree.indexOf('{');
  if (brace === -1) return [tree];
  const before = tree.slice(0, brace);
  const parts = [];
  let depth = 0;
  let part = '';
  for (const letter of tree.slice(brace + 1, tree.lastIndexOf('}'))) {
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if (letter === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += letter;
    }
  }
  parts.push(part);
  return parts.filter(Boolean).flatMap((each) => leaves(before + each));
}

/** Paths that begin with `crate`, `super` or `self`. @param {string} source */
function pathsIn(source) {
  const code = source.replaceAll(/\/\/.*/g, '');
  const declared = [...code.matchAll(/\buse\s+((?:crate|super|self)\b[^;]+);/g)].flatMap(([, tree]) =>
    leaves(/** @type {string} */ (tree).replaceAll(/\s+as\s+\w+/g, '').replaceAll(/\s+/g, '')),
  );
  const inline = code.replaceAll(/\buse\s+[^;]+;/g, '').matchAll(/\b(?:crate|super)(?:::\w+)+/g);
  return [...declared, ...[...inline].map(([path]) => path)];
}

/**
 * The file that a path leads to.
 * @param {Map<string, string>} modules
 * @param {string} from
 * @param {string} path
 */
function target(modules, from, path) {
  let parts = path.split('::');
  let base = parts[0] === 'crate' ? [] : from.split('/').filter(Boolean);
  if (parts[0] === 'crate' || parts[0] === 'self') parts = parts.slice(1);
  while (parts[0] === 'super') {
    base = base.slice(0, -1);
    parts = parts.slice(1);
  }
  const whole = [...base, ...parts];
  while (whole.length > 0 && !modules.has(whole.join('/'))) whole.pop();
  return whole.join('/');
}

/**
 * @param {string} root the folder of `lib.rs`
 * @returns {Graph}
 */
export function rustGraph(root) {
  const modules = modulesOf(root);
  /** @type {Graph} */
  const graph = new Map();
  for (const [name, source] of modules) {
    if (name === '') continue;
    const used = pathsIn(source).map((path) => target(modules, name, path));
    graph.set(name, new Set(used.filter((other) => other !== '' && other !== name)));
  }
  return graph;
}
