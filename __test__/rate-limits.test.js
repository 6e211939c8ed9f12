'use strict';

const { EventEmitter, once } = require('node:events');
const {
  configure,
  createTweet,
  getTweet,
  getUserProfile,
  publishTweetWithMedia,
  rateLimits,
} = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const SECOND = 1000;
const QUARTER = 900 * SECOND;
const context = useSandbox({
  rateLimits: {
    createTweet: { user: [3, QUARTER] },
    me: { user: [2, 2 * SECOND] },
    getTweet: { user: [10, QUARTER], app: [2, QUARTER] },
  },
});
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });

/** An account, and what is known of its limits for an endpoint. */
function someone(endpoint) {
  const { id, oauth2, oauth1Credentials } = context.sandbox.seedUser();
  const known = () => rateLimits().filter((row) => row.account === id && row.endpoint === endpoint);
  return { id, token: oauth2.accessToken, signing: oauth1Credentials, known };
}

test('a window that is used up is not asked again', async () => {
  const { signing, known } = someone('POST /2/tweets');
  for (const text of ['one', 'two', 'three']) await createTweet({ text: `Window ${text}` }, signing);
  const [row] = known();
  expect(row).toMatchObject({ window: 'endpoint', limit: 3, remaining: 0 });
  const error = await rejectionOf(createTweet({ text: 'Window four' }, signing));
  expect(error).toMatchObject({
    code: 'RATE_LIMITED',
    operation: 'createTweet',
    retryable: true,
    retryAt: new Date(row.reset * SECOND),
    rateLimit: { limit: 3, remaining: 0, reset: row.reset },
  });
  expect(error.status).toBeUndefined();
  expect(requestsTo('createTweet')).toHaveLength(3);
});

test('requests that are under way count', async () => {
  const { signing, known } = someone('POST /2/tweets');
  await createTweet({ text: 'Under way 0' }, signing);
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'delay', ms: 100 } });
  const texts = Array.from({ length: 6 }, (_, index) => `Under way ${index + 1}`);
  const outcomes = await Promise.allSettled(texts.map((text) => createTweet({ text }, signing)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect(outcomes.filter(({ reason }) => reason?.code === 'RATE_LIMITED')).toHaveLength(4);
  expect(requestsTo('createTweet').filter(({ status }) => status === 429)).toHaveLength(0);
  expect(known()[0].remaining).toBe(0);
});

test('one account does not hold back another', async () => {
  const [one, other] = [someone(), someone()];
  for (const text of ['one', 'two', 'three']) await createTweet({ text: `Apart ${text}` }, one.signing);
  await expect(createTweet({ text: 'Apart four' }, one.signing)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await expect(createTweet({ text: 'Apart' }, other.signing)).resolves.toHaveProperty('id');
});

test('a post that is refused ahead of time was never armed', async () => {
  const { signing } = someone();
  const states = [];
  const onCheckpoint = (text) => {
    states.push(JSON.parse(text).post.state);
  };
  for (const text of ['one', 'two', 'three']) await createTweet({ text: `Armed ${text}` }, signing);
  const content = { text: 'Armed four', imageUrls: [context.url('/media/png')] };
  const error = await rejectionOf(publishTweetWithMedia(content, '', signing, { onCheckpoint }));
  expect(error.code).toBe('RATE_LIMITED');
  expect(new Set(states)).toEqual(new Set(['NEW', 'MEDIA_READY']));
  expect(JSON.parse(error.checkpoint).post.state).toBe('MEDIA_READY');
});

test('a call may wait for the next window', async () => {
  const { token } = someone();
  const client = { rateLimit: { maxWaitMs: 10 * SECOND } };
  for (let times = 0; times < 2; times += 1) await getUserProfile(token, { client });
  const { reset } = rateLimits({ client }).find(({ endpoint }) => endpoint === 'GET /2/users/me');
  await getUserProfile(token, { client });
  expect(Date.now()).toBeGreaterThanOrEqual(reset * SECOND - SECOND);
  expect(requestsTo('me').filter(({ status }) => status === 429)).toHaveLength(0);
});

test('an abort ends the wait', async () => {
  const { signing } = someone();
  const client = { rateLimit: { maxWaitMs: 24 * 3600 * SECOND } };
  for (const text of ['one', 'two', 'three']) await createTweet({ text: `Waiting ${text}` }, signing, { client });
  const signal = AbortSignal.timeout(100);
  const error = await rejectionOf(createTweet({ text: 'Waiting four' }, signing, { client, signal }));
  expect(error).toMatchObject({ code: 'ABORTED' });
});

const TOO_MANY = { title: 'Too Many Requests', type: 'about:blank', status: 429 };

test('after a 429 nothing is sent until it says so', async () => {
  const { signing } = someone();
  const fault = { kind: 'status', status: 429, body: TOO_MANY, headers: { 'retry-after': '60' } };
  context.sandbox.faults.add({ endpoint: 'createTweet', fault, times: 1 });
  const first = await rejectionOf(createTweet({ text: 'Sent' }, signing));
  const second = await rejectionOf(createTweet({ text: 'Not sent' }, signing));
  expect([first.code, second.code]).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  expect(second.retryAt).toEqual(first.retryAt);
  expect(requestsTo('createTweet')).toHaveLength(1);
});

test('a 429 that says nothing is waited for longer each time', async () => {
  const { signing } = someone();
  const fault = { kind: 'status', status: 429, body: TOO_MANY, headers: { 'x-rate-limit-reset': 'soon' } };
  context.sandbox.faults.add({ endpoint: 'createTweet', fault });
  const error = await rejectionOf(createTweet({ text: 'Blind' }, signing));
  const wait = error.retryAt.getTime() - Date.now();
  expect(wait).toBeGreaterThan(13 * SECOND);
  expect(wait).toBeLessThanOrEqual(16 * SECOND);
});

test('a request that could not be sent takes nothing away', async () => {
  const { signing } = someone();
  const client = { apiBaseUrl: 'http://127.0.0.1:1', retry: { maxAttempts: 1 } };
  for (let times = 0; times < 5; times += 1) {
    await expect(createTweet({ text: 'Unsent' }, signing, { client })).rejects.toMatchObject({ code: 'NETWORK' });
  }
});

describe('a store that processes share', () => {
  /** A store in memory, for which two processes could stand. */
  function shared(most) {
    const taken = new Map();
    const seen = [];
    return {
      taken,
      seen,
      async reserve(key) {
        const count = (taken.get(key) ?? 0) + 1;
        if (count > most) return { retryAt: new Date(Date.now() + 60 * SECOND) };
        taken.set(key, count);
      },
      observe(event) {
        seen.push(event);
      },
    };
  }

  test('is asked before each request, and given what X says', async () => {
    const { id, signing } = someone();
    const store = shared(1);
    const client = { rateLimit: { store } };
    await createTweet({ text: 'Shared one' }, signing, { client });
    const error = await rejectionOf(createTweet({ text: 'Shared two' }, signing, { client }));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(error.retryAt.getTime()).toBeGreaterThan(Date.now() + 50 * SECOND);
    expect(requestsTo('createTweet')).toHaveLength(1);
    const key = `POST /2/tweets ${id}`;
    expect([...store.taken.keys()]).toEqual([key]);
    expect(store.seen).toEqual([{ key, limit: expect.objectContaining({ limit: 3, remaining: 2 }) }]);
  });

  test('may be set for all calls, and another one for a call', async () => {
    const { id, signing } = someone();
    const [ofAll, own] = [shared(1), shared(1)];
    configure({ rateLimit: { store: ofAll } });
    try {
      await createTweet({ text: 'By the store of all' }, signing);
      await createTweet({ text: 'By its own' }, signing, { client: { rateLimit: { store: own } } });
      const refused = createTweet({ text: 'By that of all again' }, signing, {
        client: { rateLimit: { maxWaitMs: 0 } },
      });
      expect(await rejectionOf(refused)).toMatchObject({ code: 'RATE_LIMITED' });
    } finally {
      configure({});
    }
    for (const { taken } of [ofAll, own]) expect([...taken]).toEqual([[`POST /2/tweets ${id}`, 1]]);
  });

  test('that lets a call wait keeps no other one waiting', async () => {
    const { signing } = someone();
    const rateLimit = { maxWaitMs: 24 * 3600 * SECOND };
    const asked = new EventEmitter();
    const store = {
      reserve: async () => {
        asked.emit('asked');
        return { retryAt: Date.now() + 3600 * SECOND };
      },
    };
    const hears = once(asked, 'asked');
    const stop = new AbortController();
    const options = { client: { rateLimit: { ...rateLimit, store } }, signal: stop.signal };
    const waiting = rejectionOf(createTweet({ text: 'Waits for its store' }, signing, options));
    await hears;
    // One of these three would be the waiting one's, if that counted.
    for (const text of ['one', 'two', 'three']) {
      await createTweet({ text: `Not kept ${text}` }, signing, { client: { rateLimit } });
    }
    stop.abort();
    expect((await waiting).code).toBe('ABORTED');
  });

  test('that refuses again and again keeps no call longer than it may wait', async () => {
    const { signing } = someone();
    const store = { reserve: async () => ({ retryAt: Date.now() - SECOND }) };
    const begun = Date.now();
    const error = await rejectionOf(createTweet({ text: 'Ever again' }, signing, { client: { rateLimit: { store } } }));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(error.retryAt.getTime()).toBeGreaterThanOrEqual(begun);
    expect(requestsTo('createTweet')).toHaveLength(0);
  });

  test('whose time is none holds nobody back', async () => {
    const { signing } = someone();
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const store = { reserve: async () => ({ retryAt: 'soon' }) };
    await createTweet({ text: 'No time' }, signing, { client: { rateLimit: { store } } });
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/reserve threw: retryAt must be/), 'TwitterNativeWarning');
    warn.mockRestore();
  });

  test('that fails holds nobody back', async () => {
    const { signing } = someone();
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const store = { reserve: () => Promise.reject(new Error('no Redis')) };
    await createTweet({ text: 'Not held back' }, signing, { client: { rateLimit: { store } } });
    expect(warn).toHaveBeenCalledWith('rateLimit.store.reserve threw: no Redis', 'TwitterNativeWarning');
    warn.mockRestore();
  });

  test.each([
    [{ rateLimit: { store: 5 } }, 'options.client.rateLimit.store'],
    [{ rateLimit: { store: {} } }, 'options.client.rateLimit.store.reserve'],
    [{ rateLimit: { store: { reserve: async () => {}, observe: 5 } } }, 'options.client.rateLimit.store.observe'],
  ])('that is none: %j', async (client, field) => {
    const { signing } = someone();
    const error = await rejectionOf(getTweet('20', signing, { client }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });
});
