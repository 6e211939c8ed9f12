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

const CLICKS = ['url_link_clicks', 'user_profile_clicks'];
const ORGANIC = ['impression_count', 'like_count', 'reply_count', 'retweet_count', ...CLICKS];
const FIELDS = {
  non_public_metrics: ['impression_count', ...CLICKS, 'engagements'],
  organic_metrics: ORGANIC,
  promoted_metrics: ORGANIC,
};

/** An error for each field of a group. @param {string} id @param {keyof typeof FIELDS} group */
const refused = (id, group) =>
  FIELDS[group].map((name) => ({
    type: /\/not-authorized-for-field$/,
    title: 'Field Authorization Error',
    resource_id: id,
    field: `${group}.${name}`,
  }));

/** @param {string} id */
const allRefused = (id) => [
  ...refused(id, 'non_public_metrics'),
  ...refused(id, 'organic_metrics'),
  ...refused(id, 'promoted_metrics'),
];

/** Tokens of somebody else, and of no user. */
async function strangers() {
  const { X_API_KEY, X_API_SECRET } = context.sandbox.env;
  const form = { grant_type: 'client_credentials' };
  const { body } = await context.call('POST', '/oauth2/token', { headers: basic(X_API_KEY, X_API_SECRET), form });
  return [body.access_token, context.sandbox.seedUser().oauth2.accessToken];
}

test('anyone gets the public ones', async () => {
  const id = await post('For anyone');
  const counts = { like_count: 0, reply_count: 0, retweet_count: 0, quote_count: 0, bookmark_count: 0 };
  for (const as of await strangers()) {
    const answer = await context.call('GET', `/2/tweets?ids=${id}&tweet.fields=public_metrics`, { as });
    assert.deepEqual(answer.body.data[0].public_metrics, { impression_count: 0, ...counts });
    assert.equal(answer.body.errors, undefined);
  }
});

test("who asks for the private ones of somebody else's post gets an error for each, and no post", async () => {
  const id = await post('Not for all');
  for (const as of await strangers()) {
    const body = await read(id, as);
    assertMatches(body, { data: undefined, errors: allRefused(id) });
    const path = `/2/users/${context.user.id}/tweets?tweet.fields=organic_metrics`;
    assertMatches((await context.call('GET', path, { as })).body, {
      data: undefined,
      errors: context.sandbox.ledger
        .tweets()
        .reverse()
        .flatMap((tweet) => refused(tweet.id, 'organic_metrics')),
    });
  }
  const own = await post("The reader's own", context.sandbox.seedUser().oauth2.accessToken);
  const errors = [...refused(id, 'promoted_metrics'), ...allRefused(own)];
  assertMatches(await read(`${id},${own}`), { data: [{ id }], errors });
});

test('the author gets the private ones, but for those of ads', async () => {
  const id = await post('For me');
  const { data, errors } = await read(id);
  assert.deepEqual(Object.keys(data[0].non_public_metrics), FIELDS.non_public_metrics);
  assert.deepEqual(Object.keys(data[0].organic_metrics), FIELDS.organic_metrics);
  assertMatches(errors, refused(id, 'promoted_metrics'));
});

test('what people do with a post engages them', async () => {
  const id = await post('Engaging');
  const [tweet] = context.sandbox.ledger.tweets().filter((one) => one.id === id);
  const before = (await read(id)).data[0].non_public_metrics.engagements;
  Object.assign(tweet.metrics, { like_count: 4, retweet_count: 3, quote_count: 2, reply_count: 1, bookmark_count: 5 });
  assert.equal((await read(id)).data[0].non_public_metrics.engagements, before + 15);
});

test('the author gets the private ones for 30 days', async (t) => {
  stopClock(t, context.sandbox);
  const id = await post('A month ago');
  context.sandbox.clock.advance(30 * DAY);
  assertMatches(await read(id), { data: [{ non_public_metrics: {}, organic_metrics: {} }] });
  context.sandbox.clock.advance(1);
  assertMatches(await read(id), {
    data: [{ public_metrics: {}, non_public_metrics: undefined, organic_metrics: undefined }],
    errors: allRefused(id),
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
