'use strict';

const { api } = require('../api.js');
const { idOf } = require('../args.js');
const { either } = require('../credentials.js');
const { EXIT, exitCodeOf, usage } = require('../failure.js');

/** X is asked for a hundred at once; more than this is a program's work, not a person's. */
const MAX_IDS = 1000;
/** What is shown, and how it is called. */
const FIGURES = [
  ['impressions', 'views'],
  ['likes', 'likes'],
  ['retweets', 'reposts'],
  ['replies', 'replies'],
  ['quotes', 'quotes'],
  ['bookmarks', 'bookmarks'],
];

/** @type {import('../context.js').Command} */
const command = {
  summary: 'Show the metrics of posts.',
  usage: ['ID [ID...]'],
  positional: { most: MAX_IDS, takes: `up to ${MAX_IDS} ids` },
  options: {
    owner: { type: 'boolean', help: 'ask for figures that only the author may see, too' },
  },
  about: ['Each post costs $0.005 to read, once a day.'],
  async run({ args, output, account, call }) {
    if (args.positionals.length === 0) throw usage('metrics takes ids of posts: twitter-native metrics ID [ID...]');
    const ids = args.positionals.map((id) => idOf(id, 'metrics'));
    const scope = args.flags.owner ? /** @type {const} */ ('owner') : /** @type {const} */ ('public');
    const rows = await api().getTweetsMetrics(ids, either(account()), { ...call, scope });
    const failed = rows.find(({ error }) => error !== undefined);
    output.result({ ok: failed === undefined, posts: rows.map(dataOf) }, rows.map(lineOf));
    return failed === undefined ? EXIT.done : exitCodeOf(failed.error);
  },
};

/** @param {any} row */
const dataOf = ({ tweetId, metrics, error }) => ({
  tweetId,
  ...(error ? { error: { code: error.code, message: error.message } } : { metrics }),
});

/** @param {any} row */
function lineOf({ tweetId, metrics, error }) {
  if (error) return `${tweetId}  ${error.message}`;
  const figures = FIGURES.filter(([name]) => metrics[String(name)] !== undefined);
  return `${tweetId}  ${figures.map(([name, word]) => `${metrics[String(name)]} ${word}`).join(', ')}`;
}

module.exports = command;
