'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { readFileSync, readdirSync } = require('node:fs');
const { createServer } = require('node:net');
const { join } = require('node:path');
const { text } = require('node:stream/consumers');

const root = join(__dirname, '..');
const scripts = readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.mjs'));

/** Runs one of the repository's commands, and gives what it reported. @param {string} name @param {string[]} args */
async function outcomeOf(name, ...args) {
  const child = spawn(process.execPath, [join(root, 'scripts', name), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, lines: stderr.trim().split('\n') };
}

test.each([
  ['demo.mjs', /^Unknown option '--bogus'\. The demo takes --port, --exit, and --live with a text\.$/],
  ['demo-medusa.mjs', /^Unknown option '--bogus'\. demo-medusa\.mjs takes --port, .+\.$/],
  ['check-supply.mjs', /^Unknown option '--bogus'\. check-supply\.mjs takes --advisories, --advisory-db\.$/],
])('%s refuses an option that it does not have in a sentence', async (name, sentence) => {
  expect(await outcomeOf(name, '--bogus')).toEqual({ code: 1, lines: [expect.stringMatching(sentence)] });
});

test('so do all other commands: none reads its options in another way', () => {
  const reading = scripts.filter((name) => readFileSync(join(root, 'scripts', name), 'utf8').includes('parseArgs'));
  expect(reading).toEqual(['demo.mjs']);
  expect(scripts.length).toBeGreaterThan(20);
});

test.each(['demo.mjs', 'demo-medusa.mjs'])(
  '%s looks at its port before it does anything that takes long',
  async (name) => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    try {
      const lines = [`Port ${port} is taken. Give another with --port.`];
      expect(await outcomeOf(name, '--port', String(port))).toEqual({ code: 1, lines });
      for (const wrong of ['web', '70000']) {
        const refused = [`--port takes a number from 0 to 65535, not ${wrong}.`];
        expect(await outcomeOf(name, '--port', wrong)).toEqual({ code: 1, lines: refused });
      }
    } finally {
      server.close();
    }
  },
);
