'use strict';

const { createTweet, getUserProfile, publishTweetWithMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox({ tls: true, http2: true });

const client = (more = {}) => ({ caCertificates: [context.sandbox.caCertificate], ...more });
const token = () => context.user.oauth2.accessToken;
const connectionsOf = (filter) => context.sandbox.ledger.requests(filter).map(({ connection }) => connection);

test('what a process asks at once goes over one connection, from its first request on', async () => {
  const posts = Array.from({ length: 60 }, (_, number) =>
    createTweet({ text: `${number}` }, token(), { client: client() }),
  );
  const ids = await Promise.all([...posts, getUserProfile(token(), { client: client() })]);
  expect(new Set(ids.map(({ id }) => id)).size).toBe(61);
  expect(connectionsOf({})).toHaveLength(61);
  expect(new Set(connectionsOf({})).size).toBe(1);
});

test('pictures have a connection of their own, and the post has one by then', async () => {
  const media = [1, 2, 3, 4].map((number) => context.url(`/media/jpeg?bytes=20000&seed=${number}`));
  await publishTweetWithMedia({ text: 'Four', media }, token(), null, {
    client: client(),
  });
  const uploads = new Set(connectionsOf({ endpoint: 'uploadMedia' }));
  const [post] = connectionsOf({ endpoint: 'createTweet' });
  expect(uploads.size).toBe(1);
  expect(uploads).not.toContain(post);
});

test('after an attempt without an answer the next request goes over another connection', async () => {
  context.sandbox.faults.add({ endpoint: 'createTweet', attempt: 1, fault: { kind: 'hang' } });
  const impatient = { client: client({ requestTimeoutMs: 300 }) };
  const error = await rejectionOf(createTweet({ text: 'Lost' }, token(), { ...impatient, timeoutMs: 1000 }));
  expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME' });
  await createTweet({ text: 'Next' }, token(), impatient);
  const [lost, next] = connectionsOf({ endpoint: 'createTweet' });
  expect(next).not.toBe(lost);
});
