'use strict';

const { ENDPOINTS } = require('./endpoints.js');
const { UnknownName, checkMembers, checkName, checkNumber } = require('./known.js');

const TEXTS = ['host', 'clientId', 'clientSecret', 'apiKey', 'apiSecret'];
const SWITCHES = ['tls', 'http2', 'publicClient', 'enterprise', 'allowDuplicates', 'subscribedRevocations'];
const NUMBERS = {
  ...{ port: 0, accessTokenLifeMs: 0, duplicateWindowMs: 0, maxSegmentBytes: 1, processingMs: 0, checkAfterSecs: 0 },
  ...{ usageCap: 0, maxWebhooks: 0, maxSubscriptions: 0 },
};
const OTHERS = ['rateLimits', 'processingError', 'ledger', 'textChanges', 'timelineLag', 'onAnswer', 'credits'];
const OPTIONS = [...TEXTS, ...SWITCHES, ...Object.keys(NUMBERS), ...OTHERS];

/** What X may do to a text beside what it always does. */
const TEXT_CHANGES = ['stripInvisible', 'collapseSpaces'];
const LAG = ['ms', 'reads'];

/** @param {string} name @param {unknown} value @param {string} type */
function checkType(name, value, type) {
  if (typeof value !== type) throw new UnknownName(`The option ${name} has to be a ${type}`);
}

/** @param {Record<string, unknown>} limits */
function checkRateLimits(limits) {
  checkMembers('The option rateLimits', limits, ENDPOINTS);
  for (const [endpoint, figures] of Object.entries(limits)) {
    checkMembers(`The option rateLimits.${endpoint}`, figures, ['user', 'app']);
    for (const figure of Object.values(/** @type {object} */ (figures))) {
      for (const number of [figure?.[0], figure?.[1]]) checkNumber(`Each of rateLimits.${endpoint}`, number, 0);
    }
  }
}

/** Refuses options that the sandbox does not have, and values that they can't have. @param {any} options */
function checkOptions(options) {
  checkMembers('startSandbox', options, OPTIONS);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  for (const name of TEXTS) if (name in given) checkType(name, given[name], 'string');
  for (const name of SWITCHES) if (name in given) checkType(name, given[name], 'boolean');
  for (const [name, least] of Object.entries(NUMBERS)) {
    if (name in given) checkNumber(`The option ${name}`, given[name], least);
  }
  const { credits, rateLimits, processingError, ledger, textChanges, timelineLag, onAnswer } = given;
  if (rateLimits !== undefined && rateLimits !== false) checkRateLimits(rateLimits);
  if (processingError) checkMembers('The option processingError', processingError, ['code', 'name', 'message']);
  if (credits) {
    checkMembers('The option credits', credits, ['prepaid', 'free']);
    for (const [name, balance] of Object.entries(credits)) checkType(`credits.${name}`, balance, 'number');
  }
  if (ledger) checkMembers('The option ledger', ledger, ['maxRequests']);
  if (textChanges) checkMembers('The option textChanges', textChanges, TEXT_CHANGES);
  if (timelineLag) checkMembers('The option timelineLag', timelineLag, LAG);
  if (onAnswer) checkType('onAnswer', onAnswer, 'function');
}

const SEED = ['username', 'name', 'premium', 'scopes', 'ownsApp'];

/** @param {unknown} options of a user */
const checkSeed = (options) => checkMembers('seedUser', options, SEED);

const EXHAUSTIONS = ['usage-cap', 'credits', 'spend-cap'];

/** @param {unknown} kind what the app has run out of */
function checkExhaustion(kind) {
  if (kind !== null) checkName('exhaustion', kind, EXHAUSTIONS);
}

module.exports = { LAG, checkExhaustion, checkOptions, checkSeed };
