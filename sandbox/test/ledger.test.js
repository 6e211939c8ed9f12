'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, useSandbox } = require('./support/harness.js');
const { ALL_SCOPES, askForToken, refreshForm } = require('./support/login.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false });

test('the ledger has every request, the oldest first', async (t) => {
  const { sandbox, user, call, token } = await ownSandbox(t);
  const begun = sandbox.clock.now();
  await call('GET', '/2/users/me?user.fields=verified', { as: token() });
  await call('GET', '/2/users/me', { as: user.oauth1Credentials });
  await call('POST', '/2/tweets', { as: token(), json: {} });
  await call('GET', '/2/users/me');
  await askForToken({ sandbox, call }, refreshForm('none'));
  await call('GET', '/nowhere');
  const entry = { userId: user.id, aborted: false, fault: null, details: {} };
  assertMatches(sandbox.ledger.requests(), [
    { method: 'GET', path: '/2/users/me', endpoint: 'me', status: 200, auth: 'oauth2', ...entry },
    { method: 'GET', path: '/2/users/me', endpoint: 'me', status: 200, auth: 'oauth1', ...entry },
    { method: 'POST', path: '/2/tweets', endpoint: 'createTweet', status: 400, auth: 'oauth2', ...entry },
    { endpoint: 'me', status: 401, auth: null, userId: null },
    { endpoint: 'token', status: 400, auth: 'basic', userId: null },
    { endpoint: 'unknown', path: '/nowhere', status: 404 },
  ]);
  for (const { at } of sandbox.ledger.requests()) assert.ok(at >= begun && at <= sandbox.clock.now());
});

test('requests are picked by any of their members', async (t) => {
  const { sandbox, call, token } = await ownSandbox(t);
  for (const path of ['/2/users/me', '/2/tweets/1']) {
    await call('GET', path, { as: token() });
    await call('GET', path);
  }
  const count = (/** @type {object} */ filter) => sandbox.ledger.requests(filter).length;
  assert.deepEqual(
    [{}, { endpoint: 'me' }, { status: 401 }, { endpoint: 'me', status: 200 }, { auth: null }, { path: '/2' }].map(
      count,
    ),
    [4, 2, 2, 1, 2, 0],
  );
  sandbox.ledger.clear();
  assert.equal(count({}), 0);
});

test('endpoints add what a test may want to know', async () => {
  const upload = uploader(context, context.token);
  const bytes = await bytesOf({ kind: 'png' });
  const { id } = (await upload.initialize({ media_type: 'image/png', total_bytes: bytes.length })).body.data;
  await upload.append(id, 7, bytes);
  await upload.finalize(id);
  const { body } = await upload.post([id]);
  assertMatches(context.sandbox.ledger.requests({ endpoint: 'initializeUpload' }).at(-1), { details: { mediaId: id } });
  assertMatches(context.sandbox.ledger.requests({ endpoint: 'appendUpload' }).at(-1), {
    details: { mediaId: id, segmentIndex: 7, bytes: bytes.length },
  });
  assertMatches(context.sandbox.ledger.requests({ endpoint: 'createTweet' }).at(-1), {
    details: { tweetId: body.data.id },
  });
});

test('posts and media are there as they were committed', async (t) => {
  const own = await ownSandbox(t);
  const upload = uploader(own, own.token);
  const { id: mediaId } = (await upload.oneShot(await bytesOf({ kind: 'png' }), 'tweet_image')).body.data;
  const { id } = (await upload.post([mediaId], 'A lamp')).body.data;
  assertMatches(own.sandbox.ledger.tweets(), [
    {
      id,
      text: 'A lamp',
      user: { id: own.user.id },
      body: { text: 'A lamp', media: { media_ids: [mediaId] } },
      media: [{ id: mediaId }],
      deleted: false,
      createdAt: /Z$/,
    },
  ]);
  assertMatches(own.sandbox.ledger.media(), [{ id: mediaId, category: 'tweet_image' }]);
  assert.equal(own.sandbox.ledger.media(mediaId), own.sandbox.ledger.media()[0]);
  assert.equal(own.sandbox.ledger.media('12'), undefined);
});

test('tokens are there with what became of them', async (t) => {
  const own = await ownSandbox(t);
  const refreshToken = String(own.user.oauth2.refreshToken);
  await askForToken(own, refreshForm(refreshToken));
  assertMatches(own.sandbox.ledger.tokens(), [
    { refreshToken, scope: ALL_SCOPES, used: true, family: { revoked: false, refreshes: 1 } },
    { used: false, family: { revoked: false } },
  ]);
  await askForToken(own, refreshForm(refreshToken));
  assertMatches(own.sandbox.ledger.tokens(), [{ family: { revoked: true } }, { family: { revoked: true } }]);
});

test('a test waits until something happened', async (t) => {
  const { sandbox, call, token } = await ownSandbox(t);
  /** @type {string[]} */
  const order = [];
  const waiting = sandbox.ledger
    .waitFor((ledger) => ledger.requests({ endpoint: 'me', status: 200 }).length === 2)
    .then(() => order.push('waited'));
  for (const name of ['first', 'second']) {
    order.push(name);
    await call('GET', '/2/users/me', { as: token() });
  }
  await waiting;
  assert.deepEqual(order, ['first', 'second', 'waited']);
  await sandbox.ledger.waitFor(() => true);
  await assert.rejects(
    sandbox.ledger.waitFor(() => false, { signal: AbortSignal.abort() }),
    { name: 'AbortError' },
  );
});

test('the ledger keeps the last requests', async (t) => {
  const { sandbox, call } = await ownSandbox(t, { ledger: { maxRequests: 10 } });
  for (let count = 0; count < 25; count += 1) await call('GET', `/nowhere/${count}`);
  const paths = sandbox.ledger.requests().map(({ path }) => path);
  assert.ok(paths.length <= 10);
  assert.equal(paths.at(-1), '/nowhere/24');
});

test('sandboxes share nothing', async (t) => {
  const [first, second] = [await ownSandbox(t), await ownSandbox(t)];
  first.sandbox.clock.advance(60_000);
  assert.ok(first.sandbox.clock.now() - second.sandbox.clock.now() > 59_000);
  assertMatches(await second.call('GET', '/2/users/me', { as: first.token() }), { status: 401 });
  assert.notEqual(first.sandbox.env.X_CLIENT_SECRET, second.sandbox.env.X_CLIENT_SECRET);
  assert.deepEqual(second.sandbox.ledger.requests({ status: 200 }), []);
});

test('the environment leads to the sandbox and its app', async (t) => {
  const app = { clientId: 'id', clientSecret: 'client secret', apiKey: 'key', apiSecret: 'api secret' };
  const { sandbox, user } = await ownSandbox(t, app);
  assert.deepEqual(sandbox.env, {
    X_API_BASE_URL: sandbox.url,
    X_UPLOAD_BASE_URL: sandbox.url,
    X_AUTHORIZE_URL: `${sandbox.url}/i/oauth2/authorize`,
    X_MEDIA_ALLOW_PRIVATE_NETWORKS: '1',
    X_MEDIA_ALLOW_HTTP: '1',
    X_CLIENT_ID: 'id',
    X_CLIENT_SECRET: 'client secret',
    X_API_KEY: 'key',
    X_API_SECRET: 'api secret',
  });
  assertMatches(user.oauth1Credentials, { apiKey: 'key', apiSecret: 'api secret' });
});
