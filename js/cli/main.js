'use strict';

const { readArguments } = require('./args.js');
const { Context } = require('./context.js');
const { CliError, EXIT, usage } = require('./failure.js');
const { commandHelp, overview } = require('./help.js');
const { nearest } = require('./nearest.js');
const { Output } = require('./output.js');

const ENDING = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/** @type {Record<string, import('./context.js').Command>} */
const COMMANDS = {
  post: require('./commands/post.js'),
  delete: require('./commands/delete.js'),
  metrics: require('./commands/metrics.js'),
  whoami: require('./commands/whoami.js'),
  auth: require('./commands/auth.js'),
  check: require('./commands/check.js'),
  resolve: require('./commands/resolve.js'),
  sandbox: require('./commands/sandbox.js'),
};

/** Runs the program: its arguments are those after its own name. @param {string[]} argv */
async function main(argv) {
  const end = argv.indexOf('--');
  const json = (end === -1 ? argv : argv.slice(0, end)).includes('--json') && argv[0] !== 'sandbox';
  const output = new Output({ stdout: process.stdout, stderr: process.stderr, json });
  // Whoever reads may have gone, as with `| head`.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const exitCode = await run(argv, output);
  await output.flushed();
  process.exit(exitCode);
}

/** What `main` does, but for ending the process. @param {string[]} argv @param {Output} output */
function run(argv, output) {
  return dispatch(argv, output).catch((error) => output.error(error));
}

/** @param {string[]} argv @param {Output} output @returns {Promise<number>} */
async function dispatch([name, ...rest], output) {
  if (name === undefined) {
    output.ask(overview(COMMANDS));
    return EXIT.invalid;
  }
  if (['help', '--help', '-h'].includes(name)) return help(rest[0], output);
  if (['--version', '-v', 'version'].includes(name)) {
    const { version } = require('../../package.json');
    output.result({ version }, [version]);
    return EXIT.done;
  }
  const command = commandOf(name);
  // The sandbox reads its own arguments.
  if (name === 'sandbox') return require('./commands/sandbox.js').start(rest);
  const read = readArguments(rest, command.options, { command: name, ...command.positional });
  if (read.flags.help) return help(name, output);
  return (await interruptibly((signal) => command.run(new Context(read, output, signal)))) ?? EXIT.done;
}

/** @param {string | undefined} name @param {Output} output */
function help(name, output) {
  const text = name === undefined || name.startsWith('-') ? overview(COMMANDS) : commandHelp(name, commandOf(name));
  output.result({ help: text }, [text]);
  return EXIT.done;
}

/** @param {string} name */
function commandOf(name) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command;
  const meant = nearest(name, Object.keys(COMMANDS));
  const shown = /^[\w-]{1,30}$/.test(name) ? `There is no command ${name}.` : 'There is no such command.';
  if (meant !== undefined) throw usage(`${shown} Did you mean twitter-native ${meant}?`);
  throw usage(
    `${shown} The commands are ${Object.keys(COMMANDS).join(', ')}; to post a text: twitter-native post "text".`,
  );
}

/**
 * Ctrl-C and SIGTERM end what is under way in good order. The second one ends the program at once.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} work
 */
async function interruptibly(work) {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT.aborted);
    controller.abort(new CliError('ABORTED', 'Stopped.', EXIT.aborted));
  };
  for (const name of ENDING) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } catch (error) {
    // What was waited for here says so in words of its own.
    if (/** @type {any} */ (error)?.name === 'AbortError') throw controller.signal.reason ?? error;
    throw error;
  } finally {
    for (const name of ENDING) process.off(name, interrupt);
  }
}

module.exports = { main, run };
