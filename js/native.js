'use strict';

// The generated loader finds the binary for this platform; its own message says what is missing.
module.exports = require('../native/index.js');
