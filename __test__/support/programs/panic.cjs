'use strict';

// Calls every export of the package in a build whose calls panic where they are told to, and goes on.
const { inspect } = require('node:util');
const api = require('../../../index.js');
const native = require('../../../js/native.js');

const [token] = process.argv.slice(2);
const keys = { apiKey: 'key', apiSecret: 'secret', accessToken: '1-token', accessTokenSecret: 'secret' };
const app = { clientId: 'id', clientSecret: 'secret', apiKey: 'key', apiSecret: 'secret' };
const back = 'https://shop.example.com/callback';
let posts = 0;
/** Another one each time: X refuses duplicates. */
const text = () => ({ text: `Post ${++posts}` });
const medium = { data: Buffer.from('GIF89a') };
const row = { accessToken: 'access', refreshToken: 'refresh', expiresAt: 0, version: 1 };
const manager = new api.TokenManager({ load: async () => row, store: async () => true, config: app });
const service = new api.TwitterService(app);

/** Every function of the package, with arguments that it takes. */
const CALLS = {
  publishTweetWithMedia: () => api.publishTweetWithMedia(text(), token),
  publishThread: () => api.publishThread([text()], token),
  uploadMedia: () => api.uploadMedia(medium, token),
  uploadMediaDetailed: () => api.uploadMediaDetailed(medium, token),
  createTweet: () => api.createTweet(text(), token),
  deleteTweet: () => api.deleteTweet('1', token),
  getTweet: () => api.getTweet('1', token),
  getUserTweets: () => api.getUserTweets('1', token),
  getTweetMetrics: () => api.getTweetMetrics('1', token),
  getTweetsMetrics: () => api.getTweetsMetrics(['1'], token),
  getUserProfile: () => api.getUserProfile(token),
  signOAuth1Request: () => api.signOAuth1Request({ method: 'GET', url: back }, keys),
  parseTweetText: () => api.parseTweetText('A post'),
  validateTweet: () => api.validateTweet(text()),
  probeMedia: () => api.probeMedia(medium),
  getAppBearerToken: () => api.getAppBearerToken(app),
  initiateUserAuth: () => api.initiateUserAuth(back, undefined, app),
  exchangeCodeForToken: () => api.exchangeCodeForToken('code', back, 'v'.repeat(43), app),
  refreshAccessToken: () => api.refreshAccessToken('refresh', app),
  revokeToken: () => api.revokeToken('token', app),
  exchangeOAuth1ForOAuth2: () => api.exchangeOAuth1ForOAuth2(keys, app),
  requestOAuth1Token: () => api.requestOAuth1Token(back, app),
  oauth1AuthorizeUrl: () => api.oauth1AuthorizeUrl('token'),
  exchangeOAuth1Verifier: () => api.exchangeOAuth1Verifier('token', 'secret', 'verifier', app),
  webhookCrcResponse: () => api.webhookCrcResponse('token', 'secret'),
  verifyWebhookSignature: () => api.verifyWebhookSignature('body', 'sha256=x', 'secret'),
  configure: () => api.configure({}),
  resolveOutcome: () => api.resolveOutcome('{}', token),
  rateLimits: () => api.rateLimits(),
  TokenManager: () => new api.TokenManager({ load: async () => row, store: async () => true, config: app }),
  'TokenManager.getAccessToken': () => manager.getAccessToken(),
  'TwitterService.initiateUserAuth': () => service.initiateUserAuth(back),
  'TwitterService.getTweet': () => service.getTweet('1'),
};

async function failureOf(call) {
  try {
    await call();
  } catch (error) {
    return { code: error.code, mine: error instanceof api.TwitterError, seen: `${error.stack}\n${inspect(error)}` };
  }
  return null;
}

async function main() {
  const seen = {};
  for (const [name, call] of Object.entries(CALLS)) {
    seen[name] = [];
    for (const place of [1, 2, 3]) {
      native.armPanic(place);
      seen[name].push(await failureOf(call));
      native.armPanic(0);
    }
  }
  const { text: posted } = await api.createTweet({ text: 'Still alive' }, token);
  const untried = Object.keys(api).filter((name) => !(name in CALLS));
  console.log(JSON.stringify({ seen, untried, posted }));
}

main();
