'use strict';

const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { withCli } = require('./support/cli.js');

/** Command lines that are refused before anything is sent, and words of the one sentence that says why. @type {Array<[string[], string]>} */
const REFUSED = [
  [[], 'twitter-native COMMAND'],
  [['psot', 'Hello'], 'Did you mean twitter-native post?'],
  [['Hello world'], 'There is no such command.'],
  [['constructor'], 'There is no command constructor.'],
  [['post'], 'There is nothing to post'],
  [['post', ''], 'text'],
  [['post', 'Hello', 'world'], 'Quote a text that has spaces.'],
  [['post', 'Hello', '--imgae', 'a.jpg'], 'Did you mean --image?'],
  [['post', 'Hello', '--frobnicate'], 'There is no option --frobnicate. See twitter-native post --help.'],
  [['post', 'Hello', '--access-token', 'abc'], 'other users could see it'],
  [['post', '-5 degrees'], 'put -- before it'],
  [['post', 'Hello', '--image'], '--image needs a value'],
  [['post', 'Hello', '--image', '--again'], '--image needs a value'],
  [['post', 'Hello', '--json=yes'], '--json takes no value.'],
  [['post', 'Hello', '--quote', '1', '--quote', '2'], '--quote can be given once only.'],
  [['post', 'Hello', '--reply-to', 'abc'], '--reply-to takes the id of a post'],
  [['post', 'Hello', '--quote', '12345678901234567890'], '19 digits'],
  [['post', 'Hello', '--reply-settings', 'nobody'], '--reply-settings takes one of'],
  [['post', 'Hello', '--timeout', '0'], '--timeout takes a whole number from 1'],
  [['post', 'Hello', '--max-length', '1e3'], '--max-length takes a whole number'],
  [['post', 'Hello', '--poll-minutes', '60'], '--poll-minutes goes with --poll'],
  [['post', 'Hello', '--poll', 'Only one'], 'poll'],
  [['post', 'Hello', '--alt', 'What?'], '--alt comes after'],
  [['post', 'Hello', '--image', 'a.jpg', '--alt', 'One', '--alt', 'Two'], 'two --alt'],
  [['post', 'Hello', '--image', 'missing.jpg'], 'missing.jpg does not exist.'],
  [['post', 'Hello', '--image', 'folder'], 'folder is not a file.'],
  [['post', 'Hello', '--image', ''], '--image needs a file or a URL.'],
  [['post', 'Hello', ...Array(5).fill(['--image', 'a.jpg']).flat()], 'at most 4 image'],
  [['post', 'Hello', '--image', 'http://127.0.0.1:1/a.jpg'], 'http'],
  [['post', 'Hello', '--image', 'empty.jpg'], 'empty'],
  [['post', 'Hello', '--thread', 'thread.md'], 'not both'],
  [['post', '--thread', 'thread.md', '--image', 'a.jpg'], '--image does not go with --thread'],
  [['post', '--thread', 'nowhere.md'], 'nowhere.md does not exist.'],
  [['post', '--thread', 'folder'], 'folder is a folder.'],
  [['post', '--thread', 'gap.md'], 'Part 2 of gap.md is empty.'],
  [['post', '--thread', 'latin.md'], 'not a text in UTF-8'],
  [['post', '--thread', 'lost.md'], 'picture.jpg does not exist.'],
  [['delete'], 'delete takes the id'],
  [['delete', '1', '2'], 'delete takes one id, and 2 were given.'],
  [['delete', 'https://x.com/a/status/1'], 'number of up to 19 digits'],
  [['metrics'], 'metrics takes ids'],
  [['metrics', '1', 'two'], 'number of up to 19 digits'],
  [['whoami', 'really'], 'whoami takes no arguments'],
  [['auth', '--port', '70000'], '--port takes a whole number from 0 to 65535.'],
  [['resolve', '0123456789abcdef-1'], 'There is no state 0123456789abcdef-1.'],
  [['resolve', '--retry'], 'needs the state'],
  [['resolve', '0123456789abcdef-1', '--retry', '--abandon'], 'Decide for one of'],
];

/** Those that are run as a program of its own; the others are run in this process, which takes a fraction of the time. */
const AS_PROGRAM = ['psot', 'delete', 'metrics'];

test('each wrong command line gets one sentence, no stack, and sends nothing', () =>
  withCli(async (cli) => {
    await cli.medium('a.jpg', { kind: 'jpeg' });
    cli.file('empty.jpg', '');
    cli.file('thread.md', 'One\n---\nTwo');
    cli.file('gap.md', 'One\n---\n\n---\nThree');
    cli.file('lost.md', 'One\n\n![Lost](picture.jpg)');
    cli.file('latin.md', Buffer.from([0x41, 0xe9, 0x42]));
    mkdirSync(join(cli.folder, 'folder'));
    const env = { X_MEDIA_ALLOW_HTTP: undefined, X_MEDIA_ALLOW_PRIVATE_NETWORKS: undefined };
    for (const [args, words] of REFUSED) {
      const result = await (AS_PROGRAM.includes(args[0]) ? cli.run(args) : cli.here(args, { env }));
      expect({ args, ...result }).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) });
      expect(result.stderr).not.toMatch(/\n {4}at |node:internal|\.js:\d/);
      if (args.length > 0) expect(result.stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(cli.sandbox.ledger.requests()).toEqual([]);
  }));

test('the same as JSON, on stdout', () =>
  withCli(async (cli) => {
    const { code, document, stderr } = await cli.json(['post', 'Hello', '--image', 'missing.jpg']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(document).toEqual({
      ok: false,
      exitCode: 2,
      error: { code: 'USAGE', message: expect.stringContaining('missing.jpg') },
    });
    await expect(cli.json(['psot'])).resolves.toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } });
  }));

test('a file that is not a checkpoint is named', () =>
  withCli(async (cli) => {
    const file = cli.file('notes.txt', 'Buy bread');
    const { code, stderr } = await cli.here(['resolve', file]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${file} is not a checkpoint, or is cut off or damaged.\n` });
  }));

test.each(['X_OAUTH2_TOKEN', 'X_ACCESS_TOKEN', 'TWITTER_ACCESS_TOKEN_SECRET'])(
  '%s is named if it can’t be one',
  (name) =>
    withCli(async (cli) => {
      const { code, stderr } = await cli.run(['whoami'], { env: { [name]: 'hidden-token-of-a-user\nX: y' } });
      expect({ code, stderr }).toEqual({
        code: 4,
        stderr: `${name} contains a space, a line break or another character that no token has.\n`,
      });
    }),
);

test('what X says can’t move the cursor or change the colours of a terminal', () =>
  withCli(async (cli) => {
    const { oauth2 } = cli.sandbox.seedUser({ name: 'A\u001b[2Jname\u0007\u202e' });
    const { stdout } = await cli.run(['whoami'], { env: { X_OAUTH2_TOKEN: oauth2.accessToken } });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  }));
