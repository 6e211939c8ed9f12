// Commands of Medusa's, run in the plugin's example unless another application's folder is named.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './steps.mjs';

/** The command of the Medusa that an application has. @param {string} cwd the application's folder, or one in it */
export const medusaCli = (cwd) => createRequire(join(cwd, 'package.json')).resolve('@medusajs/cli/cli.js');
const SERVER = join(root, 'medusa/example/.medusa/server');
const READY = 'Server is ready on port';
/** What is shown of a command that failed. */
const LAST_LINES = 40;

/** @param {string[]} args @param {NodeJS.ProcessEnv} env @param {string} cwd */
function begin(args, env, cwd) {
  const child = spawn(process.execPath, [medusaCli(cwd), ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {string[]} */
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      printed.push(line);
      if (printed.length > LAST_LINES) printed.shift();
      child.emit('line', line);
    });
  }
  const failure = (/** @type {number | null} */ code) =>
    new Error(`medusa ${args.join(' ')} ended with ${code}:\n${printed.join('\n')}`);
  return { child, failure };
}

/** Runs a command to its end. @param {string[]} args @param {NodeJS.ProcessEnv} env @param {string} [cwd] */
export async function runMedusa(args, env, cwd = SERVER) {
  const { child, failure } = begin(args, env, cwd);
  const [code] = await once(child, 'close');
  if (code !== 0) throw failure(code);
}

/**
 * Starts the server; the promise settles when it answers, or has ended.
 * @param {number} port
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [cwd] the application's folder
 * @returns {Promise<{ stop: () => Promise<void>, kill: () => Promise<void> }>} `kill` is a sudden death
 */
export async function startMedusa(port, env, cwd = SERVER) {
  const { child, failure } = begin(['start', '--port', String(port), '--host', '127.0.0.1'], env, cwd);
  await new Promise((resolve, reject) => {
    child.on('line', (line) => line.includes(READY) && resolve(undefined));
    child.once('close', (code) => reject(failure(code)));
  });
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'close');
    child.kill(signal);
    await gone;
  };
  return { stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
