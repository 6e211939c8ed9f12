'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, useSandbox } = require('./support/harness.js');
const { basic } = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');

const context = useSandbox({ rateLimits: false });
const form = { grant_type: 'client_credentials' };
const app = () => basic(context.sandbox.env.X_API_KEY, context.sandbox.env.X_API_SECRET);

test('an app has one token of its own', async () => {
  const first = await context.call('POST', '/oauth2/token', { headers: app(), form });
  assertMatches(first, { status: 200, body: { token_type: 'bearer', access_token: /^\w{40,}$/ } });
  const second = await context.call('POST', '/oauth2/token', { headers: app(), form });
  assert.deepEqual(second.body, first.body);
});

test("the header of X's example opens the app of that example", async (t) => {
  const apiSecret = 'L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg';
  const { call } = await ownSandbox(t, { apiKey: 'xvz1evFS4wEEPTGEFPHBog', apiSecret });
  const encoded = 'eHZ6MWV2RlM0d0VFUFRHRUZQSEJvZzpMOHFxOVBaeVJnNmllS0dFS2hab2xHQzB2SldMdzhpRUo4OERSZHlPZw==';
  const headers = { authorization: `Basic ${encoded}` };
  assertMatches(await call('POST', '/oauth2/token', { headers, form }), { status: 200 });
});

test('key and secret are encoded before they are joined', async (t) => {
  const { call } = await ownSandbox(t, { apiKey: 'a:b', apiSecret: 'c%d' });
  const headers = basic(encodeURIComponent('a:b'), encodeURIComponent('c%d'));
  assertMatches(await call('POST', '/oauth2/token', { headers, form }), { status: 200 });
  assertMatches(await call('POST', '/oauth2/token', { headers: basic('a:b', 'c%d'), form }), { status: 403 });
});

for (const [title, call] of /** @type {Array<[string, () => import('./support/harness.js').Call]>} */ ([
  ['no header', () => ({ form })],
  ['the wrong secret', () => ({ headers: basic(context.sandbox.env.X_API_KEY, 'other'), form })],
  ['the wrong key', () => ({ headers: basic('other', context.sandbox.env.X_API_SECRET), form })],
  ['the client of OAuth 2.0', () => ({ headers: basic(context.sandbox.env.X_CLIENT_ID, 'x'), form })],
  ['another grant', () => ({ headers: app(), form: { grant_type: 'refresh_token' } })],
  ['a JSON body', () => ({ headers: app(), json: form })],
])) {
  test(`there is no app token with ${title}`, async () => {
    assertMatches(await context.call('POST', '/oauth2/token', call()), {
      status: 403,
      body: {
        errors: [{ code: 99, label: 'authenticity_token_error', message: 'Unable to verify your credentials' }],
      },
    });
  });
}
