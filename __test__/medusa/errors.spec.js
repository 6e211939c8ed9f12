'use strict';

const { inspect } = require('node:util');
const { MedusaError } = require('@medusajs/framework/utils');
const { serializeError } = require('@medusajs/utils');
const { publishOnce, resumeUnfinished, resolveDoubt, toMedusaError } = require('twitter-native/medusa');
const { publishTweetWithMedia, TwitterError } = require('twitter-native');
const { rejectionOf, useSandbox } = require('../support/harness.js');

// What Medusa's own error handler answers.
const { getHttpResponseFromError } = require('@medusajs/framework/http');

const context = useSandbox();
const client = { retry: { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 5 } };

/** An error as this package makes it. @param {object} fields */
const failure = (fields) => new TwitterError({ operation: 'createTweet', retryable: false, ...fields });

/** The ways in which an error reaches a route. */
const WAYS = [
  ['as it was thrown', (error) => error],
  ['flattened by the workflow engine', serializeError],
  ['kept by the workflow engine as JSON', (error) => JSON.parse(JSON.stringify(serializeError(error)))],
  ['made Medusa’s before', toMedusaError],
  [
    'made Medusa’s before, and kept as JSON',
    (error) => JSON.parse(JSON.stringify(serializeError(toMedusaError(error)))),
  ],
];

describe.each(WAYS)('an error %s', (_, arrive) => {
  test.each([
    ['UNAUTHORIZED', 'not_allowed', 400],
    ['REAUTH_REQUIRED', 'not_allowed', 400],
    ['IN_PROGRESS', 'not_allowed', 400],
    ['DUPLICATE_TWEET', 'not_allowed', 400],
    ['RATE_LIMITED', 'not_allowed', 400],
    ['INVALID_TWEET', 'invalid_data', 400],
    ['NOT_FOUND', 'not_found', 404],
    ['UNKNOWN_OUTCOME', 'unexpected_state', 500],
  ])('%s is answered with its own code and message', (code, type, status) => {
    const retryAt = Date.UTC(2027, 0, 1);
    const checkpoint = '{"version":1}';
    const error = toMedusaError(arrive(failure({ code, type, message: `What ${code} means`, retryAt, checkpoint })));
    expect(error).toBeInstanceOf(MedusaError);
    expect(error).toBeInstanceOf(Error);
    expect(getHttpResponseFromError(error)).toEqual({
      statusCode: status,
      body: { code, message: `What ${code} means`, type: expect.any(String) },
    });
    expect(error).toMatchObject({ code, retryAt: new Date(retryAt), checkpoint, operation: 'createTweet' });
    expect(error.retryAt).toBeInstanceOf(Date);
  });
});

test('X’s 401 is not the shop’s', async () => {
  const thrown = await rejectionOf(publishTweetWithMedia({ text: 'Who?' }, 'no-such-token', null, { client }));
  expect(thrown).toMatchObject({ code: 'UNAUTHORIZED', status: 401, type: 'not_allowed' });
  const error = toMedusaError(thrown);
  expect(getHttpResponseFromError(error)).toMatchObject({ statusCode: 400, body: { message: thrown.message } });
  expect(error.cause).toBe(thrown);
  expect(error).not.toHaveProperty('status');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('no-such-token');
});

test('a medium is named', () => {
  const thrown = failure({ code: 'MEDIA_SOURCE', type: 'invalid_data', message: 'It is 404', mediaIndex: 1 });
  expect(toMedusaError(thrown)).toMatchObject({ message: 'It is 404 (medium 2)', mediaIndex: 1 });
});

test('what aborted a call is reported', () => {
  const fields = { code: 'ABORTED', type: 'unexpected_state', message: 'the call was aborted' };
  const cause = new Error('the server is shutting down');
  const thrown = new TwitterError({ operation: 'x', retryable: false, ...fields }, cause);
  expect(toMedusaError(thrown).message).toBe('the call was aborted: the server is shutting down');
});

describe('whatever else is thrown', () => {
  const proxy = Proxy.revocable({}, {});
  proxy.revoke();
  const trap = new Proxy(
    {},
    {
      get: () => {
        throw new Error('a trap');
      },
      getOwnPropertyDescriptor: () => {
        throw new Error('a trap');
      },
    },
  );
  const foreign = require('node:vm').runInNewContext('new Error("of another realm")');
  test.each([
    ['an error', new TypeError('x is not a function'), 'x is not a function'],
    ['an error of another realm', foreign, 'of another realm'],
    ['a text', 'a text', 'a text'],
    ['an object with a message', { message: 'of the engine', stack: '' }, 'of the engine'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['an empty text', '', 'it failed without a word'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object without a prototype', Object.create(null), expect.any(String)],
    [
      'a getter that throws',
      {
        get message() {
          throw new Error('a trap');
        },
      },
      expect.any(String),
    ],
    ['a revoked proxy', proxy.proxy, expect.any(String)],
    ['a proxy with traps', trap, expect.any(String)],
    ['an error that is very long', new Error('x'.repeat(100_000)), 'x'.repeat(100_000)],
  ])('%s becomes an unexpected state', (_, thrown, message) => {
    const error = toMedusaError(thrown);
    expect(error).toBeInstanceOf(MedusaError);
    expect(error).toMatchObject({ type: 'unexpected_state', message });
    expect(error.code).toBeUndefined();
  });

  test('Medusa’s own error stays what it is', () => {
    const error = new MedusaError(MedusaError.Types.NOT_FOUND, 'No such post', 'gone');
    expect(toMedusaError(error)).toBe(error);
    expect(toMedusaError(serializeError(error))).toMatchObject({
      type: 'not_found',
      message: 'No such post',
      code: 'gone',
    });
  });
});

describe('bad input', () => {
  const container = { resolve: () => ({ raw: jest.fn() }) };
  const row = { table: 'social_post', id: 'p1', column: 'twitter_intent' };
  const calls = {
    publishOnce: (changes) => {
      const { row: of = row, content = { text: 'x' }, credentials = { token: 't' }, options } = changes;
      return publishOnce('container' in changes ? changes.container : container, of, content, credentials, options);
    },
    resumeUnfinished: (options) =>
      resumeUnfinished(container, { table: 'social_post', column: 'twitter_intent', prepare: () => null, ...options }),
    resolveDoubt: ({ decision = 'check', ...options }) => resolveDoubt(container, row, decision, options),
  };
  test.each([
    ['publishOnce', { container: undefined }, 'container'],
    ['publishOnce', { row: null }, 'row'],
    ['publishOnce', { row: { ...row, table: '1;' } }, 'row.table'],
    ['publishOnce', { credentials: 'a-token' }, 'credentials'],
    ['publishOnce', { options: 7 }, 'options'],
    ['publishOnce', { options: { leaseMs: 5 } }, 'leaseMs'],
    ['publishOnce', { content: { text: '' } }, 'text'],
    ['resumeUnfinished', { prepare: undefined }, 'options.prepare'],
    ['resumeUnfinished', { table: undefined }, 'options.table'],
    ['resumeUnfinished', { limit: 0 }, 'options.limit'],
    ['resumeUnfinished', { limit: 1001 }, 'from 1 to 1000'],
    ['resumeUnfinished', { maxAgeMs: 1.5 }, 'options.maxAgeMs'],
    ['resumeUnfinished', { timeoutMs: '5' }, 'options.timeoutMs'],
    ['resumeUnfinished', { concurrency: 51 }, 'options.concurrency'],
    ['resolveDoubt', { credentials: { token: 't' } }, 'options.content'],
    ['resolveDoubt', { credentials: 't', content: { text: 'x' } }, 'credentials'],
    ['resolveDoubt', { decision: 'maybe' }, 'settlement'],
  ])('of %s (%j) is named', async (name, changes, field) => {
    const error = await rejectionOf(calls[name](changes));
    expect(error).toBeInstanceOf(MedusaError);
    expect(error).toMatchObject({ type: 'invalid_data' });
    expect(error.message).toContain(field);
    expect(context.sandbox.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(0);
  });
});
