'use strict';

// Posts and ends: nothing may keep the process alive.
const { createTweet, TwitterService, default: standard } = require('../../../index.js');

const service = new TwitterService();
createTweet({ text: `From CommonJS ${process.argv[2]}` }, process.argv[3]).then(({ text }) => {
  console.log(JSON.stringify({ text, isDefault: standard === TwitterService, service: service instanceof standard }));
});
