'use strict';

/** @typedef {import('./rules.js').Fault} Fault */

/** Who waits at a fault for others. @type {WeakMap<Fault, { come: number, all: Promise<void>, open: () => void }>} */
const GATHERINGS = new WeakMap();

/** @param {Fault} fault */
function gatheringOf(fault) {
  const known = GATHERINGS.get(fault);
  if (known) return known;
  let open = () => {};
  const all = new Promise((/** @type {(value: void) => void} */ resolve) => {
    open = resolve;
  });
  const gathering = { come: 0, all, open };
  GATHERINGS.set(fault, gathering);
  return gathering;
}

/** Until as many have come as the fault says, or it is over; who comes later finds all of them here. @param {Fault} fault */
function gathered(fault) {
  const gathering = gatheringOf(fault);
  gathering.come += 1;
  if (gathering.come >= (fault.count ?? Number.POSITIVE_INFINITY)) gathering.open();
  return gathering.all;
}

/** Lets those go on who wait. @param {Fault} fault */
function disperse(fault) {
  GATHERINGS.get(fault)?.open();
}

module.exports = { disperse, gathered };
