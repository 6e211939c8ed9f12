'use strict';

const {
  createTweet,
  deleteTweet,
  estimateCost,
  getAppBearerToken,
  getTweetMetrics,
  getUsage,
  getUserProfile,
  getUserTweets,
  PublishIntent,
  publishThread,
  publishTweetWithMedia,
} = require('twitter-native');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');

const context = useSandbox({ credits: { prepaid: 12.5, free: 2.25 } });
const token = () => context.user.oauth2.accessToken;

const PLAIN = 0.015;
const WITH_LINK = 0.2;
const AS_OF = '2026-04-20';

describe('estimateCost', () => {
  test.each([
    ['No link at all', PLAIN],
    ['Ask me at lamps@example.com', PLAIN],
    ['Version 1.2.3 of e.g. this', PLAIN],
    ['#lamp $TWTR @somebody', PLAIN],
    ['', PLAIN],
    ['See https://shop.example.com/lamp?x=1', WITH_LINK],
    ['See example.com.', WITH_LINK],
    ['HTTP://EXAMPLE.COM', WITH_LINK],
    ['日本語example.com', WITH_LINK],
    ['https://müller.example', WITH_LINK],
    // X's list of domains may be newer than twitter-text's, so whatever has a scheme counts.
    ['https://shop.newtopleveldomain/x', WITH_LINK],
  ])('%j', (text, usd) => {
    expect(estimateCost({ text })).toMatchObject({ usd, pricesAsOf: AS_OF });
  });

  test('what makes it dear is named', () => {
    const content = {
      text: 'Look: https://shop.example.com',
      replyTo: '20',
      media: [
        { url: 'https://shop.example/1.jpg', altText: 'A lamp' },
        { data: Buffer.alloc(4), altText: 'The lamp from behind' },
        { path: '/3.jpg', altText: '' },
      ],
    };
    expect(estimateCost(content)).toEqual({
      usd: 0.21,
      items: [
        {
          what: 'post_with_link',
          usd: WITH_LINK,
          why: 'its text has a link; as a reply to somebody who mentioned or quoted the account it costs $0.01',
        },
        { what: 'media_upload', usd: 0, why: '3 uploaded media: no price on the list' },
        { what: 'alt_text', usd: 0.01, why: '2 alt texts: $0.005 each' },
      ],
      pricesAsOf: AS_OF,
    });
  });

  test.each([
    [{ presentation: { callToAction: { visitSite: 'https://shop.example' } } }, /button/],
    [{ presentation: { callToAction: { watchNow: 'https://shop.example' } } }, /button/],
    [{ directMessageDeepLink: 'https://x.com/messages/compose?recipient_id=1' }, /direct messages/],
  ])('a link beside the text counts: %j', (more, why) => {
    const { usd, items } = estimateCost({ text: 'Look', mediaIds: ['1'], ...more });
    expect(usd).toBe(WITH_LINK);
    expect(items).toEqual([{ what: 'post_with_link', usd, why: expect.stringMatching(why) }]);
  });

  test('media that were uploaded before cost nothing, nor does a button to an app', () => {
    const presentation = { callToAction: { installApp: { appStoreId: '1' } } };
    expect(estimateCost({ text: 'Look', mediaIds: ['1', '2'], presentation })).toMatchObject({
      usd: PLAIN,
      items: [{ what: 'post' }],
    });
  });

  test('a thread costs what its parts cost', () => {
    const parts = [
      { text: 'One' },
      { text: 'Two: example.com' },
      { text: 'Three', imageUrls: ['https://a.example/1'] },
    ];
    const { usd, items } = estimateCost(parts);
    expect(usd).toBe(0.23);
    expect(items.map(({ what, part }) => [what, part])).toEqual([
      ['post', 0],
      ['post_with_link', 1],
      ['post', 2],
      ['media_upload', 2],
    ]);
    expect(items.reduce((sum, item) => sum + item.usd, 0)).toBeCloseTo(usd, 9);
  });

  test('planned calls have their prices', () => {
    const month = { postReads: 76, ownedReads: 76, userReads: 2, summonedReplies: 3, deletes: 4, events: 5 };
    const { usd, items } = estimateCost({ calls: month });
    expect(items.map(({ what, usd }) => [what, usd])).toEqual([
      ['post_read', 0.38],
      ['owned_read', 0.076],
      ['user_read', 0.02],
      ['summoned_reply', 0.03],
      ['delete', 0.04],
      ['event', 0.025],
    ]);
    expect(usd).toBe(0.571);
    expect(estimateCost({ calls: {} })).toEqual({ usd: 0, items: [], pricesAsOf: AS_OF });
    // Floats would give 0.7000000000000001 and the like.
    for (const reads of [7, 70, 1_000_001, 999_999_999]) {
      expect(estimateCost({ calls: { ownedReads: reads } }).usd).toBe(reads / 1000);
    }
  });

  test('prices can be replaced, one or all', () => {
    const text = 'One example.com';
    expect(estimateCost({ text }, { postWithLink: 0.25 })).toMatchObject({ usd: 0.25, pricesAsOf: AS_OF });
    expect(estimateCost({ text }, { post: 1 })).toMatchObject({ usd: WITH_LINK });
    const all = {
      ...{ post: 1, postWithLink: 2, summonedReply: 0.5, altText: 0.25, subtitles: 0.125, mediaUpload: 0.0625 },
      ...{ postRead: 3, ownedRead: 4, userRead: 5, delete: 6, event: 7, asOf: '2027-01-31' },
    };
    const video = {
      path: '/v.mp4',
      altText: 'A film',
      subtitles: [{ path: '/v.srt', languageCode: 'EN', displayName: 'E' }],
    };
    expect(estimateCost({ text, media: [video] }, all)).toMatchObject({ usd: 2.4375, pricesAsOf: '2027-01-31' });
    const calls = { postReads: 1, ownedReads: 1, userReads: 1, summonedReplies: 1, deletes: 1, events: 1 };
    expect(estimateCost({ calls }, all)).toMatchObject({ usd: 25.5 });
    expect(estimateCost({ text }, null)).toMatchObject({ usd: WITH_LINK });
  });

  test.each([
    [{ post: -0.01 }, 'prices.post', /from 0 to 1000/],
    [{ post: 1001 }, 'prices.post', /from 0 to 1000/],
    [{ ownedRead: Number.POSITIVE_INFINITY }, 'prices.ownedRead', /from 0 to 1000/],
    [{ postRead: 0.0000001 }, 'prices.postRead', /6 decimal places/],
    [{ altText: '0.005' }, 'prices.altText', /number/],
    [{ asOf: '20 April' }, 'prices.asOf', /YYYY-MM-DD/],
    [{ asOf: '2026-13-01' }, 'prices.asOf', /YYYY-MM-DD/],
    [{ tweet: 1 }, 'prices', /post, postWithLink, summonedReply/],
  ])('prices %j are refused', (prices, field, message) => {
    const error = thrownBy(() => estimateCost({ text: 'One' }, prices));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', operation: 'estimateCost', field });
    expect(error.message).toMatch(message);
  });

  test.each([
    [{ calls: { postReads: -1 } }, 'content.calls.postReads'],
    [{ calls: { postReads: 1.5 } }, 'content.calls.postReads'],
    [{ calls: { ownedReads: 2_000_000_000 } }, 'content.calls.ownedReads'],
    [{ calls: { tweetReads: 1 } }, 'content.calls'],
    [{ calls: { postReads: 1 }, text: 'One' }, 'content'],
    [[], 'content'],
    [Array.from({ length: 101 }, () => ({ text: 'One' })), 'content'],
    [[{ text: 'One' }, { text: 2 }], 'content[1].text'],
  ])('content that can not be is refused: %#', (content, field) => {
    const error = thrownBy(() => estimateCost(content));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', operation: 'estimateCost', field });
  });

  test('a text that is still being written can be estimated', () => {
    expect(estimateCost({ text: 'x'.repeat(1000) }).usd).toBe(PLAIN);
    expect(estimateCost({}).usd).toBe(PLAIN);
  });

  test('a stream is not touched', () => {
    const stream = new ReadableStream();
    expect(estimateCost({ text: 'One', media: [{ stream, altText: 'Streamed' }] }).usd).toBe(0.02);
    expect(stream.locked).toBe(false);
  });
});

/** What the sandbox has billed, in dollars, by the same list. */
function billed() {
  const { post, post_with_link: withLink, alt_text: altText } = context.sandbox.ledger.billed();
  return (post.billed * 15 + withLink.billed * 200 + altText.billed * 5) / 1000;
}

describe('results have their cost', () => {
  test('a post with media', async () => {
    const media = [{ url: context.url('/media/png'), altText: 'A lamp' }, context.url('/media/jpeg')];
    const content = { text: 'The lamp https://shop.example.com/1', media };
    const { estimatedCost } = await publishTweetWithMedia(content, token());
    expect(estimatedCost).toEqual({ usd: 0.205, pricesAsOf: AS_OF });
    expect(estimatedCost.usd).toBe(estimateCost(content).usd);
    expect(billed()).toBe(0.205);
  });

  test('a thread, whole and by its parts', async () => {
    const parts = [{ text: 'A thread begins' }, { text: 'and goes on at shop.example.com' }];
    const { tweets, estimatedCost } = await publishThread(parts, token());
    expect(tweets.map((tweet) => tweet.estimatedCost.usd)).toEqual([PLAIN, WITH_LINK]);
    expect(estimatedCost).toEqual({ usd: 0.215, pricesAsOf: AS_OF });
    expect(billed()).toBe(0.215);
  });

  test('createTweet, a dry run, and other prices', async () => {
    await expect(createTweet({ text: 'Created without a link' }, token())).resolves.toMatchObject({
      estimatedCost: { usd: PLAIN, pricesAsOf: AS_OF },
    });
    const dry = { dryRun: true, prices: { postWithLink: 0.3, asOf: '2027-01-01' } };
    await expect(publishTweetWithMedia({ text: 'Dry example.com' }, token(), null, dry)).resolves.toMatchObject({
      tweetId: '',
      estimatedCost: { usd: 0.3, pricesAsOf: '2027-01-01' },
    });
    const error = await rejectionOf(createTweet({ text: 'Never' }, token(), { prices: { post: -1 } }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options.prices.post' });
    expect(billed()).toBe(PLAIN);
  });

  test('an intent, also from its row', async () => {
    /** @type {any} */
    let row;
    const store = {
      load: async () => row,
      store: async (state, version) => {
        if (row?.version !== version) return false;
        row = { state, version: (version ?? 0) + 1 };
        return true;
      },
    };
    const content = { text: 'Kept in a row, example.com' };
    for (let times = 0; times < 2; times += 1) {
      await expect(new PublishIntent(store).publish(content, token())).resolves.toMatchObject({
        estimatedCost: { usd: WITH_LINK },
      });
    }
    expect(billed()).toBe(WITH_LINK);
  });

  test('a post that was found again costs the same', async () => {
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    const options = { reconcile: { scheduleMs: [1] } };
    await expect(publishTweetWithMedia({ text: 'Lost and found' }, token(), null, options)).resolves.toMatchObject({
      reconciled: true,
      estimatedCost: { usd: PLAIN },
    });
    expect(context.sandbox.ledger.billed().post_read.resources).toBeGreaterThan(0);
  });

  test('the parts of a thread that broke off have theirs', async () => {
    const refused = { title: 'Forbidden', detail: 'No', type: 'about:blank', status: 403 };
    const fault = { kind: 'status', status: 403, body: refused };
    context.sandbox.faults.add({ endpoint: 'createTweet', attempt: 2, fault });
    const parts = [{ text: 'It stands at example.com' }, { text: 'It does not' }];
    const error = await rejectionOf(publishThread(parts, token()));
    expect(error.published).toMatchObject([{ estimatedCost: { usd: WITH_LINK } }]);
    context.sandbox.faults.clear();
    const { checkpoint } = error;
    await expect(publishThread(parts, token(), null, { checkpoint })).resolves.toMatchObject({
      tweets: [{ estimatedCost: { usd: WITH_LINK } }, { estimatedCost: { usd: PLAIN } }],
      estimatedCost: { usd: 0.215 },
    });
  });
});

describe('what calls are billed as', () => {
  test('metrics are reads, one resource each', async () => {
    const { id } = await createTweet({ text: 'Read me' }, token());
    context.sandbox.ledger.clear();
    await getTweetMetrics(id, token());
    await getUserTweets(context.user.id, token());
    await getUserProfile(token());
    await deleteTweet(id, token());
    const { post_read: reads, user_read: users, delete: deleted, owned_read: owned } = context.sandbox.ledger.billed();
    expect([reads.requests, users.resources, deleted.billed, owned.resources]).toEqual([2, 1, 1, 0]);
  });

  test("the app's owner reads its own posts for less", async () => {
    const owner = context.sandbox.seedUser({ ownsApp: true });
    await createTweet({ text: 'Owned' }, owner.oauth2.accessToken);
    await getUserTweets(owner.id, owner.oauth2.accessToken);
    expect(context.sandbox.ledger.billed()).toMatchObject({ owned_read: { billed: 1 }, post_read: { billed: 0 } });
  });
});

describe('getUsage', () => {
  const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });

  test('gives the posts that were read, the cap and the credits', async () => {
    const { id } = await createTweet({ text: 'To be read' }, token());
    const before = await getUsage({ days: 1 });
    await getTweetMetrics(id, token());
    const usage = await getUsage({ days: 2 });
    expect(usage).toMatchObject({
      projectId: expect.stringMatching(/^\d+$/),
      postsRead: before.postsRead + 1,
      cap: 3_000_000,
      capResetDay: 1,
      credits: { prepaidUsd: 12.5, freeUsd: 2.25, totalUsd: 14.75 },
    });
    expect(usage).not.toHaveProperty('creditsUnavailable');
    expect(usage.days).toHaveLength(2);
    expect(usage.days[1]).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      postsRead: before.days[0].postsRead + 1,
    });
    expect(usage.apps).toEqual([{ appId: expect.stringMatching(/^\d+$/), days: usage.days }]);
    for (const entry of [...requestsTo('usage'), ...requestsTo('credits')]) expect(entry.auth).toBe('app');
  });

  test('a week is the default', async () => {
    expect((await getUsage()).days).toHaveLength(7);
  });

  test.each([0, 91, 1.5, '7', -1])('%j days are refused', async (days) => {
    const error = await rejectionOf(getUsage({ days }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', operation: 'getUsage' });
    expect(error.message).toContain('days');
    expect(requestsTo('usage')).toEqual([]);
  });

  test('without a key it says what is missing', async () => {
    const error = await rejectionOf(getUsage({ apiKey: '' }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'apiKey' });
  });

  test.each([
    ['404, as X was seen to answer', { status: 404, body: { title: 'Not Found', type: 'about:blank', status: 404 } }],
    ['a gateway', { status: 404, body: '<html>' }],
    ['nothing that can be read', { status: 200, body: 'no JSON' }],
  ])('the usage is reported without credits: %s', async (_name, answer) => {
    context.sandbox.faults.add({ endpoint: 'credits', fault: { kind: 'status', ...answer } });
    const usage = await getUsage();
    expect(usage).toMatchObject({ cap: 3_000_000, creditsUnavailable: expect.stringMatching(/./) });
    expect(usage).not.toHaveProperty('credits');
  });

  test('it is asked again if X is out of order', async () => {
    context.sandbox.faults.add({ endpoint: 'usage', fault: { kind: 'status', status: 503 }, times: 1 });
    const client = { retry: { baseDelayMs: 1, budget: 10_000 } };
    await expect(getUsage({ client })).resolves.toMatchObject({ cap: 3_000_000 });
    expect(requestsTo('usage')).toHaveLength(2);
  });

  test("the app's token is got anew if X does not accept it any more", async () => {
    await getAppBearerToken();
    const unauthorized = { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' };
    const fault = { kind: 'status', status: 401, body: unauthorized };
    context.sandbox.faults.add({ endpoint: 'usage', fault, times: 1 });
    await expect(getUsage()).resolves.toMatchObject({ cap: 3_000_000 });
    expect(requestsTo('appToken')).toHaveLength(1);
    context.sandbox.faults.add({ endpoint: 'usage', fault });
    const error = await rejectionOf(getUsage());
    expect(error).toMatchObject({ code: 'UNAUTHORIZED', operation: 'getUsage', status: 401 });
    expect(error.message).toBe("Failed to get usage: 401 - Unauthorized. Check the app's API key and secret.");
  });

  test('an abort and a deadline end it', async () => {
    context.sandbox.faults.add({ endpoint: 'usage', fault: { kind: 'hang' } });
    await expect(getUsage({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(getUsage({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'TIMEOUT', operation: 'getUsage' });
  });
});

describe('what to do when nothing is left', () => {
  test('credits may come by themselves, or not', async () => {
    context.sandbox.exhaust('credits');
    const begun = Date.now();
    const error = await rejectionOf(createTweet({ text: 'Nothing left' }, token()));
    expect(error).toMatchObject({ code: 'NO_CREDITS', status: 402, retryable: true });
    const wait = error.retryAt.getTime() - begun;
    expect(wait).toBeGreaterThanOrEqual(5 * 60_000);
    expect(error.message).toMatch(
      /^Tweet creation failed: 402 - credits depleted\. Buy credits in X's developer console; if auto-recharge is on, it adds some within 5 minutes, unless a balance of zero or less has paused it\. Try again at \d{4}-/,
    );
    // X says so at once, so it is not asked again within the call.
    expect(context.sandbox.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(1);
    expect(context.sandbox.ledger.billed().post.billed).toBe(0);
  });

  test.each([
    ['usage-cap', 429, /The plan's cap is reached: it holds until the plan is raised or the cycle ends/],
    ['spend-cap', 403, /The spending limit of X's developer console is reached: it holds until it is raised/],
  ])('%s holds until somebody does something', async (kind, status, message) => {
    context.sandbox.exhaust(kind);
    const error = await rejectionOf(createTweet({ text: 'Capped' }, token()));
    expect(error).toMatchObject({ code: 'USAGE_CAP', status, retryable: false });
    expect(error.message).toMatch(message);
    expect(error).not.toHaveProperty('retryAt');
  });
});
