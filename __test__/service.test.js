'use strict';

const { inspect } = require('node:util');
const { compileFunction } = require('node:vm');
const ts = require('typescript');
const twitterNative = require('twitter-native');
const { startSandbox } = require('twitter-native-sandbox');
const { rejectionOf, thrownBy, useOwnEnvironment, useSandbox } = require('./support/harness.js');

const { TwitterError, TwitterService, getUserProfile } = twitterNative;
const context = useSandbox();
const requestsTo = (endpoint) => context.sandbox.ledger.requests({ endpoint });
const token = () => context.user.oauth2.accessToken;

const REDIRECT = 'https://shop.example/callback';
const NAMES = ['CLIENT_ID', 'CLIENT_SECRET', 'API_KEY', 'API_SECRET'];

useOwnEnvironment();

/** Takes the app out of the environment, and puts in what is given. */
function setApp(variables = {}) {
  for (const name of NAMES) for (const prefix of ['X_', 'TWITTER_']) delete process.env[prefix + name];
  Object.assign(process.env, variables);
}

/** The app of the sandbox, as options. */
function app() {
  const { X_CLIENT_ID, X_CLIENT_SECRET, X_API_KEY, X_API_SECRET } = context.sandbox.env;
  return { clientId: X_CLIENT_ID, clientSecret: X_CLIENT_SECRET, apiKey: X_API_KEY, apiSecret: X_API_SECRET };
}

/** The user grants access; what comes back. */
async function authorize(service) {
  const client = { authorizeUrl: context.url('/i/oauth2/authorize') };
  const { authUrl, state } = service.initiateUserAuth(REDIRECT, null, { client });
  const response = await fetch(authUrl, { redirect: 'manual' });
  const { searchParams } = new URL(response.headers.get('location'));
  expect(searchParams.get('state')).toBe(state);
  return { code: searchParams.get('code'), state };
}

describe("the app's credentials", () => {
  const clientIdOf = (service) => new URL(service.initiateUserAuth(REDIRECT).authUrl).searchParams.get('client_id');

  test('come from the options, then from X_, then from TWITTER_', () => {
    setApp({ TWITTER_CLIENT_ID: 'third', TWITTER_CLIENT_SECRET: 'c' });
    expect(clientIdOf(new TwitterService())).toBe('third');
    setApp({ X_CLIENT_ID: 'second', X_CLIENT_SECRET: 'b', TWITTER_CLIENT_ID: 'third', TWITTER_CLIENT_SECRET: 'c' });
    expect(clientIdOf(new TwitterService({}))).toBe('second');
    expect(clientIdOf(new TwitterService({ clientId: 'first', clientSecret: 'a' }))).toBe('first');
  });

  test('may come from several places', async () => {
    const { clientId, clientSecret, apiKey, apiSecret } = app();
    setApp({ X_CLIENT_ID: clientId, TWITTER_CLIENT_SECRET: clientSecret, TWITTER_API_KEY: apiKey, X_API_SECRET: '' });
    const service = new TwitterService({ apiSecret });
    const { oauth2 } = context.sandbox.seedUser();
    await expect(service.refreshAccessToken(oauth2.refreshToken)).resolves.toMatchObject({ token_type: 'bearer' });
    await expect(service.getAppBearerToken()).resolves.toMatchObject({ token_type: 'bearer' });
  });

  test('are those of the time when the service was made', async () => {
    const service = new TwitterService();
    setApp({ X_CLIENT_ID: 'later', X_CLIENT_SECRET: 'later' });
    expect(clientIdOf(service)).toBe(context.sandbox.env.X_CLIENT_ID);
  });

  test('one pair is enough', async () => {
    const { clientId, clientSecret, apiKey, apiSecret } = app();
    setApp();
    const bearer = new TwitterService({ apiKey, apiSecret });
    await expect(bearer.getAppBearerToken()).resolves.toMatchObject({ token_type: 'bearer' });
    expect(thrownBy(() => bearer.initiateUserAuth(REDIRECT))).toMatchObject({ field: 'clientId' });
    const user = new TwitterService({ clientId, clientSecret });
    expect(clientIdOf(user)).toBe(clientId);
    await expect(rejectionOf(user.getTweet('20'))).resolves.toMatchObject({ field: 'apiKey' });
  });

  test.each([
    [undefined],
    [null],
    [{}],
    ['text'],
    [{ clientId: 'a' }],
    [{ clientId: 'a', apiSecret: 'b' }],
    [{ clientId: '', clientSecret: 'b' }],
    [{ apiKey: 'a', apiSecret: null }],
  ])('without a pair there is no service: %j', (options) => {
    setApp({ TWITTER_CLIENT_SECRET: '' });
    const error = thrownBy(() => new TwitterService(options));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options', operation: 'TwitterService' });
    expect(error.message).toContain('clientId');
  });
});

describe('authorization', () => {
  test('a code is exchanged with the verifier of its state', async () => {
    const service = new TwitterService();
    const user = context.sandbox.seedUser();
    const { code, state } = await authorize(service);
    const tokens = await service.exchangeCodeForToken(code, REDIRECT, state);
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 7200, retrieved_at: expect.any(Number) });
    await expect(service.getUserProfile(tokens.access_token)).resolves.toMatchObject({ id: user.id });
  });

  test('two users at once', async () => {
    const service = new TwitterService();
    const [first, second] = [await authorize(service), await authorize(service)];
    await expect(service.exchangeCodeForToken(second.code, REDIRECT, second.state)).resolves.toHaveProperty('scope');
    await expect(service.exchangeCodeForToken(first.code, REDIRECT, first.state)).resolves.toHaveProperty('scope');
  });

  test('a state is good once', async () => {
    const service = new TwitterService();
    const { code, state } = await authorize(service);
    await service.exchangeCodeForToken(code, REDIRECT, state);
    const error = await rejectionOf(service.exchangeCodeForToken(code, REDIRECT, state));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'state' });
    expect(requestsTo('token')).toHaveLength(1);
  });

  test.each([['unknown'], [''], [undefined], [5]])('a state that is %s', async (state) => {
    const error = await rejectionOf(new TwitterService().exchangeCodeForToken('code', REDIRECT, state));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({
      code: 'INVALID_ARGUMENT',
      type: 'invalid_data',
      field: 'state',
      operation: 'exchangeCodeForToken',
    });
    expect(error.message).toContain('state');
    expect(error.stack).toContain(__filename);
    expect(requestsTo('token')).toEqual([]);
  });
});

describe('methods', () => {
  test('getAppBearerToken and getTweet read as the app', async () => {
    const service = new TwitterService();
    const { id } = await service.createTweet({ text: 'For the app' }, token());
    await expect(service.getTweet(id)).resolves.toMatchObject({ id, text: 'For the app', authorId: context.user.id });
    expect(requestsTo('getTweet')).toMatchObject([{ auth: 'app', status: 200 }]);
    const { access_token: bearer } = await service.getAppBearerToken();
    await expect(twitterNative.getTweet(id, bearer)).resolves.toMatchObject({ id });
  });

  test('refreshAccessToken', async () => {
    const { oauth2 } = context.sandbox.seedUser();
    const tokens = await new TwitterService().refreshAccessToken(oauth2.refreshToken);
    expect(tokens.refresh_token).not.toBe(oauth2.refreshToken);
    await expect(getUserProfile(tokens.access_token)).resolves.toHaveProperty('username');
  });

  test('getUserProfile', async () => {
    const { id, name, username } = context.user;
    expect(await new TwitterService().getUserProfile(token())).toEqual({
      id,
      name,
      username,
      profile_image_url: expect.any(String),
      description: expect.any(String),
      verified: false,
    });
  });

  test('uploadMedia, createTweet and getTweetMetrics', async () => {
    const service = new TwitterService();
    const mediaId = await service.uploadMedia(context.url('/media/jpeg'), context.user.oauth1Credentials);
    expect(mediaId).toMatch(/^[0-9]{1,19}$/);
    const content = { text: 'With a picture', mediaIds: [mediaId] };
    const created = await service.createTweet(content, context.user.oauth1Credentials);
    expect(created).toMatchObject({ id: expect.any(String), text: 'With a picture' });
    await expect(service.getTweetMetrics(created.id, token())).resolves.toMatchObject({
      impressions: 0,
      likes: 0,
      retweets: 0,
      replies: 0,
      quotes: 0,
    });
  });

  test('getUserTweets', async () => {
    const service = new TwitterService();
    const user = context.sandbox.seedUser();
    for (const text of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) {
      await service.createTweet({ text }, user.oauth2.accessToken);
    }
    const page = await service.getUserTweets(user.id, user.oauth2.accessToken, { maxResults: 5 });
    expect(page.map(({ text }) => text)).toEqual(['Six', 'Five', 'Four', 'Three', 'Two']);
    const options = { maxResults: 5, paginationToken: page.nextToken };
    const rest = await service.getUserTweets(user.id, user.oauth2.accessToken, options);
    expect(rest.map(({ text }) => text)).toEqual(['One']);
  });

  test('publishTweetWithMedia with both kinds of credentials, and with either', async () => {
    const service = new TwitterService();
    const { oauth2, oauth1Credentials } = context.user;
    const publish = async (text, ...credentials) => {
      context.sandbox.ledger.clear();
      const { tweetId, tweetUrl } = await service.publishTweetWithMedia(
        { text, imageUrls: [context.url('/media/jpeg')] },
        ...credentials,
      );
      expect(tweetUrl).toBe(`https://twitter.com/i/web/status/${tweetId}`);
      return [requestsTo('uploadMedia')[0].auth, requestsTo('createTweet')[0].auth];
    };
    expect(await publish('Both', oauth2.accessToken, oauth1Credentials)).toEqual(['oauth1', 'oauth2']);
    expect(await publish('OAuth 2.0', oauth2.accessToken)).toEqual(['oauth2', 'oauth2']);
    expect(await publish('OAuth 1.0a', '', oauth1Credentials)).toEqual(['oauth1', 'oauth1']);
  });

  const calls = [
    ['getAppBearerToken', () => []],
    ['refreshAccessToken', () => ['a-token']],
    ['getUserProfile', () => ['a-token']],
    ['getTweet', () => ['20']],
    ['getUserTweets', () => ['20', 'a-token']],
    ['uploadMedia', () => ['https://shop.example/1.jpg', 'a-token']],
    ['createTweet', () => [{ text: 'x' }, 'a-token']],
    ['publishTweetWithMedia', () => [{ text: 'x' }, 'a-token', null]],
    ['getTweetMetrics', () => ['20', 'a-token']],
    ['exchangeCodeForToken', (service) => ['code', REDIRECT, service.initiateUserAuth(REDIRECT).state]],
  ];

  test.each(calls)('%s takes options last', async (name, parametersFor) => {
    for (const client of [undefined, { requestTimeoutMs: 5000 }]) {
      // An app of its own, whose token nobody has asked for before.
      const service = new TwitterService({ ...app(), apiKey: `${name}-${client === undefined}`, client });
      const aborted = await rejectionOf(service[name](...parametersFor(service), { signal: AbortSignal.abort() }));
      expect(aborted).toMatchObject({ code: 'ABORTED' });
      const refused = await rejectionOf(service[name](...parametersFor(service), 'text'));
      expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'options' });
    }
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test("a service's client is used by its calls, unless they have their own", async () => {
    const other = await startSandbox({ rateLimits: false });
    try {
      const service = new TwitterService({ client: { apiBaseUrl: other.url } });
      await service.createTweet({ text: 'There' }, other.seedUser().oauth2.accessToken);
      await service.createTweet({ text: 'And there' }, other.seedUser().oauth2.accessToken, { timeoutMs: 60_000 });
      await service.createTweet({ text: 'Here' }, token(), { client: { apiBaseUrl: context.sandbox.url } });
      expect(other.ledger.tweets().map(({ text }) => text)).toEqual(['There', 'And there']);
      expect(requestsTo('createTweet')).toHaveLength(1);
    } finally {
      await other.close();
    }
  });
});

describe('subclasses', () => {
  test('of ES6', async () => {
    class ShopService extends TwitterService {
      posts = [];
      async createTweet(content, ...rest) {
        const created = await super.createTweet({ ...content, text: `Shop: ${content.text}` }, ...rest);
        this.posts.push(created.id);
        return created;
      }
    }
    const service = new ShopService();
    expect(service).toBeInstanceOf(TwitterService);
    const { id, text } = await service.createTweet({ text: 'ES6' }, token());
    expect([text, service.posts]).toEqual(['Shop: ES6', [id]]);
    await expect(service.getTweet(id)).resolves.toMatchObject({ text: 'Shop: ES6' });
  });

  test.each([true, false])('compiled to ES5 (esModuleInterop: %s)', async (esModuleInterop) => {
    const source = `
      import TwitterService, { type TwitterServiceOptions } from 'twitter-native';
      export class ShopService extends TwitterService {
        posts: string[] = [];
        constructor(private readonly prefix: string, options?: TwitterServiceOptions) {
          super(options);
        }
        async createTweet(content: { text: string }, accessToken: string) {
          const created = await super.createTweet({ ...content, text: this.prefix + content.text }, accessToken);
          this.posts.push(created.id);
          return created;
        }
      }`;
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { target: ts.ScriptTarget.ES5, module: ts.ModuleKind.CommonJS, esModuleInterop },
    });
    expect(outputText).not.toContain('class ShopService');
    const exported = {};
    compileFunction(outputText, ['exports', 'require'])(exported, () => require('../index.js'));
    const service = new exported.ShopService('Shop: ', app());
    expect(service).toBeInstanceOf(require('../index.js').TwitterService);
    const { id, text } = await service.createTweet({ text: `ES5 ${esModuleInterop}` }, token());
    expect([text, service.posts]).toEqual([`Shop: ES5 ${esModuleInterop}`, [id]]);
    await expect(service.getTweet(id)).resolves.toMatchObject({ text });
    const { code, state } = await authorize(service);
    await expect(service.exchangeCodeForToken(code, REDIRECT, state)).resolves.toHaveProperty('access_token');
  });
});

test('the default export is the class', () => {
  expect(twitterNative.default).toBe(TwitterService);
  expect(new twitterNative.default()).toBeInstanceOf(TwitterService);
});

test('a service shows no secret', async () => {
  const credentials = app();
  const service = new TwitterService({ ...credentials, client: { proxy: 'http://user:canary-password@127.0.0.1:1' } });
  const { state, codeVerifier } = service.initiateUserAuth(REDIRECT);
  const shown = [
    inspect(service, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(service),
    String(service),
    inspect(Object.getOwnPropertyDescriptors(service), { depth: null, showHidden: true, getters: true }),
  ].join('\n');
  for (const secret of [credentials.clientSecret, credentials.apiSecret, 'canary-password', state, codeVerifier]) {
    expect(shown.includes(secret)).toBe(false);
  }
});

describe('a polluted prototype', () => {
  const inherited = {
    client: { apiBaseUrl: 'http://127.0.0.1:1' },
    clientId: 'evil',
    apiBaseUrl: 'http://127.0.0.1:1',
  };
  beforeEach(() => Object.assign(Object.prototype, inherited));
  afterEach(() => {
    for (const name of Object.keys(inherited)) delete Object.prototype[name];
  });

  test('leads no call elsewhere', async () => {
    for (const options of [undefined, {}]) {
      const service = new TwitterService(options);
      const text = `Not elsewhere ${options === undefined}`;
      await expect(service.createTweet({ text }, token(), {})).resolves.toMatchObject({ text });
      expect(service.initiateUserAuth(REDIRECT).authUrl).not.toContain('evil');
    }
  });
});
