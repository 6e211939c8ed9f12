'use strict';

const { startSandbox } = require('../../sandbox/index.js');
const { hurry } = require('../../__test__/support/hurry.js');
const { randomFrom } = require('../../__test__/support/random.js');
const { Processes } = require('./processes.js');

/**
 * Many processes publish the same intents, each in an order of its own, while some of them are killed and begun again.
 * @param {{ sandbox: any, processes: import('./processes.js').Processes, intents: number, atOnce: number, kills: number, seed: number }} how
 */
async function fleet({ sandbox, processes, intents, atOnce, kills, seed }) {
  const random = randomFrom(seed);
  const all = Array.from({ length: intents }, (_, index) => ({
    name: `intent-${index}`,
    content: { text: `Intent ${index}: ${words(random)}` },
  }));
  // A process that dies between arming and sending leaves a post that is not there, which may be sent again.
  const changes = { untilOver: true, options: { onUnknown: 'retry' } };
  const end = new AbortController();
  hurry(sandbox, end.signal);
  /** @type {any[]} */
  const outcomes = [];
  let left = kills;
  const work = async () => {
    for (;;) {
      const { child, ended, messages } = processes.begin(shuffled(all, random), changes);
      if (left > 0) {
        left -= 1;
        const mark = posts(sandbox) + 1 + Math.floor(random() * 8);
        await Promise.race([sandbox.ledger.waitFor(() => posts(sandbox) >= Math.min(mark, intents)), ended]);
        child.kill('SIGKILL');
      }
      outcomes.push(...(await ended));
      if (messages.some(({ end: isEnd }) => isEnd)) return;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  end.abort();
  return { violations: judge(sandbox, all, outcomes) };
}

const posts = (/** @type {any} */ sandbox) => sandbox.ledger.tweets().length;

/** @param {any} sandbox @param {any[]} all @param {any[]} outcomes */
function judge(sandbox, all, outcomes) {
  const violations = [];
  const tweets = sandbox.ledger.tweets();
  for (const { name, content } of all) {
    const existing = tweets.filter((/** @type {any} */ tweet) => tweet.text === content.text);
    if (existing.length !== 1) violations.push(`${name}: ${existing.length} posts`);
    const reported = outcomes.filter((outcome) => outcome.name === name);
    if (reported.length === 0) violations.push(`${name}: nothing was said of it`);
    for (const { tweetId, error } of reported) {
      if (error) violations.push(`${name}: ${error.code} ${error.message}`);
      else if (tweetId !== existing[0]?.id) violations.push(`${name}: ${tweetId} is not its post`);
    }
  }
  return violations;
}

/** @template T @param {T[]} items @param {() => number} random */
function shuffled(items, random) {
  const order = items.map((item) => ({ item, at: random() }));
  return order.sort((one, other) => one.at - other.at).map(({ item }) => item);
}

/** Words that nothing else has: texts that are alike could not be told apart. @param {() => number} random */
function words(random) {
  const letter = () => String.fromCharCode(97 + Math.floor(random() * 26));
  const word = () => Array.from({ length: 7 }, letter).join('');
  return Array.from({ length: 8 }, word).join(' ');
}

/**
 * The same with a sandbox of its own, as a row of a report.
 * @param {{ intents: number, atOnce: number, kills: number, seed: number }} how
 */
async function manyIntents({ intents, atOnce, kills, seed }) {
  const sandbox = await startSandbox({ rateLimits: false });
  const processes = new Processes(sandbox, sandbox.seedUser());
  try {
    const { violations } = await fleet({ sandbox, processes, intents, atOnce, kills, seed });
    const name = `${atOnce} processes publish the same ${intents} intents, ${kills} are killed`;
    return { name, violations, checked: 2 * intents };
  } finally {
    processes.end();
    await sandbox.close();
  }
}

module.exports = { fleet, manyIntents };
