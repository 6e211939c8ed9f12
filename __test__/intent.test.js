'use strict';

const { createHash } = require('node:crypto');
const { describeMedia } = require('twitter-native-sandbox');
const { PublishIntent, TokenManager } = require('twitter-native');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');
const { aged, rowInMemory } = require('./support/intents.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
const client = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };
const soon = { client, reconcile: { scheduleMs: [1, 2, 3] } };
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const postsOf = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);
const TOO_MANY = { title: 'Too Many Requests', type: 'about:blank', status: 429 };
const FORBIDDEN = { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Not today.' };
const leaseOf = (state) => JSON.parse(state).intent.lease.until;
const image = (seed) => context.url(`/media/jpeg?seed=${seed}`);

describe('an intent', () => {
  test('is published once, however often it is asked for', async () => {
    const { open, row } = rowInMemory();
    const content = { text: 'One lamp', imageUrls: [image(71)] };
    const first = await open().publish(content, token(), null, soon);
    expect(first).toMatchObject({ tweetId: postsOf('One lamp')[0].id, reconciled: false, attempts: 1 });
    const again = await open().publish(content, token(), null, soon);
    expect(again).toMatchObject({ tweetId: first.tweetId, tweetUrl: first.tweetUrl, mediaIds: first.mediaIds });
    expect(postsOf('One lamp')).toHaveLength(1);
    expect(requestsTo('createTweet')).toHaveLength(1);
    await expect(open().status()).resolves.toEqual({
      state: 'published',
      postState: 'PUBLISHED',
      inDoubt: false,
      published: [first.tweetId],
      tweetId: first.tweetId,
      tweetUrl: first.tweetUrl,
    });
    expect(Math.max(...row.writes.map((state) => state.length))).toBeLessThan(16_384);
    expect(row.state).not.toContain(token());
  });

  test('is begun by one of three calls at once, and the others say so at once', async () => {
    const { open } = rowInMemory();
    const calls = await Promise.allSettled(
      [1, 2, 3].map(() => open().publish({ text: 'Three clicks' }, token(), null, soon)),
    );
    const published = calls.filter(({ status }) => status === 'fulfilled');
    expect(published.length).toBeGreaterThan(0);
    for (const { reason } of calls.filter(({ status }) => status === 'rejected')) {
      expect(reason).toMatchObject({ code: 'IN_PROGRESS', retryable: true, type: 'not_allowed' });
    }
    expect(postsOf('Three clicks')).toHaveLength(1);
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('of a thread goes on at the part that failed', async () => {
    const { open } = rowInMemory();
    const parts = ['one', 'two', 'three'].map((text) => ({ text: `A thread, ${text}` }));
    context.sandbox.faults.add({
      endpoint: 'createTweet',
      fault: { kind: 'status', status: 429, body: TOO_MANY },
      attempt: 2,
    });
    const error = await rejectionOf(open().publish(parts, token(), null, soon));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', failedIndex: 1 });
    await expect(open().status()).resolves.toMatchObject({ state: 'failed', error: { code: 'RATE_LIMITED' } });
    const { tweets, threadUrl } = await open().publish(parts, token(), null, soon);
    expect(tweets).toHaveLength(3);
    expect(threadUrl).toBe(tweets[0].tweetUrl);
    for (const { text } of parts) expect(postsOf(text)).toHaveLength(1);
    await expect(open().status()).resolves.toMatchObject({ state: 'published', tweetId: tweets[0].tweetId });
    const again = await open().publish(parts, token(), null, soon);
    expect(again.tweets.map(({ tweetId }) => tweetId)).toEqual(tweets.map(({ tweetId }) => tweetId));
    expect(requestsTo('createTweet').filter(({ status }) => status === 201)).toHaveLength(3);
  });

  test('is only resumed where something was begun', async () => {
    const { open, row } = rowInMemory();
    const content = { text: 'Resumed' };
    await expect(open().resume(content, token(), null, soon)).resolves.toBeUndefined();
    expect(row.writes).toEqual([]);
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    context.sandbox.faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 503 }, times: 100 });
    const error = await rejectionOf(open().publish(content, token(), null, soon));
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    await expect(open().status()).resolves.toMatchObject({ state: 'unknown', error: { code: 'UNKNOWN_OUTCOME' } });
    context.sandbox.faults.clear();
    const post = await open().resume(content, token(), null, soon);
    expect(post).toMatchObject({ tweetId: postsOf('Resumed')[0].id, reconciled: true });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('takes other content where nothing was published, and only there', async () => {
    const { open } = rowInMemory();
    context.sandbox.faults.add({
      endpoint: 'createTweet',
      fault: { kind: 'status', status: 403, body: FORBIDDEN },
      times: 1,
    });
    await rejectionOf(open().publish({ text: 'With a typpo' }, token(), null, soon));
    const { tweetId } = await open().publish({ text: 'Without a typo' }, token(), null, soon);
    const error = await rejectionOf(open().publish({ text: 'Something else' }, token(), null, soon));
    expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH', retryable: false, type: 'invalid_data' });
    expect(error.message).toMatch(/another row/);
    await expect(open().status()).resolves.toMatchObject({ state: 'published', tweetId });
    expect(['With a typpo', 'Without a typo', 'Something else'].map((text) => postsOf(text).length)).toEqual([0, 1, 0]);
  });
});

test.each([
  ['a text that is too long', { text: 'x'.repeat(300) }, 'INVALID_TWEET'],
  ['a thread without parts', [], 'INVALID_ARGUMENT'],
  ['a part that is empty', [{ text: 'Fine' }, { text: '' }], 'INVALID_TWEET'],
])('%s is refused before the row is touched', async (_, content, code) => {
  const { open, row } = rowInMemory();
  const error = await rejectionOf(open().publish(content, token(), null, soon));
  expect(error).toMatchObject({ code, type: 'invalid_data' });
  expect(row).toMatchObject({ writes: [], loads: 0 });
  expect(requestsTo('createTweet')).toHaveLength(0);
});

test('a beat of the lease that is being written when the call ends is no other call’s', async () => {
  const { row, load, store } = rowInMemory();
  let beats = 0;
  const slow = async (/** @type {string} */ next, /** @type {unknown} */ version) => {
    const before = row.state && JSON.parse(row.state).intent;
    const after = JSON.parse(next).intent;
    const isSame = JSON.stringify({ ...before, lease: 0 }) === JSON.stringify({ ...after, lease: 0 });
    const isBeat = before?.lease && after.lease && isSame;
    const stored = await store(next, version);
    if (isBeat) {
      beats += 1;
      // The call ends after its second read, while this is still under way.
      await context.sandbox.ledger.waitFor(() => requestsTo('userTimeline').length >= 2);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return stored;
  };
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
  const intent = new PublishIntent({ load, store: slow, leaseMs: 1000 });
  const options = { client, reconcile: { scheduleMs: [0, 700] } };
  const error = await rejectionOf(intent.publish({ text: 'Ends in a beat' }, token(), null, options));
  expect(error.code).toBe('UNKNOWN_OUTCOME');
  expect(beats).toBeGreaterThan(0);
  // It has let the row go.
  const { lease, failure } = JSON.parse(String(row.state)).intent;
  expect(lease).toBeUndefined();
  expect(failure).toMatchObject({ code: 'UNKNOWN_OUTCOME' });
});

describe('intents at once', () => {
  test('a hook and a button publish one post', async () => {
    const { open } = rowInMemory();
    const [hook, button] = [open(), open()];
    const content = { text: 'By a hook and by a button', imageUrls: [image(72)] };
    const [one, other] = await Promise.allSettled([
      hook.publish(content, token(), null, soon),
      button.publish(content, token(), null, soon),
    ]);
    const codes = [one, other].map(({ value, reason }) => (value ? 'published' : reason.code));
    expect(codes.sort()).toEqual(['IN_PROGRESS', 'published']);
    expect(postsOf(content.text)).toHaveLength(1);
    expect(requestsTo('uploadMedia')).toHaveLength(1);
  });

  test('five of them at an expired token refresh it once', async () => {
    const { accessToken, refreshToken } = context.sandbox.seedUser().oauth2;
    let tokens = { accessToken, refreshToken, expiresAt: Date.now() - 1000, version: 1 };
    const manager = new TokenManager({
      load: async () => tokens,
      store: async (next, version) => {
        if (version !== tokens.version) return false;
        tokens = { ...next, version: version + 1 };
        return true;
      },
      config: { clientId: context.sandbox.env.X_CLIENT_ID, clientSecret: context.sandbox.env.X_CLIENT_SECRET },
    });
    const texts = [1, 2, 3, 4, 5].map((number) => `At an expired token, ${number}`);
    await Promise.all(texts.map((text) => rowInMemory().open().publish({ text }, manager, null, soon)));
    for (const text of texts) expect(postsOf(text)).toHaveLength(1);
    expect(requestsTo('token')).toHaveLength(1);
  });

  test('a lease lasts while the timeline is read', async () => {
    const { open, row } = rowInMemory({ leaseMs: 1000 });
    const content = { text: 'Looked for longer than a lease' };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    const looking = open().publish(content, token(), null, { client, reconcile: { scheduleMs: [0, 2500] } });
    const first = leaseOf(await row.written((state) => state.includes('"UNKNOWN"')));
    await row.written((state) => leaseOf(state) > first + 1000);
    expect(await rejectionOf(open().publish(content, token(), null, soon))).toMatchObject({ code: 'IN_PROGRESS' });
    expect(await rejectionOf(open().settle('abandon'))).toMatchObject({ code: 'IN_PROGRESS' });
    await expect(open().status()).resolves.toMatchObject({ state: 'publishing' });
    expect(await rejectionOf(looking)).toMatchObject({ code: 'UNKNOWN_OUTCOME' });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });
});

describe('an operator', () => {
  /** An intent whose post is not there and may be. */
  async function inDoubt(text) {
    const memory = rowInMemory();
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    const error = await rejectionOf(memory.open().publish({ text }, token(), null, soon));
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    return memory;
  }

  test('names the post', async () => {
    const { open } = await inDoubt('Named');
    await open().settle({ tweetId: '1990000000000000001' });
    await expect(open().publish({ text: 'Named' }, token(), null, soon)).resolves.toMatchObject({
      tweetId: '1990000000000000001',
      reconciled: true,
    });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('abandons it for good', async () => {
    const { open } = await inDoubt('Abandoned');
    await open().settle('abandon');
    await expect(open().status()).resolves.toMatchObject({ state: 'failed' });
    const error = await rejectionOf(open().publish({ text: 'Abandoned' }, token(), null, soon));
    expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', retryable: false });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('can not have it sent again while the last attempt may be under way', async () => {
    const { open } = await inDoubt('Too early');
    const error = await rejectionOf(open().settle('retry'));
    expect(error).toMatchObject({ code: 'IN_PROGRESS', retryable: true });
    expect(error.retryAt.getTime()).toBeGreaterThan(Date.now());
  });

  test('has it sent again once that is over, and the timeline is read first', async () => {
    const text = 'Sent again after two minutes';
    const { open, row } = await inDoubt(text);
    row.state = aged(String(row.state), 120_001);
    context.sandbox.clock.advance(180_000);
    await open().settle('retry');
    const reads = requestsTo('userTimeline').length;
    await expect(open().publish({ text }, token(), null, soon)).resolves.toMatchObject({ reconciled: false });
    expect(postsOf(text)).toHaveLength(1);
    expect(requestsTo('createTweet')).toHaveLength(2);
    expect(requestsTo('userTimeline').length).toBeGreaterThan(reads);
  });

  test('is asked for once twenty calls have looked for the post', async () => {
    const { open } = rowInMemory();
    const content = { text: 'Nobody finds it' };
    const blind = { kind: 'status', status: 200, body: { meta: { result_count: 0 } } };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    context.sandbox.faults.add({ endpoint: 'userTimeline', fault: blind });
    const once = { ...soon, reconcile: { scheduleMs: [1] } };
    const publish = () => rejectionOf(open().publish(content, token(), null, once));
    const first = await publish();
    expect(first).toMatchObject({ code: 'UNKNOWN_OUTCOME' });
    let last = first;
    for (let call = 0; call < 30 && !/calls have looked/.test(last.message); call += 1) last = await publish();
    expect(last).toMatchObject({
      code: 'UNKNOWN_OUTCOME',
      message: expect.stringMatching(/ 2\d calls have looked/),
    });
    const looks = requestsTo('userTimeline').length;
    await publish();
    expect(requestsTo('userTimeline')).toHaveLength(looks);
    // An operator may have it looked for again.
    context.sandbox.faults.clear();
    await open().settle('check');
    expect((await publish()).message).not.toMatch(/calls have looked/);
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('decides about what is in doubt, and about nothing else', async () => {
    const { open } = rowInMemory();
    expect(await rejectionOf(open().settle('check'))).toMatchObject({ code: 'INVALID_ARGUMENT' });
    for (const decision of ['maybe', undefined, 7, {}, { tweetId: 'x' }]) {
      const error = await rejectionOf(open().settle(/** @type {any} */ (decision)));
      expect(error.code).toBe('INVALID_ARGUMENT');
      expect(error.message).toMatch(/settlement/);
    }
  });
});

describe('an event of X', () => {
  const eventOf = (payload, event_type = 'post.create') => ({
    data: { event_uuid: '-1', event_type, filter: { user_id: '1' }, tag: 'ours', payload },
  });
  /** An intent whose post is there, and whose answer was lost. @param {any} content */
  async function lost(content) {
    const memory = rowInMemory();
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    const unseen = { client, reconcile: { scheduleMs: [] } };
    const error = await rejectionOf(memory.open().publish(content, token(), null, unseen));
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    return { ...memory, id: postsOf(content.text)[0].id };
  }

  test('settles a doubt by the text', async () => {
    const { open, id } = await lost({ text: 'Seen by a webhook' });
    const payload = { id, text: 'Seen by a webhook', author_id: context.user.id };
    expect(await open().observe(eventOf({ ...payload, text: 'Something else entirely' }))).toBe(false);
    expect(await open().observe(eventOf(payload, 'post.delete'))).toBe(false);
    await expect(open().status()).resolves.toMatchObject({ state: 'unknown' });
    expect(await open().observe(JSON.stringify(eventOf(payload)))).toBe(true);
    await expect(open().status()).resolves.toMatchObject({ state: 'published', tweetId: id });
    expect(await open().observe(eventOf(payload))).toBe(false);
    expect(requestsTo('userTimeline')).toHaveLength(0);
  });

  test('settles a doubt by the media, whatever became of the text', async () => {
    const { open, id } = await lost({ text: 'A picture, seen', imageUrls: [image(73)] });
    const [{ key }] = context.sandbox.ledger.media().slice(-1);
    expect(await open().observe(eventOf({ id, text: 'Edited', attachments: { media_keys: [key] } }))).toBe(true);
    await expect(open().status()).resolves.toMatchObject({ state: 'published', tweetId: id });
  });

  test('ends the call that is still looking with the post that it reported', async () => {
    const memory = rowInMemory();
    const content = { text: 'Seen while it is looked for' };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    context.sandbox.faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 503 } });
    const patient = { client, reconcile: { scheduleMs: [0, 100, 200, 300] } };
    const looking = memory.open().publish(content, token(), null, patient);
    await memory.row.written((state) => state.includes('"UNKNOWN"'));
    const [{ id }] = postsOf(content.text);
    expect(await memory.open().observe(eventOf({ id, ...content, author_id: context.user.id }))).toBe(true);
    await expect(looking).resolves.toMatchObject({ tweetId: id, text: content.text });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test.each([
    ['no JSON', 'post.create', /is not an event of X's/],
    ['no event', {}, /is not an event of X's/],
    ['no payload', eventOf(undefined), /has no data\.payload/],
    ['a payload that is no post', eventOf('post'), /is not a post/],
    ['a post without an id', eventOf({ text: 'x' }), /without a post id/],
    ['nothing', undefined, /event is missing/],
  ])('that is %s is refused', async (_, event, message) => {
    const { open, row } = rowInMemory();
    const error = await rejectionOf(open().observe(/** @type {any} */ (event)));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });
    expect(row.writes).toEqual([]);
  });
});

describe('a row', () => {
  const content = { text: 'Never sent' };

  test.each([
    ['cut off', (state) => state.slice(0, -9), /is not the state of an intent/],
    ['of something else', () => '{"version":1,"kind":"post"}', /is not the state of an intent/],
    ['with more in it', (state) => state.replace('"intent":{', '"intent":{"admin":true,'), /is not the state/],
    ['of a later version', (state) => state.replace('"version":1', '"version":7'), /version 7/],
    ['no JSON', () => 'published', /is not the state of an intent/],
    ['too long', (state) => state + ' '.repeat(20_000), /is not the state of an intent/],
    [
      'with a bad id',
      (state) => state.replace(/"tweetId":"\d+"/, '"tweetId":"../../1"'),
      /is not the state of an intent/,
    ],
  ])('that is %s is refused, and nothing is sent', async (name, change, message) => {
    const { open, row } = rowInMemory();
    await open().publish({ text: `Whole, before it is ${name}` }, token(), null, soon);
    const sent = requestsTo('createTweet').length;
    const { open: openChanged } = rowInMemory({ state: change(row.state) });
    for (const call of [
      () => openChanged().publish(content, token(), null, soon),
      () => openChanged().settle('abandon'),
      () => openChanged().status(),
    ]) {
      const error = await rejectionOf(call());
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', type: 'invalid_data' });
      expect(error.message).toMatch(message);
    }
    expect(requestsTo('createTweet')).toHaveLength(sent);
  });

  test('takes other bytes of a medium as other content', async () => {
    const { open, row } = rowInMemory();
    const { sandbox } = context;
    const bytes = async (seed) => {
      const chunks = [];
      for await (const chunk of describeMedia({ kind: 'png', bytes: 400_000, seed }).read()) chunks.push(chunk);
      return Buffer.concat(chunks);
    };
    const content = async (seed) => ({ text: 'Another picture', media: [{ data: await bytes(seed) }] });
    const fault = { kind: 'status', status: 403, body: FORBIDDEN };
    const rule = sandbox.faults.add({ endpoint: 'createTweet', fault, times: 1 });
    await rejectionOf(open().publish(await content(1), token(), null, soon));
    expect(rule.hits).toBe(1);
    expect(JSON.parse(row.state).intent.checkpoint.media[0].phase).toBe('READY');
    const published = await open().publish(await content(2), token(), null, soon);
    const { sha256 } = sandbox.ledger.media(published.media[0].mediaId);
    expect(sha256).toBe(
      createHash('sha256')
        .update(await bytes(2))
        .digest('hex'),
    );
    // What exists is given back, whatever the source holds by then.
    await expect(open().publish(await content(3), token(), null, soon)).resolves.toMatchObject({
      tweetId: published.tweetId,
    });
  });

  test('that was changed anywhere is refused', async () => {
    const { open, row } = rowInMemory();
    await open().publish({ text: 'Changed' }, token(), null, soon);
    const { state } = row;
    for (let at = 0; at < state.length; at += 1) {
      const other = state[at] === '0' ? '1' : '0';
      const { open: openChanged } = rowInMemory({ state: state.slice(0, at) + other + state.slice(at + 1) });
      const error = await rejectionOf(openChanged().status());
      expect([at, error.code]).toEqual([at, 'INVALID_ARGUMENT']);
    }
  });

  test('may be kept as data', async () => {
    const { open, load } = rowInMemory();
    await open().publish({ text: 'As data' }, token(), null, soon);
    const asData = open({ load: async () => ({ ...(await load()), state: JSON.parse((await load()).state) }) });
    await expect(asData.status()).resolves.toMatchObject({ state: 'published' });
  });
});

describe('a store', () => {
  const content = { text: 'Kept or not sent' };
  const failing = new Error('the database is down');

  test.each([
    ['load throws', { load: () => Promise.reject(failing) }, /load of the intent's store failed/],
    ['store throws', { store: () => Promise.reject(failing) }, /store of the intent's store failed/],
  ])('is named where %s, and nothing is sent', async (_, broken, message) => {
    const error = await rejectionOf(rowInMemory().open(broken).publish(content, token(), null, soon));
    expect(error).toMatchObject({ code: 'ABORTED', cause: failing });
    expect(error.message).toMatch(message);
    expect(requestsTo('createTweet')).toHaveLength(0);
  });

  test('that says yes and writes nothing is found out', async () => {
    const { open } = rowInMemory();
    const error = await rejectionOf(open({ store: async () => true }).publish(content, token(), null, soon));
    expect(error.message).toMatch(/reported that it had written the row/);
    expect(requestsTo('createTweet')).toHaveLength(0);
  });

  test('that refuses to write what nobody has changed is found out', async () => {
    const { open } = rowInMemory();
    const error = await rejectionOf(open({ store: async () => false }).publish(content, token(), null, soon));
    expect(error).toMatchObject({ code: 'ABORTED', retryable: true });
    expect(error.message).toMatch(/refused to write a row that nobody has changed/);
    expect(requestsTo('createTweet')).toHaveLength(0);
  });

  test('that writes and then fails has written', async () => {
    const { open, store } = rowInMemory();
    let writes = 0;
    const late = async (next, version) => {
      const written = await store(next, version);
      writes += 1;
      if (writes % 2 === 0) throw failing;
      return written;
    };
    const post = await open({ store: late }).publish({ text: 'Written late' }, token(), null, soon);
    expect(postsOf('Written late').map(({ id }) => id)).toEqual([post.tweetId]);
    expect(post.warnings).toBeUndefined();
  });

  test('that fails when the post is armed keeps it from being sent', async () => {
    const { open, store } = rowInMemory();
    const unarmed = async (next, version) => {
      if (next.includes('"ARMED"')) throw failing;
      return store(next, version);
    };
    const error = await rejectionOf(open({ store: unarmed }).publish(content, token(), null, soon));
    expect(error).toMatchObject({ code: 'ABORTED', cause: failing });
    expect(requestsTo('createTweet')).toHaveLength(0);
    await expect(open().publish(content, token(), null, soon)).resolves.toMatchObject({ reconciled: false });
  });

  test('is asked for with two functions', () => {
    for (const options of [undefined, {}, { load() {} }, { load() {}, store: 7 }]) {
      expect(thrownBy(() => new PublishIntent(/** @type {any} */ (options)))).toMatchObject({
        code: 'INVALID_ARGUMENT',
        message: expect.stringMatching(/options\.(load|store) must be a function/),
      });
    }
    const { load, store } = rowInMemory();
    for (const leaseMs of [0, 999, 3_600_001, 'long', Number.NaN]) {
      const error = thrownBy(() => new PublishIntent({ load, store, leaseMs: /** @type {any} */ (leaseMs) }));
      expect(error.message).toMatch(/options\.leaseMs/);
    }
  });

  test('keeps what the options of a single call would keep', async () => {
    const { open } = rowInMemory();
    for (const options of [{ checkpoint: '{}' }, { onCheckpoint() {} }, { dryRun: true }]) {
      const error = await rejectionOf(open().publish(content, token(), null, /** @type {any} */ (options)));
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
      expect(error.message).toMatch(/keeps its checkpoints in its own row/);
    }
  });
});
