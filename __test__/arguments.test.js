'use strict';

const twitterNative = require('twitter-native');
const { everyExport } = require('./support/every-export.js');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');

const { TwitterError } = twitterNative;
const context = useSandbox();

const TOKEN = 'a-token';
const SIGNING = { apiKey: 'k', apiSecret: 's', accessToken: 't', accessTokenSecret: 'ts' };
const POST = { text: 'Hello' };
const nothing = [undefined, null];
const noTexts = [...nothing, 1, true, {}, [], Symbol('x'), () => 'x', 10n];
const noObjects = [...nothing, 1, true, 'text', Symbol('x'), () => 'x'];

/** The function, good arguments, and for each a name and values that can't be used. */
const functions = [
  [
    'publishTweetWithMedia',
    [POST, TOKEN, SIGNING],
    { content: noObjects, oauth2Token: [1, {}, []], oauth1Credentials: ['text', 1, [], {}] },
  ],
  [
    'publishThread',
    [[POST], TOKEN, SIGNING],
    { parts: [...noObjects, {}, []], oauth2Token: [1, {}], oauth1Credentials: ['text', 1] },
  ],
  [
    'uploadMedia',
    ['https://shop.example/1.jpg', TOKEN],
    {
      source: [...nothing, 1, '', 'no URL', {}, [], { url: 1 }, { path: 2 }, { data: 'x' }, { stream: {} }],
      credentials: [...nothing, 1, '', {}, []],
    },
  ],
  [
    'uploadMediaDetailed',
    ['https://shop.example/1.jpg', TOKEN],
    { source: [...nothing, 1], credentials: [...nothing, '', 1, {}] },
  ],
  ['createTweet', [POST, TOKEN], { content: noObjects, credentials: [...nothing, '', 1, {}] }],
  [
    'deleteTweet',
    ['1', TOKEN],
    { tweetId: [...noTexts, '', 'x', '1'.repeat(20), ' 1', '-1', '1.0'], credentials: [...nothing, ''] },
  ],
  ['getTweet', ['1', TOKEN], { tweetId: [...noTexts, '', '../me', '1?x=1'], credentials: [...nothing, ''] }],
  ['getUserTweets', ['1', TOKEN], { userId: [...noTexts, '', 'me'], credentials: [...nothing, ''] }],
  ['getTweetMetrics', ['1', TOKEN], { tweetId: [...noTexts, ''], credentials: [...nothing, ''] }],
  [
    'getTweetsMetrics',
    [['1'], TOKEN],
    { tweetIds: [...noObjects, {}, [1], ['x'], ['1', '']], credentials: [...nothing, ''] },
  ],
  ['getUserProfile', [TOKEN], { accessToken: [...noTexts, ''] }],
  ['probeMedia', ['https://shop.example/1.jpg'], { source: [...nothing, 1, {}, 'x'] }],
  [
    'exchangeCodeForToken',
    ['code', 'https://shop.example/', 'v'.repeat(43)],
    { code: [...noTexts, ''], redirectUri: [...noTexts, ''], codeVerifier: [...noTexts, ''] },
  ],
  ['refreshAccessToken', ['r'], { refreshToken: [...noTexts, ''] }],
  ['revokeToken', ['r'], { token: [...noTexts, ''] }],
  ['exchangeOAuth1ForOAuth2', [SIGNING], { credentials: [...noObjects, {}] }],
  ['requestOAuth1Token', ['oob'], { callbackUrl: [...noTexts, ''] }],
  [
    'exchangeOAuth1Verifier',
    ['t', 'ts', 'v'],
    { token: [...noTexts, ''], tokenSecret: [...noTexts, ''], verifier: [...noTexts, ''] },
  ],
];

const synchronous = [
  ['parseTweetText', ['x'], { text: noTexts }],
  ['validateTweet', [POST], { content: noObjects }],
  [
    'estimateCost',
    [POST, {}],
    {
      content: [
        ...noObjects,
        [],
        [1],
        [{ text: 1 }],
        { text: 1 },
        { media: [{}] },
        { calls: 1 },
        { calls: { reads: 1 } },
      ],
      prices: [
        1,
        'x',
        [],
        { tweet: 1 },
        { post: '1' },
        { post: -1 },
        { post: Number.NaN },
        { asOf: 'today' },
        { asOf: 1 },
      ],
    },
  ],
  ['initiateUserAuth', ['https://shop.example/'], { redirectUri: [...noTexts, ''] }],
  ['oauth1AuthorizeUrl', ['t'], { token: [...noTexts, ''] }],
  [
    'signOAuth1Request',
    [{ method: 'GET', url: 'https://api.x.com/' }, SIGNING],
    { request: noObjects, credentials: [...noObjects, {}] },
  ],
  ['webhookCrcResponse', ['abc', 'secret'], { crcToken: [...noTexts, '', 'a b'], consumerSecret: [...noTexts, ''] }],
  [
    'verifyWebhookSignature',
    ['{}', 'sha256=x', 'secret'],
    { rawBody: [...nothing, 1, {}], signatureHeader: [1, {}], consumerSecret: [...noTexts, ''] },
  ],
  ['configure', [{}], { options: noObjects }],
];

/** Every call with one argument that can't be used. */
function* badCalls(table) {
  for (const [name, good, bad] of table) {
    for (const [index, [argument, values]] of Object.entries(bad).entries()) {
      for (const value of values) {
        const parameters = good.with ? good.with(index, value) : Object.assign([...good], { [index]: value });
        yield { name, argument, parameters };
      }
    }
  }
}

/** The argument is named, itself or what is inside of it. */
function expectRefusal(error, { name, argument }) {
  expect(error).toBeInstanceOf(TwitterError);
  expect([name, argument, error.code, error.type]).toEqual([name, argument, 'INVALID_ARGUMENT', 'invalid_data']);
  expect(
    error.field === argument || error.field.startsWith(`${argument}.`) || error.field.startsWith(`${argument}[`),
  ).toBe(true);
  expect(error.message).toContain(error.field);
}

test('asynchronous functions reject, naming the argument, and send nothing', async () => {
  let count = 0;
  for (const call of badCalls(functions)) {
    const promise = twitterNative[call.name](...call.parameters);
    expect(promise).toBeInstanceOf(Promise);
    expectRefusal(await rejectionOf(promise), call);
    count += 1;
  }
  expect(count).toBeGreaterThan(150);
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test('synchronous functions throw, naming the argument', () => {
  for (const call of badCalls(synchronous)) {
    expectRefusal(
      thrownBy(() => twitterNative[call.name](...call.parameters)),
      call,
    );
  }
});

test.each([
  [{ text: 1 }, 'content.text'],
  [{ imageUrls: 'https://shop.example/1.jpg' }, 'content.imageUrls'],
  [{ imageUrls: [1] }, 'content.imageUrls[0]'],
  [{ imageUrls: ['https://shop.example/1.jpg', null] }, 'content.imageUrls[1]'],
  [{ videoUrl: {} }, 'content.videoUrl'],
  [{ media: {} }, 'content.media'],
  [{ media: [{}] }, 'content.media[0]'],
  [{ media: [{ url: 'https://shop.example/', path: '/x' }] }, 'content.media[0]'],
  [{ media: [{ url: 'https://shop.example/', altText: 5 }] }, 'content.media[0].altText'],
  [{ media: [{ url: 'https://shop.example/', category: 'tweet_song' }] }, 'content.media[0].category'],
  [
    { media: [{ url: 'https://shop.example/', subtitles: [{ url: 'https://shop.example/' }] }] },
    'content.media[0].subtitles[0].languageCode',
  ],
  [{ poll: 'yes' }, 'content.poll'],
  [{ poll: { options: ['a', 'b'] } }, 'content.poll.durationMinutes'],
  [{ poll: { options: ['a', 'b'], durationMinutes: 1.5 } }, 'content.poll.durationMinutes'],
  [{ poll: { options: ['a', 'b'], durationMinutes: -1 } }, 'content.poll.durationMinutes'],
  [{ poll: { options: ['a', 'b'], durationMinutes: Number.NaN } }, 'content.poll.durationMinutes'],
  [{ replyTo: 12 }, 'content.replyTo'],
  [{ madeWithAi: 'yes' }, 'content.madeWithAi'],
])('content %j', async (content, field) => {
  const error = await rejectionOf(twitterNative.publishTweetWithMedia({ text: 'Hello', ...content }, TOKEN));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
});

test.each([
  ['apiKey', { ...SIGNING, apiKey: '' }],
  ['apiSecret', { ...SIGNING, apiSecret: undefined }],
  ['accessToken', { ...SIGNING, accessToken: 1 }],
  ['accessTokenSecret', { ...SIGNING, accessTokenSecret: null }],
])('credentials without %s', async (name, credentials) => {
  const error = await rejectionOf(twitterNative.createTweet(POST, credentials));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: `credentials.${name}` });
});

test.each([
  ['options', 'text'],
  ['options', 5],
  ['options', []],
  ['options.signal', { signal: 'now' }],
  ['options.signal', { signal: {} }],
  ['options.timeoutMs', { timeoutMs: -1 }],
  ['options.timeoutMs', { timeoutMs: '5' }],
  ['options.timeoutMs', { timeoutMs: Number.POSITIVE_INFINITY }],
  ['options.client', { client: 'x' }],
  ['options.client.apiBaseUrl', { client: { apiBaseUrl: 1 } }],
  ['options.client.retry', { client: { retry: 3 } }],
  ['options.client.retry.maxAttempts', { client: { retry: { maxAttempts: 'x' } } }],
  ['options.client.onRequest', { client: { onRequest: 'x' } }],
  ['options.onProgress', { onProgress: 'x' }],
  ['options.mediaApi', { mediaApi: 'v3' }],
  ['options.dryRun', { dryRun: 'x' }],
])('%s: %j', async (field, options) => {
  const error = await rejectionOf(twitterNative.publishTweetWithMedia(POST, TOKEN, SIGNING, options));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
});

test('nothing to post with', async () => {
  for (const token of ['', null, undefined]) {
    const error = await rejectionOf(twitterNative.publishTweetWithMedia(POST, token));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'oauth2Token' });
  }
});

test("v1.1 takes OAuth 1.0a's credentials only", async () => {
  const error = await rejectionOf(twitterNative.publishTweetWithMedia(POST, TOKEN, null, { mediaApi: 'v1.1' }));
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options.mediaApi' });
});

test.each([
  ['a line end', 'token\r\nX-Evil: 1'],
  ['a control character', 'to\u0000ken'],
  ['what no header carries', 'token\u{1f600}'],
])('a token with %s', async (_name, token) => {
  const error = await rejectionOf(twitterNative.createTweet(POST, token));
  expect(error.code).toBe('INVALID_ARGUMENT');
  expect(error.message).not.toContain('Evil');
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test('a getter that throws', async () => {
  const content = {
    get text() {
      throw new Error('no text today');
    },
  };
  const error = await rejectionOf(twitterNative.createTweet(content, TOKEN));
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'content.text' });
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test.each([
  ['an option', 'options.timeoutMs', (bad) => twitterNative.createTweet(POST, TOKEN, bad('timeoutMs'))],
  ['a signal', 'options.signal', (bad) => twitterNative.createTweet(POST, TOKEN, bad('signal'))],
  ['a source', 'source.url', (bad) => twitterNative.uploadMedia(bad('url'), TOKEN)],
  [
    'a medium',
    'content.media[0].altText',
    (bad) => twitterNative.publishTweetWithMedia({ text: 'x', media: [bad('altText')] }, TOKEN),
  ],
])('a getter of %s that throws', async (_, field, call) => {
  const bad = (name) =>
    Object.defineProperty({ ...(name === 'altText' ? { path: '/x' } : {}) }, name, {
      enumerable: true,
      get() {
        throw new Error('not today');
      },
    });
  const error = await rejectionOf(call(bad));
  expect(error).toMatchObject({ name: 'TwitterError', code: 'INVALID_ARGUMENT', field });
  expect(context.sandbox.ledger.requests()).toEqual([]);
});

test('a getter that throws, of a post that is checked alone', () => {
  const content = {
    get text() {
      throw new Error('no text today');
    },
  };
  expect(() => twitterNative.validateTweet(content)).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'content.text' }),
  );
});

describe('a proxy that was revoked, or whose every trap throws, is refused wherever it is', () => {
  const revoked = (target) => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  const fail = () => {
    throw new Error('trapped');
  };
  const traps = new Proxy({}, { get: () => fail });
  const broken = {
    'a revoked object': () => revoked({}),
    'a revoked array': () => revoked([]),
    'a revoked function': () => revoked(() => {}),
    'traps that throw': () => new Proxy({}, traps),
  };

  /** Every function, with good arguments. @type {Array<[Function, unknown[]]>} */
  const good = [];
  /** @param {any} api */
  const recorder = (api) =>
    new Proxy(
      {},
      {
        get: (_, name) => {
          const value = api[name];
          if (/^[A-Z]/.test(String(name))) return value;
          return typeof value === 'function' ? (...given) => good.push([value, given]) : recorder(value);
        },
      },
    );
  for (const [name, call] of Object.entries(everyExport(recorder(twitterNative), TOKEN))) {
    if (/^[a-z]/.test(name)) call();
  }

  test.each(Object.entries(broken))('%s', async (_, make) => {
    let count = 0;
    for (const [called, given] of good) {
      for (let place = 0; place < called.length; place += 1) {
        const bad = Object.assign([...given], { [place]: make() });
        const error = await rejectionOf((async () => called(...bad))());
        const { name: kind, code } = error;
        expect([called.name, place, kind, code]).toEqual([called.name, place, 'TwitterError', 'INVALID_ARGUMENT']);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(80);
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test.each(Object.entries(broken))('%s, given to a class', (_, make) => {
    for (const Class of [twitterNative.TwitterService, twitterNative.TokenManager]) {
      expect(() => new Class(make())).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    }
  });

  test('is refused by a promise that rejects where a function gives one', async () => {
    twitterNative.configure({ onRequest: () => {} });
    const service = new twitterNative.TwitterService({ clientId: 'id', clientSecret: 'secret', client: {} });
    try {
      for (const make of Object.values(broken)) {
        await expect(twitterNative.createTweet(POST, TOKEN, make())).rejects.toThrow(TwitterError);
        await expect(twitterNative.resolveOutcome(make(), TOKEN)).rejects.toThrow(TwitterError);
        await expect(service.getUserTweets('1', TOKEN, make())).rejects.toThrow(TwitterError);
        await expect(service.refreshAccessToken('token', make())).rejects.toThrow(TwitterError);
      }
    } finally {
      twitterNative.configure({});
    }
  });
});

describe('half of a character, as cutting a text by its length leaves behind', () => {
  const half = 'A lamp \u{1f4a1}'.slice(0, -1);

  test.each([
    ['content.text', () => twitterNative.createTweet({ text: half }, TOKEN)],
    ['content.poll.options[1]', () => twitterNative.createTweet(poll(['a', half]), TOKEN)],
    ['content.media[0].altText', () => twitterNative.publishTweetWithMedia(described(half), TOKEN)],
    ['parts[1].text', () => twitterNative.publishThread([POST, { text: half }], TOKEN)],
  ])('%s', async (field, call) => {
    const error = await rejectionOf(call());
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
    expect(error.message).toContain('half of a character');
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test('of a text that is only counted counts as a whole one', () => {
    expect(twitterNative.parseTweetText(half)).toMatchObject({ weightedLength: 9, valid: true });
  });

  test('is not what stands for it in a text that is whole', () => {
    expect(twitterNative.validateTweet({ text: 'A lamp \ufffd' })).toMatchObject({ valid: true });
    expect(() => twitterNative.validateTweet({ text: half })).toThrow(/half of a character/);
  });

  const poll = (options) => ({ text: 'Which?', poll: { options, durationMinutes: 60 } });
  const described = (altText) => ({ text: 'A lamp', media: [{ url: 'https://shop.example/a.jpg', altText }] });
});

test('absurd sizes are refused, not taken', async () => {
  const long = 'x'.repeat(5_000_000);
  const tooLong = await rejectionOf(twitterNative.createTweet({ text: long }, TOKEN));
  expect(['INVALID_TWEET', 'INVALID_ARGUMENT']).toContain(tooLong.code);
  expect(tooLong.message.length).toBeLessThan(1000);
  const many = await rejectionOf(
    twitterNative.publishTweetWithMedia(
      { text: 'x', imageUrls: new Array(100_000).fill('https://shop.example/') },
      TOKEN,
    ),
  );
  expect(['INVALID_TWEET', 'INVALID_ARGUMENT']).toContain(many.code);
});

describe('a polluted prototype', () => {
  const inherited = {
    apiBaseUrl: 'http://127.0.0.1:1',
    accessToken: 'stolen',
    mediaIds: ['1'],
    client: { apiBaseUrl: 'http://127.0.0.1:1' },
  };

  beforeEach(() => Object.assign(Object.prototype, inherited));

  afterEach(() => {
    for (const name of Object.keys(inherited)) delete Object.prototype[name];
  });

  test('changes nothing', async () => {
    const { id } = await twitterNative.createTweet({ text: 'Clean' }, context.user.oauth2.accessToken, {});
    const tweet = context.sandbox.ledger.tweets().find((other) => other.id === id);
    expect(tweet.body).toEqual({ text: 'Clean' });
    const error = await rejectionOf(
      twitterNative.createTweet({ text: 'x' }, { apiKey: 'k', apiSecret: 's', accessTokenSecret: 't' }),
    );
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'credentials.accessToken' });
  });
});

describe('an array of absurd length is refused before it is walked', () => {
  const LENGTH = 2 ** 32 - 1;
  const vast = () => new Array(LENGTH);
  const { createTweet, getTweetsMetrics, getUserTweets, publishThread, publishTweetWithMedia, uploadMedia } =
    twitterNative;
  const publish = (content, options) => publishTweetWithMedia({ text: 'x', ...content }, TOKEN, SIGNING, options);

  test.each([
    ['content.media', () => publish({ media: vast() })],
    ['content.media', () => createTweet({ text: 'x', media: vast() }, TOKEN)],
    ['content.media', async () => twitterNative.validateTweet({ text: 'x', media: vast() })],
    ['content.media[1].subtitles', () => publish({ media: [{ path: '/x' }, { path: '/y', subtitles: vast() }] })],
    ['source.subtitles', () => uploadMedia({ path: '/x', subtitles: vast() }, TOKEN)],
    ['content.imageUrls', () => publish({ imageUrls: vast() })],
    ['content.mediaIds', () => publish({ mediaIds: vast() })],
    ['content.taggedUserIds', () => publish({ taggedUserIds: vast() })],
    ['content.excludeReplyUserIds', () => publish({ excludeReplyUserIds: vast() })],
    ['content.poll.options', () => publish({ poll: { options: vast(), durationMinutes: 5 } })],
    ['parts', () => publishThread(vast(), TOKEN)],
    ['parts[1].media', () => publishThread([POST, { text: 'x', media: vast() }], TOKEN)],
    ['parts[1].imageUrls', () => publishThread([POST, { text: 'x', imageUrls: vast() }], TOKEN)],
    ['tweetIds', () => getTweetsMetrics(vast(), TOKEN)],
    ['options.exclude', () => getUserTweets('1', TOKEN, { exclude: vast() })],
    ['options.reconcile.scheduleMs', () => publish({}, { reconcile: { scheduleMs: vast() } })],
    ['options.client.caCertificates', () => publish({}, { client: { caCertificates: vast() } })],
    [
      'options.client.mediaPolicy.allowedHosts',
      () => publish({}, { client: { mediaPolicy: { allowedHosts: vast() } } }),
    ],
  ])('%s', async (field, call) => {
    const error = await rejectionOf(call());
    expect(error).toMatchObject({ name: 'TwitterError', code: 'INVALID_ARGUMENT', type: 'invalid_data', field });
    expect(error.message).toContain(`${field} must have at most 100000 elements, and has ${LENGTH}`);
  });

  test.each([2 ** 53 - 1, Number.POSITIVE_INFINITY, Number.NaN, -1, '9'.repeat(400), {}])(
    'a proxy of one whose length is %p',
    async (length) => {
      const elements = [];
      const proxy = new Proxy([], {
        get(_, name) {
          if (name === 'length') return length;
          elements.push(name);
          return undefined;
        },
      });
      for (const call of [() => publish({ media: proxy }), () => publishThread(proxy, TOKEN)]) {
        expect(await rejectionOf(call())).toMatchObject({ name: 'TwitterError', code: 'INVALID_ARGUMENT' });
      }
      expect(elements).toEqual([]);
    },
  );

  test('one that is there again and again counts each time', async () => {
    const media = new Array(90_000).fill({ path: '/x' });
    const imageUrls = new Array(90_000).fill('https://shop.example/1.jpg');
    for (const [name, content] of Object.entries({ media: { media }, imageUrls: { imageUrls } })) {
      const error = await rejectionOf(publishThread(new Array(90_000).fill(content), TOKEN));
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: `parts[0].${name}` });
    }
  });

  test('the longest that is read is reported by the rule that it breaks', async () => {
    const error = await rejectionOf(publish({ imageUrls: new Array(1000).fill('https://shop.example/1.jpg') }));
    expect(error).toMatchObject({ code: 'INVALID_TWEET' });
    expect(error.message).toMatch(/1000/);
  });

  afterEach(() => expect(context.sandbox.ledger.requests()).toEqual([]));
});

test('a number that JavaScript can’t tell from its neighbours is refused with the highest that it can', async () => {
  const messageOf = async (/** @type {unknown} */ timeoutMs) =>
    (await rejectionOf(twitterNative.createTweet(POST, TOKEN, /** @type {any} */ ({ timeoutMs })))).message;
  for (const number of [2 ** 53, 1e300]) {
    expect(await messageOf(number)).toContain(
      'options.timeoutMs must be at most 9007199254740991 (Number.MAX_SAFE_INTEGER)',
    );
  }
  for (const number of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(await messageOf(number)).toContain('options.timeoutMs must be a whole number, 0 or more');
  }
});
