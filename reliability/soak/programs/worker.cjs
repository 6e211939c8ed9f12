'use strict';

// Begins a call that X does not answer, and is ended in the middle of it.
const { Readable } = require('node:stream');
const { parentPort, workerData } = require('node:worker_threads');
const api = require('../../../index.js');

const { call, number, text, token, app, client, url, timeoutMs } = workerData;
const options = { client, timeoutMs, onRequest: () => {}, onProgress: () => {}, onCheckpoint: async () => {} };
// Managers with the same refresh token would share one refresh.
const row = { accessToken: token, refreshToken: `spent ${number}`, expiresAt: 0, version: 1 };
const manager = () => new api.TokenManager({ load: async () => row, store: async () => true, config: app });

/** A stream that gives its beginning and then nothing more, and tells when it is asked for that. */
function endless() {
  let isAsked = false;
  return new Readable({
    read() {
      if (isAsked) parentPort?.postMessage('begun');
      else this.push(Buffer.from('GIF89a'));
      isAsked = true;
    },
  });
}

/** @type {Record<string, () => Promise<unknown>>} */
const CALLS = {
  createTweet: () => api.createTweet({ text }, token, options),
  publish: () => api.publishTweetWithMedia({ text, media: [{ url }] }, token, null, options),
  stream: () => api.uploadMedia({ stream: endless() }, token, options),
  manager: () => api.getUserProfile(manager(), options),
  profile: () => api.getUserProfile(token, options),
};

const settled = () => parentPort?.postMessage('settled');
CALLS[call]().then(settled, settled);
