'use strict';

// Ends although calls were begun, aborted and left.
const { createTweet, getUserProfile } = require('../../../index.js');

async function main() {
  const token = process.argv[2];
  const controller = new AbortController();
  const aborted = getUserProfile(token, { signal: controller.signal }).catch((error) => error.code);
  controller.abort();
  await createTweet({ text: 'x' }, token, { timeoutMs: 1 }).catch((error) => error.code);
  console.log(await aborted);
}

main();
