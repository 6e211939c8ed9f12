// Node itself.

/** @typedef {import('../lib/row.mjs').Row} Row */

const MAJORS = ['20', '22', '24', '26'];

/** @param {string} node @returns {string[]} */
function permissions(node) {
  const permission = node === '20' ? '--experimental-permission' : '--permission';
  return ['node', permission, '--allow-addons', '--allow-fs-read=*', 'program.cjs'];
}

/** @type {(node: string) => [id: string, name: string, step: string[], posts?: number][]} */
const programs = (node) => [
  ['cjs', 'CommonJS', ['node', 'program.cjs']],
  ['esm', 'ES module', ['node', 'program.mjs']],
  ['workers', 'worker threads', ['node', 'workers.mjs'], 3],
  ['cluster', 'cluster', ['node', 'cluster.cjs'], 3],
  ['test', 'node:test', ['node', '--test', 'node-test.mjs']],
  ['permission', 'permission model', permissions(node)],
];

/** TypeScript without a compiler, where Node has it without a flag. @type {Row[]} */
const stripped = ['24', '26'].map((node) => ({
  id: `node-${node}-types`,
  group: 'Node',
  name: `Node ${node}`,
  how: 'TypeScript, its types stripped by Node',
  project: { name: `node-${node}-module`, node, type: 'module' },
  steps: [['node', 'program.ts']],
}));

/** @type {Row[]} */
const refused = MAJORS.map((node) => ({
  id: `node-${node}-no-addons`,
  group: 'Node',
  name: `Node ${node}`,
  how: 'permission model without `--allow-addons`',
  project: { name: `node-${node}`, node },
  steps: [permissions(node).filter((flag) => flag !== '--allow-addons')],
  limit: "Node's permission model refuses native addons: add --allow-addons to --permission.",
}));

/** @type {Row} */
const layer = {
  id: 'node-24-layer',
  group: 'Node',
  name: 'Node 24',
  how: 'the layout of a Lambda layer, found by `NODE_PATH`, CommonJS',
  project: { name: 'node-24', node: '24' },
  steps: [['node', 'layer.cjs']],
};

/** @type {Row[]} */
export const rows = [
  ...MAJORS.flatMap((node) =>
    programs(node).map(([id, how, step, posts]) => ({
      id: `node-${node}-${id}`,
      group: 'Node',
      name: `Node ${node}`,
      how,
      project: { name: `node-${node}`, node },
      steps: [step],
      posts,
    })),
  ),
  ...stripped,
  layer,
  ...refused,
];
