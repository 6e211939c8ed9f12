'use strict';

const { setTimeout: wait } = require('node:timers/promises');
const { createTweet, PublishIntent } = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { rowInMemory } = require('./support/intents.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
const posts = () => context.sandbox.ledger.requests({ endpoint: 'createTweet' });

/** What a post may wait for before it is sent: as long as this it could be looked for by the time of its checkpoint. */
const FRESH_MS = 5000;

test('a checkpoint that is kept too late, twice, keeps the post from being sent', async () => {
  const kept = keeper();
  const onCheckpoint = async (checkpoint) => {
    kept.onCheckpoint(checkpoint);
    if (JSON.parse(checkpoint).post.state === 'ARMED') await wait(FRESH_MS + 50);
  };
  const error = await rejectionOf(createTweet({ text: 'Kept too late' }, token(), { onCheckpoint }));
  expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true, operation: 'createTweet' });
  expect(error.message).toContain('longer than 5 seconds, so the post was not sent');
  expect(posts()).toEqual([]);
  const { checkpoint } = error;
  await expect(createTweet({ text: 'Kept too late' }, token(), { checkpoint })).resolves.toHaveProperty('id');
  expect(posts()).toHaveLength(1);
}, 60_000);

test('an intent whose lease has run out when its row is stored sends nothing', async () => {
  const { load, store, open } = rowInMemory({ leaseMs: 1000 });
  const late = async (/** @type {string} */ next, /** @type {unknown} */ version) => {
    const stored = await store(next, version);
    await wait(1200);
    return stored;
  };
  const error = await rejectionOf(
    new PublishIntent({ load, store: late, leaseMs: 1000 }).publish({ text: 'Too late' }, token(), null, {}),
  );
  expect(error).toMatchObject({ code: 'IN_PROGRESS', retryable: true });
  expect(error.message).toContain('the lease on the post ran out before it was sent, so it was not sent');
  expect(posts()).toEqual([]);
  await expect(open().publish({ text: 'Too late' }, token(), null, {})).resolves.toHaveProperty('tweetId');
  expect(posts()).toHaveLength(1);
}, 60_000);
