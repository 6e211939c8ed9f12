'use strict';

const { readUser } = require('../account.js');

/** @type {import('../context.js').Command} */
const command = {
  summary: 'Show whose account the credentials belong to.',
  usage: [''],
  positional: { most: 0, takes: 'no arguments' },
  options: {},
  about: ['X is asked, which costs $0.01.'],
  async run(context) {
    const account = context.account();
    const { id, username, name } = await readUser(account, context.call);
    const by = account.oauth2 === undefined ? 'OAuth 1.0a' : 'OAuth 2.0';
    const data = { id, username, name, source: account.source, authorization: by };
    context.output.result(data, [`@${username} (${name}), ${id}, by ${by} from ${account.source}`]);
  },
};

module.exports = command;
