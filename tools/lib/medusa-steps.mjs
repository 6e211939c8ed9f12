// The checks of the Medusa plugin, as steps of the whole test.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as counts from './counts.mjs';
import { root } from './steps.mjs';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const plugin = join(root, 'medusa');
const existingBackend = join(root, 'examples', 'medusa-existing-backend');
const bin = (/** @type {string} */ name) => join(plugin, 'node_modules', '.bin', name);

/**
 * @typedef {{ name: string, command: string, args: string[], count?: (output: string) => counts.Counts,
 *   options?: { cwd?: string }, missing?: () => string | undefined }} Step `missing` says what the machine lacks for it
 */

/** @type {Step[]} */
const before = [
  { name: 'Types of the plugin', command: bin('tsc'), args: ['-p', 'medusa/tsconfig.tests.json'] },
  { name: 'Types of the admin', command: bin('tsc'), args: ['-p', 'medusa/src/admin/tsconfig.json', '--noEmit'] },
  {
    name: 'Packages from tarballs',
    command: 'node',
    args: ['scripts/test-packages.mjs', '--built'],
    count: counts.nodeTest,
  },
  {
    name: 'Helpers for a backend’s own tables',
    command: join(root, 'node_modules', '.bin', 'jest'),
    args: ['--config', '__test__/medusa/jest.config.js', '--ci', '--colors=false'],
    count: counts.jest,
  },
  {
    name: 'Types of an existing backend',
    command: 'npm',
    args: ['run', '--silent', 'check'],
    options: { cwd: existingBackend },
  },
  {
    name: 'Tests of an existing backend',
    command: 'npm',
    args: ['test', '--silent', '--', '--ci', '--colors=false'],
    count: counts.jest,
    options: { cwd: existingBackend },
  },
];

/** @type {Step[]} */
const overHttp = [
  {
    name: 'Plugin tests',
    command: 'npm',
    args: ['test', '--silent', '--', '--ci', '--colors=false'],
    count: counts.jest,
    options: { cwd: plugin },
  },
];

/** @type {Step[]} */
const inBrowsers = [
  {
    name: 'The built plugin and the demo’s shop',
    command: 'node',
    args: ['scripts/demo-medusa.mjs', '--exit', '--built'],
  },
  {
    name: 'Browser tests',
    command: 'npm',
    args: ['run', '--silent', 'test:browser', '--', '--ci', '--colors=false'],
    count: counts.jest,
    options: { cwd: plugin },
    missing: () => (existsSync(CHROMIUM) ? undefined : 'chromium is not installed (Debian: apt-get install chromium)'),
  },
  { name: 'A fleet', command: 'node', args: ['reliability/fleet/run.mjs', '--built'], count: counts.fleet },
];

/** Groups of lanes: the lanes of a group run side by side, their steps one after the other. @type {Step[][][]} */
export const medusaSteps = [[before], [overHttp, inBrowsers]];
