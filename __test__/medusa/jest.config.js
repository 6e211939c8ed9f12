const root = require('../../jest.config.js');

/**
 * The helpers for a Medusa backend, against a real Postgres. Medusa's packages and knex are those of the plugin.
 * @type {import('jest').Config}
 */
module.exports = {
  ...root,
  rootDir: '../..',
  testMatch: ['<rootDir>/__test__/medusa/*.spec.js'],
  modulePaths: ['<rootDir>/medusa/node_modules'],
  globalSetup: '<rootDir>/medusa/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/medusa/testing/global-teardown.mjs',
  transform: {},
  testTimeout: 300_000,
};
