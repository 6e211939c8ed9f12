// Other runtimes than Node.

/** @typedef {import('../lib/row.mjs').Row} Row */

const PROGRAMS = [
  ['program.cjs', 'CommonJS'],
  ['program.mjs', 'ES module'],
  ['program.ts', 'TypeScript'],
];
const DENO = ['--allow-net', '--allow-env', '--allow-read', '--allow-ffi', '--allow-sys'];

/** @type {Row[]} */
export const rows = [
  ...PROGRAMS.map(([program, how]) => ({
    id: `bun-${program}`,
    group: 'Other runtimes',
    name: 'Bun',
    how: `${how}, installed by \`bun install\``,
    project: /** @type {const} */ ({ name: 'bun', manager: 'bun', type: 'module' }),
    steps: [['bun', 'run', program]],
  })),
  {
    id: 'bun-build',
    group: 'Other runtimes',
    name: 'Bun',
    how: '`bun build --target=bun`, external',
    project: { name: 'bun', manager: 'bun', type: 'module' },
    steps: [
      ['bun', 'build', '--target=bun', '--external=twitter-native', '--outfile=bundle.mjs', 'program.ts'],
      ['bun', 'run', 'bundle.mjs'],
    ],
  },
  ...PROGRAMS.map(([program, how]) => ({
    id: `deno-${program}`,
    group: 'Other runtimes',
    name: 'Deno',
    how: `${how}, installed by \`deno install\`, run with \`${DENO.join(' ')}\``,
    project: /** @type {const} */ ({ name: 'deno', manager: 'deno', type: 'module' }),
    steps: [['deno', 'run', '--no-prompt', ...DENO, String(program)]],
  })),
  {
    id: 'deno-cache',
    group: 'Other runtimes',
    name: 'Deno',
    how: "ES module, from Deno's own cache, `--node-modules-dir=none`",
    project: { name: 'deno-cache', manager: 'deno', type: 'module' },
    steps: [
      ['deno', 'run', '--no-prompt', '--node-modules-dir=none', '--minimum-dependency-age=0', ...DENO, 'program.mjs'],
    ],
  },
];
