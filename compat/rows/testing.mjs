// Test runners, and what runs TypeScript without compiling it first.

/** @typedef {import('../lib/row.mjs').Row} Row */

const JEST = ['jest', '--ci', '--colors=false'];

/** @type {Row[]} */
export const rows = [
  {
    id: 'jest-babel',
    group: 'Tests and TypeScript runners',
    name: 'Jest',
    how: 'babel-jest with @babel/preset-env',
    project: { name: 'jest-babel' },
    versions: ['jest', 'babel-jest', '@babel/core'],
    steps: [JEST],
  },
  {
    id: 'jest-swc',
    group: 'Tests and TypeScript runners',
    name: 'Jest',
    how: '@swc/jest, TypeScript',
    project: { name: 'jest-swc' },
    versions: ['jest', '@swc/jest', '@swc/core'],
    steps: [JEST],
  },
  {
    id: 'jest-ts-jest',
    group: 'Tests and TypeScript runners',
    name: 'Jest',
    how: 'ts-jest',
    project: { name: 'ts-jest' },
    versions: ['jest', 'ts-jest', 'typescript'],
    steps: [JEST],
  },
  {
    id: 'jest-esm',
    group: 'Tests and TypeScript runners',
    name: 'Jest',
    how: 'ES modules, `--experimental-vm-modules`',
    project: { name: 'jest-esm' },
    versions: ['jest'],
    steps: [['node', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--ci', '--colors=false']],
  },
  ...['forks', 'threads', 'vmThreads'].map((pool) => ({
    id: `vitest-${pool}`,
    group: 'Tests and TypeScript runners',
    name: 'Vitest',
    how: `\`--pool=${pool}\``,
    project: { name: 'vitest' },
    versions: ['vitest'],
    steps: [['vitest', 'run', `--pool=${pool}`]],
  })),
  {
    id: 'tsx',
    group: 'Tests and TypeScript runners',
    name: 'tsx',
    how: 'TypeScript as an ES module',
    project: { name: 'tsx' },
    versions: ['tsx'],
    steps: [['tsx', 'program.ts']],
  },
];
