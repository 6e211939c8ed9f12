'use strict';

// One of several processes that use an account's tokens, which lie with the parent.
const { getUserProfile, TokenManager } = require('../../../index.js');

const config = JSON.parse(process.argv[2]);
let asked = 0;
/** @type {Map<number, (answer: any) => void>} */
const waiting = new Map();

/** @param {string} method @param {unknown[]} args */
function ask(method, ...args) {
  asked += 1;
  const id = asked;
  process.send?.({ id, method, args });
  return new Promise((resolve) => waiting.set(id, resolve));
}

const manager = new TokenManager({
  load: () => ask('load'),
  store: (next, expectedVersion) => ask('store', next, expectedVersion),
  config,
});

process.on('message', async (/** @type {any} */ { id, answer, get }) => {
  if (id !== undefined) {
    waiting.get(id)?.(answer);
    waiting.delete(id);
    return;
  }
  try {
    await getUserProfile(manager, { client: config.client });
    process.send?.({ got: get, token: await manager.getAccessToken() });
  } catch (error) {
    process.send?.({ got: get, error: error.code, message: error.message });
  }
});
process.send?.({ ready: true });
