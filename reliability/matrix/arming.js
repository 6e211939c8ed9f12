'use strict';

/** @typedef {import('./cell.js').Cell} Cell @typedef {import('./faults.js').MatrixFault} MatrixFault @typedef {import('./world.js').World} World */

/** How long `refused` lasts where it is to hit one connection: nobody can count those. */
const REFUSED_MS = 15;

/** @typedef {import('../../sandbox/index.js').FaultRule} FaultRule @typedef {import('../../sandbox/index.js').Shut} Shut */

/** @param {MatrixFault} fault @param {'first' | 'every'} when @param {MatrixFault} [then] */
function shutting({ shut }, when, then) {
  const after = then?.shut ? { next: { shut: then.shut, connections: 1, forMs: REFUSED_MS } } : {};
  if (when === 'every') return { shut };
  return shut === 'refused' ? { shut, forMs: REFUSED_MS, ...after } : { shut, connections: 1, ...after };
}

/** Where connections fail. @param {Cell} cell @param {World} world @returns {FaultRule[]} */
function shutDoor({ operation, fault, when, then }, world) {
  const { shut, ...until } = shutting(fault, when, then);
  const target = world[operation.at];
  const { after, loses } = operation;
  if (after === null) {
    target.door.shut(/** @type {Shut} */ (shut), until);
    return [];
  }
  const kind = loses ? 'commitThenReset' : 'hangUp';
  return [{ endpoint: after.endpoint, fault: { kind, shut, ...until }, attempt: after.attempt ?? 1 }];
}

/** Where requests fail. @param {Cell} cell @param {World} world @returns {FaultRule[]} */
function playFault({ operation, fault, when, then }, world) {
  /** @type {FaultRule} */
  const lost = { endpoint: operation.after?.endpoint ?? '', fault: { kind: 'commitThenReset' }, times: 1 };
  const rules = operation.loses ? [lost] : [];
  if (!fault.play) return rules;
  const after = then?.shut ? shutting(then, 'first') : {};
  const often = when === 'first' ? { times: 1 } : {};
  return [...rules, { endpoint: operation.endpoint, fault: { ...fault.play(world), ...after }, ...often }];
}

/**
 * Lays the fault in the operation's way. What it gives says how often it was met, as far as that can be known, and
 * whether the second one was.
 * @param {Cell} cell @param {World} world
 */
function arm(cell, world) {
  const { operation, fault, then } = cell;
  const target = world[operation.at];
  world.at = operation.path;
  if (fault.host) world.host = fault.host;
  const failures = target.door.failures;
  const rules = fault.shut ? shutDoor(cell, world) : playFault(cell, world);
  const handles = rules.map((rule) => target.faults.add(rule));
  const second = then?.play
    ? target.faults.add({
        endpoint: operation.endpoint,
        fault: then.play(world),
        attempt: fault.play ? 2 : 1,
        times: 1,
      })
    : null;
  return {
    hits: () => handles.reduce((sum, { hits }) => sum + hits, 0) + (fault.shut ? target.door.failures - failures : 0),
    hasSecond: () => second === null || second.hits > 0,
  };
}

/** Lets all be well again. @param {World} world */
async function disarm(world) {
  world.host = null;
  for (const sandbox of [world.api, world.media]) {
    sandbox.faults.clear();
    await sandbox.door.unlock();
  }
}

module.exports = { arm, disarm };
