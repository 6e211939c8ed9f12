'use strict';

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
 * @typedef {{ value?: any, error?: any, ms: number }} Outcome
 *
 * What is known of a cell when it is over.
 * @typedef {object} Evidence
 * @property {Cell} cell
 * @property {import('./world.js').World} world
 * @property {Outcome} first the call that the fault was played at
 * @property {Outcome} [resumed] the same with its checkpoint, when all was well again
 * @property {Outcome} bystander another account's
 * @property {string[]} checkpoints
 * @property {any[]} during what X had seen when the first call ended
 * @property {number} hits
 * @property {number} settlements how often the first call's promise settled
 * @property {number} issued how many tokens X gave during the first call
 * @property {boolean} isQuiet nothing was under way any more soon after it
 */

const TIMEOUT_MS = 12_000;
const SCHEDULE_MS = [1, 10, 20];

/** How long `refused` lasts where it is to hit one connection: nobody can count those. */
const REFUSED_MS = 15;

/** @param {MatrixFault} fault @param {'first' | 'every'} when */
function shutting({ shut }, when) {
  if (when === 'every') return { shut };
  return shut === 'refused' ? { shut, forMs: REFUSED_MS } : { shut, connections: 1 };
}

/**
 * Lays the fault in the operation's way. What it gives counts hits.
 * @param {Cell} cell @param {import('./world.js').World} world
 */
function arm({ operation, fault, when, then }, world) {
  const target = world[operation.at];
  world.at = operation.path;
  const { endpoint, after } = operation;
  if (fault.host) world.host = fault.host;
  const rules = [];
  if (fault.shut) {
    const { shut, ...until } = shutting(fault, when);
    const kind = operation.loses ? 'commitThenReset' : 'hangUp';
    if (after === null) target.door.shut(shut, until);
    else rules.push({ endpoint: after.endpoint, fault: { kind, shut, ...until }, attempt: after.attempt ?? 1 });
  } else {
    if (operation.loses) rules.push({ endpoint: after?.endpoint, fault: { kind: 'commitThenReset' }, times: 1 });
    const behind = then?.shut ? shutting(then, 'first') : {};
    if (fault.play)
      rules.push({ endpoint, fault: { ...fault.play(world), ...behind }, ...(when === 'first' ? { times: 1 } : {}) });
  }
  if (then?.play) rules.push({ endpoint, fault: then.play(world), attempt: fault.play ? 2 : 1, times: 1 });
  const handles = rules.map((rule) => target.faults.add(rule));
  return () => handles.reduce((sum, { hits }) => sum + hits, 0);
}

/** @param {import('./world.js').World} world */
async function disarm(world) {
  world.host = null;
  for (const sandbox of [world.api, world.media]) {
    sandbox.faults.clear();
    await sandbox.door.unlock();
  }
}

/** @param {() => Promise<unknown>} work @returns {Promise<Outcome>} */
async function settle(work) {
  const begun = performance.now();
  try {
    const value = await work();
    return { value, ms: performance.now() - begun };
  } catch (error) {
    return { error, ms: performance.now() - begun };
  }
}

/** Nothing is under way any more, or will not be soon. @param {import('./world.js').World} world */
async function becomesQuiet({ api }) {
  const end = AbortSignal.timeout(2000);
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

/**
 * Runs a cell to its end.
 * @param {any} addon the package
 * @param {Cell} cell
 * @param {{ elsewhere: import('../../sandbox/index.js').Sandbox, judge: (evidence: Evidence) => any }} surroundings
 */
async function runCell(addon, cell, { elsewhere, judge }) {
  const { operation } = cell;
  const world = await createWorld(addon, { protocol: cell.protocol, name: nameOf(cell), elsewhere });
  const hurrying = new AbortController();
  try {
    await prepare(operation, world);
    const hits = arm(cell, world);
    /** @type {string[]} */
    const checkpoints = [];
    const store = { keep: (/** @type {string} */ checkpoint) => void checkpoints.push(checkpoint) };
    const abort = new AbortController();
    cell.fault.interfere?.({ world, operation, abort, store });
    const options = () => ({
      client: world.client,
      timeoutMs: TIMEOUT_MS,
      reconcile: { scheduleMs: SCHEDULE_MS },
      onCheckpoint: (/** @type {string} */ checkpoint) => store.keep(checkpoint),
    });
    const tokensBefore = world.api.ledger.tokens().length;
    let settlements = 0;
    const call = operation.call(world, { ...options(), signal: abort.signal });
    const count = () => {
      settlements += 1;
    };
    call.then(count, count);
    const first = await settle(() => call);
    const isQuiet = await becomesQuiet(world);
    const during = world.api.ledger.requests().map((entry) => ({ ...entry }));
    const issued = world.api.ledger.tokens().length - tokensBefore;
    const sum = hits();
    await disarm(world);
    const resumed = needsMore(operation, first)
      ? await resume(world, operation, { options, checkpoints, hurrying })
      : undefined;
    const bystander = await settle(() =>
      addon.createTweet({ text: `Bystander: ${world.name}` }, world.other.oauth2.accessToken, {
        client: world.client,
        timeoutMs: TIMEOUT_MS,
      }),
    );
    return judge({
      cell,
      world,
      first,
      resumed,
      bystander,
      checkpoints,
      during,
      hits: sum,
      settlements,
      isQuiet,
      issued,
    });
  } finally {
    hurrying.abort();
    await world.close();
  }
}

/** Tokens that may be spent are not tried again: that is what the answer says. @param {Operation} operation @param {Outcome} first */
function needsMore(operation, { error }) {
  return error !== undefined && !(operation.kind === 'tokens' && error.code === 'REAUTH_REQUIRED');
}

/**
 * Calls again, as whoever keeps checkpoints would.
 * @param {import('./world.js').World} world @param {Operation} operation
 * @param {{ options: () => object, checkpoints: string[], hurrying: AbortController }} how
 */
async function resume(world, operation, { options, checkpoints, hurrying }) {
  world.hurry(hurrying.signal);
  const checkpoint = checkpoints.at(-1);
  return settle(() => operation.call(world, { ...options(), checkpoint, onUnknown: 'retry' }));
}

/** @param {Cell} cell */
function nameOf({ operation, fault, when, then, protocol }) {
  return [operation.id, fault.id, then?.id, when, protocol].filter(Boolean).join(' | ');
}

module.exports = { nameOf, runCell, TIMEOUT_MS };
