'use strict';

const { createTweet, publishThread, publishTweetWithMedia, resolveOutcome } = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');
const { hurry: hurryUntil } = require('./support/hurry.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
const client = { retry: { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 } };
const soon = { client, reconcile: { scheduleMs: [1, 2, 3] } };
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const postsOf = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);
const image = (seed) => context.url(`/media/jpeg?seed=${seed}`);

/** Ends what a test has left going on. */
let over = new AbortController();
afterEach(() => {
  over.abort();
  over = new AbortController();
});

/** At each read of a timeline X's clock moves on by half of the time that a post may take to be seen. */
const hurry = () => hurryUntil(context.sandbox, over.signal);

describe('a post whose answer is lost', () => {
  test.each([
    ['reset', { kind: 'commitThenReset' }],
    ['503', { kind: 'commitThenStatus', status: 503 }],
    ['cut off', { kind: 'truncate' }],
    ['garbage', { kind: 'garbage' }],
  ])('and that exists is found on the timeline (%s)', async (name, fault) => {
    const text = `Lost & found: ${name} https://shop.example.com/a?b=1&c=2 <3`;
    context.sandbox.faults.add({ endpoint: 'createTweet', fault, times: 1 });
    const post = await publishTweetWithMedia({ text }, token(), null, soon);
    expect(postsOf(text)).toHaveLength(1);
    expect(post).toMatchObject({ tweetId: postsOf(text)[0].id, reconciled: true, attempts: 1 });
    expect(post.tweetUrl).toBe(`https://twitter.com/i/web/status/${post.tweetId}`);
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('is known by its media, whatever became of its text', async () => {
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    const content = { text: 'With a picture', imageUrls: [image(41)] };
    const post = await publishTweetWithMedia(content, token(), context.user.oauth1Credentials, soon);
    expect(post).toMatchObject({ tweetId: postsOf('With a picture')[0].id, reconciled: true });
    expect(post.media).toHaveLength(1);
  });

  test('is found by createTweet, too, also as a reply', async () => {
    const first = await createTweet({ text: 'Who is first?' }, token());
    await createTweet({ text: 'Me', replyTo: first.id }, token());
    const second = await createTweet({ text: 'Who is second?' }, token());
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    const { id } = await createTweet({ text: 'Me', replyTo: second.id }, token(), soon);
    expect(postsOf('Me').find((tweet) => tweet.replyTo === second.id).id).toBe(id);
  });

  test('and that does not exist stays unknown, with what was seen and a way on', async () => {
    const text = 'Never there';
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    const error = await rejectionOf(publishTweetWithMedia({ text }, token(), null, soon));
    expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', retryable: false, operation: 'createTweet' });
    expect(error.message).toMatch(/3 reads of the timeline, the last one \d+ s after it was sent, did not show it/);
    expect(error.message).toMatch(/call again with the checkpoint/);
    expect(JSON.parse(error.checkpoint)).toMatchObject({ version: 1, kind: 'post', post: { state: 'UNKNOWN' } });
    expect(requestsTo('userTimeline')).toHaveLength(3);
    expect(postsOf(text)).toHaveLength(0);

    // Called again, it is looked for first.
    hurry();
    const again = await rejectionOf(
      publishTweetWithMedia({ text }, token(), null, { ...soon, checkpoint: error.checkpoint }),
    );
    expect(again.code).toBe('UNKNOWN_OUTCOME');
    expect(JSON.parse(again.checkpoint).post.state).toBe('NEEDS_HUMAN');
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('is sent again where the caller chose so, and only when it was looked for long enough', async () => {
    const text = 'Again, please';
    const retry = { ...soon, onUnknown: 'retry' };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    const early = await rejectionOf(publishTweetWithMedia({ text }, token(), null, retry));
    expect(early.code).toBe('UNKNOWN_OUTCOME');
    expect(requestsTo('createTweet')).toHaveLength(1);
    hurry();
    const post = await publishTweetWithMedia({ text }, token(), null, { ...retry, checkpoint: early.checkpoint });
    expect(post).toMatchObject({ tweetId: postsOf(text)[0].id, reconciled: false });
    expect(postsOf(text)).toHaveLength(1);
  });

  test('and is refused as a duplicate when sent again counts as existing', async () => {
    const text = 'Seen late';
    const { sandbox } = context;
    sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    const empty = { kind: 'status', status: 200, body: { meta: { result_count: 0 } } };
    const blind = sandbox.faults.add({ endpoint: 'userTimeline', fault: empty, times: 6 });
    const early = await rejectionOf(publishTweetWithMedia({ text }, token(), null, soon));
    expect(early.code).toBe('UNKNOWN_OUTCOME');
    hurry();
    const retry = { ...soon, onUnknown: 'retry', checkpoint: early.checkpoint };
    const post = await publishTweetWithMedia({ text }, token(), null, retry);
    expect(blind.hits).toBe(6);
    expect(post).toMatchObject({ tweetId: postsOf(text)[0].id, reconciled: true });
    expect(postsOf(text)).toHaveLength(1);
  });

  test('and of which there are two is ambiguous', async () => {
    const { faults } = context.sandbox;
    const newest = (BigInt(context.sandbox.clock.now()) - 1288834974657n) << 22n;
    const ids = [newest, newest + 1n].map(String);
    const timeline = { data: ids.map((id) => ({ id, text: 'Twins' })), meta: { result_count: 2 } };
    faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 200, body: timeline } });
    const error = await rejectionOf(createTweet({ text: 'Twins' }, token(), soon));
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    for (const id of ids) expect(error.message).toContain(id);
    await expect(resolveOutcome(error.checkpoint, token())).resolves.toEqual({ outcome: 'ambiguous', candidates: ids });
  });

  test('is not looked for where it can not be seen', async () => {
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    const error = await rejectionOf(createTweet({ text: 'An ad', nullcast: true }, token(), soon));
    expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME' });
    expect(requestsTo('userTimeline')).toHaveLength(0);
  });

  test('is looked for although X is slow to answer about it', async () => {
    const { faults } = context.sandbox;
    faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 503 }, times: 4 });
    await expect(createTweet({ text: 'Patience' }, token(), soon)).resolves.toMatchObject({ text: 'Patience' });
  });

  test('ends unknown when the deadline comes first', async () => {
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    const error = await rejectionOf(createTweet({ text: 'No time' }, token(), { client, timeoutMs: 1900 }));
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    expect(JSON.parse(error.checkpoint).post.state).toBe('UNKNOWN');
  });
});

describe('a checkpoint', () => {
  test('is kept before each step', async () => {
    const { sandbox } = context;
    const sent = [];
    const kept = keeper((state) => {
      sent.push([state, requestsTo('createTweet').length]);
    });
    const content = { text: 'Step by step', imageUrls: [image(42), image(43)] };
    const { tweetId } = await publishTweetWithMedia(content, token(), null, { client, ...kept });
    expect(kept.states).toEqual(['NEW', 'MEDIA_READY', 'ARMED', 'PUBLISHED']);
    expect(sent.filter(([state]) => state === 'ARMED')).toEqual([['ARMED', 0]]);
    expect(JSON.parse(kept.last)).toMatchObject({ account: context.user.id, post: { tweetId } });
    expect(sandbox.ledger.tweets().at(-1).id).toBe(tweetId);
    for (const text of kept.all) {
      expect(text.length).toBeLessThan(3 * 2048);
      expect(text).not.toContain('Step by step');
      expect(text).not.toContain('/media/jpeg');
      expect(text).not.toContain(token());
    }
  });

  test('of a post that exists gives it again, and sends nothing', async () => {
    const kept = keeper();
    const content = { text: 'Only once', imageUrls: [image(44)] };
    const first = await publishTweetWithMedia(content, token(), null, kept);
    context.sandbox.ledger.clear();
    const again = await publishTweetWithMedia(content, token(), null, { checkpoint: kept.last });
    expect(again).toMatchObject({ tweetId: first.tweetId, tweetUrl: first.tweetUrl, mediaIds: first.mediaIds });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test('may come back as data', async () => {
    const kept = keeper();
    const { id } = await createTweet({ text: 'As data' }, token(), kept);
    const checkpoint = JSON.parse(kept.last);
    await expect(createTweet({ text: 'As data' }, token(), { checkpoint })).resolves.toMatchObject({ id });
  });

  test('that is found ARMED after a crash leaves the post in doubt', async () => {
    const kept = keeper((state) => {
      // The process dies after this: nothing later is ever kept.
      if (state === 'PUBLISHED') throw new Error('the process has died');
    });
    const first = await publishTweetWithMedia({ text: 'Crashed' }, token(), null, { client, ...kept });
    // A store that fails after a post that exists does not make it a failure.
    expect(first.warnings).toEqual([expect.stringContaining('could not be saved')]);
    expect(kept.states.at(-1)).toBe('ARMED');
    const again = await publishTweetWithMedia({ text: 'Crashed' }, token(), null, { ...soon, checkpoint: kept.last });
    expect(again).toMatchObject({ tweetId: first.tweetId, reconciled: true });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  describe('of a post in doubt whose account can not be read', () => {
    /** A process that has not seen the account yet. */
    let afresh;
    let processes = 0;
    beforeEach(() => {
      processes += 1;
      afresh = { ...soon, client: { ...client, userAgent: `process ${processes}` } };
    });
    const dies = () =>
      keeper((state) => {
        if (state === 'PUBLISHED') throw new Error('the process has died');
      });

    test.each([
      ['UNAUTHORIZED', 401],
      ['RATE_LIMITED', 429],
      ['UPSTREAM', 503],
    ])('leaves it in doubt, whatever X said (%s)', async (code, status) => {
      const text = `In doubt: ${code}`;
      const kept = dies();
      const { tweetId } = await publishTweetWithMedia({ text }, token(), null, { client, ...kept });
      const rule = context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status } });
      const again = publishTweetWithMedia({ text }, token(), null, { ...afresh, checkpoint: kept.last });
      const error = await rejectionOf(again);
      expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', retryable: false });
      expect(error.message).toContain('it is not known whose timeline to read');
      expect(JSON.parse(error.checkpoint).post.state).toBe('ARMED');
      rule.remove();
      const { checkpoint } = error;
      const last = await publishTweetWithMedia({ text }, token(), null, { ...afresh, checkpoint });
      expect(last).toMatchObject({ tweetId, reconciled: true });
      expect(requestsTo('createTweet')).toHaveLength(1);
    });

    test('leaves a part of a thread in doubt, and says what exists', async () => {
      const parts = [{ text: 'The first part' }, { text: 'The second part' }];
      const kept = keeper((_, { published = [] }) => {
        if (published.length === 2) throw new Error('the process has died');
      });
      const thread = await publishThread(parts, token(), null, { client, ...kept });
      const [first, second] = thread.tweets.map(({ tweetId }) => tweetId);
      const rule = context.sandbox.faults.add({ endpoint: 'me', fault: { kind: 'status', status: 503 } });
      const resumed = { ...afresh, checkpoint: kept.last };
      const error = await rejectionOf(publishThread(parts, token(), null, resumed));
      expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME', failedIndex: 1, published: [{ tweetId: first }] });
      rule.remove();
      const whole = await publishThread(parts, token(), null, { ...resumed, checkpoint: error.checkpoint });
      expect(whole.tweets.map(({ tweetId }) => tweetId)).toEqual([first, second]);
      expect(requestsTo('createTweet')).toHaveLength(2);
    });
  });

  test.each(['NEW', 'MEDIA_READY', 'ARMED'])('that can not be kept (%s) stops everything', async (state) => {
    const reason = new Error('the database is away');
    const kept = keeper((now) => {
      if (now === state) throw reason;
    });
    const content = { text: `Not kept: ${state}`, imageUrls: [image(45)] };
    const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
    expect(error).toMatchObject({ code: 'ABORTED' });
    expect(error.message).toMatch(/onCheckpoint rejected/);
    expect(error.cause).toBe(reason);
    expect(requestsTo('createTweet')).toHaveLength(0);
    // What it could not write down it still reports.
    const later = await publishTweetWithMedia(content, token(), null, { client, checkpoint: error.checkpoint });
    expect(later.reconciled).toBe(false);
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('that is being kept when the call ends does not undo the post', async () => {
    const end = new AbortController();
    const kept = keeper(async (state) => {
      if (state !== 'PUBLISHED') return;
      end.abort();
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
    });
    const content = { text: 'Too late to stop', imageUrls: [image(47)] };
    const post = await publishTweetWithMedia(content, token(), null, { client, ...kept, signal: end.signal });
    expect(post).toMatchObject({ tweetId: postsOf(content.text)[0].id, text: content.text, reconciled: false });
    expect(post.mediaIds).toHaveLength(1);
    expect(post.warnings).toEqual([expect.stringContaining('may not be saved')]);
  });

  test('after a refusal lets the post be sent again, with the media that it has', async () => {
    const refusal = { kind: 'status', status: 429, body: { title: 'Too Many Requests', type: 'about:blank' } };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: refusal, times: 1 });
    const kept = keeper();
    const content = { text: 'Later', imageUrls: [image(46)] };
    const error = await rejectionOf(publishTweetWithMedia(content, token(), null, { client, ...kept }));
    expect(error.code).toBe('RATE_LIMITED');
    expect(error.checkpoint).toBe(kept.last);
    expect(kept.states.at(-1)).toBe('REJECTED');
    context.sandbox.ledger.clear();
    const { reconciled } = await publishTweetWithMedia(content, token(), null, { client, checkpoint: kept.last });
    expect(reconciled).toBe(false);
    expect(requestsTo('uploadMedia')).toHaveLength(0);
    // Its address is asked whether it still leads to the same medium.
    expect(requestsTo('source')).toHaveLength(1);
    expect(postsOf('Later')).toHaveLength(1);
  });
});
