'use strict';

const functions = require('./js/functions.js');
const { PublishIntent } = require('./js/intent.js');
const { TwitterError } = require('./js/errors.js');
const { TwitterService } = require('./js/service.js');
const { Signer } = require('./js/signer.js');
const { TokenManager } = require('./js/tokens.js');
const { activitySubscriptions, webhooks } = require('./js/webhooks.js');

// Named one by one, so that ESM finds the names of this CommonJS module.
exports.activitySubscriptions = activitySubscriptions;
exports.appFromEnvironment = functions.appFromEnvironment;
exports.configure = functions.configure;
exports.createTweet = functions.createTweet;
exports.deleteTweet = functions.deleteTweet;
exports.estimateCost = functions.estimateCost;
exports.exchangeCodeForToken = functions.exchangeCodeForToken;
exports.exchangeOAuth1ForOAuth2 = functions.exchangeOAuth1ForOAuth2;
exports.exchangeOAuth1Verifier = functions.exchangeOAuth1Verifier;
exports.getAppBearerToken = functions.getAppBearerToken;
exports.getTweet = functions.getTweet;
exports.getTweetMetrics = functions.getTweetMetrics;
exports.getTweetsMetrics = functions.getTweetsMetrics;
exports.getUsage = functions.getUsage;
exports.getUserProfile = functions.getUserProfile;
exports.getUserTweets = functions.getUserTweets;
exports.initiateUserAuth = functions.initiateUserAuth;
exports.inspectCheckpoint = functions.inspectCheckpoint;
exports.oauth1AuthorizeUrl = functions.oauth1AuthorizeUrl;
exports.parseTweetText = functions.parseTweetText;
exports.probeMedia = functions.probeMedia;
exports.PublishIntent = PublishIntent;
exports.publishThread = functions.publishThread;
exports.publishTweetWithMedia = functions.publishTweetWithMedia;
exports.rateLimits = functions.rateLimits;
exports.refreshAccessToken = functions.refreshAccessToken;
exports.requestOAuth1Token = functions.requestOAuth1Token;
exports.resolveOutcome = functions.resolveOutcome;
exports.revokeToken = functions.revokeToken;
exports.Signer = Signer;
exports.signOAuth1Request = functions.signOAuth1Request;
exports.TokenManager = TokenManager;
exports.TwitterError = TwitterError;
exports.TwitterService = TwitterService;
exports.uploadMedia = functions.uploadMedia;
exports.uploadMediaDetailed = functions.uploadMediaDetailed;
exports.validateTweet = functions.validateTweet;
exports.verifyWebhookSignature = functions.verifyWebhookSignature;
exports.webhookCrcResponse = functions.webhookCrcResponse;
exports.webhooks = webhooks;

// What TypeScript and Babel make of `import TwitterService from 'twitter-native'` in CommonJS.
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = TwitterService;
