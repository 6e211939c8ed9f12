// Publishes with the packed packages from each runtime, TypeScript, test runner, package manager and bundler:
// npm run test:compat [-- --built --only bun --only jest]
// It writes docs/compatibility.md, where rows that are not run stay as they are. No part of npm test: it installs about 2 GB.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, savePicture } from '../compat/lib/check.mjs';
import { Projects } from '../compat/lib/projects.mjs';
import { report, shortly } from '../compat/lib/report.mjs';
import { NODE } from '../compat/lib/row.mjs';
import { Tools } from '../compat/lib/tools.mjs';
import { rows } from '../compat/rows.mjs';
import { ensureAddon } from '../tools/lib/ensure.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { manifestOf } from '../tools/lib/pack.mjs';
import { npmInstall, startPackedRegistry } from '../tools/lib/packed.mjs';
import { refuse } from '../tools/lib/requirements.mjs';
import { root } from '../tools/lib/steps.mjs';

const DOCUMENT = join(root, 'docs', 'compatibility.md');

const { values } = readOptions({
  options: {
    /** Rows whose id has this in it. */
    only: { type: 'string', multiple: true, default: [''] },
    /** The addon is built. */
    built: { type: 'boolean', default: false },
    /** Failures are shown in full. */
    verbose: { type: 'boolean', default: false },
  },
});
const chosen = rows.filter(({ id }) => values.only.some((part) => id.includes(part)));
if (chosen.length === 0)
  refuse(`No row has ${values.only.join(' or ')} in its name. They are: ${rows.map(({ id }) => id).join(', ')}`);

/** The packed sandbox, started in this process. @param {string} folder @param {NodeJS.ProcessEnv} env */
async function startPackedSandbox(folder, env) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npmInstall(folder, env, ['twitter-native-sandbox']);
  const { startSandbox } = createRequire(join(folder, 'package.json'))('twitter-native-sandbox');
  return startSandbox({ rateLimits: false });
}

/** @param {string} folder @param {Awaited<ReturnType<typeof startPackedRegistry>>} registry */
async function runRows(folder, registry) {
  const sandbox = await startPackedSandbox(join(folder, 'sandbox'), registry.env);
  const tools = new Tools(join(folder, 'tools'), registry.env);
  const projects = new Projects(join(folder, 'projects'), tools, registry, manifestOf(root).version);
  const picture = join(folder, 'picture.jpg');
  await savePicture(`${sandbox.url}/media/jpeg?width=320&height=240`, picture);
  const results = [];
  try {
    for (const row of chosen) {
      const result = await check(row, projects, sandbox, picture);
      results.push(result);
      const mark = result.failure === undefined ? (row.limit ? 'known' : 'ok') : 'FAILED';
      console.log(`${mark.padEnd(6)} ${String(Math.round(result.seconds)).padStart(4)} s  ${row.id}`);
      if (result.failure) console.log(`       ${values.verbose ? result.failure : shortly(result.failure)}`);
    }
  } finally {
    await sandbox.close();
  }
  return { results, nodeVersion: tools.versionOf(`node-${NODE}`) };
}

if (!values.built) ensureAddon();
const registry = await startPackedRegistry({ withPlugin: false, allPlatforms: true });
const folder = mkdtempSync(join(tmpdir(), 'twitter-native-compat-'));
try {
  const { results, nodeVersion } = await runRows(folder, registry);
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
  const { version } = manifestOf(root);
  writeFileSync(DOCUMENT, report(rows, results, before, { version, node: nodeVersion }));
  console.log(`\nCompatibility: ${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  await registry.stop();
  rmSync(folder, { recursive: true, force: true });
}
