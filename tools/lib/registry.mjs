// A registry on the loopback, which has what would be published, and passes everything else on to npm's own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../medusa/testing/free-port.mjs';
import { ensureNodeModules } from './ensure.mjs';
import { publishTarball } from './publish.mjs';
import { root } from './steps.mjs';

const VERDACCIO = join(root, 'tools/registry/node_modules/verdaccio/bin/verdaccio');
/** Ours are never looked for elsewhere: what npm has of them is older than what is tested. */
const OURS = ['twitter-native', 'twitter-native-*', 'medusa-plugin-twitter'];

/** @param {string} folder @param {string} upstream */
function writeConfig(folder, upstream) {
  const everybody = { access: '$all', publish: '$all', unpublish: '$all' };
  const config = {
    storage: join(folder, 'storage'),
    uplinks: { npm: { url: upstream, timeout: '60s', max_fails: 20 } },
    packages: {
      ...Object.fromEntries(OURS.map((name) => [name, everybody])),
      '**': { access: '$all', proxy: 'npm' },
    },
    max_body_size: '200mb',
    log: { type: 'stdout', format: 'pretty', level: 'error' },
  };
  const file = join(folder, 'config.yaml');
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** Waits until it answers. @param {string} url @param {import('node:child_process').ChildProcess} child */
async function answers(url, child) {
  while (child.exitCode === null) {
    const ok = await fetch(`${url}/-/ping`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the registry ended with code ${child.exitCode}`);
}

/** Starts it; nothing of it is left after `stop`. */
export async function startRegistry() {
  ensureNodeModules('tools/registry');
  const folder = mkdtempSync(join(tmpdir(), 'twitter-native-registry-'));
  const upstream = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = writeConfig(folder, upstream);
  const child = spawn(process.execPath, [VERDACCIO, '--config', config, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await answers(url, child);
  // npm publishes nothing without some token.
  const userconfig = join(folder, 'npmrc');
  writeFileSync(userconfig, `registry=${url}/\n//127.0.0.1:${port}/:_authToken=anybody\naudit=false\nfund=false\n`);
  const env = { ...process.env, npm_config_registry: `${url}/`, npm_config_userconfig: userconfig };
  return {
    url,
    /** For the processes that install from it. */
    env,
    /** Publishes a tarball, as a release is. @param {string} tarball */
    publish: (tarball) => publishTarball(tarball, { env }),
    async stop() {
      child.kill();
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
