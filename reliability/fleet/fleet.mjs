// A shop of several processes: servers that answer and workers that publish, over one Postgres and one Redis.

import { freePort } from '../../medusa/testing/free-port.mjs';
import { startPostgres } from '../../medusa/testing/postgres.mjs';
import { startRedis } from '../../medusa/testing/redis.mjs';
import { startSandbox } from '../../sandbox/index.js';
import { startMedusa } from '../../tools/lib/medusa-process.mjs';
import { environmentOf, prepareShop } from '../../tools/lib/medusa-shop.mjs';

/**
 * @param {{ servers: number, workers: number, sandbox: import('../../sandbox/index.js').SandboxOptions,
 *   report: (step: string) => void }} options
 */
export async function startFleet({ servers, workers, sandbox: sandboxOptions, report }) {
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    report('starting Postgres, Redis and the sandbox');
    const postgres = await startPostgres();
    stops.push(() => postgres.stop());
    const redis = await startRedis();
    stops.push(() => redis.stop());
    const sandbox = await startSandbox(sandboxOptions);
    stops.push(() => sandbox.close());
    const env = environmentOf(sandbox, postgres);
    await prepareShop(env, report);

    const start = async (/** @type {'server' | 'worker'} */ mode) => {
      const port = await freePort();
      const own = { ...env, REDIS_URL: redis.url, MEDUSA_WORKER_MODE: mode, TWITTER_ON_UNKNOWN: 'retry' };
      const started = await startMedusa(port, own);
      stops.push(() => started.stop());
      return { ...started, url: `http://127.0.0.1:${port}` };
    };
    report(`starting ${servers} servers and ${workers} workers`);
    const started = { servers: /** @type {any[]} */ ([]), workers: /** @type {any[]} */ ([]) };
    for (let index = 0; index < servers; index += 1) started.servers.push(await start('server'));
    for (let index = 0; index < workers; index += 1) started.workers.push(await start('worker'));
    return { sandbox, ...started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
