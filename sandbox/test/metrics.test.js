'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { stopClock, useSandbox } = require('./support/harness.js');
const { basic } = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');

const DAY = 24 * 3600 * 1000;
const context = useSandbox({ rateLimits: false, accessTokenLifeMs: 365 * DAY });
const GROUPS = 'public_metrics,non_public_metrics,organic_metrics,promoted_metrics';

/** @param {string} text @returns {Promise<string>} */
const post = async (text, as = context.token()) =>
  (await context.call('POST', '/2/tweets', { as, json: { text } })).body.data.id;
/** @param {string} id */
const read = async (id, as = context.token()) =>
  (await context.call('GET', `/2/tweets?ids=${id}&tweet.fields=${GROUPS}`, { as })).body;

const refused = (/** @type {string} */ id, /** @type {string} */ group) => ({
  type: /\/not-authorized-for-field$/,
  resource_id: id,
  field: `tweet.${group}`,
});

test('the public ones are told to anyone', async () => {
  const { X_API_KEY, X_API_SECRET } = context.sandbox.env;
  const form = { grant_type: 'client_credentials' };
  const { body } = await context.call('POST', '/oauth2/token', { headers: basic(X_API_KEY, X_API_SECRET), form });
  const id = await post('For anyone');
  const counts = { like_count: 0, reply_count: 0, retweet_count: 0, quote_count: 0, bookmark_count: 0 };
  for (const as of [body.access_token, context.sandbox.seedUser().oauth2.accessToken]) {
    const { data, errors } = await read(id, as);
    assert.deepEqual(data[0].public_metrics, { impression_count: 0, ...counts });
    const missing = ['non_public_metrics', 'organic_metrics', 'promoted_metrics'];
    for (const group of missing) assert.equal(group in data[0], false);
    assertMatches(
      errors,
      missing.map((group) => refused(id, group)),
    );
  }
});

test('the author is told the private ones, but for those of ads', async () => {
  const id = await post('For me');
  const { data, errors } = await read(id);
  const organic = ['impression_count', 'like_count', 'reply_count', 'retweet_count'];
  const clicks = ['url_link_clicks', 'user_profile_clicks'];
  assert.deepEqual(Object.keys(data[0].non_public_metrics), ['impression_count', ...clicks, 'engagements']);
  assert.deepEqual(Object.keys(data[0].organic_metrics), [...organic, ...clicks]);
  assertMatches(errors, [refused(id, 'promoted_metrics')]);
});

test('what people do with a post engages them', async () => {
  const id = await post('Engaging');
  const [tweet] = context.sandbox.ledger.tweets().filter((one) => one.id === id);
  const before = (await read(id)).data[0].non_public_metrics.engagements;
  Object.assign(tweet.metrics, { like_count: 4, retweet_count: 3, quote_count: 2, reply_count: 1, bookmark_count: 5 });
  assert.equal((await read(id)).data[0].non_public_metrics.engagements, before + 15);
});

test('the author is told the private ones for 30 days', async (t) => {
  stopClock(t, context.sandbox);
  const id = await post('A month ago');
  context.sandbox.clock.advance(30 * DAY);
  assertMatches(await read(id), { data: [{ non_public_metrics: {}, organic_metrics: {} }] });
  context.sandbox.clock.advance(1);
  assertMatches(await read(id), {
    data: [{ public_metrics: {}, non_public_metrics: undefined, organic_metrics: undefined }],
    errors: [refused(id, 'non_public_metrics'), refused(id, 'organic_metrics'), refused(id, 'promoted_metrics')],
  });
});

test('a test may set what a post has reached', async () => {
  const id = await post('Famous');
  Object.assign(context.sandbox.ledger.tweets().at(-1).metrics, { impression_count: 1000, like_count: 7 });
  assertMatches(await read(id), {
    data: [
      {
        public_metrics: { impression_count: 1000, like_count: 7 },
        non_public_metrics: { impression_count: 1000 },
        organic_metrics: { like_count: 7 },
      },
    ],
  });
});
