'use strict';

const { bytesOf } = require('./support/media.js');
const { useSandbox } = require('./support/harness.js');
const { runProgram } = require('./support/run.js');

const context = useSandbox({ processingMs: 0, rateLimits: undefined });

const WARNED = { outcome: 'published', warned: true };
const failed = (code, isCause) => ({ outcome: { code, isCause } });

/** What a call comes to whose callback throws, whatever that is. */
const callbacks = [
  ['onProgress', WARNED],
  ['onRequest', WARNED],
  ['rateLimit.store.reserve', WARNED],
  ['rateLimit.store.observe', WARNED],
  ['the first onCheckpoint', failed('ABORTED', true)],
  ['the last onCheckpoint', WARNED],
  ['load', failed('ABORTED', true)],
  ['store', failed('ABORTED', true)],
  ['lock', failed('ABORTED', true)],
  ['the release of lock()', { ...failed('REAUTH_REQUIRED', false), warned: true }],
  ['next of an iterator', failed('MEDIA_SOURCE', false)],
  ['return of an iterator', { ...failed('INVALID_MEDIA', false), warned: true }],
  ['destroy of a stream', { ...failed('INVALID_MEDIA', false), warned: true }],
  ['on of a stream', failed('INVALID_ARGUMENT', true)],
  ['getReader of a stream', failed('MEDIA_SOURCE', false)],
  ['read of a reader', failed('MEDIA_SOURCE', false)],
  ['cancel of a reader', { ...failed('INVALID_MEDIA', false), warned: true }],
  ['addEventListener of a signal', failed('INVALID_ARGUMENT', true)],
  ['removeEventListener of a signal', WARNED],
  ['what addEventListener of a signal returns', WARNED],
  ['what on of a stream returns', WARNED],
  ['aborted of a signal', failed('INVALID_ARGUMENT', true)],
  ['reason of a signal', failed('ABORTED', true)],
  ['the reason of a signal', failed('ABORTED', true)],
  ['a getter of content', failed('INVALID_ARGUMENT', false)],
  ['a getter of a poll', failed('INVALID_ARGUMENT', true)],
  ['a getter of options', failed('INVALID_ARGUMENT', false)],
  ['a getter of a client', failed('INVALID_ARGUMENT', false)],
  ['a proxy for options', failed('INVALID_ARGUMENT', true)],
  ['a proxy for media', failed('INVALID_ARGUMENT', true)],
];

let picture;
beforeAll(async () => {
  picture = (await bytesOf({ kind: 'jpeg' })).toString('base64');
});

test.each(callbacks)(
  '%s may throw anything',
  async (callback, expected) => {
    const users = [context.sandbox.seedUser(), context.sandbox.seedUser()];
    const args = [callback, picture, ...users.map(({ oauth2 }) => oauth2.accessToken)];
    const { code, stdout, stderr } = await runProgram('odd-callers.cjs', { args, node: ['--no-warnings'] });
    expect({ code, stderr, last: stdout.split('\n').at(-1) }).toEqual({ code: 0, stderr: '', last: '' });
    const lines = stdout.trim().split('\n');
    for (const line of lines) {
      const [, name, json] = /^(.*?): (\{.*)$/.exec(line);
      const result = JSON.parse(json);
      // Nothing thrown is no cause.
      if (result.outcome.isCause === 'not told') result.outcome.isCause = expected.outcome.isCause;
      expect([name, result]).toMatchObject([name, expected]);
    }
    expect(lines.length).toBeGreaterThanOrEqual(21);
    const published = expected.outcome === 'published' ? lines.length : 0;
    const tweets = context.sandbox.ledger.tweets().filter(({ text }) => text.startsWith(`${callback} `));
    expect(tweets.length).toBe(published);
  },
  60_000,
);

test('every callback is tried', async () => {
  const { stdout } = await runProgram('odd-callers.cjs');
  expect(JSON.parse(stdout)).toEqual(callbacks.map(([name]) => name));
});
