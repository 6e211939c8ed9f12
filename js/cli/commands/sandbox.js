'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { createRequire } = require('node:module');
const { constants } = require('node:os');
const { dirname, join } = require('node:path');
const { CliError, EXIT } = require('../failure.js');

const PACKAGE = 'twitter-native-sandbox';

/** @type {import('../context.js').Command} */
const command = {
  summary: 'Start the sandbox, an emulator of X.',
  usage: ['[--port N] [--host ADDRESS] [--json]'],
  positional: { most: 0, takes: 'no arguments' },
  options: {},
  about: [`It starts the package ${PACKAGE}, to which its arguments go.`],
  run: () => start([]),
};

/** The sandbox's program, as the folder of the caller or of this package has it. */
function program() {
  for (const from of [join(process.cwd(), 'package.json'), __filename]) {
    try {
      const manifest = createRequire(from).resolve(`${PACKAGE}/package.json`);
      return join(dirname(manifest), require(manifest).bin[PACKAGE]);
    } catch {
      // Not there.
    }
  }
  throw new CliError(
    'NO_SANDBOX',
    `${PACKAGE} is not installed: npm install --save-dev ${PACKAGE} installs it, npx ${PACKAGE} runs it without.`,
    EXIT.invalid,
  );
}

/** Runs the sandbox until it ends. @param {string[]} args @returns {Promise<number>} */
async function start(args) {
  const child = spawn(process.execPath, [program(), ...args], { stdio: 'inherit' });
  // A terminal gives Ctrl-C to both; whoever ends this program ends the sandbox.
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(name, () => child.kill(name));
  const [code, signal] = await once(child, 'exit');
  if (signal === 'SIGINT' || signal === 'SIGTERM') return EXIT.aborted;
  return code ?? 128 + (constants.signals[/** @type {NodeJS.Signals} */ (signal)] ?? 0);
}

module.exports = { ...command, start };
