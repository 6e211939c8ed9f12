/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Hooks start servers, on machines of any speed.
  testTimeout: 300_000,
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  moduleFileExtensions: ['js', 'ts', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/.medusa/', '<rootDir>/example/'],
  testMatch: ['<rootDir>/integration-tests/**/*.spec.ts', '<rootDir>/unit-tests/**/*.spec.ts'],
  globalSetup: '<rootDir>/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/testing/global-teardown.mjs',
  setupFiles: ['<rootDir>/testing/environment.js'],
};
