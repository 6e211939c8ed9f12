'use strict';

// What callers get when the real X answers: each answer as it was recorded, through the whole way.

const { createServer } = require('node:http');
const { inspect } = require('node:util');
const api = require('twitter-native');
const { answers } = require('./fixtures/x-answers.json');
const { bytesOf } = require('./support/media.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox({ processingMs: 0 });
const once = { client: { retry: { maxAttempts: 1 } } };
const app = {
  clientId: 'client-id',
  clientSecret: 'client-secret',
  apiKey: 'api-key',
  apiSecret: 'api-secret',
  ...once,
};
const back = 'https://shop.example.com/callback';
const TWEET = '1234567890123456789';

let jpeg;
let mp4;
beforeAll(async () => {
  jpeg = await bytesOf({ kind: 'jpeg' });
  mp4 = await bytesOf({ kind: 'mp4', bytes: 50_000, durationMs: 2000 });
});

const upload = (data, options) => (who) => api.uploadMedia({ data }, who, { ...once, ...options });

/** The words that callers know, the endpoint that answers, and the call. */
const CALLS = {
  createTweet: [
    'Tweet creation failed: ',
    'createTweet',
    (who) => api.createTweet({ text: 'Hello' }, who, { ...once, reconcile: { scheduleMs: [] } }),
  ],
  deleteTweet: ['Tweet deletion failed: ', 'deleteTweet', (who) => api.deleteTweet(TWEET, who, once)],
  getTweet: ['Failed to get tweet: ', 'getTweet', (who) => api.getTweet(TWEET, who, once)],
  getUserTweets: ['Failed to get user tweets: ', 'userTimeline', (who) => api.getUserTweets('42', who, once)],
  getUserProfile: ['Failed to get user profile: ', 'me', (who) => api.getUserProfile(who, once)],
  getTweetMetrics: ['Failed to get tweet metrics: ', 'lookupTweets', (who) => api.getTweetMetrics(TWEET, who, once)],
  uploadImage: ['Media upload failed: ', 'uploadMedia', (who) => upload(jpeg)(who)],
  uploadImageV1: ['Media upload failed: ', 'uploadMediaV1', (who) => upload(jpeg, { mediaApi: 'v1.1' })(who)],
  appendUpload: ['Media upload failed: ', 'appendUpload', (who) => upload(mp4)(who)],
  finalizeUpload: ['Media upload failed: ', 'finalizeUpload', (who) => upload(mp4)(who)],
  exchangeCode: [
    'OAuth2 token exchange failed: ',
    'token',
    () => api.exchangeCodeForToken('a-code', back, 'v'.repeat(43), app),
  ],
  refresh: ['OAuth2 token refresh failed: ', 'token', () => api.refreshAccessToken('a-refresh-token', app)],
  requestToken: ['OAuth1 request token failed: ', 'requestToken', () => api.requestOAuth1Token(back, app)],
  accessToken: [
    'OAuth1 access token exchange failed: ',
    'accessToken',
    () => api.exchangeOAuth1Verifier('a-token', 'a-token-secret', 'a-verifier', app),
  ],
};

/** The error of a call that X answers so, by an account of its own: a rate limit holds its account back for a while. */
async function errorOf({ call, auth, status, headers, body }) {
  const [, endpoint, make] = CALLS[call];
  const rule = context.sandbox.faults.add({ endpoint, fault: { kind: 'status', status, headers, body } });
  const user = context.sandbox.seedUser();
  const error = await rejectionOf(make(auth === 'oauth1' ? user.oauth1Credentials : user.oauth2.accessToken));
  rule.remove();
  return error;
}

test.each(answers)('$status $name: $code', async (answer) => {
  const before = Date.now();
  const error = await errorOf(answer);
  expect(error).toBeInstanceOf(api.TwitterError);
  const { code, retryable } = answer;
  expect({ code: error.code, retryable: error.retryable }).toEqual({ code, retryable });
  if (answer.status >= 300) expect(error.status).toBe(answer.status);
  expect(error.message.startsWith(CALLS[answer.call][0])).toBe(true);
  for (const words of answer.says) expect(error.message).toContain(words);
  const shown = `${inspect(error, { depth: Infinity, showHidden: true })}${error.stack}${JSON.stringify(error)}`;
  for (const value of answer.hides) expect(shown).not.toContain(value);
  if (retryable && code !== 'UPSTREAM') {
    expect(error.retryAt.getTime()).toBeGreaterThan(before);
    const toTheSecond = new Date(Math.ceil(error.retryAt.getTime() / 1000) * 1000).toISOString();
    expect(error.message).toContain(`Try again at ${toTheSecond.replace('.000', '')}.`);
  }
});

test('they are many, of all kinds, and each says where it is from', () => {
  const recorded = answers.filter(({ seen }) => seen === 'body' || seen === 'parsed');
  expect(recorded.length).toBeGreaterThanOrEqual(80);
  for (const { source } of answers) expect(source).toMatch(/^https?:\/\/|^excerpt of a public repository/);
  expect(Object.keys(CALLS).sort()).toEqual([...new Set(answers.map(({ call }) => call))].sort());
});

describe('what is reported beside the message', () => {
  const named = (name) => answers.find((answer) => answer.name === name);

  test("the reasons of a v2 400 are X's detail", async () => {
    const error = await errorOf(named('a number for a media id'));
    expect(error).toMatchObject({
      detail: '$.media.media_ids[0]: integer found, string expected',
      problemType: 'invalid-request',
    });
  });

  test('credits may come within minutes', async () => {
    const before = Date.now();
    const error = await errorOf(named('no credits, since summer of 2026'));
    const minutes = 5 * 60_000;
    expect(error.retryAt.getTime()).toBeGreaterThanOrEqual(before + minutes);
    expect(error.retryAt.getTime()).toBeLessThanOrEqual(Date.now() + minutes);
    expect(error.detail).toBe('credits depleted');
  });

  test.each([
    ['GMT', 15],
    ['UTC', 15],
    ['GMT', -15],
    ['UTC', -15],
    ['GMT', 0],
  ])("X's clock (%s) is %i minutes ahead: the time is the caller's", async (zone, ahead) => {
    const now = Math.floor(Date.now() / 1000);
    const reset = now + ahead * 60 + 600;
    const date = new Date((now + ahead * 60) * 1000).toUTCString().replace('GMT', zone);
    const headers = {
      date,
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': `${reset}`,
    };
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(429, headers).end('{"title":"Too Many Requests","type":"about:blank","status":429}');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const apiBaseUrl = `http://127.0.0.1:${server.address().port}`;
    const options = { client: { apiBaseUrl, retry: { maxAttempts: 1 } } };
    const refused = await rejectionOf(api.createTweet({ text: 'Hello' }, 'a-token', options));
    const heldBack = await rejectionOf(api.createTweet({ text: 'Hello' }, 'a-token', options));
    server.close();
    for (const error of [refused, heldBack]) {
      expect(error.code).toBe('RATE_LIMITED');
      const seconds = error.retryAt.getTime() / 1000 - (now + 600);
      // Less than the clocks are apart, however slow the machine is.
      expect(Math.abs(seconds)).toBeLessThan(120);
      expect(error.rateLimit.reset).toBe(reset);
    }
    expect(heldBack.status).toBeUndefined();
    expect(heldBack.message).toMatch(/so nothing was sent\. Try again at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.$/);
  });
});

describe('errors of no known shape', () => {
  const SHAPES = [
    { errors: ['a bare sentence'] },
    { errors: 'a bare sentence' },
    { errors: { message: 'a bare sentence' } },
    ['a bare sentence'],
    [{ message: 'a bare sentence' }],
    { error: 'a bare sentence' },
    { error: { message: 'a bare sentence' } },
    '"a bare sentence"',
    'a bare sentence\n',
    { errors: [null, 1, ['x'], { message: 'a bare sentence' }] },
    { detail: 'Bad Request', errors: [{ detail: 'a bare sentence' }] },
  ];
  test.each(SHAPES.map((body) => [JSON.stringify(body), body]))('%s: the sentence is reported', async (_name, body) => {
    // For a post such an answer is none of X's refusals, so its outcome is unknown; the sentence is still reported.
    for (const [call, code] of [
      ['createTweet', 'UNKNOWN_OUTCOME'],
      ['getTweet', 'INVALID_ARGUMENT'],
    ]) {
      const error = await errorOf({ call, status: 400, body: typeof body === 'string' ? body : JSON.stringify(body) });
      expect(error).toMatchObject({ code, status: 400, retryable: false });
      expect(error.message).toContain('a bare sentence');
    }
  });

  test.each([
    ['null'],
    ['[]'],
    ['7'],
    ['{"errors":null}'],
    ['{"errors":[null]}'],
    ['{"errors":[[[]]]}'],
    ['{"errors":7,"title":null}'],
    ['{"title":"a","title":{}}'],
    [`{"errors":${'['.repeat(5000)}`],
    ['{"errors":[{"message":"cut'],
    ['\u0000\u0001'],
  ])('%s: the status is reported', async (body) => {
    for (const [status, code] of [
      [400, 'INVALID_ARGUMENT'],
      [403, 'FORBIDDEN'],
      [404, 'NOT_FOUND'],
      [418, 'UNEXPECTED_RESPONSE'],
      [429, 'RATE_LIMITED'],
    ]) {
      const error = await errorOf({ call: 'getTweet', status, body });
      expect(error).toMatchObject({ code, status });
      expect(error.message).toMatch(new RegExp(`^Failed to get tweet: ${status} - .`));
    }
  });

  test.each([
    [{ errors: 'something is missing' }],
    [{ errors: ['something is missing'] }],
    [{ errors: { title: 'something is missing' } }],
    [{ errors: null }],
  ])('%j beside a post: the post exists', async (errors) => {
    const body = { data: { id: TWEET, text: 'Hello' }, ...errors };
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'status', status: 201, body } });
    expect(await api.createTweet({ text: 'Hello' }, context.user.oauth2.accessToken, once)).toMatchObject({
      id: TWEET,
    });
  });
});

test('what was sent is in no message, wherever it is repeated', async () => {
  const text = 'A text that nobody else may read: 4711';
  const problem = { title: 'Invalid Request', type: 'https://api.twitter.com/2/problems/invalid-request' };
  const bodies = [
    { ...problem, errors: [{ parameters: { text: [text] }, message: `The text ${text} is bad` }] },
    { ...problem, detail: `You sent ${text}`, title: text },
    `Gateway: ${text}`,
    `<html><title>${text}</title></html>`,
  ];
  for (const body of bodies) {
    context.sandbox.faults.add({ endpoint: 'createTweet', times: 1, fault: { kind: 'status', status: 400, body } });
    const options = { ...once, reconcile: { scheduleMs: [] } };
    const error = await rejectionOf(api.createTweet({ text }, context.user.oauth2.accessToken, options));
    expect(error.code).toBe(body.type ? 'INVALID_TWEET' : 'UNKNOWN_OUTCOME');
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('nobody else');
    expect(error.message).toContain('…');
  }
});

describe('a media URL that the policy refuses', () => {
  const HTTP = 'mediaPolicy.allowHttp or X_MEDIA_ALLOW_HTTP=1';
  const NETWORKS = 'mediaPolicy.allowPrivateNetworks or X_MEDIA_ALLOW_PRIVATE_NETWORKS=1';
  test.each([
    ['http://cdn.example.com/a.png', {}, HTTP],
    [
      'http://127.0.0.1:9000/a.png',
      {},
      'mediaPolicy.allowHttp with mediaPolicy.allowPrivateNetworks, or X_MEDIA_ALLOW_HTTP=1 with X_MEDIA_ALLOW_PRIVATE_NETWORKS=1,',
    ],
    ['https://127.0.0.1/a.png', {}, NETWORKS],
    ['https://10.1.2.3/a.png', {}, NETWORKS],
    ['https://[::1]/a.png', {}, NETWORKS],
    ['https://localhost/a.png', {}, NETWORKS],
    ['https://cdn.example.com:8443/a.png', {}, NETWORKS],
    ['https://cdn.example.com/a.png', { allowedHosts: ['media.example.com'] }, 'mediaPolicy.allowedHosts'],
  ])('%s', async (url, policy, setting) => {
    const mediaPolicy = { allowHttp: false, allowPrivateNetworks: false, ...policy };
    const options = { client: { mediaPolicy } };
    const error = await rejectionOf(api.uploadMedia(url, context.user.oauth2.accessToken, options));
    expect(error).toMatchObject({ code: 'MEDIA_FORBIDDEN_HOST', retryable: false });
    expect(error.message).toContain(`${setting} would allow it`);
  });

  test('what no setting allows is not promised', async () => {
    const url = 'https://user:password@cdn.example.com/a.png';
    const error = await rejectionOf(api.uploadMedia(url, context.user.oauth2.accessToken));
    expect(error.code).toBe('MEDIA_FORBIDDEN_HOST');
    expect(error.message).not.toContain('would allow it');
  });
});
