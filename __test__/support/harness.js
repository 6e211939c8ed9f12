'use strict';

const { startSandbox } = require('twitter-native-sandbox');

/**
 * A sandbox for the tests of one file. The environment points to it while they run.
 * @param {import('../../sandbox/index.js').SandboxOptions} [options]
 */
function useSandbox(options) {
  /** @type {{ sandbox: any, user: any, url(path: string): string }} */
  const context = {
    sandbox: undefined,
    user: undefined,
    url: (path) => `${context.sandbox.url}${path}`,
  };
  /** @type {NodeJS.ProcessEnv} */
  let before;

  beforeAll(async () => {
    before = { ...process.env };
    context.sandbox = await startSandbox({ rateLimits: false, ...options });
    Object.assign(process.env, context.sandbox.env);
    context.user = context.sandbox.seedUser();
  });

  afterEach(() => {
    context.sandbox.faults.clear();
    context.sandbox.exhaust(null);
    context.sandbox.ledger.clear();
  });

  afterAll(async () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
    await context.sandbox.close();
  });

  return context;
}

/**
 * The error that a promise is rejected with.
 * @param {Promise<unknown>} promise
 * @returns {Promise<any>}
 */
async function rejectionOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('the promise was fulfilled');
}

/**
 * The error that a function throws.
 * @param {() => unknown} work
 * @returns {any}
 */
function thrownBy(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

module.exports = { rejectionOf, thrownBy, useSandbox };
