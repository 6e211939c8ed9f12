'use strict';

const { once } = require('node:events');
const http = require('node:http');
const { createTweet, getUserProfile, publishTweetWithMedia } = require('twitter-native');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;
const PASSWORD = 'p%40ss-word-of-the-proxy';
/** Requests that came by the proxy. @type {{ url: string, authorization: string | undefined }[]} */
let passed = [];
/** @type {http.Server} */
let proxy;

beforeAll(async () => {
  proxy = http.createServer((request, response) => {
    passed.push({ url: String(request.url), authorization: request.headers['proxy-authorization'] });
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const onward = http.request(String(request.url), { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});

beforeEach(() => {
  passed = [];
});

afterAll(() => proxy.close());

const portOf = (/** @type {http.Server} */ server) =>
  /** @type {import('node:net').AddressInfo} */ (server.address()).port;
const client = () => ({ proxy: `http://shop:${PASSWORD}@127.0.0.1:${portOf(proxy)}` });

test('calls to X go by the proxy, with its password', async () => {
  await getUserProfile(token(), { client: client() });
  const { id } = await createTweet({ text: 'By a proxy' }, token(), { client: client() });
  expect(context.sandbox.ledger.tweets().map((/** @type {any} */ tweet) => tweet.id)).toContain(id);
  expect(passed.map(({ url }) => new URL(url).pathname)).toEqual(expect.arrayContaining(['/2/users/me', '/2/tweets']));
  const [, basic] = String(passed[0]?.authorization).split(' ');
  expect(Buffer.from(String(basic), 'base64').toString()).toBe(`shop:${decodeURIComponent(PASSWORD)}`);
});

test('media are fetched without it', async () => {
  const content = { text: 'A picture beside a proxy', imageUrls: [context.url('/media/png')] };
  await publishTweetWithMedia(content, token(), null, { client: client() });
  const paths = passed.map(({ url }) => new URL(url).pathname);
  expect(paths).toContain('/2/media/upload');
  expect(paths.filter((path) => path.startsWith('/media/'))).toEqual([]);
});

test('one that is not there is a NETWORK error without its password', async () => {
  const gone = http.createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const port = portOf(gone);
  gone.close();
  await once(gone, 'close');
  const options = { client: { proxy: `http://shop:${PASSWORD}@127.0.0.1:${port}`, retry: { maxAttempts: 1 } } };
  const error = await rejectionOf(createTweet({ text: 'Nowhere' }, token(), options));
  expect(error).toMatchObject({ code: 'NETWORK' });
  const shown = JSON.stringify([error.message, String(error.cause), error.stack]);
  for (const secret of [PASSWORD, decodeURIComponent(PASSWORD)]) expect(shown).not.toContain(secret);
});
