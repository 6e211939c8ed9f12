// A shop with the plugin, for the demo and the tests in a browser: Postgres, the sandbox in X's place, and the example.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../../medusa/testing/free-port.mjs';
import { ensureNodeModules } from './ensure.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { medusaCli, runMedusa, startMedusa } from './medusa-process.mjs';
import { root } from './steps.mjs';

const TELEMETRY_OFF = { MEDUSA_DISABLE_TELEMETRY: '1' };
const PLUGIN = ['src', 'package.json', 'package-lock.json', 'tsconfig.json'].map((path) => join('medusa', path));
const EXAMPLE = ['src', 'package.json', 'tsconfig.json', 'medusa-config.ts', 'instrumentation.ts'].map((path) =>
  join('medusa/example', path),
);

/** Signs in to the admin of a shop that lives no longer than its process. */
export const ADMIN = { email: 'admin@example.test', password: 'supersecret' };

/** Builds the plugin as it is published. */
export function ensurePlugin() {
  ensureNodeModules('medusa');
  ensureBuilt({
    name: 'the plugin',
    sources: PLUGIN,
    output: 'medusa/.medusa/server',
    cwd: 'medusa',
    command: [process.execPath, medusaCli(join(root, 'medusa')), 'plugin:build'],
    env: TELEMETRY_OFF,
  });
}

/** Installs and builds what the shop is made of, but for the addon. */
export function ensureShop() {
  ensureNodeModules('sandbox');
  ensurePlugin();
  ensureBuilt({
    name: 'the example with its admin, which takes a minute or two',
    sources: [...PLUGIN, ...EXAMPLE],
    output: 'medusa/example/.medusa/server',
    cwd: 'medusa/example',
    command: [process.execPath, medusaCli(join(root, 'medusa')), 'build'],
    env: TELEMETRY_OFF,
  });
}

/**
 * What a shop's processes have in their environment.
 * @param {import('../../sandbox/index.js').Sandbox} sandbox
 * @param {{ url: string }} postgres
 */
export function environmentOf(sandbox, postgres) {
  return {
    ...process.env,
    ...TELEMETRY_OFF,
    ...sandbox.env,
    NODE_ENV: 'production',
    DATABASE_URL: `${postgres.url}/postgres`,
    TWITTER_ENCRYPTION_KEYS: `v1:${randomBytes(32).toString('base64')}`,
    SEED_EMAIL: ADMIN.email,
    SEED_PASSWORD: ADMIN.password,
    SEED_MEDIA_URL: `${sandbox.url}/media`,
  };
}

/**
 * Makes the tables, an account for the admin, and a few products.
 * @param {NodeJS.ProcessEnv} env
 * @param {(step: string) => void} report
 * @param {string} [cwd] the built application's folder
 */
export async function prepareShop(env, report, cwd) {
  report('migrating the database, about a minute');
  await runMedusa(['db:migrate'], env, cwd);
  report('creating an admin and products');
  await runMedusa(['exec', './src/scripts/seed.js'], env, cwd);
}

/**
 * Starts the shop on ports of the loopback, with an account for the admin and a few products.
 * @param {{ port?: number, sandboxPort?: number, report?: (step: string) => void, cwd?: string, tracesTo?: string }} [options]
 *   `cwd` is the folder of another application that is built, in place of the example; `tracesTo` the address of a collector
 */
export async function startShop({ port, sandboxPort = 0, report = () => {}, cwd, tracesTo } = {}) {
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    // Behind the installation of what they need.
    const { startPostgres } = await import('../../medusa/testing/postgres.mjs');
    const { startSandbox } = await import('../../sandbox/index.js');
    report('starting Postgres and the sandbox');
    const postgres = await startPostgres();
    stops.push(() => postgres.stop());
    const sandbox = await startSandbox({ port: sandboxPort, rateLimits: false });
    stops.push(() => sandbox.close());

    const shopPort = port ?? (await freePort());
    const url = `http://127.0.0.1:${shopPort}`;
    const env = { ...environmentOf(sandbox, postgres), ADMIN_CORS: url };
    await prepareShop(env, report, cwd);
    report('starting the shop');
    const traced = tracesTo === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: tracesTo };
    const medusa = await startMedusa(shopPort, { ...env, ...traced }, cwd);
    stops.push(() => medusa.stop());
    return { url, sandbox, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
