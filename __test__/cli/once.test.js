'use strict';

const { mkdirSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { withCli } = require('./support/cli.js');

/** A lost answer that the timeline does not show. @param {import('./support/cli.js').Cli} cli */
function loseAnswer(cli, kind = 'commitThenReset') {
  cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind }, times: 1 });
  cli.sandbox.timelineLag.set({ ms: 1e9 });
}

/** The state that the program named. @param {string} stderr */
const stateIn = (stderr) => /twitter-native resolve (\S+)/.exec(stderr)?.[1] ?? '';

describe('one post', () => {
  test.concurrent('of two processes at once', () =>
    withCli(async (cli) => {
      cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'delay', ms: 1500 }, times: 1 });
      const both = await Promise.all([cli.run(['post', 'Both at once']), cli.run(['post', 'Both at once'])]);
      expect(both.map(({ code }) => code)).toEqual([0, 0]);
      expect(both[0].stdout).toBe(both[1].stdout);
      expect(both[0].stdout).toContain(cli.sandbox.ledger.tweets()[0].id);
      expect(cli.requestsTo('createTweet')).toHaveLength(1);
    }));

  test.concurrent('of a process that is killed while the answer is awaited, and the same command again', () =>
    withCli(async (cli) => {
      cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenHang' }, times: 1 });
      const { child, ended } = cli.start(['post', 'Killed in the middle']);
      await cli.sandbox.ledger.waitFor(() => cli.posts.length === 1);
      child.kill('SIGKILL');
      await ended;
      const { code, stdout, stderr } = await cli.run(['post', 'Killed in the middle']);
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(cli.sandbox.ledger.tweets()[0].id),
      });
      expect(stderr).toContain('found on the timeline');
      const third = await cli.run(['post', 'Killed in the middle']);
      expect(third).toMatchObject({ code: 0, stdout, stderr: expect.stringContaining('Already published') });
      expect(cli.requestsTo('createTweet')).toHaveLength(1);
    }));

  test.concurrent('of a process that is killed in an upload, which goes on where it was', () =>
    withCli(async (cli) => {
      const film = await cli.medium('film.mp4', { kind: 'mp4', bytes: 6_000_000, durationMs: 2000 });
      cli.sandbox.faults.add({ endpoint: 'finalizeUpload', fault: { kind: 'hang' }, times: 1 });
      const { child, ended } = cli.start(['post', 'A film', '--video', film]);
      await cli.sandbox.ledger.waitFor(() => cli.requestsTo('finalizeUpload').length === 1);
      child.kill('SIGKILL');
      await ended;
      await expect(cli.run(['post', 'A film', '--video', film])).resolves.toMatchObject({ code: 0 });
      expect(cli.posts).toEqual(['A film']);
      expect(cli.requestsTo('initializeUpload')).toHaveLength(1);
    }));

  test.concurrent('whose outcome is unknown, until resolve finds it', () =>
    withCli(async (cli) => {
      loseAnswer(cli);
      const { code, document } = await cli.json(['post', 'Where is it?', '--timeout', '3']);
      expect({ code, document }).toMatchObject({
        code: 6,
        document: { exitCode: 6, error: { code: 'UNKNOWN_OUTCOME' } },
      });
      const command = document.error.resolve;
      expect(command).toBe(`twitter-native resolve ${document.error.state}`);
      expect((await cli.run(['resolve'])).stdout).toContain(
        `${document.error.state}  account ${cli.user.id}  in doubt`,
      );
      // Another post says that this one is in doubt.
      expect((await cli.run(['post', 'Something else'])).stderr).toContain(command);
      cli.sandbox.timelineLag.clear();
      const [lost] = cli.sandbox.ledger.tweets();
      const found = await cli.run(command.split(' ').slice(1));
      expect(found).toMatchObject({ code: 0, stdout: `https://twitter.com/i/web/status/${lost.id}\n` });
      await expect(cli.run(['post', 'Where is it?'])).resolves.toMatchObject({ code: 0, stdout: found.stdout });
      expect((await cli.run(['resolve'])).stdout).toBe('Nothing is open.\n');
      expect(cli.requestsTo('createTweet')).toHaveLength(2);
    }));

  test.concurrent('that is not there: a person decides', () =>
    withCli(async (cli) => {
      loseAnswer(cli, 'resetAfterRead');
      const { code, stderr } = await cli.run(['post', 'Never arrived', '--timeout', '2']);
      const state = stateIn(stderr);
      expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 6, lines: 4 });
      const early = await cli.run(['resolve', state, '--retry']);
      expect(early).toMatchObject({ code: 5, stderr: expect.stringContaining('may still be under way') });
      cli.sandbox.clock.advance(200_000);
      const looked = await cli.run(['resolve', state]);
      expect(looked.code).toBe(6);
      for (const word of ['--published ID', '--retry', '--abandon'])
        expect(looked.stderr).toContain(`resolve ${state} ${word}`);
      await expect(cli.run(['resolve', state, '--abandon'])).resolves.toMatchObject({ code: 0 });
      const refused = await cli.run(['post', 'Never arrived']);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--again') });
      await expect(cli.run(['post', 'Never arrived', '--again'])).resolves.toMatchObject({ code: 0 });
      expect(cli.posts).toEqual(['Never arrived']);
    }));

  test.concurrent('that staff found by themselves', () =>
    withCli(async (cli) => {
      loseAnswer(cli);
      const state = stateIn((await cli.run(['post', 'Seen by a person', '--timeout', '2'])).stderr);
      const [{ id }] = cli.sandbox.ledger.tweets();
      await expect(cli.run(['resolve', state, '--published', id])).resolves.toMatchObject({ code: 0 });
      const again = await cli.run(['post', 'Seen by a person']);
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(id) });
      expect(cli.requestsTo('createTweet')).toHaveLength(1);
    }));
});

describe('Ctrl-C', () => {
  test.concurrent('before the post: nothing exists, and the same command goes on', () =>
    withCli(async (cli) => {
      const film = await cli.medium('film.mp4', { kind: 'mp4', bytes: 6_000_000, durationMs: 2000 });
      cli.sandbox.faults.add({ endpoint: 'finalizeUpload', fault: { kind: 'hang' }, times: 1 });
      const { child, ended } = cli.start(['post', 'Stopped', '--video', film]);
      await cli.sandbox.ledger.waitFor(() => cli.requestsTo('finalizeUpload').length === 1);
      child.kill('SIGINT');
      const stopped = await ended;
      expect(stopped).toMatchObject({
        code: 130,
        stdout: '',
        stderr: expect.stringMatching(/^Stopped\. Nothing was posted\./),
      });
      await expect(cli.run(['post', 'Stopped', '--video', film])).resolves.toMatchObject({ code: 0 });
      expect([cli.posts, cli.requestsTo('initializeUpload').length]).toEqual([['Stopped'], 1]);
    }));

  test.concurrent('while the answer is awaited: the outcome is unknown', () =>
    withCli(async (cli) => {
      cli.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenHang' }, times: 1 });
      const { child, ended } = cli.start(['post', 'Stopped too late']);
      await cli.sandbox.ledger.waitFor(() => cli.posts.length === 1);
      child.kill('SIGINT');
      const { code, stderr } = await ended;
      expect(code).toBe(6);
      const [{ id }] = cli.sandbox.ledger.tweets();
      const found = { code: 0, stdout: `https://twitter.com/i/web/status/${id}\n` };
      await expect(cli.run(['resolve', stateIn(stderr)])).resolves.toMatchObject(found);
      await expect(cli.run(['post', 'Stopped too late'])).resolves.toMatchObject(found);
      expect(cli.requestsTo('createTweet')).toHaveLength(1);
    }));

  test.concurrent('in a thread: what exists is reported', () =>
    withCli(async (cli) => {
      const file = cli.file('thread.md', 'First light\n---\nSecond breakfast\n---\nThird time');
      const problem = { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Not now.' };
      cli.sandbox.faults.add({
        endpoint: 'createTweet',
        attempt: 2,
        fault: { kind: 'status', status: 403, body: problem },
        times: 1,
      });
      const broken = await cli.run(['post', '--thread', file]);
      expect(broken.code).toBeGreaterThan(2);
      expect(broken.stderr).toContain('1 of 3 parts are published');
      expect(broken.stderr).toContain(cli.sandbox.ledger.tweets()[0].id);
      const { code, stdout } = await cli.run(['post', '--thread', file]);
      expect({ code, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, lines: 3 });
      expect(cli.posts).toEqual(['First light', 'Second breakfast', 'Third time']);
    }));
});

test('a damaged state is reported as what it is, and nothing is sent', () =>
  withCli(async (cli) => {
    await cli.run(['post', 'Once']);
    const folder = join(cli.state, 'twitter-native', 'posts', cli.user.id);
    const [name] = readdirSync(folder);
    for (const damage of ['', '{"version":1', 'ÿ'.repeat(100)]) {
      writeFileSync(join(folder, name, 'v99'), damage);
      const { code, stderr } = await cli.run(['post', 'Once']);
      expect({ code, stderr }).toMatchObject({ code: 6, stderr: expect.stringContaining(`${name} is damaged`) });
    }
    expect(cli.requestsTo('createTweet')).toHaveLength(1);
  }));

test('a state folder that can’t be made is reported before anything is sent', () =>
  withCli(async (cli) => {
    const blocked = cli.file('blocked', 'a file');
    const { code, stderr } = await cli.run(['post', 'Nowhere to note it'], { env: { XDG_STATE_HOME: blocked } });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Set XDG_STATE_HOME to another folder'),
    });
    expect(cli.posts).toEqual([]);
    mkdirSync(cli.state, { recursive: true });
    await expect(cli.run(['post', 'Nowhere to note it'])).resolves.toMatchObject({ code: 0 });
  }));
