'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { hmacsign } = require('oauth-sign');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { signedHeader } = require('./support/sign.js');

const context = useSandbox({ rateLimits: false });
const credentials = () => context.user.oauth1Credentials;
const ME = '/2/users/me';

/**
 * Sends a GET whose header is signed for something that may differ.
 * @param {{ path?: string, signed?: string, method?: string, overrides?: Record<string, string | undefined>, change?: Record<string, string> }} [request]
 */
function get({ path = ME, signed = path, method = 'GET', overrides, change } = {}) {
  const url = `${context.sandbox.url}${signed}`;
  const authorization = signedHeader({ method, url }, { ...credentials(), ...change }, overrides);
  return context.call('GET', path, { headers: { authorization } });
}

const seconds = (/** @type {number} */ ms) => String(Math.floor((context.sandbox.clock.now() + ms) / 1000));

test("the signer of these tests gives the signature of X's published example", () => {
  const signature = hmacsign(
    'POST',
    'https://api.x.com/1.1/statuses/update.json',
    {
      include_entities: 'true',
      status: 'Hello Ladies + Gentlemen, a signed OAuth request!',
      oauth_consumer_key: 'xvz1evFS4wEEPTGEFPHBog',
      oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1318622958',
      oauth_token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      oauth_version: '1.0',
    },
    'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
    'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
  );
  assert.equal(signature, 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4=');
});

for (const [title, query] of [
  ['no query', ''],
  ['lists', '?user.fields=description%2Cverified'],
  ["characters that X's examples encode", `?a=${encodeURIComponent('Ladies + Gentlemen, Dogs & Mice ☃')}`],
  ["characters that JavaScript's encoding leaves alone", "?a=!*'()-._~"],
  ['a space that is written as a plus', '?a=one+two'],
  ['an encoded name', '?user%2Efields=description'],
  ['an equals sign within a value', '?a=b=c==&d=%3D'],
  ['an empty value', '?a=&b'],
  ['names whose order is that of their bytes', '?b=1&B=2&a-b=3&a.b=4&a=5&z%20=6'],
]) {
  test(`a query is signed: ${title}`, async () => {
    assertMatches(await get({ path: `${ME}${query}` }), { status: 200, body: { data: { id: context.user.id } } });
  });
}

test('a realm is not signed', async () => {
  const authorization = signedHeader({ method: 'GET', url: `${context.sandbox.url}${ME}` }, credentials());
  const headers = { authorization: authorization.replace('OAuth ', 'OAuth realm="https://api.x.com/", ') };
  assertMatches(await context.call('GET', ME, { headers }), { status: 200 });
});

test('a form is signed', async () => {
  const form = { command: 'INIT', total_bytes: '10', media_type: 'image/png', media_category: 'tweet_image' };
  const path = '/1.1/media/upload.json';
  assertMatches(await context.call('POST', path, { as: credentials(), form }), { status: 202 });
  const url = `${context.sandbox.url}${path}`;
  for (const signed of [undefined, { ...form, total_bytes: '11' }]) {
    const authorization = signedHeader({ method: 'POST', url, form: signed }, credentials());
    assertMatches(await context.call('POST', path, { form, headers: { authorization } }), {
      status: 401,
      body: { errors: [{ code: 32, message: 'Could not authenticate you.' }] },
    });
  }
});

test('a JSON body is not signed', async () => {
  const answer = await context.call('POST', '/2/tweets', { as: credentials(), json: { text: 'Signed & sent' } });
  assertMatches(answer, { status: 201, body: { data: { text: 'Signed & sent' } } });
});

test('a multipart body is not signed', async () => {
  const parts = { media: Buffer.from('1\n00:00:00,000 --> 00:00:02,000\nHello\n'), media_category: 'subtitles' };
  assertMatches(await context.call('POST', '/2/media/upload', { as: credentials(), parts }), { status: 200 });
});

for (const [
  title,
  request,
  status,
  code,
] of /** @type {Array<[string, () => Parameters<typeof get>[0], number, number]>} */ ([
  ['the secret of another app', () => ({ change: { apiSecret: 'other' } }), 401, 32],
  ['the secret of another token', () => ({ change: { accessTokenSecret: 'other' } }), 401, 32],
  ['the key of another app', () => ({ change: { apiKey: 'other' } }), 401, 32],
  ['a token that is unknown', () => ({ change: { accessToken: `${context.user.id}-other` } }), 401, 89],
  ['another method', () => ({ method: 'POST' }), 401, 32],
  ['another path', () => ({ signed: '/2/users/you' }), 401, 32],
  ['a query that was changed', () => ({ path: `${ME}?a=2`, signed: `${ME}?a=1` }), 401, 32],
  ['a query that was added', () => ({ path: `${ME}?a=1`, signed: ME }), 401, 32],
  ['a query that was taken away', () => ({ path: ME, signed: `${ME}?a=1` }), 401, 32],
  ['another method of signing', () => ({ overrides: { oauth_signature_method: 'HMAC-SHA256' } }), 401, 32],
  ['a timestamp too long ago', () => ({ overrides: { oauth_timestamp: seconds(-302_000) } }), 401, 135],
  ['a timestamp too far ahead', () => ({ overrides: { oauth_timestamp: seconds(302_000) } }), 401, 135],
  ['a timestamp that is no number', () => ({ overrides: { oauth_timestamp: 'now' } }), 400, 215],
  ['no timestamp', () => ({ overrides: { oauth_timestamp: undefined } }), 400, 215],
  ['no nonce', () => ({ overrides: { oauth_nonce: undefined } }), 400, 215],
])) {
  test(`refused: ${title}`, async () => {
    assertMatches(await get(request()), { status, body: { errors: [{ code, message: /./ }] } });
  });
}

for (const authorization of ['OAuth nonsense', 'OAuth oauth_nonce="%zz"', 'OAuth realm="x"']) {
  test(`refused: a header like ${authorization}`, async () => {
    const answer = await context.call('GET', ME, { headers: { authorization } });
    assertMatches(answer, { status: 400, body: { errors: [{ code: 215 }] } });
  });
}

test('a clock may be off by some minutes', async () => {
  for (const ms of [-290_000, 290_000]) {
    assertMatches(await get({ overrides: { oauth_timestamp: seconds(ms) } }), { status: 200 });
  }
});

test('a nonce is good once, and a request that was refused does not spend it', async () => {
  const overrides = { oauth_nonce: 'thisnonceisgoodonce' };
  assertMatches(await get({ overrides, change: { apiSecret: 'other' } }), { status: 401 });
  assertMatches(await get({ overrides }), { status: 200 });
  assertMatches(await get({ overrides }), { status: 401, body: { errors: [{ code: 32 }] } });
});

test("the header Date has the sandbox's time, which a client can go by", async (t) => {
  context.sandbox.clock.advance(3_600_000);
  t.after(() => context.sandbox.clock.advance(-3_600_000));
  const refused = await get();
  assertMatches(refused, { status: 401, body: { errors: [{ code: 135 }] } });
  const time = String(Date.parse(String(refused.headers.get('date'))) / 1000);
  assertMatches(await get({ overrides: { oauth_timestamp: time } }), { status: 200 });
});
