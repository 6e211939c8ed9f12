'use strict';

const { checkMembers, checkName, checkNumber } = require('../known.js');

/** How connections fail while the door is shut. */
const SHUTS = ['refused', 'blackhole', 'resetHandshake', 'badCertificate'];
const UNTIL = ['connections', 'forMs', 'next'];

/** Refuses what the door does not know of how long it stays shut. @param {any} until */
function checkUntil(until) {
  checkMembers('How long the door is shut', until, UNTIL);
  for (const name of ['connections', 'forMs']) {
    if (until[name] !== undefined) checkNumber(`The door's ${name}`, until[name], 0);
  }
  if (until.next === undefined) return;
  const { shut, ...rest } = until.next;
  checkName('way to shut the door', shut, SHUTS);
  checkUntil(rest);
}

module.exports = { SHUTS, checkUntil };
