'use strict';

const { apiBase, readUser, request } = require('../account.js');
const { api } = require('../api.js');
const { EXIT, causeOf, exitCodeOf } = require('../failure.js');

/** What posting needs, and what each is for. @type {Array<[string, string]>} */
const SCOPES = [
  ['tweet.read', 'reading posts'],
  ['tweet.write', 'posting'],
  ['users.read', 'finding a post whose answer was lost'],
  ['media.write', 'pictures and video'],
  ['offline.access', 'going on for more than two hours'],
];
/** X refuses signatures whose time is minutes off. */
const MAX_SKEW_MS = 60_000;
/** A picture of 8 by 8 pixels, which nobody will see. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mNQSFiAFTEMLQkAAmxIAc8z8pwAAAAASUVORK5CYII=',
  'base64',
);

/** @typedef {import('../context.js').Context} Context */
/** @typedef {import('../credentials.js').Account} Account */
/** @typedef {{ name: string, ok: boolean | null, words: string, exitCode?: number }} Finding `ok` is null if nobody knows */

/** @type {import('../context.js').Command} */
const command = {
  summary: 'Check credentials, scopes, the clock, and what a post costs.',
  usage: [''],
  positional: { most: 0, takes: 'no arguments' },
  options: {
    'no-upload': { type: 'boolean', help: 'do not try an upload where the scopes are not known' },
  },
  about: [
    'X is asked for the profile, which costs $0.01. Where it is not known whether media may be uploaded, a picture of ' +
      '8 by 8 pixels is, which is never posted and expires.',
  ],
  async run(context) {
    /** @type {Finding[]} */
    const findings = [];
    const account = await found(context, findings);
    if (account) await checkAccount(context, account, findings);
    findings.push(await checkClock(context), cost());
    const lines = findings.map(({ name, ok, words }) => `${mark(ok)} ${name}: ${words}`);
    const isFine = findings.every(({ ok }) => ok !== false);
    context.output.result({ ok: isFine, checks: findings.map(({ exitCode: _code, ...finding }) => finding) }, lines);
    return findings.find(({ ok }) => ok === false)?.exitCode ?? EXIT.done;
  },
};

/** @param {boolean | null} ok */
const mark = (ok) => (ok === null ? '?' : ok ? '+' : '-');

/** @param {string} name @param {any} thrown @returns {Finding} */
function failed(name, thrown) {
  const error = causeOf(thrown);
  const exitCode = exitCodeOf(error);
  if (exitCode === EXIT.aborted || exitCode === EXIT.unexpected) throw error;
  return { name, ok: false, words: error.message, exitCode };
}

/** @param {Context} context @param {Finding[]} findings */
async function found(context, findings) {
  try {
    const account = context.account();
    const kinds = [...(account.oauth2 ? ['OAuth 2.0'] : []), ...(account.oauth1 ? ['OAuth 1.0a'] : [])];
    findings.push({ name: 'credentials', ok: true, words: `${kinds.join(' and ')} from ${account.source}` });
    return account;
  } catch (error) {
    findings.push(failed('credentials', error));
    return undefined;
  }
}

/** @param {Context} context @param {Account} account @param {Finding[]} findings */
async function checkAccount(context, account, findings) {
  try {
    const { id, username } = await readUser(account, context.call);
    findings.push({ name: 'account', ok: true, words: `@${username}, ${id}` });
  } catch (error) {
    findings.push(failed('account', error));
    return;
  }
  findings.push(checkScopes(account));
  findings.push(await checkMedia(context, account));
}

/** @param {Account} account @returns {Finding} */
function checkScopes({ oauth2, scope }) {
  const name = 'scopes';
  if (oauth2 === undefined) {
    return { name, ok: null, words: 'OAuth 1.0a has none; the app’s permission has to be Read and write' };
  }
  if (scope === undefined) return { name, ok: null, words: 'not known: an access token does not tell them' };
  const granted = scope.split(' ');
  const lacking = SCOPES.filter(([wanted]) => !granted.includes(wanted)).map(([wanted, use]) => `${wanted} (${use})`);
  if (lacking.length === 0) return { name, ok: true, words: 'all that posting needs' };
  const words = `without ${lacking.join(', ')}: run twitter-native auth again`;
  return { name, ok: false, words, exitCode: EXIT.notAuthorized };
}

/** @param {Context} context @param {Account} account @returns {Promise<Finding>} */
async function checkMedia({ args, call }, { oauth2, oauth1, scope }) {
  const name = 'media.write';
  if (oauth1 === undefined && scope !== undefined) {
    const ok = scope.split(' ').includes('media.write');
    return ok ? { name, ok, words: 'granted' } : { name, ok, words: 'not granted', exitCode: EXIT.notAuthorized };
  }
  if (args.flags['no-upload']) return { name, ok: null, words: 'not tried' };
  try {
    await api().uploadMedia({ data: PICTURE, filename: 'check.png' }, /** @type {any} */ (oauth1 ?? oauth2), call);
    return { name, ok: true, words: 'a picture could be uploaded' };
  } catch (error) {
    return failed(name, error);
  }
}

/** By the header `Date` of any answer of X's. @param {Context} context @returns {Promise<Finding>} */
async function checkClock({ signal, timeoutMs }) {
  const name = 'clock';
  try {
    const before = Date.now();
    const { headers } = await request(apiBase(), { method: 'HEAD', signal, timeoutMs });
    const theirs = Date.parse((headers.get('date') ?? '').replace(/UTC$/, 'GMT'));
    if (Number.isNaN(theirs)) return { name, ok: null, words: 'X did not tell its time' };
    // The header has whole seconds, and the answer took some time.
    const skew = Math.round(((before + Date.now()) / 2 - theirs - 500) / 1000);
    const words = Math.abs(skew) < 2 ? 'as X’s' : `${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} X’s`;
    if (Math.abs(skew) * 1000 <= MAX_SKEW_MS) return { name, ok: true, words };
    return { name, ok: false, words: `${words}; set this machine’s clock`, exitCode: EXIT.invalid };
  } catch (error) {
    return failed(name, error);
  }
}

/** @returns {Finding} */
function cost() {
  const { estimateCost } = api();
  const { usd, pricesAsOf } = estimateCost({ text: 'A post' });
  const { usd: withLink } = estimateCost({ text: 'A post https://example.com' });
  const words = `a post $${usd}, with a link $${withLink.toFixed(2)}, an alt text $0.005 (prices of ${pricesAsOf})`;
  return { name: 'cost', ok: true, words };
}

module.exports = command;
