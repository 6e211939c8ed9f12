'use strict';

const { PublishIntent } = require('twitter-native');
const { jsonRow, publishOnce } = require('twitter-native/medusa');
const { rejectionOf, thrownBy, useSandbox } = require('../support/harness.js');
const { containerOf, useDatabase } = require('./database.js');

const context = useSandbox();
const database = useDatabase();
const credentials = () => ({ token: context.user.oauth2.accessToken });
const client = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };
const options = { client, reconcile: { scheduleMs: [1] } };
const posts = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);
const sent = () => context.sandbox.ledger.requests({ endpoint: 'createTweet' });
const publish = (row, text) => publishOnce(database.container, row, { text }, credentials(), options);
const FORBIDDEN = { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Not today.' };
const refuseOnce = () =>
  context.sandbox.faults.add({
    endpoint: 'createTweet',
    fault: { kind: 'status', status: 403, body: FORBIDDEN },
    times: 1,
  });

/** What an intent writes first. */
async function someState() {
  const states = [];
  const recorder = new PublishIntent({ load: () => undefined, store: (next) => states.push(next) > 99 });
  await rejectionOf(recorder.publish({ text: 'Only for its state' }, credentials().token, null, options));
  return states[0];
}

describe('a place', () => {
  test.each([
    ['a text column', { column: 'twitter_intent' }, {}],
    ['a jsonb column of its own', { column: 'insights' }, {}],
    ['a json column of its own', { column: 'notes' }, {}],
    ['a key of an empty jsonb column', { column: 'insights', key: 'twitter' }, {}],
    ['a key of an empty json column', { column: 'notes', key: 'twitter' }, {}],
    ['a key beside others', { column: 'insights', key: 'twitter "x" ? $1' }, { insights: { likes: 3, a: [1, null] } }],
    ['a key where JSON says null', { column: 'insights', key: 'twitter' }, { insights: 'null' }],
  ])('may be %s: one post, and the rest stays', async (name, place, columns) => {
    const id = await database.insert('social_post', { caption: 'kept', ...columns });
    const row = { table: 'social_post', id, ...place };
    const text = `Kept in ${name}`;
    const first = await publish(row, text);
    const again = await publish(row, text);
    expect(again.tweetId).toBe(first.tweetId);
    expect(posts(text).map((tweet) => tweet.id)).toEqual([first.tweetId]);
    const { [place.column]: kept, ...others } = await database.row('social_post', id);
    expect(others).toMatchObject({ caption: 'kept' });
    const value = typeof kept === 'string' ? JSON.parse(kept) : kept;
    const { [place.key ?? '']: envelope = value, ...rest } = place.key ? value : {};
    expect(envelope).toMatchObject({ status: 'published', writes: expect.any(Number), state: expect.any(String) });
    expect(rest).toEqual(columns.insights === 'null' ? {} : (columns.insights ?? {}));
    await expect(new PublishIntent(jsonRow(database.container, row)).status()).resolves.toMatchObject({
      state: 'published',
      tweetId: first.tweetId,
    });
  });

  test('may be in another schema, with ids that are numbers', async () => {
    await database.insert('other.post', { id: 7 });
    const row = { table: 'other.post', id: 7, column: 'state' };
    const { tweetId } = await publish(row, 'In another schema');
    await expect(publish({ ...row, id: 7n }, 'In another schema')).resolves.toMatchObject({ tweetId });
    expect(posts('In another schema')).toHaveLength(1);
  });

  test('keeps numbers and texts of other keys as they are', async () => {
    const id = await database.insert('social_post', {
      insights: '{"page":12345678901234567890123,"rate":1.50,"text":"\\u00e4 \\"?\\" $1"}',
    });
    await publish({ table: 'social_post', id, column: 'insights', key: 'twitter' }, 'Beside long numbers');
    const { rows } = await database.connection.raw(
      `select (insights - 'twitter')::text as rest from social_post where id = ?`,
      [id],
    );
    expect(rows[0].rest).toBe('{"page": 12345678901234567890123, "rate": 1.50, "text": "ä \\"?\\" $1"}');
  });

  test('that holds the state alone, as another store has written it, goes on', async () => {
    let state;
    const store = (next) => {
      state = next;
      return true;
    };
    const intent = new PublishIntent({ load: () => ({ state, version: 1 }), store });
    const { tweetId } = await intent.publish({ text: 'Stored elsewhere' }, credentials().token, null, options);
    for (const twitter_intent of [state, JSON.stringify(state)]) {
      const id = await database.insert('social_post', { twitter_intent });
      const row = { table: 'social_post', id, column: 'twitter_intent' };
      await expect(publish(row, 'Stored elsewhere')).resolves.toMatchObject({ tweetId });
    }
    expect(posts('Stored elsewhere')).toHaveLength(1);
  });
});

describe('what can not be a place', () => {
  const row = { table: 'social_post', id: 'row_1', column: 'twitter_intent' };

  test.each([
    ['a statement as a table', { table: 'social_post"; drop table social_post; --' }, 'options.table'],
    ['a table with a quote', { table: '"social_post"' }, 'options.table'],
    ['three parts', { table: 'a.b.c' }, 'options.table'],
    ['no table', { table: undefined }, 'options.table'],
    ['an expression as a column', { column: "insights->'x'" }, 'options.column'],
    ['a column with a schema', { column: 'social_post.insights' }, 'options.column'],
    ['a column with a question mark', { column: 'insights?' }, 'options.column'],
    ['a name that is too long', { column: 'x'.repeat(64) }, 'options.column'],
    ['an empty key', { key: '' }, 'options.key'],
    ['a key with NUL', { key: 'a\0' }, 'options.key'],
    ['a column of ids that is none', { idColumn: 'id or true' }, 'options.idColumn'],
    ['no id', { id: undefined }, 'options.id'],
    ['an empty id', { id: '' }, 'options.id'],
    ['an object as an id', { id: { toString: () => 'x' } }, 'options.id'],
  ])('%s is refused before Postgres is asked', (_, change, field) => {
    const raw = jest.fn();
    const error = thrownBy(() => jsonRow({ resolve: () => ({ raw }) }, { ...row, ...change }));
    expect(raw).not.toHaveBeenCalled();
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field, operation: 'jsonRow' });
    expect(error.message).toContain(field);
  });

  test.each([
    ['nothing', undefined],
    ['no resolve', {}],
    ['no connection', { resolve: () => undefined }],
  ])('a container that is %s is named', (_, container) => {
    expect(thrownBy(() => jsonRow(/** @type {any} */ (container), row))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'container',
    });
  });

  test('a missing row is an error that names table and id, and nothing is sent', async () => {
    const error = await rejectionOf(publish({ ...row, id: 'row_that_is_gone' }, 'Nowhere'));
    expect(error).toMatchObject({
      type: 'not_found',
      code: 'NOT_FOUND',
      message: 'social_post has no row with the id "row_that_is_gone"',
    });
    expect(sent()).toHaveLength(0);
  });

  test.each([
    ['no such table', { table: 'social_pots' }, /twitter_intent is no column of a table social_pots/],
    ['no such column', { column: 'twiter' }, /twiter is no column of a table social_post/],
    ['a number', { column: 'status_code' }, /of the type integer; it has to be text, json or jsonb/],
    ['a key of a text', { key: 'twitter' }, /of the type text; it has to be json or jsonb/],
  ])('%s is an error that says so', async (_, change, message) => {
    const id = await database.insert('social_post');
    const error = await rejectionOf(publish({ ...row, id, ...change }, 'Nowhere'));
    expect(error).toMatchObject({ type: 'invalid_data', code: 'INVALID_ARGUMENT' });
    expect(error.message).toMatch(message);
    expect(sent()).toHaveLength(0);
  });

  test.each([
    ['a list', '[1]'],
    ['a text', '"x"'],
  ])('a key of JSON that is %s is an error, and the column stays', async (_, insights) => {
    const id = await database.insert('social_post', { insights });
    const error = await rejectionOf(publish({ ...row, id, column: 'insights', key: 'twitter' }, 'Nowhere'));
    expect(error).toMatchObject({ type: 'unexpected_state', code: 'ABORTED' });
    expect(error.message).toMatch(/social_post\.insights, key "twitter"/);
    const { rows } = await database.connection.raw('select insights::text as text from social_post where id = ?', [id]);
    expect(rows[0].text).toBe(insights);
    expect(sent()).toHaveLength(0);
  });

  test.each(['published', '{"a":1}', '[]', '{"status":"published","begunAt":1,"writes":2,"state":"{}"}'])(
    'a text that is no state (%s) is refused',
    async (twitter_intent) => {
      const id = await database.insert('social_post', { twitter_intent });
      const error = await rejectionOf(publish({ ...row, id }, 'Over something else'));
      expect(error).toMatchObject({
        type: 'invalid_data',
        message: expect.stringMatching(/not the state of an intent/),
      });
      await expect(database.row('social_post', id)).resolves.toMatchObject({ twitter_intent });
      expect(sent()).toHaveLength(0);
    },
  );
});

describe('a write', () => {
  test.each([
    ['a text column', { column: 'twitter_intent' }],
    ['a key', { column: 'insights', key: 'twitter' }],
  ])('wins once per version (%s)', async (_, place) => {
    const id = await database.insert('social_post', { insights: { likes: 1 } });
    const row = { table: 'social_post', id, ...place };
    const state = await someState();
    const stores = Array.from({ length: 8 }, () => jsonRow(database.container, row));
    for (let round = 0; round < 3; round += 1) {
      const versions = await Promise.all(stores.map((store) => store.load()));
      const written = await Promise.all(stores.map((store, at) => store.store(state, versions[at].version)));
      expect(written.filter(Boolean)).toHaveLength(1);
    }
    const { version } = await stores[0].load();
    await database.connection('social_post').where({ id }).update({ caption: 'changed beside it' });
    await expect(stores[1].store(state, version)).resolves.toBe(true);
  });

  test('does not lose what others write to the same column meanwhile', async () => {
    const id = await database.insert('social_post');
    const counting = Array.from({ length: 30 }, (_, at) =>
      database.connection.raw(
        `update social_post set insights = jsonb_set(coalesce(insights, '{}'), array[?::text], '1') where id = ?`,
        [`other_${at}`, id],
      ),
    );
    const row = { table: 'social_post', id, column: 'insights', key: 'twitter' };
    await Promise.all([publish(row, 'Beside thirty writers'), ...counting]);
    const { insights } = await database.row('social_post', id);
    expect(Object.keys(insights)).toHaveLength(31);
    expect(insights.twitter.status).toBe('published');
  });

  test('needs a version that load gave', async () => {
    const id = await database.insert('social_post');
    const store = jsonRow(database.container, { table: 'social_post', id, column: 'twitter_intent' });
    expect(await rejectionOf(store.store('{}', 1))).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('a key that other code overwrites with an older copy', () => {
  /** What a backend does that reads a row, and later writes the whole column from that copy. */
  async function overwritten(text, begin) {
    const id = await database.insert('social_post', { insights: { likes: 1 } });
    const row = { table: 'social_post', id, column: 'insights', key: 'twitter' };
    await begin(row);
    const { insights: copy } = await database.row('social_post', id);
    return {
      row,
      id,
      publish: () => publish(row, text),
      overwrite: () => database.connection('social_post').where({ id }).update({ insights: copy }),
    };
  }

  test('is put back where the post exists', async () => {
    const text = 'Published, and overwritten';
    const { publish, overwrite, id } = await overwritten(text, async (row) => {
      refuseOnce();
      expect(await rejectionOf(publishOnce(database.container, row, { text }, credentials(), options))).toMatchObject({
        code: 'FORBIDDEN',
      });
    });
    const { tweetId } = await publish();
    await overwrite();
    await expect(publish()).resolves.toMatchObject({ tweetId });
    expect((await database.row('social_post', id)).insights.twitter.status).toBe('published');
    expect(posts(text)).toHaveLength(1);
  });

  test('is refused where the post may exist', async () => {
    const text = 'In doubt, and overwritten';
    const { publish, overwrite, row } = await overwritten(text, async () => {});
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    expect(await rejectionOf(publish())).toMatchObject({ code: 'UNKNOWN_OUTCOME' });
    await overwrite();
    const error = await rejectionOf(publish());
    expect(error).toMatchObject({ type: 'unexpected_state', code: 'ABORTED' });
    expect(error.message).toMatch(
      /nothing more was sent: social_post\.insights, key "twitter", of the row .* was overwritten with an older copy/,
    );
    const status = await rejectionOf(new PublishIntent(jsonRow(database.container, row)).status());
    expect(status.cause.message).toMatch(/older copy/);
    expect(sent()).toHaveLength(1);
  });

  /** A row whose column is overwritten at the first write of which this is true: before it, or after it. */
  const overwrittenAt = (row, overwrite, isMeant, when) => {
    const { load, store } = jsonRow(database.container, row);
    return {
      load,
      store: async (next, version) => {
        const isIt = isMeant(next);
        if (isIt && when === 'before') await overwrite();
        const written = await store(next, version);
        if (isIt && when === 'after') await overwrite();
        return written;
      },
    };
  };

  test('while its post is sent is reported with the result', async () => {
    const text = 'Overwritten while it is sent';
    const { publish: again, overwrite, row } = await overwritten(text, async () => {});
    const post = await publish(
      overwrittenAt(row, overwrite, (next) => next.includes('"PUBLISHED"'), 'before'),
      text,
    );
    expect(post.warnings).toEqual(['the post exists, and its last checkpoint could not be saved']);
    expect((await rejectionOf(again())).message).toMatch(/older copy/);
    expect(posts(text)).toHaveLength(1);
  });

  test('before its post is sent keeps it from being sent', async () => {
    const text = 'Overwritten before it is sent';
    const { overwrite, row } = await overwritten(text, async () => {});
    const store = overwrittenAt(row, overwrite, (next) => next.includes('"ARMED"'), 'after');
    expect(await rejectionOf(publish(store, text))).toMatchObject({ type: 'unexpected_state', code: 'ABORTED' });
    expect(sent()).toHaveLength(0);
  });

  test('is not what a read sees that other calls of the process have overtaken', async () => {
    const id = await database.insert('social_post');
    /** @type {{ wasRead: () => void, released: Promise<void> } | undefined} */
    let gate;
    const connection = {
      raw: async (sql, bindings) => {
        const held = gate;
        gate = undefined;
        const result = await database.connection.raw(sql, bindings);
        held?.wasRead();
        await held?.released;
        return result;
      },
    };
    const row = jsonRow(containerOf(connection), { table: 'social_post', id, column: 'twitter_intent' });
    const { version } = await row.load();
    const state = await someState();
    let release = () => {};
    const released = new Promise((resolve) => {
      release = () => resolve(undefined);
    });
    const read = new Promise((resolve) => {
      gate = { wasRead: () => resolve(undefined), released };
    });
    const slow = row.load();
    await read;
    await expect(row.store(state, version)).resolves.toBe(true);
    release();
    await expect(slow).resolves.not.toHaveProperty('state');
    await expect(row.load()).resolves.toMatchObject({ state });
  });

  test('is another one if the row was deleted and made anew', async () => {
    const id = await database.insert('social_post', { id: 'row_again' });
    const row = { table: 'social_post', id, column: 'twitter_intent' };
    await publish(row, 'The first of its id');
    await database.connection('social_post').where({ id }).delete();
    await database.insert('social_post', { id });
    await publish(row, 'The second of its id');
    expect(posts('The second of its id')).toHaveLength(1);
  });
});

test('what Postgres refuses is reported without the query and its values', async () => {
  const id = await database.insert('social_post');
  const { connection } = database;
  const row = jsonRow(database.container, { table: 'social_post', id, column: 'twitter_intent' });
  await row.load();
  await connection.raw('alter table social_post rename to social_posts');
  try {
    const error = await rejectionOf(row.load());
    expect(error.message).toBe(
      `social_post.twitter_intent, of the row "${id}" could not be read or written: relation "social_post" does not exist (42P01)`,
    );
    expect(error).toMatchObject({ code: 'ABORTED', retryable: true });
    expect(error.cause).toBeUndefined();
  } finally {
    await connection.raw('alter table social_posts rename to social_post');
  }
});
