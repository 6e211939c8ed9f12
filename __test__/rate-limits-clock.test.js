'use strict';

const { createTweet, getUserProfile } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const QUARTER_MS = 900_000;
const context = useSandbox({ rateLimits: { createTweet: { user: [3, QUARTER_MS] } } });

test('a new window lets no more requests go at once than the last one did', async () => {
  const { sandbox } = context;
  const token = sandbox.seedUser().oauth2.accessToken;
  for (const text of ['one', 'two', 'three']) await createTweet({ text: `Rolled ${text}` }, token);
  sandbox.clock.advance(QUARTER_MS + 2000);
  // Any answer says what time it is at X.
  await getUserProfile(token);
  const texts = Array.from({ length: 8 }, (_, index) => `Rolled over ${index}`);
  const outcomes = await Promise.allSettled(texts.map((text) => createTweet({ text }, token)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(outcomes.filter(({ reason }) => reason?.code === 'RATE_LIMITED')).toHaveLength(5);
  const refused = sandbox.ledger.requests({ endpoint: 'createTweet' }).filter(({ status }) => status === 429);
  expect(refused).toHaveLength(0);
});

test('the time that a store gives is by the clock of this machine, whatever X’s is', async () => {
  const { sandbox } = context;
  const token = sandbox.seedUser().oauth2.accessToken;
  sandbox.clock.advance(QUARTER_MS);
  await getUserProfile(token);
  const retryAt = Date.now() + 60_000;
  const client = { rateLimit: { store: { reserve: async () => ({ retryAt }) } } };
  const error = await rejectionOf(createTweet({ text: 'By its own clock' }, token, { client }));
  expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAt: new Date(retryAt) });
  expect(sandbox.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(0);
});
