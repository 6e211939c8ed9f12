'use strict';

const { createTweet, publishTweetWithMedia, resolveOutcome } = require('twitter-native');
const { startGoBetween } = require('./support/go-between.js');
const { rejectionOf, useSandbox, withSandbox } = require('./support/harness.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const postsOf = (text) => context.sandbox.ledger.tweets().filter((tweet) => tweet.text === text);
const retry = { baseDelayMs: 1, maxDelayMs: 5, budget: 10_000 };
const soon = { client: { retry }, reconcile: { scheduleMs: [1, 2, 3] } };

/** An id of a post that X created so long after now. */
const idIn = (ms) => String((BigInt(context.sandbox.clock.now() + ms) - 1288834974657n) << 22n);

/** The timeline shows these posts from now on. */
function timelineShows(...posts) {
  const data = posts.map((post) => ({ id: idIn(30_000), author_id: context.user.id, ...post }));
  const body = { data, meta: { result_count: data.length } };
  context.sandbox.faults.add({ endpoint: 'userTimeline', fault: { kind: 'status', status: 200, body } });
  return data;
}

/** Nothing comes back of the next post, which X does not know of. */
const loseNext = () =>
  context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });

/** A post whose answer was lost, while the timeline shows these. */
async function lost(content, ...shown) {
  loseNext();
  const posts = timelineShows(...shown);
  const outcome = createTweet(content, token(), soon);
  return { posts, outcome };
}

const refersTo = (type, id) => ({ referenced_tweets: [{ type, id }] });
const linked = (url, expanded) => ({ entities: { urls: [{ url, expanded_url: expanded }] } });

describe('of posts with one text', () => {
  // Before X’s clock is moved on, so that it shows the order of posts to the millisecond.
  const publishedElsewhere = async (text) => {
    const headers = { authorization: `Bearer ${token()}`, 'content-type': 'application/json' };
    const url = `${context.sandbox.url}/2/tweets`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ text }) });
    return (await answer.json()).data.id;
  };

  test('the one that another process has just published is not ours', async () => {
    const theirs = await publishedElsewhere('Once each');
    const created = Number((BigInt(theirs) >> 22n) + 1288834974657n);
    while (context.sandbox.clock.now() <= created) await new Promise(setImmediate);
    loseNext();
    const error = await rejectionOf(createTweet({ text: 'Once each' }, token(), soon));
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    expect(error.message).toContain(theirs);
  });

  test('the one that this process has published is not the second one’s', async () => {
    const { id } = await createTweet({ text: 'Twice' }, token(), soon);
    loseNext();
    const error = await rejectionOf(createTweet({ text: 'Twice' }, token(), soon));
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    expect(error.message).not.toContain(id);
  });
});

test('a post is found by one look, though nothing was known of X’s clock, which is behind', async () => {
  await withSandbox({}, async ({ url, clock, faults, ledger, seedUser }) => {
    // Further than a look allows for while X's time is not known, and near enough to be learned from one answer.
    clock.advance(-80_000);
    faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    const options = { client: { retry, apiBaseUrl: url }, reconcile: { scheduleMs: [1] } };
    // An OAuth 1.0a token names its account, so that X is asked for nothing else.
    const post = await publishTweetWithMedia({ text: 'By a slow clock' }, '', seedUser().oauth1Credentials, options);
    expect(post).toMatchObject({ tweetId: ledger.tweets()[0].id, reconciled: true });
    // The first answer gave X's time, and what was asked for had begun too late.
    expect(ledger.requests().map(({ endpoint }) => endpoint)).toEqual(['createTweet', 'userTimeline', 'userTimeline']);
  });
});

describe('behind something that is between us and X', () => {
  let between;
  beforeAll(async () => {
    between = await startGoBetween(() => context.sandbox.url);
  });
  afterEach(() => between.changes(() => {}));
  afterAll(() => between.close());

  /** A client that no other test has, so that it knows nothing of X's clock. */
  let clients = 0;
  const through = () => {
    clients += 1;
    const userAgent = `between ${clients}`;
    return { client: { retry, userAgent, apiBaseUrl: between.url }, reconcile: { scheduleMs: [1, 2, 3] } };
  };
  const isPost = ({ method, path }) => method === 'POST' && path === '/2/tweets';
  const instead = (status, body, headers = {}) =>
    between.changes((answer, request) =>
      isPost(request) ? { status, headers: { date: answer.headers.date, ...headers }, body } : undefined,
    );

  test.each([
    101, 300, 301, 302, 303, 304, 305, 307, 308, 405, 406, 407, 409, 410, 411, 412, 414, 416, 418, 421, 423, 424, 426,
    428, 431, 444, 451, 460, 499, 520, 600, 799, 999,
  ])('status %i says nothing of the post, which is looked for', async (status) => {
    const text = `Behind ${status}`;
    instead(status, '');
    const post = await publishTweetWithMedia({ text }, token(), null, through());
    expect(post).toMatchObject({ tweetId: postsOf(text)[0].id, reconciled: true });
    expect(postsOf(text)).toHaveLength(1);
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  const html = '<html><body>Access denied</body></html>';
  test.each(
    [400, 401, 402, 403, 404, 413, 415, 422, 429].flatMap((status) => [
      [status, 'no body', ''],
      [status, 'HTML', html],
      [status, 'JSON of another shape', '{"message":"Forbidden"}'],
      [status, 'a body that is cut off', '{"title":"Forbidden","type":"about:bl'],
    ]),
  )('status %i with %s is no refusal of X’s', async (status, what, body) => {
    const text = `Behind ${status} with ${what}`;
    instead(status, body, { 'content-type': 'application/json', location: 'http://127.0.0.1:1/' });
    const post = await publishTweetWithMedia({ text }, token(), null, through());
    expect(post).toMatchObject({ tweetId: postsOf(text)[0].id, reconciled: true });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('a Date that is two hours off as the post is armed does not hide it', async () => {
    between.changes((answer, request) => {
      if (request.path === '/2/users/me') return { ...answer, headers: twoHoursOff(answer) };
      return isPost(request) ? { ...answer, status: 502, body: '' } : undefined;
    });
    const text = 'Armed at an odd time';
    const user = context.sandbox.seedUser();
    const options = { ...through(), onCheckpoint: () => {} };
    const post = await publishTweetWithMedia({ text }, user.oauth2.accessToken, null, options);
    expect(post).toMatchObject({ tweetId: postsOf(text)[0].id, reconciled: true });
  });

  test('a Date that is two hours off as the timeline is read does not end the search', async () => {
    let reads = 0;
    between.changes((answer, request) => {
      if (isPost(request)) return { ...answer, status: 502, body: '' };
      if (!request.path.endsWith('/tweets')) return undefined;
      reads += 1;
      // The post is not seen yet, and the third read comes with an odd time.
      const body = JSON.stringify({ meta: { result_count: 0 } });
      return { ...answer, body, headers: reads === 3 ? twoHoursOff(answer) : answer.headers };
    });
    const text = 'Read at an odd time';
    const { accessToken } = context.sandbox.seedUser().oauth2;
    // Whoever keeps checkpoints asks X for the account first, and so knows X's time as the post is armed.
    const options = { ...through(), onCheckpoint: () => {} };
    const error = await rejectionOf(createTweet({ text }, accessToken, options));
    expect(reads).toBe(3);
    expect(JSON.parse(error.checkpoint).post.state).toBe('UNKNOWN');
    between.changes(() => {});
    const resolved = await resolveOutcome(error.checkpoint, accessToken, through());
    expect(resolved).toMatchObject({ outcome: 'published', tweetId: postsOf(text)[0].id });
  });

  describe('which sends a post twice, and hands on that the second one is a duplicate', () => {
    const twice = () => between.changes((_, request) => (isPost(request) ? request.again() : undefined));

    test('the post is known by its media', async () => {
      twice();
      const content = { text: 'Sent twice', imageUrls: [context.url('/media/jpeg?seed=91')] };
      const post = await publishTweetWithMedia(content, token(), null, through());
      expect(post).toMatchObject({ tweetId: postsOf('Sent twice')[0].id, reconciled: true });
    });

    test('without media it may be ours, or that of somebody who was faster', async () => {
      twice();
      const error = await rejectionOf(createTweet({ text: 'Words sent twice' }, token(), through()));
      expect(error.code).toBe('UNKNOWN_OUTCOME');
      expect(error.message).toContain(postsOf('Words sent twice')[0].id);
    });
  });

  test('of two posts with one text that are in doubt at once neither claims the one that exists', async () => {
    const text = 'Two at once';
    let posts = 0;
    let lostBoth = () => {};
    const both = new Promise((resolve) => {
      lostBoth = resolve;
    });
    between.changes(async (answer, request) => {
      if (isPost(request)) {
        posts += 1;
        if (posts === 2) lostBoth();
        return { ...answer, status: 502, body: '' };
      }
      // Neither sees anything before both are lost.
      if (request.path.endsWith('/tweets')) await both;
    });
    const options = through();
    const publish = () => rejectionOf(createTweet({ text }, token(), options));
    const errors = await Promise.all([publish(), publish()]);
    expect(postsOf(text)).toHaveLength(1);
    for (const error of errors) {
      expect(error.code).toBe('UNKNOWN_OUTCOME');
      expect(error.message).toContain(postsOf(text)[0].id);
    }
  });

  test('a duplicate of what has existed for long is one', async () => {
    await createTweet({ text: 'An old joke' }, token(), through());
    const error = await rejectionOf(createTweet({ text: 'An old joke' }, token(), through()));
    expect(error).toMatchObject({ code: 'DUPLICATE_TWEET', status: 403 });
    expect(JSON.parse(error.checkpoint).post.state).toBe('REJECTED');
    expect(postsOf('An old joke')).toHaveLength(1);
  });
});

describe('a post whose answer was lost is found although X shows', () => {
  const toPost = ['https://t.co/q', 'https://twitter.com/name/status/7'];
  test.each([
    [
      'a name before a reply to somebody else',
      { text: 'Thank you!', replyTo: '7' },
      {
        text: '@somebody Thank you!',
        ...refersTo('replied_to', '7'),
        entities: { mentions: [{ start: 0, end: 9, username: 'somebody' }] },
      },
    ],
    [
      'a link after a quote',
      { text: 'See this', quoteTweetId: '7' },
      { text: 'See this https://t.co/q', ...refersTo('quoted', '7'), ...linked(...toPost) },
    ],
    [
      'a closing link to a post as a quote',
      { text: 'See https://x.com/name/status/7' },
      { text: 'See', ...refersTo('quoted', '7') },
    ],
    [
      'x.com as twitter.com',
      { text: 'At https://x.com/home now' },
      { text: 'At https://t.co/h now', ...linked('https://t.co/h', 'https://twitter.com/home') },
    ],
    ['a variation selector more', { text: 'I ❤ it' }, { text: 'I ❤\ufe0f it' }],
    ['a variation selector less', { text: 'I ❤\ufe0f it so' }, { text: 'I ❤ it so' }],
    ['no zero-width characters', { text: 'zero\u200bwidth' }, { text: 'zerowidth' }],
    ['one space for many', { text: 'many   spaces\u00a0here' }, { text: 'many spaces here' }],
    [
      'a host in punycode',
      { text: 'At https://bücher.example/über now' },
      { text: 'At https://t.co/b now', ...linked('https://t.co/b', 'http://xn--bcher-kva.example/%C3%BCber') },
    ],
  ])('%s', async (_what, content, shown) => {
    const { posts, outcome } = await lost(content, shown);
    await expect(outcome).resolves.toMatchObject({ id: posts[0].id });
  });
});

describe('a post whose answer was lost stays unknown', () => {
  test.each([
    ['a similar text', { text: 'Fresh bread at eight, as ever' }, { text: 'Fresh bread at eight, as ever!!' }],
    [
      'a reply to the same post',
      { text: 'At eight', replyTo: '7' },
      { text: 'Closed today', ...refersTo('replied_to', '7') },
    ],
    [
      'the same text, while something else differs',
      { text: 'With a picture?' },
      { text: 'With a picture?', attachments: { media_keys: ['3_1'] } },
    ],
  ])('as long as the timeline shows %s', async (why, content, shown) => {
    const { posts, outcome } = await lost(content, shown);
    const error = await rejectionOf(outcome);
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    expect(error.message).toContain(`${posts[0].id} (${why})`);
    const options = { ...soon, reconcile: { scheduleMs: [0] } };
    const resolved = await resolveOutcome(error.checkpoint, token(), options);
    expect(resolved).toEqual({ outcome: 'ambiguous', candidates: [posts[0].id] });
    expect(requestsTo('createTweet')).toHaveLength(1);
  });

  test('and is not there once all that was posted since is explained', async () => {
    const { outcome } = await lost(
      { text: 'At eight', replyTo: '7' },
      { text: 'Closed today, the baker is ill' },
      { text: 'At eight', ...refersTo('replied_to', '8') },
      { text: 'At eight', ...refersTo('retweeted', '9') },
      { text: 'At eight', id: idIn(-20_000), ...refersTo('replied_to', '7') },
    );
    const { checkpoint } = await rejectionOf(outcome);
    context.sandbox.clock.advance(122_000);
    const options = { ...soon, reconcile: { scheduleMs: [0, 1, 2, 3] } };
    await expect(resolveOutcome(checkpoint, token(), options)).resolves.toEqual({ outcome: 'not_found' });
  });
});

/** An answer's headers with another time. */
function twoHoursOff({ headers }) {
  return { ...headers, date: new Date(Date.parse(headers.date) + 2 * 3600 * 1000).toUTCString() };
}
