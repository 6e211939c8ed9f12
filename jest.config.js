/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__test__/**/*.test.js'],
  // The sandbox is a package of its own; the addon is loaded through a layer that keeps what it throws, so that the
  // run can be searched for secrets.
  moduleNameMapper: {
    '^twitter-native$': '<rootDir>/__test__/support/recorded.js',
    '^twitter-native-sandbox$': '<rootDir>/__test__/support/sandbox.js',
  },
  modulePathIgnorePatterns: ['<rootDir>/target', '<rootDir>/npm'],
  // They wait more than they compute, so that no core has to be left free.
  maxWorkers: '100%',
  // For tests that hang: none of them is judged by how long it takes, and a machine may be busy.
  testTimeout: 120_000,
};
