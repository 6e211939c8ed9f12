'use strict';

const { arm, disarm } = require('./arming.js');
const { isSilent } = require('./faults.js');
const { createWorld } = require('./world.js');

/** @typedef {import('./operations.js').Operation} Operation @typedef {import('./faults.js').MatrixFault} MatrixFault */

/**
 * One cell: an operation, what goes wrong with it, and how often.
 * @typedef {object} Cell
 * @property {number} index
 * @property {Operation} operation
 * @property {MatrixFault} fault
 * @property {'first' | 'every'} when
 * @property {MatrixFault} [then] goes wrong the second time
 * @property {'HTTP/1.1' | 'HTTP/2'} protocol
 *
 * One call, and what X had seen of it when it ended.
 * @typedef {object} CallEvidence
 * @property {any} [value]
 * @property {any} [error]
 * @property {number} ms
 * @property {number} settlements how often its promise settled
 * @property {any[]} requests
 * @property {boolean} isPosted the post was there when it ended
 * @property {number} issued how many tokens X gave during it
 * @property {boolean} isQuiet nothing was under way any more soon after it
 *
 * What is known of a cell when it is over.
 * @typedef {object} Evidence
 * @property {Cell} cell
 * @property {import('./world.js').World} world
 * @property {CallEvidence[]} calls the one that the fault was in the way of, and those that went on with it
 * @property {CallEvidence} bystander another account's
 * @property {string[]} checkpoints
 * @property {number} hits
 */

/** No attempt that has to do with no fault ends by this, however busy the machine is. */
const PATIENT = { attemptMs: 60_000, callMs: 240_000 };
/** Short enough for the matrix to end where only a time-out ends an attempt. */
const SHORT = { attemptMs: 1000, callMs: 60_000 };
/** For a machine that was too busy for that. */
const LONGER = { attemptMs: 10_000, callMs: 120_000 };
const SCHEDULE_MS = [1, 10, 20];

/** Calls once, and keeps what X saw of it. @param {import('./world.js').World} world @param {() => Promise<any>} begin @returns {Promise<CallEvidence>} */
async function observe(world, begin) {
  const { ledger } = world.api;
  const [requests, tokens] = [ledger.requests().length, ledger.tokens().length];
  const begun = performance.now();
  let settlements = 0;
  const count = () => {
    settlements += 1;
  };
  const call = begin();
  call.then(count, count);
  const outcome = await call.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  const ms = performance.now() - begun;
  const isQuiet = await becomesQuiet(world);
  return {
    ...outcome,
    ms,
    isQuiet,
    settlements,
    requests: ledger.requests().slice(requests),
    isPosted: ledger.tweets().some(({ text }) => text === world.text),
    issued: ledger.tokens().length - tokens,
  };
}

/** Nothing is under way any more, or will not be soon: before an attempt that was forgotten would end by itself. @param {import('./world.js').World} world */
async function becomesQuiet({ api, patience }) {
  const end = AbortSignal.timeout(patience.attemptMs / 2);
  const isQuiet = () => api.ledger.requests({ status: null, aborted: false }).length === 0;
  await api.ledger.waitFor(isQuiet, { signal: end }).catch(() => {});
  return isQuiet();
}

/** @param {Operation} operation @param {import('./world.js').World} world */
async function prepare(operation, world) {
  if (operation.kind === 'read') await world.prepareStanding();
  if (operation.id === 'code exchange') await world.prepareCode();
  world.api.ledger.clear();
}

/** @typedef {{ elsewhere: import('../../sandbox/index.js').Sandbox, judge: (evidence: Evidence) => Verdict }} Surroundings */
/** @typedef {{ violations: string[], isSafe: boolean, checked: number, outcomes: string[] }} Verdict */

/**
 * Runs a cell to its end, and judges it. Where only a time-out ends an attempt, time-outs are short, and a machine that
 * stalls meets them elsewhere, too: then attempts are made that no fault has caused. Such a cell is run again with more
 * time, unless something was violated that must hold at any speed.
 * @param {any} addon the package
 * @param {Cell} cell
 * @param {Surroundings} surroundings
 */
async function runCell(addon, cell, surroundings) {
  if (!isSilent(cell)) return runOnce(addon, cell, surroundings, PATIENT);
  const verdict = await runOnce(addon, cell, surroundings, SHORT);
  const isExcused = verdict.violations.length > 0 && verdict.isSafe;
  return isExcused ? runOnce(addon, cell, surroundings, LONGER) : verdict;
}

/**
 * @param {any} addon
 * @param {Cell} cell
 * @param {Surroundings} surroundings
 * @param {import('./world.js').Patience} patience
 */
async function runOnce(addon, cell, { elsewhere, judge }, patience) {
  const { protocol } = cell;
  const world = await createWorld(addon, { protocol, name: nameOf(cell), elsewhere, patience });
  const hurrying = new AbortController();
  try {
    await prepare(cell.operation, world);
    const { calls, checkpoints, hits } = await goThrough(cell, world, hurrying.signal);
    const { client } = world;
    const bystander = await observe(world, () =>
      addon.createTweet({ text: `Bystander: ${world.name}` }, world.other.oauth2.accessToken, {
        client,
        timeoutMs: patience.callMs,
      }),
    );
    return judge({ cell, world, calls, bystander, checkpoints, hits });
  } finally {
    hurrying.abort();
    await world.close();
  }
}

/**
 * Calls with the fault in the way, and again, as whoever keeps checkpoints would, until it succeeds: with the second
 * fault in the way if that was not met yet, and then with none.
 * @param {Cell} cell @param {import('./world.js').World} world @param {AbortSignal} end
 */
async function goThrough(cell, world, end) {
  const { operation } = cell;
  /** @type {string[]} */
  const checkpoints = [];
  const store = { keep: (/** @type {string} */ checkpoint) => void checkpoints.push(checkpoint) };
  const options = () => ({
    client: world.client,
    timeoutMs: world.patience.callMs,
    reconcile: { scheduleMs: SCHEDULE_MS },
    onCheckpoint: (/** @type {string} */ checkpoint) => store.keep(checkpoint),
  });
  const again = () =>
    observe(world, () => operation.call(world, { ...options(), checkpoint: checkpoints.at(-1), onUnknown: 'retry' }));
  const armed = arm(cell, world);
  const abort = new AbortController();
  cell.fault.interfere?.({ world, operation, abort, store });
  const calls = [await observe(world, () => operation.call(world, { ...options(), signal: abort.signal }))];
  const hits = armed.hits();
  world.hurry(end);
  if (cell.then && !armed.hasSecond() && needsMore(operation, calls)) calls.push(await again());
  await disarm(world);
  if (needsMore(operation, calls)) calls.push(await again());
  return { calls, checkpoints, hits };
}

/** Tokens that may be spent are not tried again: that is what the answer says. @param {Operation} operation @param {CallEvidence[]} calls */
function needsMore(operation, calls) {
  const error = calls.at(-1)?.error;
  return error !== undefined && !(operation.kind === 'tokens' && error.code === 'REAUTH_REQUIRED');
}

/** @param {Cell} cell */
function nameOf({ operation, fault, when, then, protocol }) {
  return [operation.id, fault.id, then?.id, when, protocol].filter(Boolean).join(' | ');
}

module.exports = { nameOf, runCell };
