'use strict';

// Calls every function of the package twice, or lets go of memory on purpose: node --expose-gc program.cjs
// '{"token":…,"leaks":0}'
const api = require('../../index.js');
const native = require('../../js/native.js');
const { everyExport } = require('../../__test__/support/every-export.js');

const { token, leaks } = JSON.parse(process.argv[2]);

async function main() {
  if (leaks > 0) native.leakMemory(leaks);
  for (let round = 0; round < 2; round++) {
    const calls = Object.values(everyExport(api, token));
    await Promise.allSettled(calls.map(async (call) => call()));
    global.gc?.();
  }
}

main();
