'use strict';

const { createHash } = require('node:crypto');
const { startSandbox } = require('twitter-native-sandbox');
const { PublishIntent } = require('twitter-native');
const { fileRow, othersIn } = require('../reliability/kills/file-row.js');
const { Processes } = require('../reliability/kills/processes.js');
const { startGoBetween } = require('./support/go-between.js');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');
const { rowInMemory } = require('./support/intents.js');

jest.setTimeout(120_000);

/** Something to wait for. */
function gate() {
  let open = () => {};
  const opened = new Promise((resolve) => {
    open = () => resolve(undefined);
  });
  return { open, opened };
}

describe('two processes that publish one text from two rows', () => {
  /** @type {any} */
  let sandbox;
  /** @type {Processes} */
  let processes;
  /** @type {any} */
  let between;
  const reporting = { tellsOthers: true, untilOver: true };
  const posts = () => sandbox.ledger.tweets();
  const row = (name) => new PublishIntent({ ...fileRow(processes.folder, name), others: othersIn(processes.folder) });

  beforeEach(async () => {
    sandbox = await startSandbox({ rateLimits: false, allowDuplicates: true });
    processes = new Processes(sandbox, sandbox.seedUser());
    between = await startGoBetween(() => sandbox.url);
  });

  afterEach(async () => {
    processes.end();
    await between.close();
    await sandbox.close();
  });

  /**
   * Both have sent their post before X creates any; `exist` says whether it does then. The answers are lost.
   * @param {string} text @param {[boolean, boolean]} exist
   * @param {{ isKilled?: boolean }} [how] whether the processes are killed before they know
   */
  async function bothLost(text, exist, { isKilled = true } = {}) {
    // What goes through at first creates nothing.
    sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 503 }, times: 2 });
    sandbox.faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 503 } });
    const arrivals = [gate(), gate()];
    let arrived = 0;
    let answered = 0;
    const all = gate();
    between.changes(async (answer, request) => {
      if (request.method !== 'POST' || request.path !== '/2/tweets') return undefined;
      const index = arrived++;
      arrivals[index].open();
      await Promise.all(arrivals.map(({ opened }) => opened));
      if (exist[index]) await request.again();
      answered += 1;
      if (answered === 2) all.open();
      await all.opened;
      return isKilled ? new Promise(() => {}) : { ...answer, status: 502, body: '' };
    });
    const client = { ...processes.job.options.client, apiBaseUrl: between.url };
    const intents = ['first', 'second'].map((name) => ({ name, content: { text } }));
    const running = [];
    for (const [index, intent] of intents.entries()) {
      running.push(processes.begin([intent], { ...reporting, options: { client } }));
      await arrivals[index].opened;
    }
    await all.opened;
    if (isKilled) for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    sandbox.faults.clear();
    expect(posts()).toHaveLength(exist.filter(Boolean).length);
    return intents;
  }

  test.each([
    ['first', [true, false]],
    ['second', [false, true]],
  ])('are both in doubt where only the %s post exists, and neither takes it', async (which, exist) => {
    const intents = await bothLost(`Only the ${which} one exists`, /** @type {[boolean, boolean]} */ (exist));
    const outcomes = await Promise.all(intents.map((intent) => processes.one(intent, reporting)));
    for (const { tweetId, error } of outcomes) {
      expect(tweetId).toBeUndefined();
      expect(error.code).toBe('UNKNOWN_OUTCOME');
      expect(error.message).toContain(`${posts()[0].id} (equal to ours, and to another post whose outcome is unknown)`);
    }
    expect(posts()).toHaveLength(1);
    for (const { name } of intents) {
      const { candidates } = JSON.parse((await fileRow(processes.folder, name).load()).state).intent;
      expect(candidates.map(({ id }) => id)).toEqual([posts()[0].id]);
    }
  });

  test('are both in doubt where both posts exist, until an operator names one of them', async () => {
    const intents = await bothLost('Both exist', [true, true], { isKilled: false });
    for (const intent of intents) {
      const { error } = await processes.one(intent, reporting);
      expect(error.code).toBe('UNKNOWN_OUTCOME');
      for (const { id } of posts()) expect(error.message).toContain(id);
    }
    const [one, other] = posts().map(({ id }) => id);
    await row('first').settle({ tweetId: other });
    await expect(processes.one(intents[1], reporting)).resolves.toMatchObject({ tweetId: one, reconciled: true });
    await expect(processes.one(intents[0], reporting)).resolves.toMatchObject({ tweetId: other });
    expect(posts()).toHaveLength(2);
  });

  test('are told apart where the other one has X’s answer', async () => {
    const [intent, lost] = ['answered', 'lost'].map((name) => ({ name, content: { text: 'One has its answer' } }));
    const { tweetId } = await processes.one(intent, reporting);
    sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    const { error } = await processes.one(lost, reporting);
    expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', message: expect.not.stringContaining(tweetId) });
    expect(error.message).toMatch(/reads? of the timeline.* did not show it/);
    await expect(row('lost').status()).resolves.toMatchObject({ state: 'unknown' });
  });

  test('both get one post without `others`, which is why it is there', async () => {
    const intents = await bothLost('Nobody tells', [true, false]);
    const outcomes = await Promise.all(intents.map((intent) => processes.one(intent, { untilOver: true })));
    for (const { tweetId } of outcomes) expect(tweetId).toBe(posts()[0].id);
  });

  test('at the same time never get the same id, whichever is faster', async () => {
    const kinds = ['commitThenReset', 'resetAfterRead'];
    for (let round = 0; round < 4; round += 1) {
      const text = `At the same time, round ${round}: ${'abcd'[round].repeat(30)}`;
      const before = posts().length;
      for (const kind of round % 2 ? kinds : [...kinds].reverse()) {
        sandbox.faults.add({ endpoint: 'createTweet', fault: { kind }, times: 1 });
      }
      const intents = ['a', 'b'].map((name) => ({ name: `${name}${round}`, content: { text } }));
      const outcomes = await Promise.all(intents.map((intent) => processes.one(intent, reporting)));
      const ids = outcomes.flatMap(({ tweetId }) => tweetId ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      expect(posts()).toHaveLength(before + 1);
      sandbox.faults.clear();
    }
  });
});

describe('a row that can ask for others', () => {
  const context = useSandbox();
  const token = () => context.user.oauth2.accessToken;
  const client = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };
  const soon = { client, reconcile: { scheduleMs: [1, 2, 3] } };
  const postsOf = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);

  /** The state as another row has it: of another name, and sealed as such. @param {string} state */
  function ofAnother(state) {
    const { checksum, ...body } = JSON.parse(state);
    body.intent.checkpoint.intent = 'another';
    const sum = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, checksum.length);
    return JSON.stringify({ ...body, checksum: sum });
  }

  /** A post whose answer was lost and that nobody could look for. @param {string} text */
  async function lost(text) {
    const memory = rowInMemory();
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    context.sandbox.faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 503 } });
    await rejectionOf(memory.open().publish({ text }, token(), null, soon));
    context.sandbox.faults.clear();
    return { ...memory, id: postsOf(text)[0].id };
  }

  test('has its marks at the top: the digest while it is in doubt, then the id', async () => {
    const { row, open, id } = await lost('Marked');
    const { marks, intent } = JSON.parse(row.state);
    expect(marks).toEqual([intent.checkpoint.post.seek.text]);
    await open().settle({ tweetId: id });
    expect(JSON.parse(row.state).marks).toEqual([id]);
    const changed = row.state.replace(`"marks":["${id}"]`, '"marks":["20"]');
    expect(changed).not.toBe(row.state);
    const error = await rejectionOf(rowInMemory({ state: changed }).open().status());
    expect(error.code).toBe('INVALID_ARGUMENT');
  });

  test('is asked with the ids and digests of what is near, and only then', async () => {
    const { open, row, id } = await lost('Asked once');
    const asked = [];
    const others = async (marks) => {
      asked.push(marks);
      // Its own row is no other.
      return [{ state: JSON.parse(row.state) }];
    };
    const [digest] = JSON.parse(row.state).marks;
    await expect(open({ others }).publish({ text: 'Asked once' }, token(), null, soon)).resolves.toMatchObject({
      tweetId: id,
      reconciled: true,
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toEqual(expect.arrayContaining([id, digest]));
    await expect(open({ others }).publish({ text: 'Asked once' }, token(), null, soon)).resolves.toMatchObject({
      tweetId: id,
    });
    expect(asked).toHaveLength(1);
  });

  test('settles nothing by an event while another row with that text is in doubt', async () => {
    const { open, row, id } = await lost('Seen by an event');
    const rival = ofAnother(row.state);
    const payload = { id, text: 'Seen by an event', author_id: context.user.id };
    const event = { data: { event_type: 'post.create', payload } };
    expect(await open({ others: () => [{ state: rival }] }).observe(event)).toBe(false);
    await expect(open().status()).resolves.toMatchObject({ state: 'unknown' });
    expect(await open({ others: () => [] }).observe(event)).toBe(true);
    await expect(open().status()).resolves.toMatchObject({ state: 'published', tweetId: id });
  });

  test.each([
    ['throws', () => Promise.reject(new Error('the database is away')), /others of the intent's store failed/],
    ['gives no array', () => undefined, /others of the intent's store failed/],
    ['gives rows without a state', () => [{}], /others of the intent's store failed/],
    ['gives what is no row', () => [{ state: '{}' }], /others\(\)\[\]\.state/],
    ['gives far too many', () => Array(1001).fill({ state: '{}' }), /others of the intent's store failed/],
  ])('settles nothing where that %s', async (what, others, why) => {
    const text = `It ${what}`;
    const { open, id } = await lost(text);
    const error = await rejectionOf(open({ others }).publish({ text }, token(), null, soon));
    expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', message: expect.stringMatching(why) });
    expect(error.message).toMatch(/a post exists that may be it/);
    await expect(open().status()).resolves.toMatchObject({ state: 'unknown' });
    await expect(open().publish({ text }, token(), null, soon)).resolves.toMatchObject({ tweetId: id });
  });

  test('takes no `others` that is no function', () => {
    const { load, store } = rowInMemory();
    const error = thrownBy(() => new PublishIntent({ load, store, others: /** @type {any} */ (true) }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('options.others') });
  });
});
