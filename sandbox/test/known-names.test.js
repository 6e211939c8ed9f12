'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { startSandbox } = require('../index.js');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

const context = useSandbox();

for (const [title, options, message] of /** @type {Array<[string, any, RegExp]>} */ ([
  ['an unknown one', { enterprize: true }, /no member "enterprize".*enterprise/s],
  ['an unknown endpoint', { rateLimits: { createPost: {} } }, /no member "createPost".*createTweet/s],
  ['an unknown holder of a limit', { rateLimits: { me: { users: [1, 2] } } }, /no member "users".*app, user/s],
  ['a limit that is none', { rateLimits: { me: { user: 5 } } }, /rateLimits\.me/],
  ['a text for a number', { processingMs: '5' }, /processingMs has to be a number/],
  ['a text for a switch', { tls: 'yes' }, /tls has to be a boolean/],
  ['an unknown member of another', { ledger: { max: 1 } }, /no member "max".*maxRequests/s],
  ['an unknown change of texts', { textChanges: { strip: true } }, /no member "strip".*stripInvisible/s],
  ['an unknown lag', { timelineLag: { seconds: 1 } }, /no member "seconds".*ms, reads/s],
])) {
  test(`an option is refused: ${title}`, async () => {
    await assert.rejects(startSandbox(options), message);
  });
}

test('an option that is undefined is left out', async () => {
  const sandbox = await startSandbox({ port: undefined, host: undefined, rateLimits: undefined, ledger: undefined });
  await sandbox.close();
});

const STATUS = { kind: 'status', status: 500 };
for (const [title, rule, message] of /** @type {Array<[string, any, RegExp]>} */ ([
  ['an unknown endpoint', { endpoint: 'createPost', fault: STATUS }, /no endpoint "createPost".*createTweet/s],
  ['no endpoint', { fault: STATUS }, /no endpoint undefined/],
  ['an unknown kind', { endpoint: 'me', fault: { kind: 'explode' } }, /no kind of fault "explode".*garbage/s],
  ['no fault', { endpoint: 'me' }, /no kind of fault undefined/],
  ['an unknown member', { endpoint: 'me', fault: { kind: 'delay', ms: 5, seconds: 1 } }, /no member "seconds".*ms/s],
  [
    'a member of another kind',
    { endpoint: 'me', fault: { kind: 'hang', status: 500 } },
    /fault hang has no member "status"/,
  ],
  ['a missing member', { endpoint: 'me', fault: { kind: 'status' } }, /status needs the member "status"/],
  ['a gathering of none', { endpoint: 'me', fault: { kind: 'gather', count: 0 } }, /count has to be a number/],
  ['an unknown member of the rule', { endpoint: 'me', fault: STATUS, count: 2 }, /no member "count".*times/s],
  ['a number that is none', { endpoint: 'me', fault: STATUS, times: 'once' }, /times has to be a number/],
  ['an unknown way to shut the door', { endpoint: 'me', fault: { ...STATUS, shut: 'slam' } }, /"slam".*refused/s],
  ['twice of what is no post', { endpoint: 'me', fault: { kind: 'commitThenReset', twice: true } }, /createTweet/],
])) {
  test(`a fault is refused: ${title}`, async () => {
    assert.throws(() => context.sandbox.faults.add(rule), message);
    const { status, body } = await context.call('POST', '/_sandbox/faults', { json: rule });
    assert.equal(status, 400);
    assert.match(body.detail, message);
  });
}

test('other names are refused where they are given', () => {
  const { sandbox } = context;
  const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);
  assert.throws(() => sandbox.seedUser(any({ handle: 'a' })), /no member "handle".*username/s);
  assert.throws(() => sandbox.exhaust(any('patience')), /"patience".*credits/s);
  assert.throws(() => sandbox.door.shut(any('slam')), /"slam".*blackhole/s);
  assert.throws(() => sandbox.door.shut('refused', any({ until: 5 })), /no member "until".*forMs/s);
  assert.throws(() => sandbox.ledger.requests(any({ statusCode: 200 })), /no member "statusCode".*status/s);
  assert.throws(() => sandbox.timelineLag.set(any({ hours: 1 })), /no member "hours".*reads/s);
  assert.throws(() => Object.assign(sandbox.duplicates, { windowMs: 'a day' }), /windowMs has to be a number/);
});

for (const [path, message] of /** @type {Array<[string, RegExp]>} */ ([
  ['/media/png?html', /"html" has to be 1/],
  ['/media/png?html=true', /"html" has to be 1/],
  ['/media/png?size=5', /no member "size".*bytes/s],
  ['/media/png?bytes=many', /"bytes" has to be a number/],
  ['/media/png?status=99', /"status" has to be a status/],
  ['/media/png?cut=1&cutWith=scissors', /"cutWith" has to be reset or close/],
  ['/media/tiff', /tiff/],
  ['/_sandbox/requests?code=200', /no member "code".*status/s],
])) {
  test(`refused: ${path}`, async () => {
    const { status, body } = await context.call('GET', path);
    assert.equal(status, 400);
    assert.match(body.detail, message);
  });
}

test('over HTTP, other names are refused likewise', async () => {
  for (const [path, json, message] of /** @type {Array<[string, object, RegExp]>} */ ([
    ['users', { handle: 'a' }, /no member "handle"/],
    ['clock', { advance: 5 }, /no member "advance".*advanceMs/s],
    ['exhaust', { what: 'credits' }, /no member "what"/],
    ['duplicates', { window: 5 }, /no member "window".*windowMs/s],
    ['timeline-lag', { hours: 5 }, /no member "hours"/],
  ])) {
    const { status, body } = await context.call('POST', `/_sandbox/${path}`, { json });
    assert.equal(status, 400);
    assert.match(body.detail, message);
  }
  assertMatches(await context.call('POST', '/_sandbox/wait'), { status: 404, body: { error: /clock.*users/ } });
});
