'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { inspect } = require('node:util');
const {
  createTweet,
  getTweet,
  getUserProfile,
  PublishIntent,
  publishTweetWithMedia,
  refreshAccessToken,
  TokenManager,
  TwitterError,
  uploadMedia,
} = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { spendElsewhere } = require('./support/tokens.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;

/** The error of a post that X answers with a status and a body. */
/** By an account of its own: one that X has refused for its rate limit is held back for a while. */
async function postAnswered(status, body, headers) {
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status, body, headers } });
  const options = { client: { retry: { maxAttempts: 1 } }, reconcile: { scheduleMs: [] } };
  const { accessToken } = context.sandbox.seedUser().oauth2;
  return rejectionOf(createTweet({ text: 'Hello' }, accessToken, options));
}

test('an error is an Error of this realm, with the stack of its caller', async () => {
  async function aCallerOfMine() {
    return await createTweet({ text: 'Hello' }, 'nobody');
  }
  const error = await rejectionOf(aCallerOfMine());
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(TwitterError);
  expect(error.name).toBe('TwitterError');
  expect(error.stack).toContain('aCallerOfMine');
  expect(error.stack).not.toContain('/js/call.js');
  expect(Object.prototype.toString.call(error)).toBe('[object Error]');
});

describe('those who await a call are in the stack of its error', () => {
  const failing = {
    'what native code refuses': () => createTweet({ text: '' }, token()),
    'what is refused before native code is asked': () => createTweet({ text: 'x' }, token(), { checkpoint: 1n }),
    'what X refuses': () => createTweet({ text: 'Hello' }, 'nobody'),
    'what an intent refuses': () => new PublishIntent({ load() {}, store() {} }).publish({ text: '' }, token()),
    'what a manager can not load': () => new TokenManager({ load() {}, store() {} }).getAccessToken(),
  };
  async function theOneWhoCalls(call) {
    return await call();
  }
  const ways = {
    'one by one': async (call) => await theOneWhoCalls(call),
    'many at once': async (call) => await Promise.all([theOneWhoCalls(call)]),
    'after another await': async (call) => {
      await null;
      return await theOneWhoCalls(call);
    },
  };

  for (const [what, call] of Object.entries(failing)) {
    test.each(Object.entries(ways))(`${what}, %s`, async (_, way) => {
      async function aCallerOfMine() {
        return await way(call);
      }
      const { stack } = await rejectionOf(aCallerOfMine());
      expect(stack).toContain('theOneWhoCalls');
      expect(stack).toContain('aCallerOfMine');
      expect(stack).not.toContain('/js/');
    });
  }

  test('one who does not await has the operation', async () => {
    const error = await new Promise((resolve) => {
      createTweet({ text: 'Hello' }, 'nobody').then(undefined, resolve);
    });
    expect(error).toMatchObject({ operation: 'createTweet', code: 'UNAUTHORIZED' });
    expect(error.stack).not.toContain('/js/');
  });
});

test('its fields are plain data', async () => {
  const reset = Math.floor(Date.now() / 1000) + 600;
  const headers = { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': `${reset}` };
  const error = await postAnswered(429, { title: 'Too Many Requests', type: 'about:blank', status: 429 }, headers);
  expect(error).toMatchObject({
    code: 'RATE_LIMITED',
    type: 'not_allowed',
    operation: 'createTweet',
    status: 429,
    retryable: true,
    retryAt: new Date(reset * 1000),
    rateLimit: { window: 'endpoint', limit: 100, remaining: 0, reset },
  });
  const plain = JSON.parse(JSON.stringify(error));
  expect(plain).toMatchObject({ name: 'TwitterError', code: 'RATE_LIMITED', message: error.message, status: 429 });
});

describe('the codes that X answers lead to', () => {
  const problem = 'https://api.twitter.com/2/problems';
  test.each([
    [
      400,
      {
        title: 'Invalid Request',
        type: `${problem}/invalid-request`,
        errors: [{ parameters: { text: ['x'] }, message: 'no' }],
      },
      'INVALID_TWEET',
      'invalid_data',
    ],
    [
      401,
      { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
      'UNAUTHORIZED',
      'not_allowed',
    ],
    [
      402,
      { title: 'Payment Required', type: 'https://api.x.com/2/problems/credits-depleted' },
      'NO_CREDITS',
      'not_allowed',
    ],
    [
      403,
      { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Forbidden' },
      'MISSING_SCOPE',
      'not_allowed',
    ],
    [
      403,
      { title: 'Client Forbidden', type: `${problem}/client-forbidden`, detail: 'no access' },
      'FORBIDDEN',
      'not_allowed',
    ],
    [
      403,
      {
        title: 'Forbidden',
        type: 'about:blank',
        detail: 'You are not allowed to create a Tweet with duplicate content.',
      },
      'DUPLICATE_TWEET',
      'not_allowed',
    ],
    [404, { title: 'Not Found', type: 'about:blank' }, 'NOT_FOUND', 'not_found'],
    [
      429,
      { title: 'UsageCapExceeded', type: `${problem}/usage-capped`, period: 'Monthly' },
      'USAGE_CAP',
      'not_allowed',
    ],
    [429, { title: 'Too Many Requests', type: 'about:blank' }, 'RATE_LIMITED', 'not_allowed'],
  ])('%i %j', async (status, body, code, type) => {
    const error = await postAnswered(status, body);
    expect(error).toMatchObject({ code, type, status, operation: 'createTweet' });
    expect(error.message).toMatch(new RegExp(`^Tweet creation failed: ${status} - `));
  });

  test.each([[418], [500], [502], [503], [504]])('%i on a post: it may exist', async (status) => {
    const error = await postAnswered(status, 'overloaded');
    expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', type: 'unexpected_state', retryable: false, status });
  });

  test('418 on a read', async () => {
    context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 418, body: 'a teapot' } });
    const error = await rejectionOf(getTweet('12', token()));
    expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE', type: 'unexpected_state', status: 418 });
  });

  test.each([[500], [503]])('%i on a read', async (status) => {
    context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status, body: 'overloaded' } });
    const options = { client: { retry: { maxAttempts: 2, baseDelayMs: 1 } } };
    const error = await rejectionOf(getTweet('12', token(), options));
    expect(error).toMatchObject({ code: 'UPSTREAM', type: 'unexpected_state', retryable: true, status });
    expect(context.sandbox.ledger.requests({ endpoint: 'getTweet' })).toHaveLength(2);
  });
});

test.each([
  ['garbage', 'UNEXPECTED_RESPONSE'],
  ['html', 'UNEXPECTED_RESPONSE'],
  ['truncate', 'NETWORK'],
  ['resetAfterRead', 'NETWORK'],
])('%s for an answer to a read', async (kind, code) => {
  context.sandbox.faults.add({ endpoint: 'me', fault: { kind } });
  const error = await rejectionOf(getUserProfile(token(), { client: { retry: { maxAttempts: 1 } } }));
  expect(error).toMatchObject({ code, operation: 'getUserProfile', type: 'unexpected_state' });
  expect(error.message).toMatch(/^Failed to get user profile: /);
});

test.each([
  ['a number for a text', { data: { id: 12345678901 } }],
  ['a text for an object', 'a-token-that-nobody-should-read'],
])('an answer that can not be read is not quoted: %s', async (_name, value) => {
  const body = JSON.stringify(value);
  context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 200, body } });
  const error = await rejectionOf(getTweet('12', token(), { client: { retry: { maxAttempts: 1 } } }));
  expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE', operation: 'getTweet' });
  expect(error.message).toMatch(/its shape is not the one that X documents \(line 1, column \d+\)/);
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/12345678901|a-token-that/);
});

test('nobody listens', async () => {
  const options = { client: { apiBaseUrl: 'http://127.0.0.1:1', retry: { maxAttempts: 1 } } };
  const error = await rejectionOf(createTweet({ text: 'Hello' }, token(), options));
  expect(error).toMatchObject({ code: 'NETWORK', retryable: true, operation: 'createTweet' });
  expect(error.cause).toBeInstanceOf(Error);
});

test('a spent refresh token', async () => {
  const user = context.sandbox.seedUser();
  await spendElsewhere(context.sandbox, user.oauth2.refreshToken);
  const error = await rejectionOf(refreshAccessToken(user.oauth2.refreshToken));
  expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', type: 'not_allowed', retryable: false, status: 400 });
  expect(error.message).toMatch(/^OAuth2 token refresh failed: 400 - /);
});

test('a token without the scope', async () => {
  const reader = context.sandbox.seedUser({ scopes: 'tweet.read users.read' });
  const error = await rejectionOf(createTweet({ text: 'Hello' }, reader.oauth2.accessToken));
  expect(error).toMatchObject({ code: 'MISSING_SCOPE', type: 'not_allowed', status: 403 });
});

// Credits may have come by auto-recharge a few minutes later; a cap stays until its cycle ends.
test.each([
  ['usage-cap', 'USAGE_CAP', false],
  ['credits', 'NO_CREDITS', true],
  ['spend-cap', 'USAGE_CAP', false],
])('an app at its end: %s', async (kind, code, retryable) => {
  context.sandbox.exhaust(kind);
  const error = await rejectionOf(createTweet({ text: 'Hello' }, token()));
  expect(error).toMatchObject({ code, retryable });
  expect(error.retryAt !== undefined).toBe(retryable);
  expect(context.sandbox.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(1);
});

test("a medium's error says which one, and keeps the words that callers know", async () => {
  const imageUrls = [context.url('/media/jpeg'), context.url('/media/jpeg?status=404')];
  const error = await rejectionOf(publishTweetWithMedia({ text: 'Hello', imageUrls }, token()));
  expect(error).toMatchObject({ code: 'MEDIA_SOURCE', mediaIndex: 1, operation: 'uploadMedia' });
  expect(error.message).toMatch(/^Media upload failed: /);
});

test('no error shows what was sent', async () => {
  const secret = 'a-token-that-nobody-may-see';
  const credentials = { apiKey: 'key', apiSecret: secret, accessToken: secret, accessTokenSecret: secret };
  const url = `${context.url('/media/jpeg')}?status=404&signature=${secret}`;
  const errors = await Promise.all([
    rejectionOf(createTweet({ text: 'Hello' }, secret)),
    rejectionOf(createTweet({ text: 'Hello' }, credentials)),
    rejectionOf(uploadMedia(url, token())),
    rejectionOf(uploadMedia(`https://user:${secret}@127.0.0.1/`, token())),
    rejectionOf(createTweet({ text: 'Hello' }, `${secret}\n`)),
    rejectionOf(refreshAccessToken(secret, { clientId: 'id', clientSecret: secret })),
  ]);
  for (const error of errors) {
    expect(error).toBeInstanceOf(TwitterError);
    const shown = `${inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })}${error.stack}${JSON.stringify(error)}`;
    expect(shown).not.toContain(secret);
  }
});

test('docs/errors.md has every code', () => {
  const declared = readFileSync(join(__dirname, '../index.d.ts'), 'utf8');
  const [, list] = declared.match(/type TwitterErrorCode =([^;]+);/);
  const codes = [...list.matchAll(/'([A-Z0-9_]+)'/g)].map(([, code]) => code);
  const documented = readFileSync(join(__dirname, '../docs/errors.md'), 'utf8');
  expect(codes.length).toBeGreaterThan(20);
  for (const code of codes) expect(documented).toContain(`\`${code}\``);
});

describe('what native code throws and is no failure', () => {
  const { toError } = require('../js/errors.js');

  test.each([
    ['an error', new Error('canary of a panic'), /an unexpected native error/],
    ['a text', 'canary of a panic', /an unexpected value/],
    ['a proxy that was revoked', revoked(), /an unexpected native error/],
  ])('is an internal error that repeats nothing of it: %s', (_name, thrown, words) => {
    const error = toError(thrown, { operation: 'createTweet', stack: '' });
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({
      code: 'INTERNAL',
      type: 'unexpected_state',
      retryable: false,
      operation: 'createTweet',
    });
    expect(error.message).toMatch(words);
    expect(`${error.message}${error.stack}${error.cause}`).not.toContain('canary');
  });

  test('nor does it matter what the caller makes of stacks', async () => {
    const before = Error.prepareStackTrace;
    Error.prepareStackTrace = (_error, frames) => /** @type {any} */ (frames);
    try {
      expect(await rejectionOf(createTweet({ text: 'Hello' }, 'nobody'))).toMatchObject({
        name: 'TwitterError',
        code: 'UNAUTHORIZED',
      });
    } finally {
      Error.prepareStackTrace = before;
    }
  });
});

/** A proxy that answers nothing any more. */
function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
