'use strict';

const { EventEmitter, once } = require('node:events');
const { setTimeout: wait } = require('node:timers/promises');
const { jsonRow, publishOnce, resolveDoubt, resumeUnfinished } = require('twitter-native/medusa');
const { PublishIntent, TokenManager } = require('twitter-native');
const { rejectionOf, useSandbox } = require('../support/harness.js');
const { aged } = require('../support/intents.js');
const { useDatabase } = require('./database.js');

const context = useSandbox();
const database = useDatabase();
const credentials = () => ({ token: context.user.oauth2.accessToken });
const client = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };
const options = { client, reconcile: { scheduleMs: [1] } };
const sent = () => context.sandbox.ledger.requests({ endpoint: 'createTweet' });
const posts = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);
const UNSEEN = { ...options, reconcile: { scheduleMs: [] } };
const DAY = 86_400_000;

/** Texts that nothing else has: posts that are alike could not be told apart. */
const WORDS = ['amber', 'basil', 'cobalt', 'dahlia', 'ember', 'fennel', 'garnet', 'hazel', 'indigo', 'jasmine'];
let counted = 0;
const newText = () => {
  counted += 1;
  const word = (at) => WORDS[at % WORDS.length];
  return `${word(counted)} ${word(counted * 3)} ${word(Math.floor(counted / 10))} number ${counted}`;
};

const PLACES = [
  ['a text column', { column: 'twitter_intent' }],
  ['a key of a jsonb column', { column: 'insights', key: 'twitter' }],
  ['a key of a json column', { column: 'notes', key: 'twitter' }],
  ['a jsonb column of its own', { column: 'insights' }],
];

/** A post whose answer was lost: it exists, or does not. */
async function lost(place, { exists = true, columns = {}, text = newText() } = {}) {
  const id = await database.insert('social_post', { caption: text, ...columns });
  const row = { table: 'social_post', id, ...place };
  const kind = exists ? 'commitThenReset' : 'resetAfterRead';
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind }, times: 1 });
  const error = await rejectionOf(publishOnce(database.container, row, { text }, credentials(), UNSEEN));
  expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME' });
  context.sandbox.faults.clear();
  return { id, row, text };
}

/** A token that is only given when it is released: whoever asks for it works on its row until then. */
function heldToken() {
  const { accessToken } = context.user.oauth2;
  const changes = new EventEmitter();
  const released = once(changes, 'release');
  const load = async () => {
    changes.emit('asked');
    await released;
    return { accessToken };
  };
  return {
    token: new TokenManager({ load, store: () => false }),
    asked: once(changes, 'asked'),
    release: () => changes.emit('release'),
  };
}

/** What a backend gives for a row: its content by its id. */
async function prepare(id) {
  const { caption } = await database.row('social_post', id);
  return { content: { text: caption }, credentials: credentials(), options };
}

const resume = (place, changes = {}) =>
  resumeUnfinished(database.container, { table: 'social_post', ...place, prepare, ...changes });

beforeEach(() => database.connection('social_post').delete());

describe.each(PLACES)('what is unfinished in %s', (_, place) => {
  test('is found and resumed, and nothing else is touched', async () => {
    const first = await lost(place);
    const second = await lost(place);
    const done = { table: 'social_post', id: await database.insert('social_post'), ...place };
    await publishOnce(database.container, done, { text: newText() }, credentials(), options);
    await database.insert('social_post', { [place.column]: null });
    if (place.key) await database.insert('social_post', { [place.column]: '{"likes":1,"twitter":7}' });
    if (place.column === 'twitter_intent') await database.insert('social_post', { twitter_intent: 'no JSON at all' });
    if (place.column === 'insights') await database.insert('social_post', { insights: '[1,2]' });
    const before = sent().length;
    const { rows, more } = await resume(place);
    expect(more).toBe(false);
    expect(rows.map(({ id, outcome, tweetId }) => ({ id, outcome, tweetId })).sort(byId)).toEqual(
      [first, second].map(({ id, text }) => ({ id, outcome: 'published', tweetId: posts(text)[0].id })).sort(byId),
    );
    for (const { tweetUrl, result, error } of rows) {
      expect(tweetUrl).toMatch(/status/);
      expect(result).toMatchObject({ reconciled: true });
      expect(error).toBeUndefined();
    }
    expect(sent()).toHaveLength(before);
    await expect(resume(place)).resolves.toEqual({ rows: [], more: false });
  });
});

const byId = (one, other) => one.id.localeCompare(other.id);

describe('a job', () => {
  const [, place] = PLACES[0];

  test('goes on where one row fails', async () => {
    const [fine, broken, gone, absent] = [
      await lost(place),
      await lost(place),
      await lost(place),
      await lost(place, { exists: false }),
    ];
    const { rows } = await resume(place, {
      prepare: (id) => {
        if (id === broken.id) throw new Error('its account is gone');
        return id === gone.id ? undefined : prepare(id);
      },
    });
    const outcomes = Object.fromEntries(rows.map(({ id, ...outcome }) => [id, outcome]));
    expect(outcomes[fine.id]).toMatchObject({ outcome: 'published' });
    expect(outcomes[broken.id]).toMatchObject({ outcome: 'failed', error: { message: 'its account is gone' } });
    expect(outcomes[gone.id]).toEqual({ outcome: 'skipped' });
    expect(outcomes[absent.id]).toMatchObject({ outcome: 'unknown', error: { code: 'UNKNOWN_OUTCOME' } });
  });

  test.each([
    ['nothing that is an object', 'content'],
    ['no credentials', { content: { text: 'x' } }],
    ['other content', { content: { text: 'Something else' }, credentials: { token: 'x' } }],
  ])('that is given %s says so in that row', async (_, prepared) => {
    await lost(place);
    const { rows } = await resume(place, { prepare: () => /** @type {any} */ (prepared) });
    expect(rows).toEqual([{ id: expect.any(String), outcome: 'failed', error: expect.any(Error) }]);
    expect(rows[0].error).toMatchObject({ type: 'invalid_data' });
  });

  test('takes as many rows as its limit, and says that there are more', async () => {
    for (let row = 0; row < 3; row += 1) await lost(place);
    const first = await resume(place, { limit: 2 });
    expect(first).toMatchObject({ more: true, rows: [{ outcome: 'published' }, { outcome: 'published' }] });
    const second = await resume(place, { limit: 2 });
    expect(second).toMatchObject({ more: false, rows: [{ outcome: 'published' }] });
  });

  test('works on no more rows at once than it may', async () => {
    for (let row = 0; row < 4; row += 1) await lost(place);
    const changes = new EventEmitter();
    const waiting = [];
    const running = resume(place, {
      concurrency: 2,
      prepare: async (id) => {
        await new Promise((resolve) => {
          waiting.push(resolve);
          changes.emit('waiting');
        });
        return prepare(id);
      },
    });
    while (waiting.length < 2) await once(changes, 'waiting');
    // Whatever else would begin has a turn of the event loop and a question to the database to do so.
    await database.connection.raw('select 1');
    expect(waiting).toHaveLength(2);
    changes.on('waiting', () => waiting.at(-1)());
    for (const go of waiting) go();
    const { rows } = await running;
    expect(rows.map(({ outcome }) => outcome)).toEqual(Array(4).fill('published'));
  });

  test('leaves alone what is older than it takes, what was deleted, and what another call works on', async () => {
    const aged = await lost(place);
    const deleted = await lost(place, { columns: { deleted_at: new Date() } });
    const busy = await lost(place);
    const { twitter_intent } = await database.row('social_post', aged.id);
    await database
      .connection('social_post')
      .where({ id: aged.id })
      .update({ twitter_intent: twitter_intent.replace(/"begunAt":\d+/, `"begunAt":${Date.now() - 2 * DAY}`) });
    const held = heldToken();
    const looking = publishOnce(database.container, busy.row, { text: busy.text }, { token: held.token }, options);
    await held.asked;
    const { rows } = await resume(place);
    expect(rows).toEqual([{ id: busy.id, outcome: 'in_progress' }]);
    held.release();
    await looking;
    const all = await resume(place, { maxAgeMs: 3 * DAY });
    expect(all.rows).toMatchObject([{ id: aged.id, outcome: 'published' }]);
    await expect(new PublishIntent(jsonRow(database.container, deleted.row)).status()).resolves.toMatchObject({
      state: 'unknown',
    });
  });

  test('ends in time: what it did not reach is said, and goes on the next time', async () => {
    for (let row = 0; row < 3; row += 1) await lost(place);
    /** Longer than all may take together. */
    const slow = async (id) => {
      await wait(120);
      const prepared = await prepare(id);
      // What the end cuts off in the middle of a write is left alone until its lease ends.
      return { ...prepared, options: { ...prepared.options, leaseMs: 1000 } };
    };
    const { rows } = await resume(place, { timeoutMs: 100, concurrency: 1, prepare: slow });
    expect(rows.slice(1).map(({ outcome }) => outcome)).toEqual(['not_reached', 'not_reached']);
    expect(rows[0].outcome).not.toBe('published');
    const ends = new Map();
    do {
      const { rows: next } = await resume(place);
      for (const { id, outcome } of next) ends.set(id, outcome);
    } while ([...ends.values()].includes('in_progress'));
    expect([...ends.values()]).toEqual(['published', 'published', 'published']);
  });

  test('is ended by a signal', async () => {
    await lost(place);
    const { rows } = await resume(place, { signal: AbortSignal.abort() });
    expect(rows).toMatchObject([{ outcome: 'not_reached' }]);
  });

  test('resumes a thread with its first post as its own', async () => {
    const parts = [newText(), newText()].map((text) => ({ text }));
    const row = { table: 'social_post', id: await database.insert('social_post'), ...place };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, attempt: 2 });
    await rejectionOf(publishOnce(database.container, row, parts, credentials(), UNSEEN));
    const { rows } = await resume(place, { prepare: () => ({ content: parts, credentials: credentials(), options }) });
    expect(rows).toMatchObject([{ outcome: 'published', tweetId: posts(parts[0].text)[0].id }]);
    expect(rows[0].result.tweets).toHaveLength(2);
  });
});

describe('a doubt', () => {
  const [, place] = PLACES[0];
  const decide = (row, decision, others) => resolveDoubt(database.container, row, decision, others);

  test('is settled by the post’s id', async () => {
    const { row, text } = await lost(place, { exists: false });
    await expect(decide(row, { tweetId: '1990000000000000001' })).resolves.toMatchObject({
      state: 'published',
      tweetId: '1990000000000000001',
    });
    const again = await publishOnce(database.container, row, { text }, credentials(), options);
    expect(again.tweetId).toBe('1990000000000000001');
  });

  test('is looked at at once, with credentials', async () => {
    const { row, text } = await lost(place);
    await expect(decide(row, 'check')).resolves.toMatchObject({ state: 'unknown' });
    const status = await decide(row, 'check', { credentials: credentials(), content: { text }, ...options });
    expect(status).toMatchObject({ state: 'published', tweetId: posts(text)[0].id });
    expect(sent()).toHaveLength(1);
  });

  test('that stays one is no failure', async () => {
    const { row, text } = await lost(place, { exists: false });
    const status = await decide(row, 'check', { credentials: credentials(), content: { text }, ...options });
    expect(status).toMatchObject({ state: 'unknown', error: { code: 'UNKNOWN_OUTCOME' } });
  });

  test('is sent again by a person’s decision, once the lost request can’t arrive any more', async () => {
    const { row, text } = await lost(place, { exists: false });
    expect(await rejectionOf(decide(row, 'retry'))).toMatchObject({ code: 'IN_PROGRESS' });
    const stored = jsonRow(database.container, row);
    const { state, version } = await stored.load();
    await stored.store(aged(String(state), 120_001), version);
    context.sandbox.clock.advance(180_000);
    await decide(row, 'retry');
    const result = await publishOnce(database.container, row, { text }, credentials(), options);
    expect(posts(text).map(({ id }) => id)).toEqual([result.tweetId]);
    expect(sent()).toHaveLength(2);
    const again = await publishOnce(database.container, row, { text }, credentials(), options);
    expect(again.tweetId).toBe(result.tweetId);
    expect(sent()).toHaveLength(2);
  });

  test('is abandoned for good', async () => {
    const { row, text } = await lost(place);
    await expect(decide(row, 'abandon')).resolves.toMatchObject({ state: 'failed' });
    const error = await rejectionOf(publishOnce(database.container, row, { text }, credentials(), options));
    expect(error).toMatchObject({ type: 'unexpected_state', code: 'UNKNOWN_OUTCOME' });
    await expect(resume(place)).resolves.toEqual({ rows: [], more: false });
  });

  test('is not sent again while the lost request may still arrive', async () => {
    const { row, text } = await lost(place, { exists: false });
    const error = await rejectionOf(
      decide(row, 'retry', { credentials: credentials(), content: { text }, ...options }),
    );
    expect(error).toMatchObject({ type: 'not_allowed', code: 'IN_PROGRESS', retryAt: expect.any(Date) });
    expect(sent()).toHaveLength(1);
  });

  test('that is none is refused', async () => {
    const row = { table: 'social_post', id: await database.insert('social_post'), ...place };
    expect(await rejectionOf(decide(row, 'check'))).toMatchObject({ type: 'invalid_data', code: 'INVALID_ARGUMENT' });
  });

  test('about other content is thrown, and the decision is kept', async () => {
    const { row } = await lost(place);
    const other = { credentials: credentials(), content: { text: newText() }, ...options };
    expect(await rejectionOf(decide(row, 'check', other))).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
  });
});
