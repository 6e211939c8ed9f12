// Package managers beside npm, which installs all other rows.

/** @typedef {import('../lib/row.mjs').Row} Row */

/** @type {[id: 'pnpm' | 'yarn-1' | 'yarn-pnp', name: string, how: string, run: string[]][]} */
const MANAGERS = [
  ['pnpm', 'pnpm', 'its own node_modules', ['node']],
  ['yarn-1', 'yarn 1', 'node_modules', ['node']],
  ['yarn-pnp', 'yarn 4', "Plug'n'Play, `pnpEnableEsmLoader`", ['yarn', 'node']],
];

/** @type {Row[]} */
export const rows = MANAGERS.flatMap(([manager, name, how, run]) =>
  ['program.cjs', 'program.mjs'].map((program) => ({
    id: `${manager}-${program}`,
    group: 'Package managers',
    name,
    how: `${how}, ${program.endsWith('cjs') ? 'CommonJS' : 'ES module'}`,
    project: { name: manager, manager },
    steps: [[...run, program]],
  })),
);
