'use strict';

// The generated loader finds the binary for this platform; its own message says what is missing.
/** @type {any} its declared types are those of this package, which hands it more than it was given */
const native = require('../native/index.js');

module.exports = native;
