// One run: a mock, a driver, and what both say.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { APP } from './app.mjs';
import { programOf, startMock } from './native.mjs';
import { mockSettings } from './scenarios.mjs';

/** @typedef {import('./types.d.ts').Driver} Driver */
/** @typedef {import('./types.d.ts').Scenario} Scenario */
/** @typedef {import('./types.d.ts').Outcome} Outcome */

const HARNESS = fileURLToPath(new URL('../drivers/harness.mjs', import.meta.url));
const MAX_RUN_MS = 20 * 60 * 1000;
/** What a driver that keeps whole files may take of the memory that is free. */
const MAX_SHARE_OF_MEMORY = 0.6;
/** How much of a failure is shown. */
const SHOWN_CHARACTERS = 200;

/**
 * Why a driver is not asked to do this here, if it is not.
 * @param {Scenario} scenario
 * @param {Driver} driver
 */
export function reasonToSkip({ work }, { held }) {
  if (work.kind !== 'publishes' || held === undefined) return undefined;
  const needed = held * work.bytes * work.mediaPerPost * Math.min(work.count, work.atOnce);
  if (needed <= freemem() * MAX_SHARE_OF_MEMORY) return undefined;
  return `left out: it would hold ${Math.round(needed / 1e9)} GB in memory`;
}

/**
 * Runs a driver once.
 * @param {Scenario} scenario
 * @param {Driver} driver
 * @param {'release' | 'dev'} [profile] of the mock and the relay
 * @returns {Promise<Outcome>}
 */
export async function runOnce(scenario, driver, profile) {
  const folder = mkdtempSync(join(tmpdir(), 'twitter-native-bench-'));
  const caFile = scenario.network?.tls ? join(folder, 'ca.pem') : undefined;
  try {
    const { mock, finish } = await startMock(mockSettings(scenario, caFile), profile);
    const { module, variant } = driver;
    const job = JSON.stringify({ module, variant, work: scenario.work, mock, caFile, app: APP });
    const [program, args] =
      module === undefined ? [programOf('bench-relay', profile), [job]] : [process.execPath, [HARNESS, job]];
    const ran = await execute(program, args, caFile);
    const verdict = await finish();
    if ('failed' in ran) return { failed: firstOf([ran.failed, ...verdict.problems]) };
    if (!verdict.agrees) return { failed: `the mock disagrees: ${firstOf(verdict.problems)}` };
    const { api, media } = verdict.connections;
    return { measured: { ...ran.result, connections: api + media, mockCpuMs: verdict.cpuMs } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a Node process needs that does nothing. */
export async function measureIdle() {
  const ran = await execute(process.execPath, [HARNESS, JSON.stringify({ module: 'idle' })], undefined);
  return 'result' in ran ? /** @type {number} */ (ran.result.peakBytes) : undefined;
}

/** @param {string[]} reasons */
function firstOf(reasons) {
  return String(reasons[0]).slice(0, SHOWN_CHARACTERS);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string | undefined} caFile
 * @returns {Promise<{ result: any } | { failed: string }>}
 */
function execute(program, args, caFile) {
  return new Promise((resolve) => {
    const env = caFile === undefined ? process.env : { ...process.env, NODE_EXTRA_CA_CERTS: caFile };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env, timeout: MAX_RUN_MS });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    child.on('error', (error) => resolve({ failed: error.message }));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve({ result: JSON.parse(output) });
      const [said] = errors.match(/^\w*Error\b.*:.*$/m) ?? errors.match(/^\s*\[cause\]: .*$/m) ?? [];
      resolve({ failed: said ?? (signal === null ? `it ended with ${code}` : `it was ended by ${signal}`) });
    });
  });
}
