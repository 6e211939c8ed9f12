/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
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
  testMatch: ['<rootDir>/integration-tests/**/*.spec.ts', '<rootDir>/unit-tests/**/*.spec.ts'],
  globalSetup: '<rootDir>/../../medusa/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/../../medusa/testing/global-teardown.mjs',
  setupFiles: ['<rootDir>/testing/environment.js'],
};
