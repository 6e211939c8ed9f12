'use strict';

const { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } = require('node:fs');
const { withCli } = require('./support/cli.js');

/** Nothing in the environment but the app. */
const noTokens = { X_OAUTH2_TOKEN: undefined };

/** @param {import('./support/cli.js').Cli} cli */
const kept = (cli, path = cli.credentials) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Authorizes in a browser's place.
 * @param {import('./support/cli.js').Cli} cli
 * @param {{ username?: string, args?: string[], env?: Record<string, string | undefined> }} [options]
 */
async function signIn(cli, { username = cli.user.username, args = [], env } = {}) {
  const { ended, says } = cli.start(['auth', '--port', '0', ...args], { env: { ...noTokens, ...env } });
  const [page] = await says(/http\S+\/i\/oauth2\/authorize\S+/);
  const response = await fetch(`${page}&username=${username}`);
  return { page: await response.text(), ...(await ended) };
}

describe('OAuth 2.0', () => {
  test.concurrent('in the browser, by the loopback; then posts go out by the file', () =>
    withCli(async (cli) => {
      const { code, page, stdout } = await signIn(cli);
      expect({ code, page, stdout }).toMatchObject({
        code: 0,
        page: expect.stringContaining('You can close this window'),
        stdout: `@${cli.user.username} is authorized. Its credentials are in ${cli.credentials}\n`,
      });
      expect(statSync(cli.credentials).mode & 0o777).toBe(0o600);
      expect(kept(cli)).toMatchObject({
        user: { id: cli.user.id },
        oauth2: { scope: expect.stringContaining('media.write') },
      });
      // The app is kept, too: tokens are refreshed without its environment.
      const bare = {
        ...noTokens,
        X_CLIENT_ID: undefined,
        X_CLIENT_SECRET: undefined,
        X_API_KEY: undefined,
        X_API_SECRET: undefined,
      };
      await expect(cli.run(['post', 'By the file'], { env: bare })).resolves.toMatchObject({ code: 0 });
      const { stdout: checked } = await cli.run(['check'], { env: bare });
      expect(checked).toMatch(/\+ scopes: all that posting needs\n\+ media\.write: granted/);
      expect(cli.requestsTo('uploadMedia')).toEqual([]);
    }));

  test.concurrent('two processes refresh an expired token once', () =>
    withCli(async (cli) => {
      await signIn(cli);
      const { oauth2, ...others } = kept(cli);
      const stale = JSON.stringify({ ...others, oauth2: { ...oauth2, expiresAt: Date.now() - 1000 } });
      writeFileSync(cli.credentials, stale);
      cli.sandbox.clock.advance(7_300_000);
      cli.sandbox.faults.add({ endpoint: 'token', fault: { kind: 'delay', ms: 500 }, times: 1 });
      const results = await Promise.all(
        ['One', 'Two', 'Three'].map((text) => cli.run(['post', text], { env: noTokens })),
      );
      expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(Array(3).fill([0, '']));
      const refreshes = cli.sandbox.ledger.tokens().filter(({ family }) => family.refreshes > 0);
      expect(refreshes[0].family).toMatchObject({ refreshes: 1, revoked: false });
      const after = kept(cli);
      expect(after).toMatchObject({ ...others, oauth2: { scope: oauth2.scope } });
      expect(
        cli.sandbox.ledger
          .tokens()
          .some(({ refreshToken, used }) => refreshToken === after.oauth2.refreshToken && !used),
      ).toBe(true);
      expect(statSync(cli.credentials).mode & 0o777).toBe(0o600);
    }));

  test.concurrent('no access, a wrong state, another path, a taken port', () =>
    withCli(async (cli) => {
      const { ended, says } = cli.start(['auth', '--port', '0'], { env: noTokens });
      const [, port] = await says(/127\.0\.0\.1:(\d+)\/callback/);
      const [, state] = await says(/[?&]state=([\w-]+)/);
      const at = (path) => fetch(`http://127.0.0.1:${port}${path}`).then(({ status }) => status);
      await expect(Promise.all([at('/'), at('/callback?code=x'), at('/callback?code=x&state=y')])).resolves.toEqual([
        404, 400, 400,
      ]);
      const taken = await cli.run(['auth', '--port', port], { env: noTokens });
      expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining(`Port ${port} is taken`) });
      await at(`/callback?error=access_denied&state=${state}`);
      const { code, stderr } = await ended;
      expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('Access was not granted') });
      expect(existsSync(cli.credentials)).toBe(false);
    }));

  test.concurrent('another account’s credentials stay, unless --replace says otherwise', () =>
    withCli(async (cli) => {
      await signIn(cli);
      cli.sandbox.seedUser({ username: 'another_shop' });
      const before = kept(cli);
      const refused = await signIn(cli, { username: 'another_shop' });
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--replace') });
      expect(kept(cli)).toEqual(before);
      await expect(signIn(cli, { username: 'another_shop', args: ['--replace'] })).resolves.toMatchObject({ code: 0 });
      expect(kept(cli).user.username).toBe('another_shop');
      const elsewhere = await signIn(cli, { args: ['--credentials', 'mine.json'] });
      expect(elsewhere.code).toBe(0);
      const { stdout } = await cli.run(['whoami', '--credentials', 'mine.json']);
      expect(stdout).toContain(`@${cli.user.username} `);
    }));

  test.concurrent('Ctrl-C while the browser is awaited', () =>
    withCli(async (cli) => {
      const { child, ended, says } = cli.start(['auth', '--port', '0'], { env: noTokens });
      await says(/authorize/);
      child.kill('SIGINT');
      await expect(ended).resolves.toMatchObject({ code: 130, stderr: expect.stringMatching(/Stopped\.\n$/) });
    }));
});

describe('OAuth 1.0a', () => {
  test.concurrent('by a PIN; then everything is signed', () =>
    withCli(async (cli) => {
      const { child, ended, says } = cli.start(['auth', '--oauth1'], { env: noTokens });
      const [page] = await says(/http\S+\/oauth\/authorize\S+/);
      const pin = await (await fetch(page)).text();
      child.stdin.end(`${pin}\n`);
      await expect(ended).resolves.toMatchObject({ code: 0 });
      expect(kept(cli)).toMatchObject({ user: { id: cli.user.id, username: cli.user.username } });
      expect((await cli.run(['whoami'], { env: noTokens })).stdout).toContain(`${cli.user.id}, by OAuth 1.0a`);
      const picture = await cli.medium('a.jpg', { kind: 'jpeg' });
      await expect(cli.run(['post', 'Signed', '--image', picture], { env: noTokens })).resolves.toMatchObject({
        code: 0,
      });
      expect(cli.sandbox.ledger.requests({ auth: 'oauth2' })).toEqual([]);
      const { stdout, code } = await cli.run(['check'], { env: noTokens });
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('+ media.write: a picture could be uploaded'),
      });
    }));

  test.concurrent('a wrong PIN, and none', () =>
    withCli(async (cli) => {
      const start = async (/** @type {string} */ typed) => {
        const { child, ended, says } = cli.start(['auth', '--oauth1'], { env: noTokens });
        const [page] = await says(/http\S+\/oauth\/authorize\S+/);
        await fetch(page);
        child.stdin.end(typed);
        return ended;
      };
      await expect(start('1111111\n')).resolves.toMatchObject({ code: 4 });
      for (const typed of ['', 'abc\n']) {
        await expect(start(typed)).resolves.toMatchObject({
          code: 2,
          stderr: expect.stringContaining('No PIN was typed'),
        });
      }
      expect(existsSync(cli.credentials)).toBe(false);
    }));

  test.concurrent('from the environment, with either prefix; half of it is reported', () =>
    withCli(async (cli) => {
      const { accessToken, accessTokenSecret } = cli.user.oauth1Credentials;
      const env = { ...noTokens, TWITTER_ACCESS_TOKEN: accessToken, X_ACCESS_TOKEN_SECRET: accessTokenSecret };
      await expect(cli.run(['post', 'Signed'], { env })).resolves.toMatchObject({ code: 0 });
      const picture = await cli.medium('a.jpg', { kind: 'jpeg' });
      const both = { X_ACCESS_TOKEN: accessToken, X_ACCESS_TOKEN_SECRET: accessTokenSecret };
      await expect(cli.run(['post', 'By both', '--image', picture], { env: both })).resolves.toMatchObject({ code: 0 });
      const kinds = ['uploadMedia', 'createTweet'].map((endpoint) => cli.requestsTo(endpoint).at(-1)?.auth);
      expect(kinds).toEqual(['oauth1', 'oauth2']);
      const half = await cli.run(['post', 'Half'], {
        env: { ...env, X_ACCESS_TOKEN_SECRET: undefined, X_API_KEY: '' },
      });
      expect(half).toMatchObject({
        code: 4,
        stderr: expect.stringContaining('Set X_API_KEY and X_ACCESS_TOKEN_SECRET too.'),
      });
    }));
});

describe('a credential file', () => {
  test('that others may read is refused by its mode', () =>
    withCli(async (cli) => {
      cli.file(
        'config/twitter-native/credentials.json',
        JSON.stringify({ format: 1, oauth2: { accessToken: cli.user.oauth2.accessToken } }),
      );
      await expect(cli.here(['whoami'], { env: noTokens })).resolves.toMatchObject({ code: 0 });
      for (const mode of [0o644, 0o640, 0o606]) {
        chmodSync(cli.credentials, mode);
        const { code, stderr } = await cli.here(['whoami'], { env: noTokens });
        expect(code).toBe(4);
        expect(stderr).toBe(
          `The credential file ${cli.credentials} has mode 0${mode.toString(8)}, so that others may read it. Run: chmod 600 ${cli.credentials}\n`,
        );
      }
    }));

  test('that is damaged, foreign or empty is reported without what is in it', () =>
    withCli(async (cli) => {
      const secret = cli.user.oauth2.accessToken;
      const wrongs = {
        'is damaged': [
          '',
          `{"format":1,"oauth2":{"accessToken":"${secret}`,
          '[]',
          `{"accessToken":"${secret}"}`,
          `{"format":1,"oauth2":"${secret}"}`,
          `{"format":1,"oauth1":{"accessToken":"${secret}"}}`,
        ],
        'a newer version': ['{"format":2}'],
        'has no tokens': ['{"format":1}'],
      };
      for (const [words, texts] of Object.entries(wrongs)) {
        for (const text of texts) {
          cli.file('config/twitter-native/credentials.json', text);
          const { code, stderr } = await cli.here(['post', 'Hello'], { env: noTokens });
          expect({ text, code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining(words) });
          expect(stderr.trim().split('\n')).toHaveLength(1);
        }
      }
      const missing = await cli.here(['whoami', '--credentials', 'nowhere.json']);
      expect(missing).toMatchObject({ code: 4, stderr: expect.stringContaining('There is no credential file') });
      symlinkSync(cli.folder, `${cli.folder}/folder.json`);
      await expect(cli.here(['whoami', '--credentials', 'folder.json'])).resolves.toMatchObject({ code: 4 });
    }));
});
