'use strict';

// Calls exports that panic on purpose, in a build that has them, and goes on.
const { createTweet, TwitterError } = require('../../../index.js');
const native = require('../../../js/native.js');
const { run, start } = require('../../../js/call.js');

async function main() {
  const errors = [
    await start(main, {}, (options, environment) => native.panicInCall(options, environment)).catch((error) => error),
  ];
  try {
    run(main, () => native.panicAtOnce());
  } catch (error) {
    errors.push(error);
  }
  const { text } = await createTweet({ text: 'Still alive' }, process.argv[2]);
  const seen = errors.map((error) => ({
    code: error.code,
    message: error.message,
    mine: error instanceof TwitterError,
  }));
  console.log(JSON.stringify({ seen, text }));
}

main();
