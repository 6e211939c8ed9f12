'use strict';

const { load } = require('./load/index.js');

/** @type {any} its declared types are those of this package, which hands it more than it was given */
const native = load();

module.exports = native;
