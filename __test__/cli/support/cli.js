'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { startSandbox } = require('twitter-native-sandbox');
const { run } = require('../../../js/cli/main.js');
const { Output } = require('../../../js/cli/output.js');
const { bytesOf } = require('../../support/media.js');
const { keepSeen } = require('../../support/records.js');

const program = join(__dirname, '../../../bin/twitter-native.js');
/** A beginning of a secret that is as long as this is a leak. */
const LEAK = 12;

/** What `npm run coverage` tells the processes that it counts. */
const COUNTING = ['LLVM_PROFILE_FILE', 'NAPI_RS_NATIVE_LIBRARY_PATH', 'NODE_V8_COVERAGE'];
const counting = Object.entries(process.env).filter(([name]) => COUNTING.includes(name));

/** What the program has of the surroundings: nothing of the machine that the tests run on. */
const BARE = {
  ...Object.fromEntries(counting),
  ...{ PATH: process.env.PATH, NODE_OPTIONS: '', LANG: 'C.UTF-8', TERM: 'xterm' },
};

/**
 * The program, a user's folder for it, and a sandbox. What it printed and kept is looked through for secrets at the end.
 * @param {(cli: Cli) => Promise<void>} work
 * @param {import('../../../sandbox/index.js').SandboxOptions} [options]
 */
async function withCli(work, options) {
  const sandbox = await startSandbox({ rateLimits: false, processingMs: 0, checkAfterSecs: 0, ...options });
  const cli = new Cli(sandbox);
  try {
    await work(cli);
    expect(cli.leaks()).toEqual([]);
  } finally {
    cli.end();
    await sandbox.close();
  }
}

class Cli {
  /** @param {any} sandbox */
  constructor(sandbox) {
    this.sandbox = sandbox;
    this.user = sandbox.seedUser();
    this.folder = mkdtempSync(join(tmpdir(), 'twitter-native-cli-'));
    this.state = join(this.folder, 'state');
    this.credentials = join(this.folder, 'config', 'twitter-native', 'credentials.json');
    this.env = {
      ...BARE,
      ...sandbox.env,
      HOME: this.folder,
      XDG_STATE_HOME: this.state,
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      X_OAUTH2_TOKEN: this.user.oauth2.accessToken,
    };
    this.printed = '';
    /** @type {Set<import('node:child_process').ChildProcess>} */
    this.living = new Set();
  }

  /** Texts of the posts that exist. */
  get posts() {
    return this.sandbox.ledger.tweets().map(({ text }) => text);
  }

  /** @param {string} endpoint */
  requestsTo(endpoint) {
    return this.sandbox.ledger.requests({ endpoint });
  }

  /** Makes a file of the user's. @param {string} name @param {string | Uint8Array} content */
  file(name, content) {
    const path = join(this.folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  /** A medium of the sandbox's as a file. @param {string} name @param {any} spec */
  async medium(name, spec) {
    return this.file(name, await bytesOf(spec));
  }

  /**
   * Starts the program.
   * @param {string[]} args
   * @param {{ env?: Record<string, string | undefined>, input?: string, command?: string, cwd?: string }} [options]
   */
  start(args, { env = {}, input, command = process.execPath, cwd = this.folder } = {}) {
    const all = command === process.execPath ? [program, ...args] : args;
    const child = spawn(command, all, { cwd, env: { ...this.env, ...env }, stdio: 'pipe' });
    this.living.add(child);
    const output = { stdout: '', stderr: '' };
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      child[name].setEncoding('utf8').on('data', (text) => {
        output[name] += text;
        this.printed += text;
      });
    }
    if (input !== undefined) child.stdin.end(input);
    const ended = once(child, 'close').then(([code, signal]) => {
      this.living.delete(child);
      keepSeen({ args, ...output });
      return { code, signal, ...output };
    });
    /** Until something was printed. @param {RegExp} pattern @returns {Promise<RegExpExecArray>} */
    const says = async (pattern) => {
      for (;;) {
        const found = pattern.exec(output.stdout + output.stderr);
        if (found) return found;
        await Promise.race([
          once(child.stdout, 'data'),
          once(child.stderr, 'data'),
          ended.then((result) => {
            throw new Error(`it ended without saying ${pattern}: ${JSON.stringify(result)}`);
          }),
        ]);
      }
    };
    return { child, ended, says };
  }

  /** Runs the program to its end. @param {string[]} args @param {Parameters<Cli['start']>[1]} [options] */
  run(args, options) {
    return this.start(args, { input: '', ...options }).ended;
  }

  /** Runs it with `--json` and gives the document. @param {string[]} args @param {Parameters<Cli['start']>[1]} [options] */
  async json(args, options) {
    const { code, stdout, stderr } = await this.run([...args, '--json'], options);
    return { code, stderr, document: JSON.parse(stdout) };
  }

  /**
   * Runs the program in this process, which takes a fraction of the time. Not two at once: they share its environment.
   * @param {string[]} args @param {{ env?: Record<string, string | undefined> }} [options]
   */
  async here(args, { env = {} } = {}) {
    const before = { folder: process.cwd(), env: { ...process.env } };
    const printed = { stdout: '', stderr: '' };
    const stream = (/** @type {'stdout' | 'stderr'} */ name) =>
      /** @type {any} */ ({
        write: (/** @type {string} */ text) => {
          printed[name] += text;
        },
      });
    const json = args.includes('--json');
    const output = new Output({ stdout: stream('stdout'), stderr: stream('stderr'), json });
    try {
      process.chdir(this.folder);
      replaceEnvironment({ ...this.env, ...env });
      const code = await run(args, output);
      this.printed += printed.stdout + printed.stderr;
      return { code, ...printed, ...(json ? { document: JSON.parse(printed.stdout) } : {}) };
    } finally {
      process.chdir(before.folder);
      replaceEnvironment(before.env);
    }
  }

  /** Secrets in what was printed, and in all files but those of credentials. */
  leaks() {
    const grants = this.sandbox.ledger.tokens();
    const { apiSecret, accessTokenSecret, accessToken } = this.user.oauth1Credentials;
    const secrets = [
      ...grants.flatMap((/** @type {any} */ { accessToken, refreshToken }) => [accessToken, refreshToken]),
      ...[
        apiSecret,
        accessTokenSecret,
        accessToken.replace(/^\d+-/, ''),
        this.env.X_CLIENT_SECRET,
        this.env.X_API_SECRET,
      ],
    ].filter((secret) => typeof secret === 'string');
    expect(secrets.length).toBeGreaterThan(4);
    const texts = { printed: this.printed, ...filesIn(this.state) };
    return Object.entries(texts).flatMap(([place, text]) =>
      secrets.filter((secret) => text.includes(secret.slice(0, LEAK))).map(() => place),
    );
  }

  end() {
    for (const child of this.living) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** @param {Record<string, string | undefined>} env */
function replaceEnvironment(env) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}

/** All files below a folder. @param {string} folder @returns {Record<string, string>} */
function filesIn(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })) return {};
  const names = /** @type {string[]} */ (readdirSync(folder, { recursive: true }));
  const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
  return Object.fromEntries(files.map((path) => [path, `${path}\n${readFileSync(path, 'utf8')}`]));
}

module.exports = { Cli, program, withCli };
