'use strict';

const { inspect } = require('node:util');
const {
  createTweet,
  getTweetMetrics,
  getUserProfile,
  publishTweetWithMedia,
  refreshAccessToken,
  TokenManager,
} = require('twitter-native');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');
const { spendElsewhere } = require('./support/tokens.js');

const context = useSandbox();
const retry = { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 };
const config = { client: { retry } };
const HOUR = 3_600_000;
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });

/** A row in a database, with compare-and-set, and a manager of the tokens in it. */
function account(change = {}, options = {}) {
  const { oauth2 } = context.sandbox.seedUser();
  const { accessToken, refreshToken } = oauth2;
  const rows = [{ accessToken, refreshToken, expiresAt: Date.now() + 2 * HOUR, version: 'v1', ...change }];
  const database = {
    rows,
    get row() {
      return rows.at(-1);
    },
    loads: 0,
  };
  const load = async () => {
    database.loads += 1;
    return { ...database.row };
  };
  const store = async (next, expectedVersion) => {
    if (database.row.version !== expectedVersion) return false;
    rows.push({ ...next, version: `v${rows.length + 1}` });
    return true;
  };
  const make = (more) => new TokenManager({ load, store, config, ...options, ...more });
  return { database, first: accessToken, load, store, make, manager: make() };
}

/** The newest tokens that X gave for a user. */
const newest = () => context.sandbox.ledger.tokens().at(-1);

test('a token that lasts is given as it is, and read once', async () => {
  const { manager, database, first } = account();
  await expect(manager.getAccessToken()).resolves.toBe(first);
  await expect(manager.getAccessToken()).resolves.toBe(first);
  expect(database.loads).toBe(1);
  expect(requestsTo('token')).toHaveLength(0);
});

test.each([
  ['a number', (ms) => ms],
  ['a Date', (ms) => new Date(ms)],
])('one that expires soon is refreshed, and stored before it is given (%s)', async (_name, as) => {
  const { manager, database, first } = account({ expiresAt: as(Date.now() + 2 * 60_000) });
  const token = await manager.getAccessToken();
  expect(token).not.toBe(first);
  const { accessToken, refreshToken } = newest();
  expect(database.row).toMatchObject({ accessToken, refreshToken, version: 'v3' });
  expect(database.row.accessToken).toBe(token);
  expect(Math.abs(database.row.expiresAt - Date.now() - 2 * HOUR)).toBeLessThan(5000);
  // The mark is set before and gone after.
  expect(database.rows.map(({ refreshingSince }) => typeof refreshingSince)).toEqual([
    'undefined',
    'number',
    'undefined',
  ]);
  await expect(manager.getAccessToken()).resolves.toBe(token);
  expect(requestsTo('token')).toHaveLength(1);
});

test.each([
  ['lasts a while', 2 * 60_000],
  ['has expired', 0],
])(
  'a refresh that X refuses for now takes no mark along: the next caller refreshes (the token %s)',
  async (_name, lasts) => {
    const { manager, make, database, first } = account({ expiresAt: Date.now() + lasts });
    const refusal = { kind: 'status', status: 429, body: { title: 'Too Many Requests', status: 429 } };
    const rule = context.sandbox.faults.add({ endpoint: 'token', fault: refusal });
    if (lasts > 0) await expect(manager.getAccessToken()).resolves.toBe(first);
    else expect(await rejectionOf(manager.getAccessToken())).toMatchObject({ code: 'RATE_LIMITED' });
    expect(database.row.refreshingSince).toBeUndefined();
    rule.remove();
    const token = await make().getAccessToken();
    expect(token).toBe(newest().accessToken);
    expect(newest().family.revoked).toBe(false);
  },
);

test('one without a refresh token that X does not accept any more ends in REAUTH_REQUIRED', async () => {
  const { manager, first } = account({ refreshToken: null });
  context.sandbox.ledger.tokens().find(({ accessToken }) => accessToken === first).expiresAt = 0;
  expect(await rejectionOf(getUserProfile(manager))).toMatchObject({ code: 'REAUTH_REQUIRED' });
  expect(requestsTo('token')).toHaveLength(0);
});

test('one without a refresh token is used to its end', async () => {
  const { manager, first } = account({ refreshToken: null, expiresAt: Date.now() + 60_000 });
  await expect(manager.getAccessToken()).resolves.toBe(first);
  expect(requestsTo('token')).toHaveLength(0);
});

test('X that refuses a token and gives the same one again ends in REAUTH_REQUIRED, not in a loop', async () => {
  const { manager, first } = account();
  const same = { token_type: 'bearer', access_token: first, expires_in: 7200, scope: 'tweet.read' };
  context.sandbox.faults.add({ endpoint: 'token', fault: { kind: 'status', status: 200, body: same } });
  const unauthorized = { title: 'Unauthorized', type: 'about:blank', status: 401 };
  context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 401, body: unauthorized } });
  const error = await rejectionOf(getUserProfile(manager, config));
  expect(error).toMatchObject({
    code: 'REAUTH_REQUIRED',
    message: expect.stringMatching(/refreshing gives no other one/),
  });
  expect(requestsTo('me')).toHaveLength(1);
});

test('many callers share one refresh', async () => {
  const { manager } = account({ expiresAt: Date.now() });
  const tokens = await Promise.all(Array.from({ length: 50 }, () => manager.getAccessToken()));
  expect(new Set(tokens).size).toBe(1);
  expect(requestsTo('token')).toHaveLength(1);
});

test('many managers of one account, without a lock, refresh once', async () => {
  const { make, database } = account({ expiresAt: Date.now() });
  const managers = Array.from({ length: 8 }, () => make());
  const tokens = await Promise.all(managers.map((manager) => manager.getAccessToken()));
  expect(new Set(tokens)).toEqual(new Set([database.row.accessToken]));
  expect(requestsTo('token')).toHaveLength(1);
  expect(newest().family.revoked).toBe(false);
});

test('a lock is taken for a refresh alone, and given back', async () => {
  const events = [];
  const lock = async () => {
    events.push('taken');
    return async () => {
      events.push('given back');
    };
  };
  const { make, database } = account({ expiresAt: Date.now() });
  await make({ lock }).getAccessToken();
  await make({ lock }).getAccessToken();
  await new Promise(setImmediate);
  expect(events).toEqual(['taken', 'given back']);
  expect(database.row.version).toBe('v3');
});

test('it can be passed wherever a token can', async () => {
  const { manager } = account();
  const { tweetId } = await publishTweetWithMedia(
    { text: 'By a manager', imageUrls: [context.url('/media/png')] },
    manager,
  );
  await expect(getTweetMetrics(tweetId, manager)).resolves.toMatchObject({ likes: 0 });
  await expect(getUserProfile(manager)).resolves.toHaveProperty('id');
  await expect(createTweet({ text: 'Another' }, manager)).resolves.toHaveProperty('id');
});

test('a token that X refuses in the middle of a publish is refreshed once', async () => {
  const { manager, first, database } = account();
  const grant = context.sandbox.ledger.tokens().find(({ accessToken }) => accessToken === first);
  const content = { text: 'Expired on the way', videoUrl: context.url('/media/mp4?bytes=3000000') };
  await publishTweetWithMedia(content, manager, null, {
    client: { retry },
    onCheckpoint: (text) => {
      // X lets go of the token after the first segment.
      if (text.includes('"phase":"APPEND"')) grant.expiresAt = 0;
    },
  });
  expect(requestsTo('token')).toHaveLength(1);
  expect(database.row.accessToken).toBe(newest().accessToken);
  expect(requestsTo('createTweet')).toHaveLength(1);
});

test('tokens that another process has brought are taken over', async () => {
  const { manager, database, first } = account();
  await manager.getAccessToken();
  const { access_token: accessToken, refresh_token: refreshToken } = await refreshAccessToken(
    database.row.refreshToken,
  );
  database.rows.push({ accessToken, refreshToken, expiresAt: Date.now() + 2 * HOUR, version: 'theirs' });
  context.sandbox.ledger.tokens().find((grant) => grant.accessToken === first).expiresAt = 0;
  await expect(getUserProfile(manager)).resolves.toHaveProperty('id');
  expect(requestsTo('token')).toHaveLength(1);
});

test('tokens that come to lie in the store while the lock is waited for are taken over', async () => {
  const { make, database } = account({ expiresAt: Date.now() });
  const theirs = { accessToken: 'theirs', refreshToken: 'next', expiresAt: Date.now() + 2 * HOUR, version: 'theirs' };
  const lock = async () => {
    database.rows.push(theirs);
    return async () => {};
  };
  await expect(make({ lock }).getAccessToken()).resolves.toBe('theirs');
  expect(database.row).toEqual(theirs);
  expect(requestsTo('token')).toHaveLength(0);
});

test('tokens that come to lie in the store while X refuses the spent one are taken over', async () => {
  const { make, load, database } = account({ expiresAt: Date.now() });
  await spendElsewhere(context.sandbox, database.row.refreshToken);
  context.sandbox.ledger.clear();
  const theirs = { accessToken: 'theirs', refreshToken: 'next', expiresAt: Date.now() + 2 * HOUR, version: 'theirs' };
  const late = () => {
    if (requestsTo('token').length > 0 && database.row !== theirs) database.rows.push(theirs);
    return load();
  };
  await expect(make({ load: late }).getAccessToken()).resolves.toBe('theirs');
  expect(requestsTo('token')).toHaveLength(1);
  expect(database.row).toEqual(theirs);
});

test('a refresh token that was spent elsewhere ends in REAUTH_REQUIRED, not in a loop', async () => {
  const { manager, database, first } = account({ expiresAt: Date.now() });
  await spendElsewhere(context.sandbox, database.row.refreshToken);
  context.sandbox.ledger.clear();
  for (let times = 0; times < 3; times += 1) {
    const error = await rejectionOf(manager.getAccessToken());
    expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', type: 'not_allowed', operation: 'refreshAccessToken' });
  }
  expect(requestsTo('token')).toHaveLength(3);
  expect(database.row).toMatchObject({ accessToken: first });
  expect(database.row.refreshingSince).toBeUndefined();
  const error = await rejectionOf(createTweet({ text: 'No token' }, manager));
  expect(error.code).toBe('REAUTH_REQUIRED');
  expect(requestsTo('createTweet')).toHaveLength(0);
});

test.each([
  ['nor any other', {}],
  ['nor a refresh token', { refreshToken: null }],
])('a token that X does not know, %s', async (_name, change) => {
  const { make } = account({ accessToken: 'unknown', ...change });
  context.sandbox.faults.add({
    endpoint: 'token',
    fault: { kind: 'status', status: 400, body: { error: 'invalid_grant' } },
  });
  const error = await rejectionOf(getUserProfile(make(), config));
  expect(error).toMatchObject({ code: 'REAUTH_REQUIRED' });
  expect(requestsTo('me')).toHaveLength(1);
});

describe('when the answer to a refresh is lost', () => {
  test('the access token is used while it lasts', async () => {
    const { manager, database, first } = account({ expiresAt: Date.now() + 4 * 60_000 });
    context.sandbox.faults.add({ endpoint: 'token', fault: { kind: 'commitThenReset' } });
    await expect(manager.getAccessToken()).resolves.toBe(first);
    await expect(manager.getAccessToken()).resolves.toBe(first);
    expect(requestsTo('token')).toHaveLength(1);
    expect(typeof database.row.refreshingSince).toBe('number');
  });

  test('it is tried once more when there is no other way, and then the user is needed', async () => {
    const stale = Date.now() - 60_000;
    const { manager, database } = account({ expiresAt: Date.now() + 4 * 60_000, refreshingSince: stale });
    await spendElsewhere(context.sandbox, database.row.refreshToken);
    context.sandbox.ledger.clear();
    await manager.getAccessToken();
    expect(requestsTo('token')).toHaveLength(0);
    database.row.expiresAt = Date.now();
    expect(await rejectionOf(manager.getAccessToken())).toMatchObject({ code: 'REAUTH_REQUIRED' });
    expect(requestsTo('token')).toHaveLength(1);
  });

  test('and X never heard of it, that one try succeeds', async () => {
    const { manager, database } = account({ expiresAt: Date.now(), refreshingSince: Date.now() - 60_000 });
    const token = await manager.getAccessToken();
    expect(token).toBe(newest().accessToken);
    expect(database.row.refreshingSince).toBeUndefined();
  });
});

test('while another process refreshes, its tokens are waited for', async () => {
  const { manager, database } = account({ expiresAt: Date.now(), refreshingSince: Date.now() });
  const waiting = manager.getAccessToken();
  const { access_token: accessToken, refresh_token: refreshToken } = await refreshAccessToken(
    database.row.refreshToken,
  );
  database.rows.push({ accessToken, refreshToken, expiresAt: Date.now() + 2 * HOUR, version: 'theirs' });
  await expect(waiting).resolves.toBe(accessToken);
  expect(requestsTo('token')).toHaveLength(1);
});

describe('a store', () => {
  test.each([
    ['can not load', { load: async () => Promise.reject(new Error('no database')) }],
    ['gives no row', { load: async () => undefined }],
    ['gives no token', { load: async () => ({ refreshToken: 'x' }) }],
    ['gives a refresh token that is no string', { load: async () => ({ accessToken: 'x', refreshToken: 5 }) }],
    ['gives a time that is none', { load: async () => ({ accessToken: 'x', expiresAt: 'soon' }) }],
    [
      'can not store',
      {
        store: () => {
          throw new Error('read only');
        },
      },
    ],
    ['has a lock that fails', { lock: async () => Promise.reject(new Error('no lock')) }],
  ])('that %s', async (_name, broken) => {
    const { make } = account({ expiresAt: Date.now() });
    const error = await rejectionOf(make(broken).getAccessToken());
    expect(error).toMatchObject({ code: 'ABORTED', retryable: true, type: 'unexpected_state' });
    expect(error.cause).toBeInstanceOf(Error);
    expect(requestsTo('token')).toHaveLength(0);
  });

  test('that fails after the refresh gets the tokens later, and nobody gets them before', async () => {
    const { make, store, database } = account({ expiresAt: Date.now() });
    let failing = true;
    const manager = make({
      store: (next, version) => {
        if (failing && next.refreshingSince === undefined) throw new Error('the database is away');
        return store(next, version);
      },
    });
    const error = await rejectionOf(manager.getAccessToken());
    expect(error).toMatchObject({ code: 'ABORTED', retryable: true });
    expect(error.cause.message).toBe('the database is away');
    failing = false;
    const token = await manager.getAccessToken();
    expect(requestsTo('token')).toHaveLength(1);
    expect(database.row).toMatchObject({ accessToken: token, refreshToken: newest().refreshToken });
  });

  test('that was given other tokens meanwhile keeps those', async () => {
    const { make, store, database } = account({ expiresAt: Date.now() });
    const theirs = { accessToken: 'theirs', refreshToken: 'r', expiresAt: Date.now() + 2 * HOUR, version: 'theirs' };
    const manager = make({
      store: (next, version) => {
        if (next.refreshingSince === undefined && database.row !== theirs) database.rows.push(theirs);
        return store(next, version);
      },
    });
    await expect(manager.getAccessToken()).resolves.toBe('theirs');
    expect(database.row).toEqual(theirs);
    expect(requestsTo('token')).toHaveLength(1);
  });

  test('that can not be read for a moment after it failed gets the tokens all the same', async () => {
    const { make, load, store, database } = account({ expiresAt: Date.now() });
    const failures = { store: 1, load: 0 };
    const manager = make({
      load: () => {
        failures.load -= 1;
        if (failures.load === 0) throw new Error('the database is away');
        return load();
      },
      store: (next, version) => {
        if (next.refreshingSince === undefined && failures.store > 0) {
          failures.store -= 1;
          failures.load = 1;
          throw new Error('the database is away');
        }
        return store(next, version);
      },
    });
    const token = await manager.getAccessToken();
    expect(failures).toEqual({ store: 0, load: 0 });
    expect(database.row).toMatchObject({ accessToken: token, refreshToken: newest().refreshToken });
    expect(requestsTo('token')).toHaveLength(1);
  });

  test('whose row changes meanwhile keeps the new tokens all the same', async () => {
    const { make, store, database } = account({ expiresAt: Date.now() });
    let touched = false;
    const manager = make({
      store: (next, version) => {
        if (next.refreshingSince === undefined && !touched) {
          touched = true;
          database.rows.push({ ...database.row, version: 'touched' });
        }
        return store(next, version);
      },
    });
    const token = await manager.getAccessToken();
    expect(database.row).toMatchObject({ accessToken: token, refreshToken: newest().refreshToken });
  });
});

test('a caller who gives up does not lose the tokens', async () => {
  const { manager, database } = account({ expiresAt: Date.now() });
  context.sandbox.faults.add({ endpoint: 'token', fault: { kind: 'delay', ms: 200 } });
  const error = await rejectionOf(manager.getAccessToken({ timeoutMs: 50 }));
  expect(error).toMatchObject({ code: 'TIMEOUT', operation: 'getAccessToken' });
  const token = await manager.getAccessToken();
  expect(token).toBe(newest().accessToken);
  expect(database.row.refreshToken).toBe(newest().refreshToken);
  expect(requestsTo('token')).toHaveLength(1);
});

describe('bad arguments', () => {
  const good = { load: async () => ({}), store: async () => true };
  test.each([
    [undefined, 'options.load'],
    [{}, 'options.load'],
    [{ load: good.load }, 'options.store'],
    [{ ...good, load: 'load' }, 'options.load'],
    [{ ...good, store: 5 }, 'options.store'],
    [{ ...good, lock: 'lock' }, 'options.lock'],
    [{ ...good, config: 5 }, 'config'],
    [{ ...good, config: { clientId: 5 } }, 'config.clientId'],
    [{ ...good, config: { client: { apiBaseUrl: 'x' } } }, 'client.apiBaseUrl'],
  ])('%p', (options, field) => {
    expect(thrownBy(() => new TokenManager(options))).toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });

  test('an object that is no manager', async () => {
    const error = await rejectionOf(getUserProfile({ getAccessToken: async () => 'x' }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'accessToken' });
  });
});

test('a manager shows no token', async () => {
  const { manager, database } = account({ expiresAt: Date.now() });
  await manager.getAccessToken();
  const shown = inspect(manager, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
  for (const { accessToken, refreshToken } of database.rows) {
    expect(shown).not.toContain(accessToken);
    expect(shown).not.toContain(refreshToken);
  }
});
