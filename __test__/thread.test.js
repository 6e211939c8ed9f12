'use strict';

const { publishThread } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();

test('each part answers the one before', async () => {
  const { sandbox, user } = context;
  const parts = [{ text: 'One' }, { text: 'Two', imageUrls: [context.url('/media/jpeg')] }, { text: 'Three' }];
  const thread = await publishThread(parts, user.oauth2.accessToken);
  const ids = thread.tweets.map(({ tweetId }) => tweetId);
  expect(thread.threadUrl).toBe(`https://twitter.com/i/web/status/${ids[0]}`);
  const committed = sandbox.ledger.tweets();
  expect(committed.map(({ id, text, replyTo }) => [id, text, replyTo])).toEqual([
    [ids[0], 'One', undefined],
    [ids[1], 'Two', ids[0]],
    [ids[2], 'Three', ids[1]],
  ]);
  expect(thread.tweets[1].media).toHaveLength(1);
});

test('a part that breaks a rule keeps the whole thread back', async () => {
  const { sandbox, user } = context;
  const parts = [{ text: 'Fine' }, { text: '' }, { text: 'x'.repeat(300) }];
  const error = await rejectionOf(publishThread(parts, user.oauth2.accessToken));
  expect(error).toMatchObject({ code: 'INVALID_TWEET', failedIndex: 1, published: [], operation: 'publishThread' });
  expect(sandbox.ledger.requests()).toEqual([]);
});

test('a thread that breaks off says what exists', async () => {
  const { sandbox, user } = context;
  sandbox.faults.add({
    endpoint: 'createTweet',
    attempt: 2,
    fault: { kind: 'status', status: 403, body: { title: 'Forbidden', detail: 'no' } },
  });
  const error = await rejectionOf(
    publishThread([{ text: 'A' }, { text: 'B' }, { text: 'C' }], user.oauth2.accessToken),
  );
  expect(error).toMatchObject({ code: 'FORBIDDEN', failedIndex: 1 });
  const existing = sandbox.ledger.tweets().filter(({ text }) => ['A', 'B', 'C'].includes(text));
  expect(error.published.map(({ tweetId }) => tweetId)).toEqual(existing.map(({ id }) => id));
  expect(existing).toHaveLength(1);
});

test.each([
  ['no parts', []],
  ['no list', { text: 'x' }],
])('%s', async (_name, parts) => {
  const error = await rejectionOf(publishThread(parts, context.user.oauth2.accessToken));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'parts' });
});

describe('a part before that X does not show yet', () => {
  const body = {
    title: 'Forbidden',
    type: 'about:blank',
    status: 403,
    detail: 'You attempted to reply to a Tweet that is deleted or not visible to you.',
  };
  const texts = (name) => ['one', 'two'].map((number) => ({ text: `${name}, ${number}` }));
  const creations = () => context.sandbox.ledger.requests({ endpoint: 'createTweet' }).length;
  const refuse = (times) =>
    context.sandbox.faults.add({
      endpoint: 'createTweet',
      fault: { kind: 'status', status: 403, body },
      attempt: times,
    });

  test('is answered at the second try', async () => {
    refuse(2);
    const { tweets } = await publishThread(texts('Shown late'), context.user.oauth2.accessToken);
    expect(tweets).toHaveLength(2);
    expect(creations()).toBe(3);
    expect(context.sandbox.ledger.tweets().filter(({ text }) => text.startsWith('Shown late'))).toHaveLength(2);
  });

  test('and not even then breaks the thread off, and says why', async () => {
    refuse(2);
    refuse(3);
    const error = await rejectionOf(publishThread(texts('Not shown'), context.user.oauth2.accessToken));
    expect(error).toMatchObject({ code: 'NOT_FOUND', failedIndex: 1, retryable: true });
    expect(error.message).toMatch(/created seconds ago, and X does not show it yet: publish again with the checkpoint/);
    expect(creations()).toBe(3);
    const { tweets } = await publishThread(texts('Not shown'), context.user.oauth2.accessToken, null, {
      checkpoint: error.checkpoint,
    });
    expect(tweets.map(({ tweetId }) => tweetId)[0]).toBe(error.published[0].tweetId);
  });

  test('and that X then refuses for another reason says that reason alone', async () => {
    refuse(2);
    const tooMany = { title: 'Too Many Requests', type: 'about:blank', status: 429 };
    const fault = { kind: 'status', status: 429, body: tooMany };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault, attempt: 3 });
    const error = await rejectionOf(publishThread(texts('Shown too late'), context.user.oauth2.accessToken));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', failedIndex: 1 });
    expect(error.message).not.toMatch(/created seconds ago/);
    expect(creations()).toBe(3);
  });

  test('that somebody else may have deleted is not tried again', async () => {
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 403, body } });
    const content = [{ text: 'An answer to what is gone', replyTo: '20' }];
    const error = await rejectionOf(publishThread(content, context.user.oauth2.accessToken));
    expect(error).toMatchObject({ code: 'NOT_FOUND', retryable: false });
    expect(creations()).toBe(1);
  });
});
