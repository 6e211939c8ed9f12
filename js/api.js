'use strict';

const { functions } = require('./functions.js');
const { TwitterError } = require('./errors.js');

/** Loaded on first use: few programs need all of these, and each file adds a fortieth to the loading time. @type {Record<string, () => unknown>} */
const LATER = {
  activitySubscriptions: () => require('./webhooks.js').activitySubscriptions,
  default: () => require('./service.js').TwitterService,
  PublishIntent: () => require('./intent.js').PublishIntent,
  Signer: () => require('./signer.js').Signer,
  signOAuth1Request: () => require('./signer.js').signOAuth1Request,
  TokenManager: () => require('./tokens.js').TokenManager,
  TwitterService: () => require('./service.js').TwitterService,
  webhooks: () => require('./webhooks.js').webhooks,
};

/**
 * Gives the package's exports their values; those of `LATER` are loaded when they are first asked for.
 * @param {Record<string, unknown>} exported
 */
function provide(exported) {
  Object.assign(exported, functions, { TwitterError });
  for (const [name, load] of Object.entries(LATER)) provideLater(exported, name, load);
}

/**
 * A property like any other, whose value is there once somebody looks.
 * @param {object} exported
 * @param {string} name
 * @param {() => unknown} load
 */
function provideLater(exported, name, load) {
  const keep = (/** @type {unknown} */ value) => {
    Object.defineProperty(exported, name, { value, configurable: true, enumerable: true, writable: true });
    return value;
  };
  Object.defineProperty(exported, name, { get: () => keep(load()), set: keep, configurable: true, enumerable: true });
}

module.exports = { provide };
