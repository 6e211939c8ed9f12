'use strict';

const { EventEmitter, once } = require('node:events');
const { startSandbox } = require('twitter-native-sandbox');

/** Puts the environment back as it is now. @returns {() => void} */
function keptEnvironment() {
  const before = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  };
}

/** For tests that write to the environment: it is put back after each. */
function useOwnEnvironment() {
  /** @type {() => void} */
  let restore;
  beforeEach(() => {
    restore = keptEnvironment();
  });
  afterEach(() => restore());
}

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
  /** @type {() => void} */
  let restore;

  beforeAll(async () => {
    restore = keptEnvironment();
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
    restore();
    await context.sandbox.close();
  });

  return context;
}

/**
 * Runs a part of a test with a sandbox of its own.
 * @param {import('../../sandbox/index.js').SandboxOptions} options
 * @param {(sandbox: any) => Promise<unknown>} work
 */
async function withSandbox(options, work) {
  const sandbox = await startSandbox({ rateLimits: false, ...options });
  try {
    await work(sandbox);
  } finally {
    await sandbox.close();
  }
}

/** A listener that keeps the events it gets, which come in turns of their own. */
function eventKeeper() {
  /** @type {any[]} */
  const events = [];
  const news = new EventEmitter();
  return {
    /** @param {any} event */
    keep(event) {
      events.push(event);
      news.emit('event');
    },
    /** The events, when these are enough. @param {(events: any[]) => boolean} isEnough */
    async until(isEnough) {
      while (!isEnough(events)) await once(news, 'event');
      return events;
    },
  };
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

module.exports = { eventKeeper, rejectionOf, thrownBy, useOwnEnvironment, useSandbox, withSandbox };
