#!/usr/bin/env node
'use strict';

const { parseArgs } = require('node:util');

const USAGE = `Starts an emulator of X's API.

  twitter-native-sandbox [--port 4010] [--host 127.0.0.1] [--json]

  --port   where it listens; 0 takes a free one
  --host   the address it listens on
  --json   prints one line of JSON: the address, the environment for twitter-native, and a user with credentials
`;

/** Ends with one sentence: a stack helps nobody who mistyped an option. @param {string} sentence @returns {never} */
function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** @returns {{ port: number, host?: string, json: boolean }} */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4010' },
        host: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535)
      refuse(`--port takes a number from 0 to 65535, not ${values.port}`);
    return { port, host: values.host, json: values.json };
  } catch (error) {
    const [sentence] = /** @type {Error} */ (error).message.split('. ');
    return refuse(`${sentence}. See --help.`);
  }
}

/** @param {NodeJS.ErrnoException} error @param {{ port: number, host?: string }} options */
function whyNotStarted(error, { port, host = '127.0.0.1' }) {
  if (error.code === 'EADDRINUSE') return `Port ${port} is taken. Give another with --port, or 0 for a free one.`;
  if (error.code === 'EACCES') return `Port ${port} needs more rights. Give one from 1024 with --port.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return `${host} is no address of this machine.`;
  return `The sandbox did not start: ${error.message}`;
}

async function main() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) refuse(`The sandbox needs Node 20 or later; this is ${process.version}.`);
  const options = readOptions();
  const { startSandbox } = require('../index.js');
  const sandbox = await startSandbox({ port: options.port, host: options.host, rateLimits: false }).catch(
    (/** @type {NodeJS.ErrnoException} */ error) => refuse(whyNotStarted(error, options)),
  );
  const user = sandbox.seedUser({ username: 'demo_shop', name: 'Demo Shop' });
  if (options.json) {
    console.log(JSON.stringify({ url: sandbox.url, env: sandbox.env, user }));
    return;
  }
  console.log(`The sandbox listens on ${sandbox.url}\nTimeline: ${sandbox.url}/\n`);
  for (const [name, value] of Object.entries(sandbox.env)) console.log(`export ${name}=${value}`);
  console.log(`\nA user of it:\n${JSON.stringify(user, null, 2)}`);
}

main();
