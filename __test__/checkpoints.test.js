'use strict';

const {
  createTweet,
  inspectCheckpoint,
  publishThread,
  publishTweetWithMedia,
  refreshAccessToken,
  resolveOutcome,
} = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');
const { resealed } = require('./support/intents.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
const client = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const PHASES = ['INIT', 'APPEND', 'FINALIZE', 'PROCESSING', 'READY'];
const image = (seed) => context.url(`/media/jpeg?seed=${seed}`);

/** The last checkpoint that a process left which died while its post was under way. */
async function armed(content, credentials = token()) {
  const kept = keeper((state) => {
    if (state === 'PUBLISHED') throw new Error('dead');
  });
  const { tweetId } = await publishTweetWithMedia(content, credentials, null, { client, ...kept });
  context.sandbox.ledger.clear();
  return { checkpoint: kept.last, tweetId };
}

describe('a checkpoint that does not belong to what it comes with', () => {
  test.each([
    ['text', (content) => ({ ...content, text: 'Another' })],
    ['poll', (content) => ({ ...content, poll: { options: ['a', 'b'], durationMinutes: 5 } })],
    ['reply', (content) => ({ ...content, replyTo: '20' })],
    ['media', (content) => ({ ...content, imageUrls: [image(1)] })],
  ])('another %s', async (name, change) => {
    const content = { text: `Mine: ${name}` };
    const { checkpoint } = await armed(content);
    const error = await rejectionOf(publishTweetWithMedia(change(content), token(), null, { client, checkpoint }));
    expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH', type: 'invalid_data', field: 'options.checkpoint' });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test.each([
    ['source', { url: () => image(9), altText: 'A lamp' }],
    ['description', { url: () => image(8), altText: 'Another lamp' }],
  ])('a medium with another %s', async (name, { url, altText }) => {
    const content = (medium) => ({ text: `Medium: ${name}`, media: [image(7), medium] });
    const { checkpoint } = await armed(content({ url: image(8), altText: 'A lamp' }));
    const changed = content({ url: url(), altText });
    const error = await rejectionOf(publishTweetWithMedia(changed, token(), null, { client, checkpoint }));
    expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH', mediaIndex: 1 });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test('another number of media', async () => {
    const { checkpoint } = await armed({ text: 'Two lamps', imageUrls: [image(10), image(11)] });
    const fewer = { text: 'Two lamps', imageUrls: [image(10)] };
    const error = await rejectionOf(publishTweetWithMedia(fewer, token(), null, { client, checkpoint }));
    expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(/number of media/) });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test('more posts than the thread has parts', async () => {
    const kept = keeper();
    const thread = [{ text: 'The only part' }];
    await publishThread(thread, token(), null, { client, ...kept });
    context.sandbox.ledger.clear();
    const checkpoint = resealed(String(kept.last), (name, value) => (name === 'published' ? [...value, '20'] : value));
    const error = await rejectionOf(publishThread(thread, token(), null, { client, checkpoint }));
    expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(/a longer thread/) });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test('another account', async () => {
    const { checkpoint } = await armed({ text: 'My account' });
    const other = context.sandbox.seedUser();
    for (const credentials of [[other.oauth2.accessToken], ['', other.oauth1Credentials]]) {
      const error = await rejectionOf(
        publishTweetWithMedia({ text: 'My account' }, ...credentials.concat([null]).slice(0, 2), {
          client,
          checkpoint,
        }),
      );
      expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
      // It stays in doubt: nothing about it has changed.
      expect(JSON.parse(error.checkpoint).post.state).toBe('ARMED');
    }
    expect(await rejectionOf(resolveOutcome(checkpoint, other.oauth2.accessToken))).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
    });
    expect(requestsTo('createTweet')).toHaveLength(0);
  });

  test.each(['a post', 'a thread'])('another account, where %s exists', async (what) => {
    const text = `Mine, and it exists: ${what}`;
    const publish = (...credentials) =>
      what === 'a post'
        ? publishTweetWithMedia({ text }, ...credentials)
        : publishThread([{ text }, { text: `${text}, on` }], ...credentials);
    const kept = keeper();
    const first = await publish(token(), null, { client, ...kept });
    const checkpoint = kept.last;
    const posts = requestsTo('createTweet').length;
    const other = context.sandbox.seedUser();
    for (const credentials of [
      [other.oauth2.accessToken, null],
      ['', other.oauth1Credentials],
    ]) {
      const error = await rejectionOf(publish(...credentials, { client, checkpoint }));
      expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH', field: 'options.checkpoint' });
      expect(error.failedIndex).toBeUndefined();
      const resolving = resolveOutcome(checkpoint, credentials[0] || credentials[1], { client });
      expect(await rejectionOf(resolving)).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    }
    expect(requestsTo('createTweet')).toHaveLength(posts);
    const again = await publish(token(), null, { client, checkpoint });
    expect(again).toMatchObject(what === 'a post' ? { tweetId: first.tweetId } : { threadUrl: first.threadUrl });
    await expect(resolveOutcome(checkpoint, token())).resolves.toMatchObject({ outcome: 'published' });
  });

  test.each(['a post', 'a thread'])(
    '%s that exists is given back, also where X can not be asked whose it is',
    async (what) => {
      const text = `Whose is ${what}?`;
      const publish = async (...credentials) => {
        if (what === 'a post') return publishTweetWithMedia({ text }, ...credentials);
        const { tweets } = await publishThread([{ text }, { text: `${text} On` }], ...credentials);
        return tweets.at(-1);
      };
      const { oauth2 } = context.sandbox.seedUser();
      const kept = keeper();
      const { tweetId } = await publish(oauth2.accessToken, null, { client, ...kept });
      // A token that this process has not asked X about.
      const { access_token } = await refreshAccessToken(oauth2.refreshToken);
      context.sandbox.ledger.clear();
      context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 503, body: '' } });
      const again = await publish(access_token, null, { client, checkpoint: kept.last });
      expect(again).toMatchObject({ tweetId, warnings: [expect.stringMatching(/could not be checked/)] });
      expect(requestsTo('createTweet')).toHaveLength(0);
    },
  );

  test('a thread for a post, and a post for a thread', async () => {
    const { checkpoint } = await armed({ text: 'A post' });
    const error = await rejectionOf(publishThread([{ text: 'A post' }], token(), null, { client, checkpoint }));
    expect(error.code).toBe('CHECKPOINT_MISMATCH');
    const kept = keeper();
    await publishThread([{ text: 'A thread' }], token(), null, { client, ...kept });
    const other = await rejectionOf(createTweet({ text: 'A thread' }, token(), { client, checkpoint: kept.last }));
    expect(other.code).toBe('CHECKPOINT_MISMATCH');
  });
});

function circle() {
  const self = {};
  return Object.assign(self, { self });
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('what is no checkpoint', () => {
  test.each([
    ['empty', () => ''],
    ['prose', () => 'the last one'],
    ['null', () => 'null'],
    ['cut off', (text) => text.slice(0, -20)],
    ['of another kind', (text) => text.replace('"post","intent"', '"video","intent"')],
    ['with a state that is none', (text) => text.replace('ARMED', 'SENT')],
    ['with an account that is none', (text) => text.replace(/"account":"\d+"/, '"account":"../../2/tweets"')],
    ['with more members', (text) => text.replace('{', '{"__proto__":{},')],
    ['too large', (text) => `${' '.repeat(70_000)}${text}`],
    ['from the future', (text) => text.replace('"version":1', '"version":2')],
    ['an array', () => []],
    ['a number', () => 7],
    ['data that hold themselves', (text) => Object.assign(JSON.parse(text), circle())],
    ['data that turn into nothing', (text) => Object.assign(JSON.parse(text), { toJSON: () => undefined })],
    ['a proxy that was revoked', revoked],
  ])('%s', async (name, change) => {
    const text = `No checkpoint: ${name}`;
    const { checkpoint } = await armed({ text });
    const broken = change(checkpoint);
    const error = await rejectionOf(createTweet({ text }, token(), { client, checkpoint: broken }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options.checkpoint' });
    const other = await rejectionOf(resolveOutcome(broken, token()));
    expect(other).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'checkpoint', operation: 'resolveOutcome' });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  /** Texts that differ from this one by one letter at each place. */
  const damaged = (text) =>
    [...text].flatMap((letter, at) =>
      ['0', 'a', '"', ' ']
        .filter((other) => other !== letter)
        .map((other) => text.slice(0, at) + other + text.slice(at + 1)),
    );

  test('nor is one that was changed anywhere', async () => {
    const kept = keeper();
    const content = { text: 'Changed', media: [{ url: image(20), altText: 'A lamp' }] };
    await publishTweetWithMedia(content, token(), null, { client, ...kept });
    const thread = keeper();
    await publishThread([{ text: 'Changed one' }, { text: 'Changed two' }], token(), null, { client, ...thread });
    const texts = [...kept.all, ...thread.all];
    expect(new Set(kept.states)).toEqual(new Set(['NEW', 'MEDIA_READY', 'ARMED', 'PUBLISHED']));
    for (const text of texts.flatMap(damaged)) {
      const error = thrownBy(() => inspectCheckpoint(text));
      if (error?.code !== 'INVALID_ARGUMENT') throw new Error(`was taken: ${text}`);
    }
    context.sandbox.ledger.clear();
    // By the calls that would post, at every seventh place of the last of each kind.
    for (const checkpoint of damaged(kept.last).filter((_text, index) => index % 7 === 0)) {
      const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client, checkpoint }));
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options.checkpoint' });
    }
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test.each([
    ['the post’s id', (checkpoint) => (checkpoint.post.tweetId = '20')],
    ['its state', (checkpoint) => (checkpoint.post = { state: 'NEW' })],
    ['the account', (checkpoint) => (checkpoint.account = '12')],
    ['the intent', (checkpoint) => (checkpoint.intent = 'a'.repeat(22))],
    ['the checksum, taken away', (checkpoint) => delete checkpoint.checksum],
  ])('nor is one with another value: %s', async (name, change) => {
    const kept = keeper();
    const text = `Another value: ${name}`;
    await publishTweetWithMedia({ text }, token(), null, { client, ...kept });
    const checkpoint = JSON.parse(kept.last);
    change(checkpoint);
    const error = await rejectionOf(publishTweetWithMedia({ text }, token(), null, { client, checkpoint }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('cut off or damaged') });
  });

  test('but one is that a database has put into another order', async () => {
    const kept = keeper();
    const { tweetId } = await publishTweetWithMedia({ text: 'In order' }, token(), null, { client, ...kept });
    const turned = (value) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, member]) => [name, turned(member)]),
          )
        : value;
    const checkpoint = JSON.stringify(turned(JSON.parse(kept.last)), null, 2);
    expect(checkpoint.startsWith('{\n  "checksum"')).toBe(true);
    const again = await publishTweetWithMedia({ text: 'In order' }, token(), null, { client, checkpoint });
    expect(again.tweetId).toBe(tweetId);
  });

  test.each([
    [{ onCheckpoint: 'keep it' }, 'options.onCheckpoint'],
    [{ onUnknown: 'guess' }, 'options.onUnknown'],
    [{ reconcile: { scheduleMs: [5, 1] } }, 'options.reconcile.scheduleMs'],
    [{ reconcile: { scheduleMs: [1e12] } }, 'options.reconcile.scheduleMs'],
    [{ reconcile: { scheduleMs: Array(40).fill(1) } }, 'options.reconcile.scheduleMs'],
    [{ reconcile: { scheduleMs: [-1] } }, 'options.reconcile.scheduleMs[0]'],
    [{ reconcile: 5 }, 'options.reconcile'],
  ])('nor are options what they are not: %j', async (options, field) => {
    const error = await rejectionOf(createTweet({ text: 'Options' }, token(), options));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });
});

describe('resolveOutcome', () => {
  test('finds a post that exists', async () => {
    const { checkpoint, tweetId } = await armed({ text: 'Where am I? https://example.com' });
    const resolved = await resolveOutcome(checkpoint, token());
    expect(resolved).toEqual({
      outcome: 'published',
      tweetId,
      tweetUrl: `https://twitter.com/i/web/status/${tweetId}`,
    });
    expect(requestsTo('createTweet')).toHaveLength(0);
    await expect(resolveOutcome(JSON.parse(checkpoint), context.user.oauth1Credentials)).resolves.toEqual(resolved);
  });

  test('finds none that does not exist, when enough time has passed', async () => {
    const { checkpoint, tweetId } = await armed({ text: 'Gone' });
    context.sandbox.ledger.tweets().find(({ id }) => id === tweetId).deleted = true;
    const options = { reconcile: { scheduleMs: [0, 1, 2] } };
    const early = await rejectionOf(resolveOutcome(checkpoint, token(), options));
    expect(early).toMatchObject({ code: 'UNKNOWN_OUTCOME', operation: 'resolveOutcome' });
    context.sandbox.clock.advance(122_000);
    await expect(resolveOutcome(checkpoint, token(), options)).resolves.toEqual({ outcome: 'not_found' });
  });

  test('needs no look where nothing was sent, or where it is known what exists', async () => {
    const kept = keeper();
    const { id } = await createTweet({ text: 'Known' }, token(), kept);
    const refused = await rejectionOf(createTweet({ text: 'Known' }, token(), { client }));
    expect(refused.code).toBe('DUPLICATE_TWEET');
    context.sandbox.ledger.clear();
    await expect(resolveOutcome(kept.last, token())).resolves.toMatchObject({ outcome: 'published', tweetId: id });
    await expect(resolveOutcome(refused.checkpoint, token())).resolves.toEqual({ outcome: 'not_found' });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });
});

test('of a post in doubt names its account, and is refused with the credentials of another', async () => {
  const [ours, others] = [context.sandbox.seedUser(), context.sandbox.seedUser()];
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
  const soon = { client, reconcile: { scheduleMs: [1] }, onUnknown: 'retry' };
  const error = await rejectionOf(createTweet({ text: 'Whose is it?' }, ours.oauth2.accessToken, soon));
  expect(error.code).toBe('UNKNOWN_OUTCOME');
  context.sandbox.clock.advance(125_000);
  const options = { ...soon, checkpoint: error.checkpoint };
  const other = await rejectionOf(createTweet({ text: 'Whose is it?' }, others.oauth2.accessToken, options));
  expect(other).toMatchObject({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(/another account/) });
  expect(requestsTo('createTweet')).toHaveLength(1);
});

describe('inspectCheckpoint', () => {
  test('says how far a post is, without a request', async () => {
    const kept = keeper();
    const url = context.url('/media/mp4?bytes=100000');
    const { id } = await createTweet({ text: 'Inspected' }, token(), kept);
    context.sandbox.ledger.clear();
    const [armed, published] = [kept.all[0], kept.last].map((text) => inspectCheckpoint(text));
    expect(armed).toEqual({ state: 'ARMED', inDoubt: true, published: [], armedAt: expect.any(Number) });
    expect(published).toEqual({ state: 'PUBLISHED', inDoubt: false, published: [id] });
    expect(context.sandbox.ledger.requests()).toEqual([]);
    const media = keeper();
    await publishTweetWithMedia({ text: 'With a video', videoUrl: url }, token(), null, media);
    const phases = media.all.map((text) => inspectCheckpoint(JSON.parse(text)).phase);
    expect(phases).toEqual([...phases].sort((one, other) => PHASES.indexOf(one) - PHASES.indexOf(other)));
    expect(phases.at(-1)).toBe('READY');
  });

  test('says which parts of a thread exist', async () => {
    const kept = keeper();
    const { tweets } = await publishThread([{ text: 'Part one' }, { text: 'Part two' }], token(), null, kept);
    expect(inspectCheckpoint(kept.last)).toEqual({
      state: 'PUBLISHED',
      inDoubt: false,
      published: tweets.map(({ tweetId }) => tweetId),
    });
  });

  test('of several media the slowest counts', async () => {
    const kept = keeper();
    const content = { text: 'One of two is begun', imageUrls: [image(30), image(31)] };
    await publishTweetWithMedia(content, token(), null, { client, ...kept });
    const phases = kept.all.map((text) => inspectCheckpoint(text).phase);
    expect([phases[0], phases.at(-1)]).toEqual(['INIT', 'READY']);
  });

  test.each([undefined, 7, '', '{}', 'null', '{"version":99}'])('refuses %p', (checkpoint) => {
    const error = thrownBy(() => inspectCheckpoint(/** @type {any} */ (checkpoint)));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(/^checkpoint /) });
  });
});
const TOO_MANY = { title: 'Too Many Requests', type: 'about:blank', status: 429 };

describe('a thread', () => {
  const parts = (name) => ['one', 'two', 'three'].map((number) => ({ text: `${name}, ${number}` }));

  test.each([
    ['was refused', { kind: 'status', status: 429, body: TOO_MANY }, 'RATE_LIMITED'],
    ['was lost, though it exists', { kind: 'commitThenReset' }, 'UNKNOWN_OUTCOME'],
    ['was lost and does not exist', { kind: 'resetAfterRead' }, 'UNKNOWN_OUTCOME'],
  ])('goes on at the part that %s', async (name, fault, code) => {
    const { sandbox } = context;
    const thread = parts(`Thread ${name}`);
    sandbox.faults.add({ endpoint: 'createTweet', fault, attempt: 2 });
    const kept = keeper();
    const unseen = { client, reconcile: { scheduleMs: [] }, onUnknown: 'retry' };
    const error = await rejectionOf(publishThread(thread, token(), null, { ...unseen, ...kept }));
    expect(error).toMatchObject({ code, failedIndex: 1 });
    expect(error.published).toHaveLength(1);
    sandbox.clock.advance(125_000);
    const options = { client, reconcile: { scheduleMs: [1, 2, 3] }, onUnknown: 'retry' };
    for (const checkpoint of [error.checkpoint, kept.last]) expect(JSON.parse(checkpoint).kind).toBe('thread');
    const { tweets, threadUrl } = await publishThread(thread, token(), null, { ...options, checkpoint: kept.last });
    expect(tweets.map(({ tweetId }) => tweetId)).toHaveLength(3);
    expect(threadUrl).toBe(error.published[0].tweetUrl);
    const existing = sandbox.ledger.tweets().filter(({ text }) => text.startsWith(`Thread ${name}`));
    expect(existing.map(({ text }) => text)).toEqual(thread.map(({ text }) => text));
    expect(existing.map(({ replyTo }) => replyTo)).toEqual([undefined, existing[0].id, existing[1].id]);
  });

  test('that exists is given again', async () => {
    const kept = keeper();
    const thread = parts('Whole');
    const first = await publishThread(thread, token(), null, kept);
    context.sandbox.ledger.clear();
    const again = await publishThread(thread, token(), null, { checkpoint: kept.last });
    expect(again.tweets.map(({ tweetId }) => tweetId)).toEqual(first.tweets.map(({ tweetId }) => tweetId));
    expect(requestsTo('createTweet')).toHaveLength(0);
    await expect(resolveOutcome(kept.last, token())).resolves.toMatchObject({ tweetId: first.tweets[2].tweetId });
  });

  test('does not go on with other parts', async () => {
    const kept = keeper();
    await publishThread(parts('Mine'), token(), null, kept);
    for (const others of [parts('Yours'), parts('Mine').slice(0, 2), [...parts('Mine'), { text: 'four' }]]) {
      const error = await rejectionOf(publishThread(others, token(), null, { client, checkpoint: kept.last }));
      expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    }
  });
});
