'use strict';

const { readFileSync, statSync } = require('node:fs');
const { setTimeout: wait } = require('node:timers/promises');
const { accountId } = require('../account.js');
const { api } = require('../api.js');
const { idOf } = require('../args.js');
const { either } = require('../credentials.js');
const { CliError, EXIT, fileWords, usage } = require('../failure.js');
const { ID, LEASE_MS, LOOKS_MS } = require('../state.js');

/** Checkpoints are smaller. */
const MAX_BYTES = 262_144;
const LOOK_AGAIN_MS = 200;

const reconcile = { scheduleMs: LOOKS_MS };

/** @typedef {import('../context.js').Context} Context */
/** @typedef {import('../state.js').PostState} PostState */

/** @type {import('../context.js').Command} */
const command = {
  summary: 'Find out what became of a post whose outcome is unknown.',
  usage: ['', 'STATE [--published ID | --retry | --abandon]', 'CHECKPOINT-FILE'],
  positional: { most: 1, takes: 'a state or a file with a checkpoint' },
  options: {
    published: { type: 'string', value: 'ID', help: 'say that it is this post' },
    retry: { type: 'boolean', help: 'say that it is not there: the same post command sends it again' },
    abandon: { type: 'boolean', help: 'leave it: nothing of it is ever sent again' },
  },
  about: [
    'Without arguments it lists what is open. With a state, as post printed it, or a file with a checkpoint of the ' +
      'package, it reads the account’s timeline, for two minutes after the post was sent if need be. It sends nothing.',
  ],
  async run(context) {
    const { args, states } = context;
    const [what] = args.positionals;
    const decisions = ['published', 'retry', 'abandon'].filter(
      (name) => args.flags[name] || args.texts[name] !== undefined,
    );
    if (decisions.length > 1) throw usage(`Decide for one of ${decisions.map((name) => `--${name}`).join(' and ')}.`);
    const [decision] = decisions;
    if (what === undefined) {
      if (decision) throw usage(`--${decision} needs the state that it is about. twitter-native resolve lists them.`);
      return list(context);
    }
    const found = ID.test(what) ? states.find(what) : undefined;
    if (found === undefined) {
      if (decision) throw usage(`--${decision} is about a state of post. twitter-native resolve lists them.`);
      return resolveFile(context, what);
    }
    if (decision) return settle(context, found.state, decision);
    return look(context, found);
  },
};

/** @param {Context} context */
async function list({ output, states }) {
  const open = [];
  for (const { account, state } of states.all()) {
    const status = await state.status().catch((error) => ({ state: error.message, inDoubt: true, published: [] }));
    if (status.state === 'published' || (status.state === 'failed' && !status.inDoubt)) continue;
    open.push({ state: state.id, account, status: status.state, inDoubt: status.inDoubt, published: status.published });
  }
  const lines = open.map(({ state, account, status, inDoubt }) => {
    return `${state}  account ${account}  ${inDoubt ? `in doubt (${status})` : status}`;
  });
  output.result({ open }, lines.length > 0 ? lines : ['Nothing is open.']);
}

/** @param {Context} context @param {PostState} state @param {string} decision */
async function settle({ args, output }, state, decision) {
  const id = args.texts.published;
  const tweetId = id === undefined ? undefined : idOf(id, '--published');
  try {
    await state.intent.settle(tweetId === undefined ? /** @type {'retry' | 'abandon'} */ (decision) : { tweetId });
  } catch (error) {
    throw state.explained(error);
  }
  const status = await state.status();
  /** @type {Record<string, string>} */
  const words = {
    published: `Noted: ${urlOf(String(tweetId))}`,
    retry: 'Noted. The same post command sends it again, unless it shows up by then.',
    abandon: 'Noted. Nothing of it is sent any more.',
  };
  output.result({ state: state.id, decision, status: status.state, tweetId }, [String(words[decision])]);
}

/** @param {string} tweetId */
const urlOf = (tweetId) => `https://twitter.com/i/web/status/${tweetId}`;

/** @param {Context} context @param {{ account: string, state: PostState }} found */
async function look(context, { account: owner, state }) {
  const { output, states } = context;
  const status = await restingStatus(context, state);
  if (status.state === 'published') {
    output.result({ outcome: 'published', tweetId: status.tweetId, tweetUrl: status.tweetUrl, state: state.id }, [
      String(status.tweetUrl),
    ]);
    state.markReported();
    return;
  }
  if (!status.inDoubt) {
    output.result({ outcome: 'not_found', state: state.id, published: status.published }, [
      'Nothing of it is in doubt. The same post command continues it.',
    ]);
    return;
  }
  const checkpoint = checkpointOf(state, status.published);
  const account = context.account();
  if ((await accountId(account, states, context.call)) !== owner) {
    throw usage(`This post is of the account ${owner}. Give the credentials of that account.`);
  }
  const found = await api().resolveOutcome(checkpoint, either(account), { ...context.call, reconcile });
  if (found.outcome !== 'published') throw stillUnknown(state, found);
  const isNoted = await noteFound(state, String(found.tweetId));
  const { state: word } = await state.status();
  if (!isNoted) {
    output.note('This is noted when two minutes have passed since it was sent. The same post command finds it, too.');
  } else if (word !== 'published') {
    output.note('The rest of the thread is not published. The same post command continues it.');
  }
  output.result({ ...found, state: state.id }, [String(found.tweetUrl)]);
  if (word === 'published') state.markReported();
}

/**
 * Notes a post that was found. Where the process that sent it was ended, that has to wait: it might still send it.
 * @param {PostState} state @param {string} tweetId
 */
async function noteFound(state, tweetId) {
  try {
    await state.intent.settle({ tweetId });
    return true;
  } catch (error) {
    if (/** @type {any} */ (error).code === 'IN_PROGRESS') return false;
    throw state.explained(error);
  }
}

/**
 * How far it is when no process works on it. One that was ended has its lease for some seconds.
 * @param {Context} context @param {PostState} state
 */
async function restingStatus({ signal }, state) {
  const until = performance.now() + LEASE_MS + LOOK_AGAIN_MS;
  for (;;) {
    const status = await state.status();
    if (status.state !== 'publishing' || (status.leaseUntil ?? 0) <= Date.now()) return status;
    if (performance.now() > until) {
      throw new CliError('IN_PROGRESS', 'A process publishes this right now. Look again when it is done.', EXIT.later);
    }
    await wait(LOOK_AGAIN_MS, undefined, { signal });
  }
}

/**
 * What the lost post is looked up by, if it is about this doubt and not about an earlier part of a thread.
 * @param {PostState} state @param {string[]} published
 */
function checkpointOf(state, published) {
  const checkpoint = state.checkpoint();
  if (checkpoint !== undefined) {
    const known = api().inspectCheckpoint(checkpoint);
    if (known.inDoubt && known.published.length === published.length) return checkpoint;
  }
  throw new CliError(
    'UNKNOWN_OUTCOME',
    'The process that sent this was ended before it could keep what to look for. Run the same post command again: it ' +
      'looks for the post, and sends nothing that may exist.',
    EXIT.unknown,
    { state: state.id },
  );
}

/** @param {PostState} state @param {import('../../../index.js').ResolvedOutcome} found */
function stillUnknown({ id }, { outcome, candidates = [] }) {
  const message =
    outcome === 'ambiguous'
      ? 'Posts of the account may be it, and it is not clear which one is:'
      : 'The account’s timeline does not have it.';
  const advice = [
    ...candidates.map((candidate) => `  ${urlOf(candidate)}`),
    'Look at the account, and then say what you found:',
    `  twitter-native resolve ${id} --published ID`,
    `  twitter-native resolve ${id} --retry      (it is not there; the same command sends it again)`,
    `  twitter-native resolve ${id} --abandon    (leave it)`,
  ];
  return new CliError('UNKNOWN_OUTCOME', message, EXIT.unknown, { outcome, candidates, state: id, advice });
}

/** @param {Context} context @param {string} file */
async function resolveFile(context, file) {
  const checkpoint = readCheckpoint(file);
  const { state, inDoubt, published } = inspect(checkpoint, file);
  if (!inDoubt) {
    context.output.result(
      { outcome: published.length > 0 ? 'published' : 'not_found', published, checkpointState: state },
      [...(published.length > 0 ? published.map(urlOf) : ['Nothing of it was published.'])],
    );
    return EXIT.done;
  }
  const found = await api().resolveOutcome(checkpoint, either(context.account()), { ...context.call, reconcile });
  /** @type {Record<string, string[]>} */
  const lines = {
    published: [String(found.tweetUrl)],
    not_found: ['It was not published.'],
    ambiguous: ['It is not clear which of these it is:', ...(found.candidates ?? []).map(urlOf)],
  };
  context.output.result({ ...found }, lines[found.outcome] ?? []);
  return found.outcome === 'ambiguous' ? EXIT.unknown : EXIT.done;
}

/** @param {string} checkpoint @param {string} file */
function inspect(checkpoint, file) {
  try {
    return api().inspectCheckpoint(checkpoint);
  } catch (error) {
    const { code, field, message } = /** @type {import('../../../index.js').TwitterError} */ (error);
    if (code !== 'INVALID_ARGUMENT' || field === undefined) throw error;
    // The argument is a file here.
    throw usage(`${file}${message.slice(field.length)}.`);
  }
}

/** @param {string} file */
function readCheckpoint(file) {
  try {
    if (statSync(file).size > MAX_BYTES) throw usage(`${file} is too large for a checkpoint.`);
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof CliError) throw error;
    if (ID.test(file)) throw usage(`There is no state ${file}. twitter-native resolve lists what is open.`);
    throw usage(`The checkpoint file ${file} ${fileWords(error)}.`);
  }
}

module.exports = command;
