// Projects of users: each with the packed package, installed by the package manager that it is about.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE } from './row.mjs';

/** @typedef {import('./row.mjs').Project} Project */
/** @typedef {import('./tools.mjs').Tools} Tools */

const FOLDERS = fileURLToPath(new URL('../projects/', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('../programs/', import.meta.url));
/** A command that hangs fails; the machine may be slow. */
const COMMAND_MS = 600_000;

/**
 * Some refuse what was published this minute, unless they are told otherwise.
 * @type {Record<NonNullable<Project['manager']>, string[]>}
 */
const INSTALL = {
  npm: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'],
  pnpm: ['pnpm', 'install', '--config.minimum-release-age=0'],
  'yarn-1': ['yarn', 'install', '--no-lockfile'],
  'yarn-pnp': ['yarn', 'install'],
  bun: ['bun', 'install'],
  deno: ['deno', 'install', '--minimum-dependency-age=0'],
};

/** Makes a project's folder and installs what it has. */
export class Projects {
  #folder;
  #env;
  #url;
  #version;
  /** @type {Map<string, Promise<string>>} */
  #installed = new Map();

  /**
   * @param {string} folder @param {Tools} tools
   * @param {{ env: NodeJS.ProcessEnv, url: string }} registry @param {string} version of our package
   */
  constructor(folder, tools, registry, version) {
    this.#folder = folder;
    this.tools = tools;
    this.#env = registry.env;
    this.#url = `${registry.url}/`;
    this.#version = version;
  }

  /** The installed project's folder. @param {Project} project @returns {Promise<string>} */
  folderOf(project) {
    const installed = this.#installed.get(project.name) ?? this.#install(project);
    this.#installed.set(project.name, installed);
    return installed;
  }

  /** @param {Project} project */
  async #install(project) {
    const { name, manager = 'npm', packages, type } = project;
    const folder = join(this.#folder, name);
    mkdirSync(folder, { recursive: true });
    cpSync(PROGRAMS, folder, { recursive: true });
    if (existsSync(join(FOLDERS, name))) cpSync(join(FOLDERS, name), folder, { recursive: true });
    const own = join(folder, 'package.json');
    const manifest = existsSync(own) ? JSON.parse(readFileSync(own, 'utf8')) : { private: true };
    manifest.name = 'a-project';
    if (type) manifest.type = type;
    manifest.dependencies = { ...manifest.dependencies, 'twitter-native': this.#version };
    manifest.devDependencies = { ...manifest.devDependencies, ...packages };
    writeFileSync(own, JSON.stringify(manifest, null, 2));
    // Bun and Deno read files alone, the others the environment.
    writeFileSync(join(folder, '.npmrc'), `registry=${this.#url}\n`);
    writeFileSync(join(folder, 'bunfig.toml'), `[install]\nregistry = "${this.#url}"\ncache = false\n`);
    await this.run(project, folder, INSTALL[manager]);
    return folder;
  }

  /**
   * Runs a command in a project and gives what it printed; fails with that if it fails.
   * @param {Project} project @param {string} folder @param {string[]} command @param {NodeJS.ProcessEnv} [more]
   */
  async run(project, folder, [program = '', ...args], more = {}) {
    const env = { ...this.#env, ...this.#environmentOf(project, folder), ...more };
    const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: COMMAND_MS });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        printed += text;
      });
    }
    const [code, signal] = await once(child, 'close');
    if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${code ?? signal}:\n${printed}`);
    return printed;
  }

  /** @param {Project} project @param {string} folder @returns {NodeJS.ProcessEnv} */
  #environmentOf({ manager = 'npm', node = NODE }, folder) {
    const bins = [join(folder, 'node_modules', '.bin'), this.tools.bin(`node-${node}`)];
    if (manager !== 'npm') bins.unshift(this.tools.bin(manager));
    return {
      PATH: [...bins, process.env.PATH].join(delimiter),
      HOME: this.#folder,
      CI: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      DENO_NO_UPDATE_CHECK: '1',
      NPM_CONFIG_REGISTRY: this.#url,
      YARN_REGISTRY: this.#url,
      YARN_CACHE_FOLDER: join(this.#folder, 'yarn-cache'),
      YARN_NPM_REGISTRY_SERVER: this.#url,
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
      YARN_NODE_LINKER: 'pnp',
      YARN_PNP_ENABLE_ESM_LOADER: '1',
      YARN_ENABLE_TELEMETRY: '0',
      YARN_NPM_MINIMAL_AGE_GATE: '0',
      YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
    };
  }
}
