'use strict';

const { fork } = require('node:child_process');
const { join } = require('node:path');
const { defectiveAddon } = require('./support/defective-addon.js');

/** Runs cells of the fault matrix, and gives what was wrong with them. @param {object} job */
function violationsOf(job) {
  const env = { ...process.env, NAPI_RS_NATIVE_LIBRARY_PATH: defectiveAddon() };
  const all = { part: 'whole', shard: 0, of: 1, seed: 1, ...job };
  const child = fork(join(__dirname, '..', 'reliability', 'matrix', 'worker.js'), [JSON.stringify(all)], { env });
  return new Promise((resolve, reject) => {
    const violations = [];
    let cells = 0;
    child.on('message', ({ end, violations: found }) => {
      if (end) return;
      cells += 1;
      violations.push(...found);
    });
    child.on('exit', (code) =>
      code === 0 ? resolve({ cells, violations }) : reject(new Error(`it ended with ${code}`)),
    );
  });
}

// A check that can't fail shows nothing: with the defect that clients commonly have, the matrix has to see two posts.
test('a client that takes an incomplete message for unsent posts twice, and the matrix sees it', async () => {
  const only = 'tweet | FIN, committed | first | HTTP/1.1';
  expect(await violationsOf({ only })).toEqual({ cells: 1, violations: [] });
  const { violations } = await violationsOf({ only, mutation: true });
  expect(violations).toContainEqual('I1: 2 posts');
});
