'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { existsSync, mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { test } = require('node:test');
const { startSandbox } = require('../index.js');
const { bytesOf, uploader } = require('./support/media.js');
const { ownSandbox } = require('./support/harness.js');

const EVENTS = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'];
const listeners = () => EVENTS.map((name) => process.listenerCount(name));

/** A process with some sandboxes and a folder for temporary files of its own. @param {import('node:test').TestContext} t @param {string} script */
async function run(t, script) {
  const folder = mkdtempSync(join(tmpdir(), 'sandboxes-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const program = `
    const { startSandbox } = require(${JSON.stringify(join(__dirname, '..'))});
    Promise.all(Array.from({ length: 12 }, () => startSandbox())).then((sandboxes) => {
      ${script}
      process.stdout.write('up');
    });`;
  const child = spawn(process.execPath, ['-e', program], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return { child, folders: () => readdirSync(folder), ended: once(child, 'exit') };
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  test(`${signal} ends the process, and its folders go`, async (t) => {
    const { child, folders, ended } = await run(t, '');
    assert.equal(folders().length, 12);
    child.kill(signal);
    assert.deepEqual(await ended, [null, signal]);
    assert.deepEqual(folders(), []);
  });
}

test('a process that ends by itself leaves no folders', async (t) => {
  const { folders, ended } = await run(t, 'setImmediate(() => process.exit(3));');
  assert.deepEqual(await ended, [3, null]);
  assert.deepEqual(folders(), []);
});

test('who listens to a signal decides what becomes of the process', async (t) => {
  const { child, folders, ended } = await run(t, "process.on('SIGTERM', () => setImmediate(() => process.exit(5)));");
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [5, null]);
  assert.deepEqual(folders(), []);
});

test('however many sandboxes there are, each event has one listener, and none is left', async () => {
  const before = listeners();
  const sandboxes = await Promise.all(Array.from({ length: 15 }, () => startSandbox()));
  assert.deepEqual(
    listeners(),
    before.map((count) => count + 1),
  );
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  assert.deepEqual(listeners(), before);
});

test('a sandbox that can not start leaves nothing', async (t) => {
  const before = listeners();
  const first = await startSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'sandboxes-'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  t.after(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(folder, { recursive: true, force: true });
  });
  await assert.rejects(startSandbox({ port: Number(new URL(first.url).port) }), { code: 'EADDRINUSE' });
  assert.deepEqual(readdirSync(folder), []);
  await first.close();
  assert.deepEqual(listeners(), before);
});

test('the folder of a sandbox goes with it', async (t) => {
  const own = await ownSandbox(t);
  const upload = uploader(own, own.token);
  const { id } = (await upload.oneShot(await bytesOf({ kind: 'png' }), 'tweet_image')).body.data;
  const [{ path }] = own.sandbox.ledger.media(id).files;
  assert.ok(existsSync(path));
  await own.sandbox.close();
  assert.equal(existsSync(path), false);
});
