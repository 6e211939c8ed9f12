'use strict';

const keys = { apiKey: 'key', apiSecret: 'secret', accessToken: '1-token', accessTokenSecret: 'token-secret' };
const app = { clientId: 'id', clientSecret: 'secret', apiKey: 'key', apiSecret: 'secret' };
const back = 'https://shop.example.com/callback';
const hook = 'https://shop.example.com/webhooks/x';
const subscription = { eventType: 'post.create', filter: { userId: '1' } };
const medium = { data: Buffer.from('GIF89a') };

/** A row in memory. */
function store() {
  /** @type {{ state: string, version: number } | undefined} */
  let row;
  return {
    load: async () => row,
    store: async (/** @type {string} */ state, /** @type {any} */ version) => {
      if (row?.version !== version) return false;
      row = { state, version: (version ?? 0) + 1 };
      return true;
    },
  };
}

const row = { accessToken: 'access', refreshToken: 'refresh', expiresAt: 0, version: 1 };

/**
 * A call of every function of the package, with arguments that it takes.
 * @param {any} api the package @param {string} token
 * @returns {Record<string, () => unknown>}
 */
function everyExport(api, token) {
  let posts = 0;
  /** Another one each time: X refuses duplicates. */
  const text = () => ({ text: `Post ${++posts}` });
  const manager = new api.TokenManager({ load: async () => row, store: async () => true, config: app });
  const service = new api.TwitterService(app);
  return {
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
    Signer: () => new api.Signer(keys),
    'Signer.sign': () => new api.Signer(keys).sign({ method: 'GET', url: back }),
    'Signer.header': () => new api.Signer(keys).header('GET', back),
    parseTweetText: () => api.parseTweetText('A post'),
    validateTweet: () => api.validateTweet(text()),
    estimateCost: () => api.estimateCost(text()),
    getUsage: () => api.getUsage(app),
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
    'webhooks.create': () => api.webhooks.create(hook, app),
    'webhooks.list': () => api.webhooks.list(app),
    'webhooks.validate': () => api.webhooks.validate('1', app),
    'webhooks.delete': () => api.webhooks.delete('1', app),
    'webhooks.replay': () => api.webhooks.replay({ webhookId: '1', from: 0, to: 0 }, app),
    'activitySubscriptions.create': () => api.activitySubscriptions.create(subscription, null, app),
    'activitySubscriptions.list': () => api.activitySubscriptions.list(null, app),
    'activitySubscriptions.update': () => api.activitySubscriptions.update('1', { tag: 'tag' }, app),
    'activitySubscriptions.delete': () => api.activitySubscriptions.delete('1', app),
    configure: () => api.configure({}),
    resolveOutcome: () => api.resolveOutcome('{}', token),
    inspectCheckpoint: () => api.inspectCheckpoint('{}'),
    PublishIntent: () => new api.PublishIntent(store()),
    'PublishIntent.publish': () => new api.PublishIntent(store()).publish(text(), token),
    'PublishIntent.settle': () => new api.PublishIntent(store()).settle('check'),
    'PublishIntent.status': () => new api.PublishIntent(store()).status(),
    rateLimits: () => api.rateLimits(),
    TokenManager: () => new api.TokenManager({ load: async () => row, store: async () => true, config: app }),
    'TokenManager.getAccessToken': () => manager.getAccessToken(),
    'TwitterService.initiateUserAuth': () => service.initiateUserAuth(back),
    'TwitterService.getTweet': () => service.getTweet('1'),
  };
}

module.exports = { everyExport };
