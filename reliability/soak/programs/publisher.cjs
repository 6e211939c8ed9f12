'use strict';

// The process under test: publishes round after round, makes clients and ends workers, and tells what it holds when
// nothing is under way: node --expose-gc publisher.cjs '{"size":…,"seed":…,"users":…,"url":…,"app":…}'
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');
const api = require('../../../index.js');
const { intentsOf, share } = require('../plan.js');
const { Publisher } = require('../publisher.js');
const { rest, sample, warmPool } = require('../sample.js');

/** Publishes under way at once. */
const AT_ONCE = 24;
/** How long X is awaited in vain for a worker's call: longer than a worker takes to be seen and ended. */
const WORKER_TIMEOUT_MS = 3000;
const WORKER_CALLS = ['createTweet', 'publish', 'stream', 'manager', 'profile'];

const job = JSON.parse(process.argv[2]);
process.on('unhandledRejection', (reason) => stray(`unhandled rejection: ${reason}`));
process.on('warning', (warning) => stray(`${warning.name}: ${warning.message}`));

/** @param {string} what */
const stray = (what) => process.send?.({ stray: what });

let asked = 0;
/** @type {Map<number, (answer: any) => void>} */
const waiting = new Map();
process.on('message', (/** @type {any} */ { id, answer }) => {
  waiting.get(id)?.(answer);
  waiting.delete(id);
});

/** Asks the process that the sandbox is in. @param {string} method @param {unknown[]} args @returns {Promise<any>} */
function ask(method, ...args) {
  asked += 1;
  const id = asked;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    process.send?.({ id, method, args });
  });
}

/** @param {Publisher} publisher @param {number} round */
async function publishAll(publisher, round) {
  const intents = intentsOf(job.size, job.seed, round);
  const outcomes = [];
  const work = async () => {
    for (let intent = intents.pop(); intent; intent = intents.pop()) outcomes.push(await publisher.publish(intent));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

/** Ends a worker in the middle of its call; says whether it was. @param {number} number */
async function endWorker(number) {
  const call = WORKER_CALLS[((number % WORKER_CALLS.length) + WORKER_CALLS.length) % WORKER_CALLS.length];
  const user = job.users[0];
  const seen = ask('hold', call);
  const workerData = {
    call,
    number,
    text: `Soak ${job.seed}: worker ${number}`,
    token: user.oauth2.accessToken,
    app: job.app,
    client: { apiBaseUrl: job.url, retry: { maxAttempts: 1 } },
    url: `${job.url}/media/jpeg?worker=${number}`,
    timeoutMs: WORKER_TIMEOUT_MS,
  };
  const worker = new Worker(join(__dirname, 'worker.cjs'), { workerData });
  let isSettled = false;
  const begun = new Promise((resolve) => {
    worker.on('message', (message) => {
      if (message === 'settled') isSettled = true;
      else resolve(undefined);
    });
  });
  worker.on('error', (error) => stray(`a worker failed: ${error.message}`));
  await (call === 'stream' ? begun : seen);
  await worker.terminate();
  await ask('release');
  return !isSettled;
}

async function main() {
  await warmPool();
  const publisher = new Publisher(api, job);
  for (let round = -job.size.warmUp; round < job.size.rounds; round++) {
    const workers = share(job.size.workers, job.size, round);
    let ended = 0;
    for (let number = workers.from; number < workers.to; number++) ended += (await endWorker(number)) ? 1 : 0;
    const { from, to } = share(job.size.publishes, job.size, round);
    await ask('arm', to - from);
    const outcomes = await publishAll(publisher, round);
    const clients = publisher.drop();
    await ask('settle', { outcomes, ended, clients, isWarm: round >= 0 });
    if (round === -1 || round === job.size.rounds - 1) await rest();
    if (round >= -1) await ask('sample', { publishes: round < 0 ? 0 : to, ...(await sample()) });
  }
}

main().then(() => process.disconnect());
