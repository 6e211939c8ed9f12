// The runtimes and package managers, from npm's packages of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmInstall } from '../../tools/lib/packed.mjs';

const { arch, platform } = process;
const OS = platform === 'win32' ? 'win' : platform;
const DENO = { linux: `linux-${arch}-glibc`, darwin: `darwin-${arch}`, win32: `win32-${arch}` };

/**
 * Packages that are a binary for this system, so that no script has to run when they are installed.
 * @type {Record<string, { package: string, version: string, bin: string }>}
 */
const TOOLS = {
  'node-20': { package: `node-${OS}-${arch}`, version: '20.20.2', bin: 'bin' },
  'node-22': { package: `node-${OS}-${arch}`, version: '22.23.3', bin: 'bin' },
  'node-24': { package: `node-${OS}-${arch}`, version: '24.21.0', bin: 'bin' },
  'node-26': { package: `node-${OS}-${arch}`, version: '26.12.1', bin: 'bin' },
  bun: { package: `@oven/bun-${platform}-${arch}`, version: '1.4.5', bin: 'bin' },
  deno: {
    package: `@deno/${DENO[/** @type {keyof typeof DENO} */ (platform)]}`,
    version: '2.9.6',
    bin: '',
  },
  pnpm: { package: 'pnpm', version: '12.21.0', bin: '../.bin' },
  'yarn-1': { package: 'yarn', version: '1.22.22', bin: '../.bin' },
  'yarn-pnp': { package: '@yarnpkg/cli-dist', version: '4.18.1', bin: '../../.bin' },
};

/** Installs tools when they are first asked for. */
export class Tools {
  #folder;
  #env;
  /** @type {Map<string, string>} */
  #bins = new Map();

  /** @param {string} folder @param {NodeJS.ProcessEnv} env the registry's */
  constructor(folder, env) {
    this.#folder = folder;
    this.#env = env;
  }

  /** The version that is used. @param {string} name */
  versionOf(name) {
    return toolNamed(name).version;
  }

  /** The folder with the tool's command. @param {string} name */
  bin(name) {
    const known = this.#bins.get(name);
    if (known) return known;
    const tool = toolNamed(name);
    const folder = join(this.#folder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    npmInstall(folder, this.#env, [`${tool.package}@${tool.version}`]);
    const bin = join(folder, 'node_modules', tool.package, tool.bin);
    this.#bins.set(name, bin);
    return bin;
  }
}

/** @param {string} name */
function toolNamed(name) {
  const tool = TOOLS[name];
  if (!tool) throw new Error(`there is no tool ${name}`);
  return tool;
}
