'use strict';

const { inspect } = require('node:util');
const { isSilent } = require('./faults.js');
const { MAX_ATTEMPTS } = require('./world.js');

/** @typedef {import('./cell.js').Evidence} Evidence */

/** Codes that say that a post, or tokens, may be there although nobody saw the answer. */
const UNKNOWN = { post: 'UNKNOWN_OUTCOME', tokens: 'REAUTH_REQUIRED' };

/** @param {Evidence} evidence */
const posts = ({ world }) => world.api.ledger.tweets().filter(({ text }) => text === world.text);

/** The last word. @param {Evidence} evidence @returns {import('./cell.js').CallEvidence} */
const last = ({ calls }) => calls[calls.length - 1];

/** @param {import('./cell.js').CallEvidence} call @param {string} endpoint */
const requests = (call, endpoint) => call.requests.filter((entry) => entry.endpoint === endpoint);

/** At most one committed tweet per intent. @param {Evidence} evidence */
function once(evidence) {
  const count = posts(evidence).length;
  return count <= 1 || `${count} posts`;
}

/** The account's newest tokens. @param {Evidence} evidence */
const latest = ({ world }) =>
  world.api.ledger
    .tokens()
    .filter(({ user }) => user.id === world.user.id)
    .at(-1);

/** They are stored, whatever was reported to the caller. @param {Evidence} evidence */
const holdsLatest = (evidence) =>
  evidence.cell.operation.id === 'refresh' &&
  evidence.world.rows.at(-1)?.refreshToken === latest(evidence).refreshToken;

/** What was committed never reads as failed, and what surely was not sent never reads as unknown. @param {Evidence} evidence */
function truthful(evidence) {
  const { cell, calls } = evidence;
  const { kind, loses } = cell.operation;
  if (kind === 'read') return true;
  for (const { error, isPosted, issued } of calls) {
    if (error === undefined) continue;
    const isCommitted = kind === 'post' ? isPosted : issued > 0 && !holdsLatest(evidence);
    if (isCommitted && error.code !== UNKNOWN[kind]) return `committed, and it reads as ${error.code}`;
  }
  const { error } = calls[0];
  const isSure = cell.fault.isUnsent && (cell.then?.isUnsent ?? true) && !loses;
  return !(isSure && error?.code === UNKNOWN[kind]) || `surely unsent, and it reads as ${error.code}`;
}

/** What is said to be published is there, and in the end everything is. @param {Evidence} evidence */
function there(evidence) {
  const { cell, world } = evidence;
  const { value, error } = last(evidence);
  if (error !== undefined) {
    const isSaid = cell.operation.kind === 'tokens' && error.code === 'REAUTH_REQUIRED';
    // X itself says then that an earlier attempt was published. It is not sent again against that, whatever the timeline
    // shows: a person has to look.
    const isClaimed = cell.then?.id === '403 duplicate' && error.code === 'UNKNOWN_OUTCOME';
    return isSaid || isClaimed || `when all was well again: ${error.code} ${error.message}`;
  }
  if (cell.operation.kind !== 'post') return true;
  const id = value.tweetId ?? value.id;
  const tweet = world.api.ledger.tweets().find((other) => other.id === id);
  if (tweet?.text !== world.text || tweet.user.id !== world.user.id) return `${id} is not there`;
  return tweet.media.length === (value.mediaIds ?? []).length || 'its media are not there';
}

/** At most one segment is sent again per fault; FINALIZE only when all are there. @param {Evidence} evidence */
function segments(evidence) {
  const { cell, world, hits } = evidence;
  for (const media of world.api.ledger.media()) {
    const again = [...media.segments.values()].reduce((sum, { times }) => sum + times - 1, 0);
    const own = cell.operation.id === 'APPEND' ? hits : 0;
    const allowed = cell.fault.group === 'process' ? 1 : own;
    if (again > allowed) return `${again} segments were sent again, for ${hits} faults`;
    if (media.conflicts > 0) return 'a segment was sent again with other bytes';
  }
  const early = world.api.ledger
    .requests({ endpoint: 'finalizeUpload', fault: null })
    .filter(({ status }) => status === 400);
  return early.length === 0 || 'FINALIZE came before its segments';
}

/** The stored refresh token is X's latest, or the caller is told to have the user authorize again. @param {Evidence} evidence */
function tokens(evidence) {
  const { world } = evidence;
  if (evidence.cell.operation.id === 'refresh') {
    const { value, error } = last(evidence);
    if (error?.code === 'REAUTH_REQUIRED') return true;
    const row = world.rows.at(-1);
    if (!holdsLatest(evidence)) return 'the stored refresh token is spent';
    if (value !== undefined && value !== row?.accessToken) return 'what was handed out is not what is stored';
  }
  return !latest(evidence).family.revoked || 'the grant was ended';
}

/**
 * Within the deadline and a second, and within the attempts. Where something else than a time-out ends an attempt, no call may
 * last as long as one.
 * @param {Evidence} evidence
 */
function bounded({ cell, calls, world }) {
  const { at, endpoint, most } = cell.operation;
  const { attemptMs, callMs } = world.patience;
  const limitMs = isSilent(cell) ? callMs + 1000 : attemptMs;
  for (const call of calls) {
    if (call.ms > limitMs) return `it took ${Math.round(call.ms)} ms`;
    const count = requests(call, endpoint).length;
    if (at === 'api' && count > most * MAX_ATTEMPTS) return `${count} requests to ${endpoint}`;
    const sent = requests(call, 'createTweet').length;
    if (sent > MAX_ATTEMPTS) return `${sent} requests to createTweet`;
  }
  return true;
}

/** No secret is anywhere to be seen. @param {Evidence} evidence */
function secretless(evidence) {
  const { calls, bystander, checkpoints, world } = evidence;
  const outcomes = [...calls, bystander].map(({ value, error }) => ({ value, error }));
  // Tokens are what these operations give.
  const given = evidence.cell.operation.kind === 'tokens' ? outcomes.map(({ error }) => error) : outcomes;
  const seen = [
    inspect(given, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    ...outcomes.map(({ error }) => error && `${error.stack} ${JSON.stringify(error)}`),
    ...checkpoints,
  ].join('\n');
  for (const secret of world.secrets) {
    const spellings = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)];
    if (spellings.some((text) => seen.includes(text.slice(0, 12)))) return 'a secret is seen';
  }
  return true;
}

/** Each promise settles once. @param {Evidence} evidence */
function settled({ calls }) {
  for (const { settlements, error } of calls) {
    if (settlements !== 1) return `it settled ${settlements} times`;
    if (error !== undefined && error.name !== 'TwitterError') return `it failed with ${error}`;
  }
  return true;
}

/** Nothing goes on after it. @param {Evidence} evidence */
const quiet = ({ calls }) => calls.every(({ isQuiet }) => isQuiet) || 'a request was still under way';

/** Credentials go to the configured host alone. @param {Evidence} evidence */
function faithful({ world }) {
  const elsewhere = [...world.elsewhere.ledger.requests(), ...world.media.ledger.requests()];
  return elsewhere.every(({ presented }) => presented === null) || 'credentials went elsewhere';
}

/** One account's token is never in another one's request. @param {Evidence} evidence */
function separate(evidence) {
  const { world, calls, bystander } = evidence;
  const foreign = calls
    .flatMap(({ requests: all }) => all)
    .find(({ userId }) => userId !== null && userId !== world.user.id);
  if (foreign) return `${foreign.endpoint} came with another account's token`;
  if (bystander.error !== undefined) return `the bystander fared ill: ${bystander.error.message}`;
  const tweet = world.api.ledger.tweets().find(({ id }) => id === bystander.value.id);
  return tweet?.user.id === world.other.id || "the bystander's post is not theirs";
}

/** What holds in every cell. @type {Record<string, (evidence: Evidence) => true | string | boolean>} */
const INVARIANTS = {
  I1: once,
  I2: truthful,
  I3: there,
  I4: segments,
  I5: tokens,
  I6: bounded,
  I7: secretless,
  I8: settled,
  I9: quiet,
  I10: faithful,
  I11: separate,
};

/** What an attempt that a slow machine has caused does not excuse. */
const AT_ANY_SPEED = ['I1', 'I2', 'I5', 'I7', 'I8', 'I10'];

/**
 * Judges a cell: what is wrong with it, and how many invariants were looked at.
 * @param {Evidence} evidence
 */
function judge(evidence) {
  /** @type {string[]} */
  const violations = [];
  for (const [name, holds] of Object.entries(INVARIANTS)) {
    const verdict = holds(evidence);
    if (verdict !== true) violations.push(`${name}: ${verdict}`);
  }
  const { cell, calls, hits } = evidence;
  // Connections that are refused leave no trace but their errors.
  if (hits === 0 && cell.fault.group !== 'process' && !cell.fault.host && cell.fault.shut !== 'refused') {
    violations.push('the fault was not met');
  }
  return {
    violations,
    isSafe: !violations.some((violation) => AT_ANY_SPEED.some((name) => violation.startsWith(`${name}:`))),
    checked: Object.keys(INVARIANTS).length,
    outcomes: calls.map(({ error }) => error?.code ?? 'ok'),
  };
}

module.exports = { INVARIANTS, judge };
