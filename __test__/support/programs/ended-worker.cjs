'use strict';

// Ends a worker whose thread was asked for bytes and never answered, and waits until nothing of its call is left.
const { once } = require('node:events');
const { setTimeout: wait } = require('node:timers/promises');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const { uploadMedia } = require('../../../index.js');
const { aliveTasks } = require('../../../js/native.js');

function callAndBlock() {
  const data = new Uint8Array(2_500_000);
  uploadMedia({ data }, 'token').catch(() => {});
  uploadMedia({ stream: ReadableStream.from([data]) }, 'token').catch(() => {});
  parentPort.postMessage('called');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

async function main() {
  const worker = new Worker(__filename);
  await once(worker, 'message');
  const before = aliveTasks();
  await worker.terminate();
  while (aliveTasks() > 0) await wait(50);
  console.log(JSON.stringify({ before, after: aliveTasks() }));
}

if (isMainThread) main();
else callAndBlock();
