// A Redis of its own for tests, from the machine's `redis-server`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.mjs';

/** Says whether there is a `redis-server`; it is no npm package. */
export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

/** Starts a fresh Redis on a free port of the loopback; all of it is gone after `stop()`. */
export async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'medusa-plugin-twitter-redis-'));
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout });
  await new Promise((resolve, reject) => {
    lines.on('line', (line) => line.includes('Ready to accept connections') && resolve(undefined));
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const gone = server.exitCode === null ? once(server, 'exit') : undefined;
      server.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
