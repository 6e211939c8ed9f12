'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { X_ENDPOINTS } = require('../src/endpoints.js');
const { endpoints } = require('./schemas/endpoints.js');
const { conformance, faultsOf } = require('./support/conformance.js');
const { send } = require('./support/harness.js');
const { startSandbox } = require('../index.js');

const HEADERS = { date: 'Fri, 27 Nov 2026 10:00:00 GMT', 'content-type': 'application/json; charset=utf-8' };
const PROBLEM = { ...HEADERS, 'content-type': 'application/problem+json' };
const POST = { id: '1', text: 'a', edit_history_tweet_ids: ['1'] };

/** How an answer to a look-up of a post would be judged. @param {object} body @param {object} [more] */
const judged = (body, more) =>
  faultsOf({
    endpoint: 'getTweet',
    method: 'GET',
    url: '/2/tweets/1?tweet.fields=entities',
    status: 200,
    headers: HEADERS,
    body: JSON.stringify(body),
    ...more,
  });

test('every endpoint of X has a schema', () => {
  for (const newNames of [true, false]) {
    assert.deepEqual(Object.keys(endpoints(newNames)).sort(), [...X_ENDPOINTS].sort());
  }
});

test('what X answers passes', () => {
  assert.deepEqual(judged({ data: POST }), []);
  const link = { start: 0, end: 1, url: 'https://t.co/a', expanded_url: 'https://a.example' };
  assert.deepEqual(judged({ data: { ...POST, entities: { urls: [link] } } }), []);
  const blank = { type: 'about:blank', title: 'Unauthorized', detail: 'Unauthorized', status: 401 };
  assert.deepEqual(judged(blank, { status: 401, headers: PROBLEM }), []);
  assert.deepEqual(judged({ errors: [{ code: 32, message: 'No' }] }, { status: 401 }), []);
});

for (const [title, body, more] of /** @type {Array<[string, object, object?]>} */ ([
  ['a member is missing', { data: { id: '1', text: 'a' } }],
  ['an id is a number', { data: { ...POST, id: 1 } }],
  ['an id has letters', { data: { ...POST, id: 'one' } }],
  ['a member is not in the specification', { data: { ...POST, colour: 'red' } }],
  ['a link has no place', { data: { ...POST, entities: { urls: [{ url: 'https://t.co/a' }] } } }],
  ['a list has nothing', { data: { ...POST, entities: { urls: [] } } }],
  ['a time is none', { data: { ...POST, created_at: 'today' } }],
  ['a name is of the other vocabulary', { data: { ...POST, referenced_posts: [{ type: 'quoted', id: '2' }] } }],
  ['a value is not in the enumeration', { data: { ...POST, referenced_tweets: [{ type: 'liked', id: '2' }] } }],
  ['there is nothing', {}],
  ['it has another type', { data: POST }, { headers: PROBLEM }],
  ['it has no date', { data: POST }, { headers: { ...HEADERS, date: undefined } }],
  ['some headers are missing', { data: POST }, { headers: { ...HEADERS, 'x-rate-limit-limit': '1' } }],
  ['its status is one that it can not have', { data: POST }, { status: 201 }],
  ['it is not JSON', {}, { body: '<html>' }],
  [
    'an error has the type of another answer',
    { type: 'about:blank', title: 'a', detail: 'b', status: 401 },
    { status: 401 },
  ],
  [
    'an error is of an unknown type',
    { type: 'https://api.x.com/2/problems/odd', title: 'a', detail: 'b' },
    { status: 400, headers: PROBLEM },
  ],
  ['an endpoint has no schema', { data: POST }, { endpoint: 'like' }],
])) {
  test(`found: ${title}`, () => {
    assert.notDeepEqual(judged(body, more), []);
  });
}

test('all answers of a sandbox are judged, before faults change them', async (t) => {
  const judge = conformance();
  const sandbox = await startSandbox({ onAnswer: judge.onAnswer });
  t.after(() => sandbox.close());
  const user = sandbox.seedUser();
  const me = () => send(sandbox.url, 'GET', '/2/users/me', { as: user.oauth2.accessToken });
  await me();
  sandbox.faults.add({ endpoint: 'me', fault: { kind: 'garbage' }, times: 1 });
  await me().catch(() => {});
  assert.equal(judge.answers, 2);
  judge.assert();
  // A user without a name is no user of X's.
  Object.assign(sandbox.ledger.tokens()[0].user, { name: undefined });
  await me();
  assert.throws(() => judge.assert(), /GET \/2\/users\/me → 200\n {2}\/data must have required property 'name'/);
});
