/** @type {import('jest').Config} */
module.exports = {
  ...require('../../medusa/jest.config.js'),
  globalSetup: '<rootDir>/../../medusa/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/../../medusa/testing/global-teardown.mjs',
};
