'use strict';

// Calls every export of the package in a build whose calls panic where they are told to, and goes on.
const { inspect } = require('node:util');
const api = require('../../../index.js');
const native = require('../../../js/native.js');
const { everyExport } = require('../every-export.js');

const [token] = process.argv.slice(2);
const calls = everyExport(api, token);

async function failureOf(call) {
  try {
    await call();
  } catch (error) {
    return { code: error.code, mine: error instanceof api.TwitterError, seen: `${error.stack}\n${inspect(error)}` };
  }
  return null;
}

async function main() {
  const seen = {};
  for (const [name, call] of Object.entries(calls)) {
    seen[name] = [];
    for (const place of [1, 2, 3]) {
      native.armPanic(place);
      seen[name].push(await failureOf(call));
      native.armPanic(0);
    }
  }
  const { text: posted } = await api.createTweet({ text: 'Still alive' }, token);
  const tried = Object.keys(calls).flatMap((name) => [name, name.split('.')[0]]);
  const untried = Object.keys(api).filter((name) => !tried.includes(name));
  console.log(JSON.stringify({ seen, untried, posted }));
}

main();
