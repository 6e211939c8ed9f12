'use strict';

const assert = require('node:assert/strict');
const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const { createServer } = require('node:net');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const { test } = require('node:test');
const { send } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

const PROGRAM = join(__dirname, '../bin/sandbox.js');

/** Starts the program; its lines come as they are written. @param {import('node:test').TestContext} t @param {string[]} args */
function start(t, args) {
  const child = spawn(process.execPath, [PROGRAM, '--port', '0', ...args], {
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

for (const [args, sentence] of /** @type {Array<[string[], RegExp]>} */ ([
  [['--colour'], /^Unknown option '--colour'\. See --help\.$/],
  [['stray'], /^Unexpected argument 'stray'\. See --help\.$/],
  [['--port', '70000'], /^--port takes a number from 0 to 65535, not 70000$/],
  [['--port'], /^Option '--port <value>' argument missing\. See --help\.$/],
])) {
  test(`${args.join(' ')} is refused in one sentence`, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr.trim(), sentence);
  });
}

test('a port that is taken is named, with the way out', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await once(taken, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (taken.address());
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, '--port', `${port}`], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.equal(stderr.trim(), `Port ${port} is taken. Give another with --port, or 0 for a free one.`);
});

test('--help lists the options', () => {
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, '--help'], { encoding: 'utf8' });
  assert.equal(status, 0);
  for (const option of ['--port', '--host', '--json']) assert.match(stdout, new RegExp(option));
});
