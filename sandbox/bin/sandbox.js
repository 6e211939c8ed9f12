#!/usr/bin/env node
'use strict';

const { parseArgs } = require('node:util');
const { startSandbox } = require('../index.js');

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4010' }, host: { type: 'string' }, json: { type: 'boolean' } },
});

startSandbox({ port: Number(values.port), host: values.host, rateLimits: false }).then((sandbox) => {
  const user = sandbox.seedUser({ username: 'demo_shop', name: 'Demo Shop' });
  if (values.json) {
    console.log(JSON.stringify({ url: sandbox.url, env: sandbox.env, user }));
    return;
  }
  console.log(`The sandbox listens on ${sandbox.url}\nTimeline: ${sandbox.url}/\n`);
  for (const [name, value] of Object.entries(sandbox.env)) console.log(`export ${name}=${value}`);
  console.log(`\nA user of it:\n${JSON.stringify(user, null, 2)}`);
});
