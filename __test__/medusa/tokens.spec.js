'use strict';

const { createCipheriv, createDecipheriv, randomBytes } = require('node:crypto');
const { inspect } = require('node:util');
const { getUserProfile } = require('twitter-native');
const { platformTokens, publishOnce } = require('twitter-native/medusa');
const { rejectionOf, thrownBy, useSandbox } = require('../support/harness.js');
const { useDatabase } = require('./database.js');

const context = useSandbox();
const database = useDatabase();
const HOUR = 3_600_000;
const client = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };
const refreshes = () => context.sandbox.ledger.requests({ endpoint: 'token' });
const newest = () => context.sandbox.ledger.tokens().at(-1);

/** The backend's own encryption: AES-256-GCM, kept as an object. */
const key = randomBytes(32);
const encrypt = jest.fn((token) => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const encrypted = `${cipher.update(token, 'utf8', 'base64')}${cipher.final('base64')}`;
  return { encrypted, iv: iv.toString('base64'), authTag: cipher.getAuthTag().toString('base64'), keyVersion: 1 };
});
const decrypt = jest.fn(({ encrypted, iv, authTag }) => {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'));
  decipher.setAuthTag(Buffer.from(authTag, 'base64'));
  return `${decipher.update(encrypted, 'base64', 'utf8')}${decipher.final('utf8')}`;
});
const cipher = { encrypt, decrypt };

/** An account as the backend's callback stores it, expired an hour ago. */
function expired() {
  const { accessToken, refreshToken } = context.sandbox.seedUser().oauth2;
  const times = { expires_in: 7200, retrieved_at: new Date(Date.now() - 3 * HOUR).toISOString() };
  return { access_token: accessToken, refresh_token: refreshToken, ...times };
}

const config = async (id, column = 'api_config') => (await database.row('social_platform', id))[column];

describe('tokens', () => {
  test('that last are given as they are, and nothing is written', async () => {
    const { access_token } = expired();
    const api_config = { provider: 'x', access_token, expires_in: 7200, retrieved_at: Date.now() };
    const id = await database.insert('social_platform', { api_config });
    const manager = platformTokens(database.container, id);
    await expect(manager.getAccessToken()).resolves.toBe(access_token);
    expect(await config(id)).toEqual(api_config);
    expect(refreshes()).toHaveLength(0);
  });

  test('that are expired are refreshed, and every other field stays', async () => {
    const others = {
      provider: 'x',
      scope: 'tweet.write',
      oauth1_credentials: { access_token: '1' },
      metadata: { a: [1] },
    };
    const id = await database.insert('social_platform', { api_config: { ...expired(), ...others } });
    const manager = platformTokens(database.container, id, { config: { client } });
    const token = await manager.getAccessToken();
    const { accessToken, refreshToken } = newest();
    expect(token).toBe(accessToken);
    const { access_token, refresh_token, expires_in, retrieved_at, ...rest } = await config(id);
    expect({ access_token, refresh_token, expires_in }).toEqual({
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: 7200,
    });
    expect(Math.abs(Date.parse(retrieved_at) - Date.now())).toBeLessThan(60_000);
    expect(rest).toEqual(others);
    await expect(getUserProfile(manager)).resolves.toMatchObject({ id: expect.any(String) });
  });

  test.each([
    ['inside of token', (tokens) => ({ token: tokens, scope: 'x' }), (now) => now.token],
    [
      'with expires_at in seconds',
      ({ retrieved_at, expires_in, ...tokens }) => ({ ...tokens, expires_at: 1_700_000_000 }),
    ],
    ['with expires_at as a date', ({ expires_in, ...tokens }) => ({ ...tokens, expires_at: '2024-01-01T00:00:00Z' })],
    ['with times in milliseconds', (tokens) => ({ ...tokens, retrieved_at: Date.now() - 3 * HOUR, expires_at: 1e12 })],
  ])('%s are found and kept there', async (_, shape, find = (now) => now) => {
    const before = shape(expired());
    const id = await database.insert('social_platform', { api_config: before });
    await platformTokens(database.container, id).getAccessToken();
    const now = await config(id);
    const { accessToken, refreshToken } = newest();
    expect(find(now)).toMatchObject({ access_token: accessToken, refresh_token: refreshToken, expires_in: 7200 });
    expect(find(now)).not.toHaveProperty('refreshing_since');
    expect(Object.keys(now)).toEqual(expect.arrayContaining(Object.keys(before)));
    const { expires_at: at } = find(now);
    expect(typeof at).toBe(typeof find(before).expires_at);
    if (at !== undefined) {
      const ms = typeof at === 'string' ? Date.parse(at) : at < 1e11 ? at * 1000 : at;
      expect(Math.abs(ms - Date.now() - 2 * HOUR)).toBeLessThan(60_000);
    }
  });

  test('in a json column of another table are found', async () => {
    const id = await database.insert('social_platform', { settings: JSON.stringify(expired()) });
    const options = { table: 'public.social_platform', column: 'settings' };
    const token = await platformTokens(database.container, id, options).getAccessToken();
    expect((await config(id, 'settings')).access_token).toBe(token);
  });

  test('that are encrypted stay so, and nothing readable is written', async () => {
    const { access_token, refresh_token, ...times } = expired();
    const api_config = {
      ...times,
      access_token: null,
      refresh_token: null,
      access_token_encrypted: encrypt(access_token),
      refresh_token_encrypted: encrypt(refresh_token),
    };
    const id = await database.insert('social_platform', { api_config });
    const token = await platformTokens(database.container, id, cipher).getAccessToken();
    const now = await config(id);
    expect(now).toMatchObject({ access_token: null, refresh_token: null });
    expect(decrypt(now.access_token_encrypted)).toBe(token);
    expect(decrypt(now.refresh_token_encrypted)).toBe(newest().refreshToken);
    expect(JSON.stringify(now)).not.toContain(token);
  });

  test('in both forms stay in both, and the readable one is the newer', async () => {
    const tokens = expired();
    const spent = { access_token_encrypted: encrypt('spent'), refresh_token_encrypted: encrypt('spent') };
    const id = await database.insert('social_platform', { api_config: { ...tokens, ...spent } });
    const token = await platformTokens(database.container, id, cipher).getAccessToken();
    const now = await config(id);
    expect(now.access_token).toBe(token);
    expect(decrypt(now.access_token_encrypted)).toBe(token);
    expect(now.refresh_token).toBe(decrypt(now.refresh_token_encrypted));
  });
});

describe('one refresh', () => {
  test('is enough for five publishes at an expired token, each with a manager of its own', async () => {
    const id = await database.insert('social_platform', { api_config: expired() });
    const texts = ['orchid', 'gravel', 'teapot', 'velvet', 'kestrel'].map((word) => `At an expired token: ${word}`);
    const posts = await Promise.all(
      texts.map(async (text) =>
        publishOnce(
          database.container,
          { table: 'social_post', id: await database.insert('social_post'), column: 'twitter_intent' },
          { text },
          { token: platformTokens(database.container, id) },
          { client },
        ),
      ),
    );
    expect(new Set(posts.map(({ tweetId }) => tweetId)).size).toBe(5);
    expect(refreshes()).toHaveLength(1);
  });

  /** Encrypts as before, and does something first, once: X has given tokens then, and they are not stored yet. */
  const meanwhile = (work) => {
    let done;
    return {
      decrypt,
      encrypt: async (token) => {
        done ??= work();
        await done;
        return encrypt(token);
      },
    };
  };

  test('takes what a job of the backend stored meanwhile, and overwrites nothing of it', async () => {
    const id = await database.insert('social_platform', { api_config: expired() });
    const theirs = context.sandbox.seedUser().oauth2;
    const api_config = {
      access_token: theirs.accessToken,
      refresh_token: theirs.refreshToken,
      expires_in: 7200,
      retrieved_at: new Date().toISOString(),
      job: 'hourly',
    };
    const job = () => database.connection('social_platform').where({ id }).update({ api_config });
    const manager = platformTokens(database.container, id, meanwhile(job));
    await expect(manager.getAccessToken()).resolves.toBe(theirs.accessToken);
    expect(await config(id)).toEqual(api_config);
  });

  test('is stored beside a field that changed meanwhile', async () => {
    const id = await database.insert('social_platform', { api_config: expired() });
    const renamed = `update social_platform set api_config = api_config || '{"provider_key": "renamed"}' where id = ?`;
    const rename = () => database.connection.raw(renamed, [id]);
    const token = await platformTokens(database.container, id, meanwhile(rename)).getAccessToken();
    expect(await config(id)).toMatchObject({ access_token: token, provider_key: 'renamed' });
    expect(refreshes()).toHaveLength(1);
  });
});

describe('what is missing', () => {
  test.each([
    ['no row', undefined, { type: 'not_found', code: 'NOT_FOUND' }, /social_platform has no row with the id/],
    ['no value', { api_config: null }, { type: 'not_allowed', code: 'REAUTH_REQUIRED' }, /holds no access_token/],
    ['no tokens', { api_config: { a: 1 } }, { type: 'not_allowed', code: 'REAUTH_REQUIRED' }, /authorize the account/],
    [
      'no decrypt',
      { api_config: { access_token_encrypted: { encrypted: 'x' } } },
      { type: 'invalid_data', code: 'INVALID_ARGUMENT' },
      /options\.decrypt and options\.encrypt are needed: social_platform\.api_config .* holds access_token_encrypted/,
    ],
  ])('%s is said with table and id, and nothing is sent', async (_, columns, error, message) => {
    const id = columns ? await database.insert('social_platform', columns) : 'plat_gone';
    const row = { table: 'social_post', id: await database.insert('social_post'), column: 'twitter_intent' };
    const token = platformTokens(database.container, id);
    const thrown = await rejectionOf(publishOnce(database.container, row, { text: 'Never' }, { token }, { client }));
    expect(thrown).toMatchObject(error);
    expect(thrown.message).toMatch(message);
    expect(context.sandbox.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(0);
  });

  test('a text that is no JSON holds no tokens', async () => {
    const id = await database.insert('social_post', { caption: 'not yet connected' });
    const token = platformTokens(database.container, id, { table: 'social_post', column: 'caption' });
    const thrown = await rejectionOf(token.getAccessToken());
    expect(thrown.cause.message).toMatch(/social_post\.caption .* holds no access_token/);
  });

  test('a decrypt that fails is reported in its own words', async () => {
    const id = await database.insert('social_platform', { api_config: { access_token_encrypted: 'x' } });
    const broken = { encrypt, decrypt: () => Promise.reject(new Error('key version 3 is not here')) };
    const token = platformTokens(database.container, id, broken);
    const row = { table: 'social_post', id: await database.insert('social_post'), column: 'twitter_intent' };
    const thrown = await rejectionOf(publishOnce(database.container, row, { text: 'Never' }, { token }, { client }));
    expect(thrown.message).toMatch(/could not be loaded.*key version 3 is not here/);
  });

  test('a decrypt that gives no text is reported as that', async () => {
    const id = await database.insert('social_platform', { api_config: { access_token_encrypted: 'x' } });
    const token = platformTokens(database.container, id, { encrypt, decrypt: () => undefined });
    const thrown = await rejectionOf(token.getAccessToken());
    expect(thrown.cause.message).toMatch(/options\.decrypt gave no text for access_token_encrypted of social_platform/);
  });

  test('an encrypt that gives nothing is reported as that, and nothing of the row is overwritten', async () => {
    const tokens = expired();
    const api_config = { ...tokens, access_token: null, access_token_encrypted: encrypt(tokens.access_token) };
    const id = await database.insert('social_platform', { api_config });
    const token = platformTokens(database.container, id, { decrypt, encrypt: () => null });
    const thrown = await rejectionOf(token.getAccessToken());
    expect(thrown.cause.message).toMatch(/options\.encrypt gave nothing for a token/);
    // That a refresh was under way is all that was noted.
    expect(await config(id)).toMatchObject(api_config);
  });

  test.each([
    ['a hostile table', 'p1', { table: 'social_platform; --' }, 'options.table'],
    ['encrypt alone', 'p1', { encrypt }, 'options.decrypt'],
    ['decrypt alone', 'p1', { decrypt }, 'options.encrypt'],
    ['no function', 'p1', { encrypt: 'aes', decrypt }, 'options.encrypt'],
    ['no id', undefined, {}, 'platformId'],
    ['no options', 'p1', 'social_platform', 'options'],
  ])('%s is refused at once', (_, id, options, field) => {
    const error = thrownBy(() =>
      platformTokens(database.container, /** @type {any} */ (id), /** @type {any} */ (options)),
    );
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });
});

test('no token is in what Postgres refuses, or in a manager that is looked at', async () => {
  const tokens = expired();
  const id = await database.insert('social_platform', { api_config: tokens });
  const { connection } = database;
  const manager = platformTokens(database.container, id);
  const refuse = `create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'not today - %', new.api_config ->> 'refresh_token'; end $$`;
  await connection.raw(refuse);
  await connection.raw('create trigger refuse before update on social_platform for each row execute function refuse()');
  try {
    const error = await rejectionOf(manager.getAccessToken());
    const seen = `${inspect(error, { depth: 9, showHidden: true })}${inspect(manager, { depth: 9, showHidden: true })}`;
    expect(error.cause.message).toMatch(/api_config of the row .* could not be read or written: .*P0001/);
    for (const secret of [tokens.access_token, tokens.refresh_token]) expect(seen).not.toContain(secret);
  } finally {
    await connection.raw('drop trigger refuse on social_platform');
  }
});
