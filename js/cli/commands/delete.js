'use strict';

const { api } = require('../api.js');
const { idOf } = require('../args.js');
const { either } = require('../credentials.js');
const { usage } = require('../failure.js');

/** @type {import('../context.js').Command} */
const command = {
  summary: 'Delete a post.',
  usage: ['ID'],
  positional: { most: 1, takes: 'one id' },
  options: {},
  about: ['A post that is gone already counts as deleted.'],
  async run({ args, output, account, call }) {
    const [id] = args.positionals;
    if (id === undefined) throw usage('delete takes the id of a post: twitter-native delete ID');
    const tweetId = idOf(id, 'delete');
    const { deleted } = await api().deleteTweet(tweetId, either(account()), call);
    output.result({ tweetId, deleted }, [`Deleted ${tweetId}`]);
  },
};

module.exports = command;
