// Which file of a folder imports which, in JavaScript and TypeScript.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { sourcesOf } from './sources.mjs';

const SOURCE = /(?<!\.d)\.(js|cjs|mjs|ts|tsx)$/;
const ENDINGS = ['', '.js', '.cjs', '.mjs', '.ts', '.tsx', '/index.js', '/index.ts', '/index.tsx'];
/** Types alone are gone when the code runs. */
const IMPORT =
  /(?:^|\n)\s*(?:import|export)(?!\s+type\b)[^'";]*?from\s+'(\.[^']*)'|import\s+'(\.[^']*)'|(?:require|import)\('(\.[^']*)'\)/g;

/**
 * @param {string} root
 * @returns {import('./graph.mjs').Graph}
 */
export function javascriptGraph(root) {
  /** @type {import('./graph.mjs').Graph} */
  const graph = new Map();
  for (const path of sourcesOf(root, SOURCE)) {
    const used = new Set();
    const source = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
    for (const [, from, alone, called] of source.matchAll(IMPORT)) {
      const wanted = normalize(join(dirname(path), /** @type {string} */ (from ?? alone ?? called)));
      const file = ENDINGS.map((ending) => wanted + ending).find((each) => isFile(join(root, each)));
      if (file !== undefined && !wanted.startsWith('..')) used.add(file);
    }
    graph.set(path, used);
  }
  return graph;
}

const isFile = (/** @type {string} */ path) => existsSync(path) && statSync(path).isFile();
