// index.d.ts is written by napi: types/header.d.ts, then what src/ declares. napi can hide functions, but neither classes
// nor objects, so all that the JavaScript layer alone uses is in a namespace, which is taken out here. index.js is made of
// the names that are left.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';

/** What is published, and committed. */
export const DECLARATIONS = 'index.d.ts';
export const NAMES = 'index.js';
/** What js/ is checked against; git ignores it. */
const INTERNAL = join('native', 'internal.d.ts');

const NAMESPACE = /\n+export declare namespace internal (\{\n[\s\S]*?\n\}\n)/;

/** Takes the namespace out of the public declarations. It extends them in a file of its own. */
export function separateInternal() {
  const path = join(root, DECLARATIONS);
  const all = readFileSync(path, 'utf8');
  const [found, body] = all.match(NAMESPACE) ?? [];
  if (found === undefined) throw new Error(`napi wrote no namespace "internal" to ${DECLARATIONS}`);
  writeFileSync(path, all.replace(found, '\n'));
  const extension = `// Written by the build from src/: what native code has for js/ alone.
import '../index.js';

declare module '../index.js' {
export namespace internal ${body}}
`;
  writeFileSync(join(root, INTERNAL), extension);
}

/** @param {string} one @param {string} other */
const byLetters = (one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1);

/** Writes each name of the package down, so that ESM finds those of a CommonJS module. */
export function writeNames() {
  const declared = readFileSync(join(root, DECLARATIONS), 'utf8');
  const names = [...declared.matchAll(/^export declare (?:class|const|function) (\w+)/gm)].map(([, name]) =>
    String(name),
  );
  const text = `// Written by the build from index.d.ts; do not edit.
'use strict';

// Named one by one, so that ESM finds the names of this CommonJS module.
${names
  .toSorted(byLetters)
  .map((name) => `exports.${name} = undefined;`)
  .join('\n')}

// What TypeScript and Babel make of \`import TwitterService from 'twitter-native'\` in CommonJS.
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = undefined;

require('./js/api.js').provide(exports);
`;
  writeFileSync(join(root, NAMES), text);
}
