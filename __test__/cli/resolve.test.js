'use strict';

const { readdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { withCli } = require('./support/cli.js');

/** The folder of the only state there is. @param {import('./support/cli.js').Cli} cli */
function onlyState(cli) {
  const folder = join(cli.state, 'twitter-native', 'posts', cli.user.id);
  const [id] = readdirSync(folder);
  return { id, folder: join(folder, id) };
}

/** @param {string} id */
const addressOf = (id) => `https://twitter.com/i/web/status/${id}`;

/** Posts, and loses the answer to it. @param {import('./support/cli.js').Cli} cli @param {string[]} args @param {number} [attempt] */
async function lose(cli, args, attempt) {
  cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, attempt, times: 1 });
  cli.sandbox.timelineLag.set({ ms: 1e9 });
  const { code } = await cli.here(['post', ...args, '--timeout', '2']);
  expect(code).toBe(6);
  cli.sandbox.timelineLag.clear();
}

test('a post that is published is reported, with its address', () =>
  withCli(async (cli) => {
    await cli.here(['post', 'Out already']);
    const [{ id }] = cli.sandbox.ledger.tweets();
    const state = onlyState(cli).id;
    await expect(cli.here(['resolve', state])).resolves.toMatchObject({ code: 0, stdout: `${addressOf(id)}\n` });
    const { document } = await cli.here(['resolve', state, '--json']);
    expect(document).toMatchObject({ ok: true, outcome: 'published', tweetId: id, tweetUrl: addressOf(id), state });
  }));

test('a post that X refused is not in doubt', () =>
  withCli(async (cli) => {
    const body = { title: 'Refused', type: 'about:blank', status: 403, detail: 'Refused.' };
    cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 403, body }, times: 1 });
    await cli.here(['post', 'Refused']);
    const { code, document } = await cli.here(['resolve', onlyState(cli).id, '--json']);
    expect({ code, document }).toMatchObject({ code: 0, document: { outcome: 'not_found', published: [] } });
  }));

test('credentials of another account are refused before anything is read', () =>
  withCli(async (cli) => {
    await lose(cli, ['Whose is it?']);
    const other = cli.sandbox.seedUser();
    cli.sandbox.ledger.clear();
    const env = { X_OAUTH2_TOKEN: other.oauth2.accessToken };
    const { code, stderr } = await cli.here(['resolve', onlyState(cli).id], { env });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(`the account ${cli.user.id}`) });
    expect(cli.requestsTo('userTimeline')).toEqual([]);
  }));

test('a part of a thread is found, and the rest is said to be missing', () =>
  withCli(async (cli) => {
    const thread = ['--thread', cli.file('thread.md', 'First light\n---\nSecond breakfast\n---\nThird time')];
    await lose(cli, thread, 2);
    const [, second] = cli.sandbox.ledger.tweets();
    const { code, stdout, stderr } = await cli.here(['resolve', onlyState(cli).id]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${addressOf(second.id)}\n` });
    expect(stderr).toContain('The rest of the thread is not published');
    await expect(cli.here(['post', ...thread])).resolves.toMatchObject({ code: 0 });
    expect(cli.posts).toEqual(['First light', 'Second breakfast', 'Third time']);
  }));

test('a post that a process works on is left to it', () =>
  withCli(async (cli) => {
    const rule = cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'gather' } });
    const { ended } = cli.start(['post', 'Under way']);
    await cli.sandbox.ledger.waitFor(() => rule.hits === 1);
    const { code, document } = await cli.here(['resolve', onlyState(cli).id, '--json']);
    expect({ code, document }).toMatchObject({ code: 5, document: { error: { code: 'IN_PROGRESS' } } });
    rule.remove();
    await expect(ended).resolves.toMatchObject({ code: 0 });
    expect(cli.posts).toEqual(['Under way']);
  }));

test('a post whose process ended before it kept how to find it is left to the same command', () =>
  withCli(async (cli) => {
    await lose(cli, ['Nothing was kept']);
    const { id, folder } = onlyState(cli);
    rmSync(join(folder, 'checkpoint'));
    const { code, stderr } = await cli.here(['resolve', id]);
    expect({ code, stderr }).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('Run the same post command again'),
    });
    await expect(cli.here(['post', 'Nothing was kept'])).resolves.toMatchObject({ code: 0 });
    expect(cli.posts).toEqual(['Nothing was kept']);
  }));

test('a state that is damaged between two looks is reported as that', () =>
  withCli(async (cli) => {
    await lose(cli, ['Damaged since']);
    const { id, folder } = onlyState(cli);
    writeFileSync(join(folder, 'v99'), '{"version":1');
    for (const decision of ['--retry', '--abandon']) {
      const { code, stderr } = await cli.here(['resolve', id, decision]);
      expect({ code, stderr }).toMatchObject({ code: 6, stderr: expect.stringContaining(`${id} is damaged`) });
    }
    expect(cli.requestsTo('createTweet')).toHaveLength(1);
  }));

test('a file with a checkpoint that is in no doubt is reported without asking X', () =>
  withCli(async (cli) => {
    const { publishThread, publishTweetWithMedia } = require('twitter-native');
    const token = cli.user.oauth2.accessToken;
    const client = { apiBaseUrl: cli.sandbox.url };
    const kept = [];
    const onCheckpoint = (checkpoint) => kept.push(checkpoint);
    await publishThread([{ text: 'One of two' }, { text: 'Two of two' }], token, null, { client, onCheckpoint });
    const body = { title: 'Refused', type: 'about:blank', status: 403, detail: 'Refused.' };
    cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 403, body }, times: 1 });
    const refused = await publishTweetWithMedia({ text: 'Refused' }, token, null, { client }).catch((error) => error);
    const addresses = cli.sandbox.ledger.tweets().map(({ id }) => `${addressOf(id)}\n`);
    cli.sandbox.ledger.clear();
    for (const [checkpoint, stdout] of [
      [kept.at(-1), addresses.join('')],
      [refused.checkpoint, 'Nothing of it was published.\n'],
    ]) {
      const file = cli.file('post.checkpoint', checkpoint);
      await expect(cli.here(['resolve', file])).resolves.toMatchObject({ code: 0, stdout });
    }
    expect(cli.sandbox.ledger.requests()).toEqual([]);
  }));

test('posts that may all be the lost one are listed, and the user decides', () =>
  withCli(async (cli) => {
    await lose(cli, ['One of these']);
    const [{ id }] = cli.sandbox.ledger.tweets();
    const twin = String(BigInt(id) + 1n);
    const created_at = new Date().toISOString();
    const data = [id, twin].map((one) => ({ id: one, text: 'One of these', author_id: cli.user.id, created_at }));
    const fault = { kind: 'status', status: 200, body: { data, meta: { result_count: 2 } } };
    cli.sandbox.faults.add({ endpoint: 'userTimeline', fault });
    const state = onlyState(cli).id;
    const { code, stderr } = await cli.here(['resolve', state]);
    expect(code).toBe(6);
    expect(stderr).toContain('it is not clear which one is');
    for (const one of [id, twin]) expect(stderr).toContain(addressOf(one));
    expect(stderr).toContain(`twitter-native resolve ${state} --published ID`);
  }));

test('a state that is damaged while the post is looked for is reported as that', () =>
  withCli(async (cli) => {
    await lose(cli, ['Damaged on the way']);
    const { id, folder } = onlyState(cli);
    const rule = cli.sandbox.faults.add({ endpoint: 'userTimeline', fault: { kind: 'gather' } });
    const resolving = cli.here(['resolve', id]);
    await cli.sandbox.ledger.waitFor(() => rule.hits === 1);
    writeFileSync(join(folder, 'v99'), '{"version":1');
    rule.remove();
    const { code, stderr } = await resolving;
    expect({ code, stderr }).toMatchObject({ code: 6, stderr: expect.stringContaining(`${id} is damaged`) });
    expect(cli.requestsTo('createTweet')).toHaveLength(1);
  }));
