'use strict';

const { UnknownName, checkMembers, checkNumber } = require('../known.js');

/** How events are delivered where nothing else is said. */
const USUAL = { lagMs: 0, copies: 1, reorder: 1, lose: 0, hold: false };

/**
 * Refuses settings that there are not.
 * @param {any} settings
 */
function checkSettings(settings) {
  checkMembers('The delivery of events', settings, Object.keys(USUAL));
  for (const [name, least] of Object.entries({ lagMs: 0, copies: 1, reorder: 1, lose: 0 })) {
    if (settings[name] === undefined) continue;
    checkNumber(`The delivery's ${name}`, settings[name], least);
    if (!Number.isInteger(settings[name])) throw new UnknownName(`The delivery's ${name} has to be a whole number`);
  }
  if (settings.hold !== undefined && typeof settings.hold !== 'boolean') {
    throw new UnknownName("The delivery's hold has to be true or false");
  }
}

module.exports = { USUAL, checkSettings };
