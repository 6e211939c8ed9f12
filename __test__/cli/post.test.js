'use strict';

const exifr = require('exifr');
const { bytesOf } = require('../support/media.js');
const { bmpOf, ladenJpeg, received } = require('../support/pictures.js');
const { withCli } = require('./support/cli.js');

const URL = /^https:\/\/twitter\.com\/i\/web\/status\/(\d+)$/;
/** @param {string} stdout */
const idsIn = (stdout) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => URL.exec(line)?.[1]);

test('a text, and its address on stdout alone', () =>
  withCli(async (cli) => {
    const { code, stdout, stderr } = await cli.run(['post', 'Hello from a shell']);
    const [post] = cli.sandbox.ledger.tweets();
    expect({ code, stderr, ids: idsIn(stdout) }).toEqual({ code: 0, stderr: '', ids: [post.id] });
    expect(cli.posts).toEqual(['Hello from a shell']);
  }));

test('media in the order given, each with its own description', () =>
  withCli(async (cli) => {
    const [one, two] = [await cli.medium('one.jpg', { kind: 'jpeg' }), await cli.medium('two.png', { kind: 'png' })];
    const { code } = await cli.run([
      'post',
      'Two',
      '--image',
      one,
      '--alt',
      'The first',
      '--image',
      'two.png',
      '--alt=-2°',
    ]);
    expect({ code, two }).toMatchObject({ code: 0 });
    const [{ media }] = cli.sandbox.ledger.tweets();
    expect(media.map(({ altText }) => altText)).toEqual(['The first', '-2°']);
  }));

test('a video, a GIF, a poll, a quote and a reply', () =>
  withCli(async (cli) => {
    await cli.medium('film.mp4', { kind: 'mp4', durationMs: 2000 });
    const first = idsIn((await cli.run(['post', 'Moving', '--video', 'film.mp4'])).stdout)[0];
    const gif = `${cli.sandbox.url}/media/gif`;
    const results = await Promise.all([
      cli.run(['post', 'A loop', '--gif', gif]),
      cli.run(['post', 'Which?', '--poll', 'Brass', '--poll', 'Paper', '--poll-minutes', '60']),
      cli.run(['post', 'Look at this', '--quote', String(first)]),
      cli.run(['post', 'An answer', '--reply-to', String(first), '--reply-settings', 'following']),
    ]);
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(Array(4).fill([0, '']));
    const bodies = Object.fromEntries(
      cli.sandbox.ledger.tweets().map(({ text, body, media }) => [text, { body, media }]),
    );
    expect(bodies.Moving.media).toMatchObject([{ category: 'tweet_video' }]);
    expect(bodies['A loop'].media).toMatchObject([{ category: 'tweet_gif' }]);
    expect(bodies['Which?'].body.poll).toEqual({ options: ['Brass', 'Paper'], duration_minutes: 60 });
    expect(bodies['Look at this'].body.quote_tweet_id).toBe(first);
    expect(bodies['An answer'].body).toMatchObject({
      reply: { in_reply_to_tweet_id: first },
      reply_settings: 'following',
    });
  }));

test('a thread out of a file, with media beside it', () =>
  withCli(async (cli) => {
    await cli.medium('posts/lamp.jpg', { kind: 'jpeg' });
    const thread =
      '\uFEFFThe lamp is back 💡\r\n\r\n![A brass lamp](lamp.jpg)\r\n---\r\nTwo lines\r\nof it\r\n\r\n\\---\r\n---\r\nThe end\r\n---\r\n';
    const file = cli.file('posts/thread.md', thread);
    const { code, stdout } = await cli.run(['post', '--thread', file]);
    const posts = cli.sandbox.ledger.tweets();
    expect({ code, ids: idsIn(stdout) }).toEqual({ code: 0, ids: posts.map(({ id }) => id) });
    expect(cli.posts).toEqual(['The lamp is back 💡', 'Two lines\nof it\n\n---', 'The end']);
    expect(posts[0].media).toMatchObject([{ altText: 'A brass lamp' }]);
    expect(posts[2].replyTo).toBe(posts[1].id);
  }));

test('--json is one document on stdout, with nothing on stderr', () =>
  withCli(async (cli) => {
    const { code, document, stderr } = await cli.json(['post', 'As JSON']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(document).toMatchObject({
      ok: true,
      tweetId: cli.sandbox.ledger.tweets()[0].id,
      estimatedCost: { usd: 0.015 },
    });
    const failed = await cli.here(['post', 'x'.repeat(300), '--json']);
    expect(failed).toMatchObject({
      code: 2,
      stderr: '',
      document: { ok: false, exitCode: 2, error: { code: 'INVALID_TWEET' } },
    });
  }));

test('--dry-run checks and shows the cost, and X hears nothing', () =>
  withCli(async (cli) => {
    const picture = await cli.medium('a.jpg', { kind: 'jpeg' });
    const args = ['post', 'See https://example.com', '--image', picture, '--dry-run'];
    const { code, stdout } = await cli.here(args, { env: { X_OAUTH2_TOKEN: undefined } });
    expect(code).toBe(0);
    expect(stdout).toContain('27 of 280 characters, 1 medium, 1 without --alt');
    expect(stdout).toContain('It would cost about $0.2 ');
    const { document } = await cli.here([...args, '--json']);
    expect(document).toMatchObject({ dryRun: true, parts: [{ weightedLength: 27 }], estimatedCost: { usd: 0.2 } });
    const wrong = await cli.here(['post', 'A film?', '--video', picture, '--dry-run']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/image\/jpeg.*\n.*--image is for pictures/);
    expect(cli.sandbox.ledger.requests()).toEqual([]);
  }));

describe('--prepare', () => {
  const laden = async () => ladenJpeg(await bytesOf({ kind: 'jpeg', width: 64, height: 32 }));
  /** What X got. @param {any} cli */
  const atX = (cli) => received(cli.sandbox.ledger.tweets().at(-1).media[0]);

  test('off posts a picture as it is, and what identifies is removed without it', () =>
    withCli(async (cli) => {
      const bytes = await laden();
      const picture = cli.file('a.jpg', bytes);
      expect(await cli.run(['post', 'As it is', '--image', picture, '--prepare', 'off'])).toMatchObject({ code: 0 });
      expect(atX(cli).equals(bytes)).toBe(true);
      expect(await cli.run(['post', 'Without', '--image', picture])).toMatchObject({ code: 0 });
      expect(await exifr.gps(atX(cli))).toBeUndefined();
    }));

  test('fit posts what X would refuse, also after it was refused', () =>
    withCli(async (cli) => {
      const picture = cli.file('a.bmp', bmpOf({ width: 40, height: 20, data: Buffer.alloc(40 * 20 * 4, 0x80) }));
      const command = ['post', 'A lamp', '--image', picture];
      const refused = await cli.here(command);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--prepare fit') });
      expect(await cli.run([...command, '--prepare', 'fit'])).toMatchObject({ code: 0 });
      expect([...atX(cli).subarray(0, 2)]).toEqual([0xff, 0xd8]);
      // However its media go up, it is the same post.
      const again = await cli.run([...command, '--prepare', 'strip', '--json']);
      expect(JSON.parse(again.stdout)).toMatchObject({ alreadyPublished: true });
      expect(cli.posts).toEqual(['A lamp']);
    }));

  test('--dry-run shows what would be done with each medium, of each part of a thread too', () =>
    withCli(async (cli) => {
      cli.file('a.jpg', await laden());
      cli.file('b.bmp', bmpOf({ width: 40, height: 20, data: Buffer.alloc(40 * 20 * 4, 0x80) }));
      await cli.medium('c.png', { kind: 'png' });
      const file = cli.file('thread.md', 'One\n![A lamp](a.jpg)\n---\nTwo\n![Another](b.bmp)\n![A third](c.png)\n');
      const { code, stdout } = await cli.here(['post', '--thread', file, '--dry-run', '--prepare', 'fit']);
      expect(code).toBe(0);
      const [one, jpeg, two, bmp, cost] = stdout.trim().split('\n');
      expect([one, two]).toEqual([expect.stringMatching(/^Part 1: /), expect.stringMatching(/^Part 2: /)]);
      expect(jpeg).toMatch(/^ {2}a\.jpg: without EXIF, GPS/);
      expect(bmp).toMatch(/^ {2}b\.bmp: BMP · [\d,]+ bytes becomes JPEG · 40 × 20 · [\d,]+ bytes$/);
      expect(cost).toContain('Nothing was sent.');
      const { document } = await cli.here(['post', 'One', '--image', 'a.jpg', '--dry-run', '--json']);
      expect(document.parts[0].prepare).toMatchObject([{ action: 'strip', removes: expect.arrayContaining(['GPS']) }]);
      expect(cli.sandbox.ledger.requests()).toEqual([]);
    }));

  test.each([
    [['--image', 'a.png', '--prepare', 'both'], '--prepare takes one of fit, strip, off.'],
    [['--image', 'a.png', '--prepare', 'fit', '--prepare', 'off'], '--prepare can be given once only.'],
    [['--image', 'a.png', '--prepare'], '--prepare needs a value: --prepare HOW.'],
    [['--prepare', 'fit'], '--prepare goes with media, and there are none.'],
  ])('%p is refused', (args, message) =>
    withCli(async (cli) => {
      await cli.medium('a.png', { kind: 'png' });
      const { code, stdout, stderr } = await cli.here(['post', 'A text', ...args]);
      expect({ code, stdout, stderr: stderr.trim() }).toEqual({ code: 2, stdout: '', stderr: message });
    }),
  );
});

test('nothing is sent before all of a thread and its media are found good', () =>
  withCli(async (cli) => {
    const file = cli.file('thread.md', `Good\n---\n${'Too long '.repeat(40)}`);
    await expect(cli.here(['post', '--thread', file])).resolves.toMatchObject({ code: 2, stdout: '' });
    const text = cli.file('text.jpg', 'no picture at all');
    const { code, stderr } = await cli.here(['post', 'With a picture', '--image', text]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('text.jpg') });
    expect(cli.sandbox.ledger.requests()).toEqual([]);
  }));

test('the same again says that it exists; --again posts it once more', () =>
  withCli(async (cli) => {
    cli.sandbox.duplicates.refused = false;
    const first = await cli.run(['post', 'Good morning']);
    const second = await cli.run(['post', 'Good morning']);
    expect(second).toMatchObject({
      code: 0,
      stdout: first.stdout,
      stderr: expect.stringContaining('Already published'),
    });
    expect((await cli.json(['post', 'Good morning'])).document).toMatchObject({ alreadyPublished: true });
    expect(cli.posts).toHaveLength(1);
    const third = await cli.run(['post', 'Good morning', '--again']);
    expect(third.code).toBe(0);
    expect(third.stdout).not.toBe(first.stdout);
    // Another content is another post, by what the file holds and not by its name.
    const picture = await cli.medium('a.jpg', { kind: 'jpeg', seed: 1 });
    await cli.run(['post', 'Good morning', '--image', picture]);
    await cli.medium('a.jpg', { kind: 'jpeg', seed: 2 });
    await cli.run(['post', 'Good morning', '--image', picture]);
    expect(cli.posts).toHaveLength(4);
  }));
