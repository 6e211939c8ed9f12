// Bundlers and frameworks that bundle.

/** @typedef {import('../lib/row.mjs').Row} Row */

const ESBUILD = ['esbuild', '--bundle', '--platform=node', '--log-level=error'];
const esbuild = {
  group: 'Bundlers and frameworks',
  name: 'esbuild',
  project: { name: 'esbuild' },
  versions: ['esbuild'],
};

/** @type {Row[]} */
export const rows = [
  {
    ...esbuild,
    id: 'esbuild-cjs',
    how: 'external, CommonJS',
    steps: [
      [...ESBUILD, '--external:twitter-native', '--outfile=bundle.cjs', 'program.cjs'],
      ['node', 'bundle.cjs'],
    ],
  },
  {
    ...esbuild,
    id: 'esbuild-esm',
    how: 'external, ES module',
    steps: [
      [
        ...ESBUILD,
        '--external:twitter-native',
        '--format=esm',
        '--external:./exercise.cjs',
        '--outfile=bundle.mjs',
        'program.mjs',
      ],
      ['node', 'bundle.mjs'],
    ],
  },
  {
    ...esbuild,
    id: 'esbuild-binary-external',
    how: 'bundled, only the binaries (`twitter-native-*`) external',
    steps: [
      [...ESBUILD, '--external:twitter-native-*', '--outfile=whole.cjs', 'program.cjs'],
      ['node', 'whole.cjs'],
    ],
  },
  {
    ...esbuild,
    id: 'esbuild-bundled',
    how: 'bundled with everything',
    steps: [[...ESBUILD, '--outfile=everything.cjs', 'program.cjs']],
    limit: 'Could not resolve "twitter-native-darwin-arm64"',
    why: 'the binaries of other systems are not installed, and a `.node` file is not bundled',
  },
  {
    id: 'webpack',
    group: 'Bundlers and frameworks',
    name: 'webpack',
    how: 'external, CommonJS',
    project: { name: 'webpack' },
    versions: ['webpack'],
    steps: [['webpack'], ['node', 'dist/bundle.cjs']],
  },
  {
    id: 'next',
    group: 'Bundlers and frameworks',
    name: 'Next',
    how: '`serverExternalPackages`, a route of the standalone output',
    project: { name: 'next' },
    versions: ['next'],
    steps: [
      ['next', 'build'],
      ['node', 'serve.cjs'],
    ],
  },
];
