// The options of a command. One that is mistyped is reported in a sentence: a stack helps nobody.
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { refuse } from './requirements.mjs';

/**
 * As `parseArgs` of `node:util`; ends the process where it would throw.
 * @template {import('node:util').ParseArgsConfig} T
 * @param {T} config
 * @returns {ReturnType<typeof parseArgs<T>>}
 */
export function readOptions(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    const [sentence] = /** @type {Error} */ (error).message.split('. ');
    const known = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    return refuse(`${sentence}. ${basename(process.argv[1] ?? '')} takes ${known.join(', ') || 'no options'}.`);
  }
}
