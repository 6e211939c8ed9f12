'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox } = require('./support/harness.js');

test('the clock goes with the time, and can be moved', async (t) => {
  const { clock } = (await ownSandbox(t)).sandbox;
  assert.ok(Math.abs(clock.now() - Date.now()) < 1000);
  clock.advance(3_600_000);
  assert.ok(Math.abs(clock.now() - Date.now() - 3_600_000) < 1000);
});

test('the clock stands still until it is told to go on', async (t) => {
  const { clock } = (await ownSandbox(t)).sandbox;
  clock.freeze();
  const then = clock.now();
  const before = Date.now();
  while (Date.now() === before);
  assert.equal(clock.now(), then);
  clock.freeze();
  clock.advance(5000);
  assert.equal(clock.now(), then + 5000);
  clock.resume();
  assert.ok(clock.now() > then + 5000);
});

test('answers are dated by it', async (t) => {
  const { sandbox, call } = await ownSandbox(t);
  sandbox.clock.freeze();
  sandbox.clock.advance(86_400_000);
  const expected = new Date(sandbox.clock.now()).toUTCString();
  for (const path of ['/2/users/me', '/nowhere', '/']) {
    assert.equal((await call('GET', path)).headers.get('date'), expected);
  }
});
