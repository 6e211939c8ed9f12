// Starts the standalone server, as a container does, and posts to its route once.
'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { createServer } = require('node:net');

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function main() {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), HOSTNAME: '127.0.0.1' };
  const server = spawn(process.execPath, ['.next/standalone/server.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise((resolve, reject) => {
      server.stdout.setEncoding('utf8').on('data', (text) => /Ready/.test(text) && resolve());
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const answer = await fetch(`http://127.0.0.1:${port}/publish`, { method: 'POST' });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  } finally {
    server.kill();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
