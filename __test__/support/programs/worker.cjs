'use strict';

const { parentPort, workerData } = require('node:worker_threads');
const { createTweet, getUserProfile, TwitterError } = require('../../../index.js');

async function main() {
  const { text } = await createTweet({ text: workerData.text }, workerData.token);
  const error = await createTweet({ text: '' }, workerData.token).catch((rejection) => rejection);
  parentPort.postMessage({ text, isError: error instanceof TwitterError });
  // Left under way on purpose: the worker is ended in the middle.
  if (workerData.hang) await getUserProfile(workerData.token);
}

main();
