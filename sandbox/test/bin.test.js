'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const { test } = require('node:test');
const { send } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

/** Starts the program; its lines come as they are written. @param {import('node:test').TestContext} t @param {string[]} args */
function start(t, args) {
  const child = spawn(process.execPath, [join(__dirname, '../bin/sandbox.js'), '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(async () => {
    child.kill();
    await once(child, 'exit');
  });
  return createInterface({ input: child.stdout });
}

test('the program tells other programs where it listens, and seeds a user', async (t) => {
  const [line] = await once(start(t, ['--json']), 'line');
  const { url, env, user } = JSON.parse(line);
  assert.equal(env.X_API_BASE_URL, url);
  assertMatches(await send(url, 'GET', '/2/users/me', { as: user.oauth2.accessToken }), {
    status: 200,
    body: { data: { username: 'demo_shop', name: 'Demo Shop' } },
  });
});

test('the program tells people what to set', async (t) => {
  const lines = [];
  for await (const line of start(t, ['--host', '127.0.0.1'])) {
    lines.push(line);
    if (line === '}') break;
  }
  const text = lines.join('\n');
  const url = /^The sandbox listens on (\S+)$/m.exec(text)?.[1];
  assert.match(text, new RegExp(`^export X_API_BASE_URL=${url}$`, 'm'));
  assert.match(text, /^A user of it:$/m);
  assertMatches(await send(String(url), 'GET', '/'), { status: 200 });
});
