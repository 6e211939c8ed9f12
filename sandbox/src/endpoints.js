'use strict';

/** The endpoints of X, as faults, rate limits and the ledger name them. */
const X_ENDPOINTS = [
  ...['createTweet', 'deleteTweet', 'getTweet', 'lookupTweets', 'userTimeline', 'me', 'analytics', 'usage', 'credits'],
  ...['uploadMedia', 'initializeUpload', 'appendUpload', 'finalizeUpload', 'mediaStatus'],
  ...['mediaMetadata', 'mediaSubtitles', 'deleteSubtitles'],
  ...['uploadMediaV1', 'mediaStatusV1', 'mediaMetadataV1', 'mediaSubtitlesV1'],
  ...['authorize', 'token', 'revoke', 'appToken'],
  ...['requestToken', 'authorizeOAuth1', 'accessToken', 'invalidateToken'],
  ...['createWebhook', 'listWebhooks', 'validateWebhook', 'deleteWebhook', 'replayWebhook'],
  ...['createSubscription', 'listSubscriptions', 'updateSubscription', 'deleteSubscription', 'deleteSubscriptions'],
];

/** Beside them generated media, and everything that leads nowhere. */
const ENDPOINTS = [...X_ENDPOINTS, 'source', 'unknown'];

/** The sandbox's own, which no fault is played at and no ledger has. */
const OWN_ENDPOINTS = ['control', 'timelinePage', 'uploadedMedia'];

module.exports = { ENDPOINTS, OWN_ENDPOINTS, X_ENDPOINTS };
