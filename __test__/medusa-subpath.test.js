'use strict';

// The sub-path without Medusa: this package's own folder has none of it.

const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const helpers = require('twitter-native/medusa');
const { rejectionOf, thrownBy } = require('./support/harness.js');

const NAMES = ['jsonRow', 'platformTokens', 'publishOnce', 'resolveDoubt', 'resumeUnfinished', 'toMedusaError'];
const MISSING =
  /^twitter-native\/medusa needs @medusajs\/framework 2, which could not be loaded: install it in \S+, and/;
const container = { resolve: () => undefined };
const row = { table: 'social_post', id: 'p1', column: 'twitter_intent' };

/** Runs a program in a process of its own, and gives what it prints, as JSON. @param {string[]} parameters */
async function run(...parameters) {
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { cwd: __dirname });
  return JSON.parse(stdout);
}

test('has these names, in CommonJS and in ESM', async () => {
  expect(Object.keys(helpers).sort()).toEqual(NAMES);
  const script = `const names = Object.keys(await import('twitter-native/medusa')); console.log(JSON.stringify(names))`;
  const names = await run('--input-type=module', '--eval', script);
  expect(names.filter((name) => !['default', 'module.exports'].includes(name)).sort()).toEqual(NAMES);
});

test.each([
  ['jsonRow', () => helpers.jsonRow(container, row)],
  ['platformTokens', () => helpers.platformTokens(container, 'p1')],
  ['toMedusaError', () => helpers.toMedusaError(new Error('x'))],
])('%s says in one sentence that Medusa is missing', (operation, call) => {
  const error = thrownBy(call);
  expect(error).toMatchObject({ name: 'TwitterError', operation, message: expect.stringMatching(MISSING) });
});

test.each([
  ['publishOnce', () => helpers.publishOnce(container, row, { text: 'Never sent' }, { token: 'x' })],
  ['resolveDoubt', () => helpers.resolveDoubt(container, row, 'check')],
  [
    'resumeUnfinished',
    () => helpers.resumeUnfinished(container, { table: 'a', column: 'b', prepare: () => undefined }),
  ],
])('%s says so before anything is done', async (operation, call) => {
  const error = await rejectionOf(call());
  expect(error).toMatchObject({ name: 'TwitterError', operation, message: expect.stringMatching(MISSING) });
});

test('twitter-native alone loads nothing of the helpers, and the helpers nothing of Medusa', async () => {
  const loaded = (/** @type {string} */ name) =>
    run('--eval', `require('${name}'); console.log(JSON.stringify(Object.keys(require.cache)))`);
  expect((await loaded('twitter-native')).filter((path) => /medusa/i.test(path))).toEqual([]);
  const withHelpers = await loaded('twitter-native/medusa');
  expect(withHelpers.some((path) => path.endsWith('/js/medusa/row.js'))).toBe(true);
  expect(withHelpers.filter((path) => /@medusajs/.test(path))).toEqual([]);
});

test('Medusa is an optional peer, and there is no other dependency', () => {
  const { dependencies, peerDependencies, peerDependenciesMeta, exports } = require('../package.json');
  expect(dependencies).toBeUndefined();
  expect(Object.keys(peerDependencies)).toEqual(['@medusajs/framework', '@opentelemetry/api']);
  for (const name of Object.keys(peerDependencies)) expect(peerDependenciesMeta[name]).toEqual({ optional: true });
  expect(Object.keys(exports)).toEqual(['.', './medusa', './package.json']);
});
