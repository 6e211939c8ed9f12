/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/*.test.js'],
  // The admin's texts are compared with what the pages show.
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // Each file has a shop of its own, which takes what the machine has.
  maxWorkers: 1,
  // Starting a shop takes minutes; each step of a person’s takes seconds, on a machine with nothing else to do.
  testTimeout: 240_000,
};
