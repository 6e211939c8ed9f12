'use strict';

const { spawnSync } = require('node:child_process');
const { once } = require('node:events');
const { mkdirSync, readdirSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { program, withCli } = require('./support/cli.js');

/** The user's own OAuth 1.0a tokens, and no others. @param {import('./support/cli.js').Cli} cli */
const signing = ({ user }) => ({
  X_OAUTH2_TOKEN: undefined,
  X_ACCESS_TOKEN: user.oauth1Credentials.accessToken,
  X_ACCESS_TOKEN_SECRET: user.oauth1Credentials.accessTokenSecret,
});

test('what X answers to the question whose account it is, each with the code for it', () =>
  withCli(async (cli) => {
    const env = signing(cli);
    for (const [status, code, exit] of [
      [401, 'UNAUTHORIZED', 4],
      [403, 'UNAUTHORIZED', 4],
      [429, 'RATE_LIMITED', 5],
      [503, 'UPSTREAM', 5],
      [200, 'UPSTREAM', 5],
    ]) {
      cli.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status, body: {} }, times: 1 });
      const { code: ended, document } = await cli.here(['whoami', '--json'], { env });
      expect([status, ended, document.error.code]).toEqual([status, exit, code]);
    }
    const dead = await cli.here(['whoami', '--json'], { env: { ...env, X_API_BASE_URL: 'http://127.0.0.1:1' } });
    expect(dead).toMatchObject({ code: 5, document: { error: { code: 'NETWORK' } } });
    expect(dead.document.error.message).toContain('127.0.0.1:1');
  }));

test('check says that X does not know the account, and tries nothing further', () =>
  withCli(async (cli) => {
    cli.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 401, body: {} }, times: 1 });
    const { code, stdout } = await cli.here(['check'], { env: signing(cli) });
    expect({ code, stdout }).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('- account: X does not accept'),
    });
    expect(stdout).not.toContain('media.write');
    expect(cli.requestsTo('uploadMedia')).toEqual([]);
  }));

test('check names the scopes that a signed-in account lacks', () =>
  withCli(async (cli) => {
    const { oauth2 } = cli.sandbox.seedUser({ scopes: 'tweet.read users.read offline.access' });
    const kept = { format: 1, oauth2: { ...oauth2, scope: 'tweet.read users.read offline.access' } };
    cli.file(join('config', 'twitter-native', 'credentials.json'), JSON.stringify(kept));
    const { code, stdout } = await cli.here(['check'], { env: { X_OAUTH2_TOKEN: undefined } });
    expect({ code, stdout }).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/- scopes: without .*tweet\.write/),
    });
    expect(stdout).toContain('- media.write: not granted');
  }));

test('signed tokens in a file need the app’s keys', () =>
  withCli(async (cli) => {
    const { accessToken, accessTokenSecret } = cli.user.oauth1Credentials;
    const kept = { format: 1, oauth1: { accessToken, accessTokenSecret } };
    cli.file(join('config', 'twitter-native', 'credentials.json'), JSON.stringify(kept));
    const env = { X_OAUTH2_TOKEN: undefined, X_API_KEY: undefined, X_API_SECRET: undefined };
    const { code, stderr } = await cli.here(['whoami'], { env });
    expect({ code, stderr }).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('need X_API_KEY and X_API_SECRET'),
    });
  }));

test('auth without an app says what to set; a credential file that can’t be read is named', () =>
  withCli(async (cli) => {
    const env = { X_CLIENT_ID: undefined, X_CLIENT_SECRET: undefined, X_OAUTH2_TOKEN: undefined };
    const { code, stderr } = await cli.here(['auth'], { env });
    expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('Set X_CLIENT_ID') });
    mkdirSync(cli.credentials, { recursive: true });
    const folder = await cli.here(['whoami'], { env });
    expect(folder).toMatchObject({ code: 4, stderr: expect.stringContaining('The credential file') });
  }));

test('without the folders of XDG all lies where the specification has it by default', () =>
  withCli(async (cli) => {
    const env = { XDG_STATE_HOME: undefined, XDG_CONFIG_HOME: 'relative', X_OAUTH2_TOKEN: undefined };
    const kept = { format: 1, user: { id: cli.user.id }, oauth2: cli.user.oauth2 };
    cli.file(join('.config', 'twitter-native', 'credentials.json'), JSON.stringify(kept));
    // In a process of its own: where a user's home is, is asked of the system.
    await expect(cli.run(['post', 'At home'], { env })).resolves.toMatchObject({ code: 0 });
    expect(readdirSync(join(cli.folder, '.local', 'state', 'twitter-native', 'posts'))).toEqual([cli.user.id]);
  }));

test('auth gives up when nobody comes back from X', () =>
  withCli(async (cli) => {
    const { code, document } = await cli.here(['auth', '--port', '0', '--timeout', '1', '--json']);
    expect({ code, document }).toMatchObject({
      code: 5,
      document: { error: { code: 'TIMEOUT', message: expect.stringContaining('Nobody came back') } },
    });
  }));

test('a Node that is too old is told which one is needed', () => {
  const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })";
  const { status, stderr } = spawnSync(process.execPath, ['-e', `${old}; require(${JSON.stringify(program)})`], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `twitter-native needs Node 20 or later; this is ${process.version}.\n`,
  });
});

test('an account that its file does not name is asked for', () =>
  withCli(async (cli) => {
    cli.file(
      join('config', 'twitter-native', 'credentials.json'),
      JSON.stringify({ format: 1, oauth2: cli.user.oauth2 }),
    );
    const env = { X_OAUTH2_TOKEN: undefined };
    for (const text of ['First of two', 'Second of two']) {
      await expect(cli.here(['post', text], { env })).resolves.toMatchObject({ code: 0 });
    }
    expect(readdirSync(join(cli.state, 'twitter-native', 'posts'))).toEqual([cli.user.id]);
    expect(cli.posts).toEqual(['First of two', 'Second of two']);
  }));

test('check says that the clock can not be compared where that request fails', () =>
  withCli(async (cli) => {
    const between = createServer(async (request, response) => {
      if (request.method === 'HEAD') return request.socket.destroy();
      const { authorization = '' } = request.headers;
      const answer = await fetch(`${cli.sandbox.url}${request.url}`, { headers: { authorization } });
      return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
    await once(between.listen(0, '127.0.0.1'), 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (between.address());
    const env = { X_API_BASE_URL: `http://127.0.0.1:${port}` };
    const { code, stdout } = await cli.here(['check', '--no-upload'], { env });
    between.close();
    expect({ code, stdout }).toMatchObject({ code: 5, stdout: expect.stringMatching(/- clock: .*127\.0\.0\.1/) });
    expect(stdout).toContain(`+ account: @${cli.user.username}`);
  }));

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('a medium that opens and can not be read is refused before anything is sent', () =>
  withCli(async (cli) => {
    // The memory of this process: there is nothing at its beginning.
    const { code, stderr } = await cli.here(['post', 'With a medium', '--image', '/proc/self/mem']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('The medium /proc/self/mem') });
    expect(cli.sandbox.ledger.requests()).toEqual([]);
  }),
);
