/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/*.test.js'],
  transform: {},
  // Starting a shop takes minutes; each step of a person's takes seconds.
  testTimeout: 60_000,
};
