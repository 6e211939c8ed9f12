'use strict';

const { existsSync, mkdirSync, readFileSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');
const { withCli } = require('./support/cli.js');

const root = join(__dirname, '../..');
const { version } = require('../../package.json');

/** @param {number} status @param {object} [more] */
const refusal = (status, more = {}) => ({
  kind: 'status',
  status,
  body: { title: 'Refused', type: 'about:blank', status, detail: 'Refused.', ...more },
});

test('delete, metrics and whoami, for people and as JSON', () =>
  withCli(async (cli) => {
    const { document } = await cli.json(['post', 'Measured and deleted']);
    const { tweetId } = document;
    Object.assign(cli.sandbox.ledger.tweets()[0].metrics, { like_count: 3, impression_count: 12 });
    const { stdout } = await cli.run(['metrics', tweetId]);
    expect(stdout).toMatch(
      new RegExp(`^${tweetId}  12 views, 3 likes, 0 reposts, 0 replies, 0 quotes, 0 bookmarks\n$`),
    );
    const some = await cli.json(['metrics', '123', tweetId, '--owner']);
    expect(some).toMatchObject({
      code: 3,
      document: { ok: false, posts: [{ error: { code: 'NOT_FOUND' } }, { tweetId, metrics: { likes: 3 } }] },
    });
    const who = await cli.json(['whoami']);
    expect(who.document).toMatchObject({ ok: true, id: cli.user.id, username: cli.user.username });
    await expect(cli.run(['delete', tweetId])).resolves.toMatchObject({ code: 0, stdout: `Deleted ${tweetId}\n` });
    expect(cli.sandbox.ledger.tweets()[0].deleted).toBe(true);
    await expect(cli.json(['delete', tweetId])).resolves.toMatchObject({ code: 0, document: { deleted: true } });
  }));

test('check reports what is wrong, and ends with its code', () =>
  withCli(async (cli) => {
    const fine = await cli.run(['check']);
    expect(fine.code).toBe(0);
    expect(fine.stdout.split('\n').map((line) => line.split(':')[0])).toEqual([
      '+ credentials',
      '+ account',
      '? scopes',
      '+ media.write',
      '+ clock',
      '+ cost',
      '',
    ]);
    const { oauth2 } = cli.sandbox.seedUser({ scopes: 'tweet.read tweet.write users.read' });
    const poor = await cli.json(['check'], { env: { X_OAUTH2_TOKEN: oauth2.accessToken } });
    expect(poor).toMatchObject({ code: 4, document: { ok: false } });
    expect(poor.document.checks.find(({ name }) => name === 'media.write')).toMatchObject({ ok: false });
    cli.sandbox.clock.advance(900_000);
    const late = await cli.run(['check', '--no-upload']);
    expect(late).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/- clock: (899|90\d) s behind X’s; set this machine’s clock/),
    });
    const none = await cli.run(['check'], { env: { X_OAUTH2_TOKEN: undefined } });
    expect(none).toMatchObject({ code: 4, stdout: expect.stringMatching(/^- credentials: There are no credentials/) });
  }));

test('exit codes by what a script can do', () =>
  withCli(async (cli) => {
    /** @type {Array<[number, string, object]>} */
    const faults = [
      [3, 'FORBIDDEN', refusal(403, { type: 'https://api.x.com/2/problems/not-authorized-for-resource' })],
      [4, 'UNAUTHORIZED', refusal(401)],
      [5, 'RATE_LIMITED', refusal(429)],
      [
        5,
        'NO_CREDITS',
        refusal(402, { type: 'https://api.x.com/2/problems/credits-depleted', detail: 'credits depleted' }),
      ],
    ];
    for (const [exitCode, code, fault] of faults) {
      cli.sandbox.faults.add({ endpoint: 'createTweet', fault, times: 1 });
      const { code: ended, document } = await cli.here(['post', `Refused as ${code}`, '--json']);
      expect([ended, document.error.code]).toEqual([exitCode, code]);
    }
    const dead = { X_API_BASE_URL: 'http://127.0.0.1:1' };
    await expect(cli.here(['delete', '1', '--timeout', '5'], { env: dead })).resolves.toMatchObject({ code: 5 });
    await expect(cli.here(['post', 'Unreachable'], { env: dead })).resolves.toMatchObject({ code: 5 });
    expect(cli.posts).toEqual([]);
  }));

test('resolve of a checkpoint in a file', () =>
  withCli(async (cli) => {
    const { publishTweetWithMedia } = require('twitter-native');
    const client = { apiBaseUrl: cli.sandbox.url };
    cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    const options = { client, reconcile: { scheduleMs: [] } };
    const error = await publishTweetWithMedia(
      { text: 'By a program' },
      cli.user.oauth2.accessToken,
      null,
      options,
    ).catch((e) => e);
    const file = cli.file('post.checkpoint', error.checkpoint);
    const [{ id }] = cli.sandbox.ledger.tweets();
    await expect(cli.run(['resolve', file])).resolves.toMatchObject({
      code: 0,
      stdout: `https://twitter.com/i/web/status/${id}\n`,
    });
    const cut = await cli.run(['resolve', cli.file('cut.checkpoint', error.checkpoint.slice(0, 100))]);
    expect(cut).toMatchObject({ code: 2, stderr: expect.stringContaining('checkpoint') });
    await expect(cli.run(['resolve', 'nowhere'])).resolves.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('does not exist'),
    });
  }));

test('sandbox starts the package if there is one, and else says how to get it', () =>
  withCli(async (cli) => {
    const without = await cli.run(['sandbox', '--port', '0']);
    expect(without).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('npx twitter-native-sandbox runs it'),
    });
    mkdirSync(join(cli.folder, 'node_modules'));
    symlinkSync(join(root, 'sandbox'), join(cli.folder, 'node_modules', 'twitter-native-sandbox'));
    const { child, ended, says } = cli.start(['sandbox', '--port', '0', '--json']);
    const [line] = await says(/^\{"url":.*\}$/m);
    await expect(fetch(JSON.parse(line).url).then(({ status }) => status)).resolves.toBe(200);
    child.kill('SIGTERM');
    await expect(ended).resolves.toMatchObject({ code: 130 });
  }));

test('--version and --help need neither credentials nor a binary, and fit on 80 columns', () =>
  withCli(async (cli) => {
    const env = { X_OAUTH2_TOKEN: undefined, NAPI_RS_NATIVE_LIBRARY_PATH: '/nowhere.node' };
    await expect(cli.run(['--version'], { env })).resolves.toMatchObject({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
    const overview = await cli.run(['--help'], { env });
    const names = [...overview.stdout.matchAll(/^ {2}([a-z]+) {3,}/gm)].map(([, name]) => name);
    expect(names).toEqual(['post', 'delete', 'metrics', 'whoami', 'auth', 'check', 'resolve', 'sandbox']);
    const helps = [];
    for (const name of names.filter((name) => name !== 'sandbox'))
      helps.push(await cli.here([name, '--help'], { env }));
    for (const { code, stdout, stderr } of [overview, ...helps]) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('  130  ');
      for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    }
    const unloadable = await cli.run(['whoami'], { env });
    expect(unloadable).toMatchObject({ code: 1, stderr: expect.stringContaining("can't be loaded") });
    expect(existsSync(cli.state)).toBe(false);
  }));

test('the guide has every option and exit code of --help', async () => {
  const guide = readFileSync(join(root, 'docs/guides/command-line.md'), 'utf8');
  const { EXIT } = require('../../js/cli/failure.js');
  for (const code of Object.values(EXIT)) expect(guide).toContain(`| ${code} |`);
  for (const name of ['post', 'delete', 'metrics', 'auth', 'check', 'resolve', 'whoami']) {
    const { options } = require(`../../js/cli/commands/${name}.js`);
    for (const option of Object.keys(options)) expect(guide).toContain(`--${option}`);
  }
});
