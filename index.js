// Written by the build from index.d.ts; do not edit.
'use strict';

// Named one by one, so that ESM finds the names of this CommonJS module.
exports.activitySubscriptions = undefined;
exports.appFromEnvironment = undefined;
exports.configure = undefined;
exports.createTweet = undefined;
exports.deleteTweet = undefined;
exports.estimateCost = undefined;
exports.exchangeCodeForToken = undefined;
exports.exchangeOAuth1ForOAuth2 = undefined;
exports.exchangeOAuth1Verifier = undefined;
exports.getAppBearerToken = undefined;
exports.getTweet = undefined;
exports.getTweetMetrics = undefined;
exports.getTweetsMetrics = undefined;
exports.getUsage = undefined;
exports.getUserProfile = undefined;
exports.getUserTweets = undefined;
exports.initiateUserAuth = undefined;
exports.inspectCheckpoint = undefined;
exports.oauth1AuthorizeUrl = undefined;
exports.parseTweetText = undefined;
exports.probeMedia = undefined;
exports.PublishIntent = undefined;
exports.publishThread = undefined;
exports.publishTweetWithMedia = undefined;
exports.rateLimits = undefined;
exports.refreshAccessToken = undefined;
exports.requestOAuth1Token = undefined;
exports.resolveOutcome = undefined;
exports.revokeToken = undefined;
exports.Signer = undefined;
exports.signOAuth1Request = undefined;
exports.TokenManager = undefined;
exports.TwitterError = undefined;
exports.TwitterService = undefined;
exports.uploadMedia = undefined;
exports.uploadMediaDetailed = undefined;
exports.validateTweet = undefined;
exports.verifyWebhookSignature = undefined;
exports.webhookCrcResponse = undefined;
exports.webhooks = undefined;

// What TypeScript and Babel make of `import TwitterService from 'twitter-native'` in CommonJS.
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = undefined;

require('./js/api.js').provide(exports);
