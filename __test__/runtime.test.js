'use strict';

const { once } = require('node:events');
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');
const { defectiveAddon } = require('./support/defective-addon.js');
const { useSandbox } = require('./support/harness.js');
const { runProgram } = require('./support/run.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;

/** A worker that posts. Its environment has to be given: that of the test file is not the process's. */
const startWorker = (data) =>
  new Worker(join(__dirname, 'support/programs/worker.cjs'), {
    workerData: { ...data, token: token() },
    env: { ...process.env },
  });

test('a CommonJS program posts and ends', async () => {
  const { code, stdout, stderr } = await runProgram('post.cjs', { args: ['1', token()] });
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({ text: 'From CommonJS 1', isDefault: true, service: true });
});

test('an ESM program posts and ends, with all names', async () => {
  const { code, stdout, stderr } = await runProgram('post.mjs', { args: ['1', token()] });
  expect([code, stderr]).toEqual([0, '']);
  const { names, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({ text: 'From ESM 1', isDefault: true, isError: true });
  const common = Object.keys(require('../index.js')).filter((name) => name !== '__esModule');
  expect(names.filter((name) => name !== 'module.exports' && name !== '__esModule')).toEqual(common.sort());
});

test('a program whose calls were aborted ends', async () => {
  context.sandbox.faults.add({ endpoint: '*', fault: { kind: 'hang' } });
  const { code, stdout } = await runProgram('idle.cjs', { args: [token()] });
  expect([code, stdout]).toEqual([0, 'ABORTED\n']);
});

test('two processes at once', async () => {
  const runs = await Promise.all(['2', '3'].map((number) => runProgram('post.cjs', { args: [number, token()] })));
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
});

test('the package can be loaded again, with errors of its own', async () => {
  const first = require('../index.js');
  jest.resetModules();
  const second = require('../index.js');
  expect(second).not.toBe(first);
  for (const [index, loaded] of [first, second].entries()) {
    await expect(loaded.createTweet({ text: `Loaded ${index}` }, token())).resolves.toMatchObject({
      text: `Loaded ${index}`,
    });
    const error = await loaded.createTweet({ text: '' }, token()).catch((rejection) => rejection);
    expect(error).toBeInstanceOf(loaded.TwitterError);
  }
});

test('workers post at the same time', async () => {
  const texts = Array.from({ length: 4 }, (_, index) => `From worker ${index}`);
  const answers = await Promise.all(
    texts.map(async (text) => {
      const worker = startWorker({ text });
      // Both at once: a worker may be gone before anyone asks a second time.
      const [[answer]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      return answer;
    }),
  );
  expect(answers).toEqual(texts.map((text) => ({ text, isError: true })));
});

test('a worker that is ended in the middle of a call', async () => {
  context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'hang' } });
  const worker = startWorker({ text: 'Ended', hang: true });
  await context.sandbox.ledger.waitFor((ledger) => ledger.requests({ endpoint: 'me' }).length === 1);
  await worker.terminate();
  await expect(require('../index.js').createTweet({ text: 'After it' }, token())).resolves.toMatchObject({
    text: 'After it',
  });
});

test('of a worker that is ended while it is asked for bytes nothing is left', async () => {
  const env = { NAPI_RS_NATIVE_LIBRARY_PATH: defectiveAddon() };
  const { code, stdout, stderr } = await runProgram('ended-worker.cjs', { env });
  expect([code, stderr]).toEqual([0, '']);
  const { before, after } = JSON.parse(stdout);
  expect(before).toBeGreaterThan(0);
  expect(after).toBe(0);
});
