'use strict';

const { describeMedia } = require('./src/media/generate.js');
const { startSandbox } = require('./src/server.js');

exports.describeMedia = describeMedia;
exports.startSandbox = startSandbox;
